import { Download } from 'lucide-react'
import { useMemo } from 'react'
import type { AssembledPart } from '../../core/cassette/stream.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useSelect, useSettings, useStores } from '../app/deck.ts'
import { imageTypeOf } from '../media/image-type.ts'
import { ImageView } from '../media/image-view.tsx'
import { formatBytes, type ImageSource, readImageUrl } from '../media/media-source.ts'
import { fileNameOf, recordedMedia } from '../media/recorded-bytes.ts'
import { saveBytes } from '../media/save-recorded.ts'
import { SoundView } from '../media/sound-view.tsx'
import { useBlobUrl } from '../media/use-blob-url.ts'
import { Button } from '../widgets/button.tsx'

type MediaPart = Extract<AssembledPart, { kind: 'media' }>

/** A picture, a sound or a file of an answer, whole once its last piece has arrived. */
export function AssembledMedia({ part }: { readonly part: MediaPart }) {
  const { playback } = useStores()
  const { showAhead } = useSettings()
  const count = part.pieces.length
  const arrived = useSelect(playback, (value) => {
    const chunks = chunksArrived(value)
    const later = part.pieces.findIndex(({ chunk }) => chunk >= chunks)
    return later === -1 ? count : later
  })
  const pieces = useMemo(() => part.pieces.map(({ data }) => data.value), [part])
  if (arrived === 0 && !showAhead) return null
  const isWhole = arrived === count || showAhead
  return (
    <div data-testid="assembled-media" data-media={part.media} className="min-w-0">
      {isWhole ? (
        <Whole part={part} pieces={pieces} />
      ) : (
        <p className="text-sm text-ink-3">
          {part.media} · {arrived} of {count} pieces
        </p>
      )}
    </div>
  )
}

function Whole({ part, pieces }: { readonly part: MediaPart; readonly pieces: readonly string[] }) {
  switch (part.media) {
    case 'image':
      return <AnswerImage pieces={pieces} type={part.type} />
    case 'audio':
      return <SoundView pieces={pieces} type={part.type} />
    case 'file':
      return <AnswerFile pieces={pieces} type={part.type} />
    default:
      return part.media satisfies never
  }
}

function AnswerImage({
  pieces,
  type,
}: {
  readonly pieces: readonly string[]
  readonly type: string | undefined
}) {
  const [only] = pieces
  const source = useMemo(
    () => (pieces.length === 1 ? readImageUrl(only ?? '', mediaTypeOf(type)) : undefined),
    [pieces.length, only, type],
  )
  return source === undefined ? <JoinedImage pieces={pieces} type={type} /> : <ImageView source={source} />
}

/** An image that came in several pieces. */
function JoinedImage({
  pieces,
  type,
}: {
  readonly pieces: readonly string[]
  readonly type: string | undefined
}) {
  const media = useMemo(() => recordedMedia(pieces, type), [pieces, type])
  const blob = useMemo(
    () =>
      new Blob(media.kind === 'bytes' ? [media.bytes] : [], {
        type: (media.kind === 'bytes' && imageTypeOf(media.bytes)) || mediaTypeOf(type) || 'image/png',
      }),
    [media, type],
  )
  const url = useBlobUrl(blob)
  if (media.kind === 'problem') return <ImageView source={{ kind: 'unusable', problem: media.problem }} />
  if (media.kind === 'url') return <ImageView source={readImageUrl(media.url)} />
  if (url === undefined) return null
  const source: ImageSource = { kind: 'data', src: url, mediaType: blob.type, bytes: media.bytes.length }
  return <ImageView source={source} />
}

function AnswerFile({
  pieces,
  type,
}: {
  readonly pieces: readonly string[]
  readonly type: string | undefined
}) {
  const media = useMemo(() => recordedMedia(pieces, type), [pieces, type])
  const word = <span className="text-xs font-[550] text-ink-2">File</span>
  if (media.kind === 'url') {
    return (
      <p className="text-sm text-ink-2">
        {word} not in the recording, only its address:{' '}
        <span className="recorded wrap-anywhere">{media.url}</span>
      </p>
    )
  }
  if (media.kind === 'problem') {
    return (
      <p className="text-sm text-error">
        {word} its data is {media.problem}.
      </p>
    )
  }
  const name = fileNameOf('file', media.mediaType)
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-l-2 pl-2.5 text-sm text-ink-3">
      {word}
      <span>
        {media.mediaType ?? 'type not recorded'} · {formatBytes(media.bytes.length)}
      </span>
      <Button onClick={() => saveBytes(media.bytes, name)}>
        <Download size={13} aria-hidden />
        Download
      </Button>
    </div>
  )
}

/** "png" and "image/png" alike. */
function mediaTypeOf(type: string | undefined): string | undefined {
  if (type === undefined || type.startsWith('image/')) return type
  return /^[a-z0-9+-]{2,10}$/i.test(type) ? `image/${type.toLowerCase()}` : undefined
}
