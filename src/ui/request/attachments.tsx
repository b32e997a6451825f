import { Download } from 'lucide-react'
import { useMemo } from 'react'
import type { Located } from '../../core/text/address.ts'
import { formatBytes, type RecordedBytes, readBase64, readDataUrl } from '../media/media-source.ts'
import { saveRecorded } from '../media/save-recorded.ts'
import { SoundView } from '../media/sound-view.tsx'
import { Button } from '../widgets/button.tsx'
import { RecordedData, RecordedText } from './recorded.tsx'

/** Recorded sound, played from the bytes in the recording. */
export function AudioPart({
  data,
  format,
}: {
  readonly data: Located<string>
  readonly format: Located<string> | undefined
}) {
  const pieces = useMemo(() => [data.value], [data.value])
  return (
    <div className="flex max-w-[64ch] min-w-0 flex-col gap-1">
      <SoundView pieces={pieces} type={format?.value} />
      {format && <RecordedText located={format} label="audio format" mono className="text-xs" />}
      <RecordedData located={data} label="audio data" />
    </div>
  )
}

/** An attached file: what is known of it, and its bytes to save where they are recorded. */
export function FilePart({
  filename,
  fileId,
  data,
  mediaType = 'type not recorded',
}: {
  readonly filename: Located<string> | undefined
  readonly fileId: Located<string> | undefined
  readonly data: Located<string> | undefined
  /** What the API says beside bare base64. */
  readonly mediaType: string | undefined
}) {
  const read = useMemo<RecordedBytes | undefined>(
    () => data && (readDataUrl(data.value) ?? readBase64(data.value, mediaType)),
    [data, mediaType],
  )
  return (
    <div className="flex max-w-[64ch] min-w-0 flex-col gap-0.5 border-l-2 pl-2.5">
      <div className="flex flex-wrap items-center gap-x-3">
        <span className="text-xs font-[550] text-ink-2">File</span>
        {filename && <RecordedText located={filename} label="file name" mono />}
        {fileId && <RecordedText located={fileId} label="file id" mono className="text-ink-2" />}
      </div>
      {data === undefined && <p className="text-sm text-ink-3">its data is not in the recording</p>}
      {data && read && (
        <>
          <div className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
            <span>
              {read.mediaType} · {formatBytes(read.bytes)}
            </span>
            {read.problem === undefined && (
              <Button onClick={() => saveRecorded(data.value, filename?.value ?? 'file')}>
                <Download size={13} aria-hidden />
                Download
              </Button>
            )}
          </div>
          {read.problem !== undefined && <p className="text-sm text-error">Its data is {read.problem}.</p>}
          <RecordedData located={data} label="file data" />
        </>
      )}
    </div>
  )
}
