import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Located } from '../../core/text/address.ts'
import { Button } from '../widgets/button.tsx'
import { formatBytes, type RecordedBytes, readBase64, readDataUrl } from './media-source.ts'
import { RecordedData, RecordedText } from './recorded.tsx'
import { saveRecorded } from './save-recorded.ts'

/** Formats of the API by their media type; others are named after themselves. */
const AUDIO_TYPES: ReadonlyMap<string, string> = new Map([
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
])

function audioType(format: string | undefined): string {
  const name = format?.toLowerCase() ?? ''
  // the name becomes part of a URL: only what a media type may hold
  return AUDIO_TYPES.get(name) ?? (/^[a-z0-9.+-]{1,32}$/.test(name) ? `audio/${name}` : 'audio/mpeg')
}

/** Recorded sound, played from the bytes in the recording. */
export function AudioPart({
  data,
  format,
}: {
  readonly data: Located<string>
  readonly format: Located<string> | undefined
}) {
  const [failed, setFailed] = useState(false)
  const type = audioType(format?.value)
  const read = useMemo(() => readDataUrl(data.value) ?? readBase64(data.value, type), [data.value, type])
  const isUrl = /^data:/i.test(data.value)
  const playable = read.problem === undefined && read.mediaType.startsWith('audio/')
  return (
    <div className="flex max-w-[64ch] min-w-0 flex-col gap-1">
      {playable && !failed ? (
        // biome-ignore lint/a11y/useMediaCaption: a recording has no captions
        <audio
          controls
          preload="metadata"
          aria-label="Recorded audio"
          src={isUrl ? data.value : `data:${type};base64,${data.value}`}
          onError={() => setFailed(true)}
          className="h-10 w-full max-w-[360px]"
        />
      ) : (
        <p className="text-sm text-error">
          This audio cannot be played:{' '}
          {read.problem ? `its data is ${read.problem}` : 'the browser cannot read it'}.
        </p>
      )}
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm text-ink-3">
        <span>
          audio · {read.mediaType} · {formatBytes(read.bytes)}
        </span>
        {format && <RecordedText located={format} label="audio format" mono className="text-xs" />}
      </div>
      <RecordedData located={data} label="audio data" />
    </div>
  )
}

/** An attached file: what is known of it, and its bytes to save where they are recorded. */
export function FilePart({
  filename,
  fileId,
  data,
}: {
  readonly filename: Located<string> | undefined
  readonly fileId: Located<string> | undefined
  readonly data: Located<string> | undefined
}) {
  const read = useMemo<RecordedBytes | undefined>(
    () => data && (readDataUrl(data.value) ?? readBase64(data.value, 'type not recorded')),
    [data],
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
