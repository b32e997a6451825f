import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import { formatBytes } from './media-source.ts'
import { fileNameOf, recordedMedia } from './recorded-bytes.ts'
import { saveBytes } from './save-recorded.ts'
import { playableSound, type Sound } from './sound.ts'
import { useBlobUrl } from './use-blob-url.ts'

/** A recorded sound, played from the bytes in the recording; nothing is ever fetched for it. */
export function SoundView({
  pieces,
  type,
}: {
  /** Base64 in the order in which it came, or one data: URL. */
  readonly pieces: readonly string[]
  /** Media type or format, as recorded. */
  readonly type: string | undefined
}) {
  const media = useMemo(() => recordedMedia(pieces, type), [pieces, type])
  const sound = useMemo(
    () => (media.kind === 'bytes' ? playableSound(media.bytes, media.mediaType) : undefined),
    [media],
  )
  if (media.kind === 'url') {
    return (
      <p className="text-sm text-ink-2">
        This audio is not in the recording, only its address:{' '}
        <span className="recorded wrap-anywhere">{media.url}</span>
      </p>
    )
  }
  if (media.kind === 'problem' || sound === undefined) {
    const problem = media.kind === 'problem' ? media.problem : ''
    return <p className="text-sm text-error">This audio cannot be played: its data is {problem}.</p>
  }
  return (
    <div className="grid min-w-0 gap-1">
      <Player sound={sound} />
      <div className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
        <span className="min-w-0 wrap-anywhere">
          audio · {sound.words} · {formatBytes(media.bytes.length)}
        </span>
        <Button
          className="-my-1 -ml-2.5 text-sm"
          onClick={() => saveBytes(media.bytes, fileNameOf('audio', media.mediaType ?? sound.blob.type))}
        >
          <Download size={13} aria-hidden />
          Download
        </Button>
      </div>
    </div>
  )
}

function Player({ sound }: { readonly sound: Sound }) {
  const url = useBlobUrl(sound.blob)
  const [failed, setFailed] = useState(false)
  if (failed) {
    return <p className="text-sm text-error">This audio cannot be played: the browser cannot read it.</p>
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: a recording has no captions
    <audio
      controls
      preload="metadata"
      aria-label="Recorded audio"
      src={url}
      onError={() => url !== undefined && setFailed(true)}
      className="h-10 w-full max-w-[360px]"
    />
  )
}
