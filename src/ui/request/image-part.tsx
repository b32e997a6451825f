import { useMemo } from 'react'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { useImageConsent } from '../media/image-consent.ts'
import { ImageView } from '../media/image-view.tsx'
import { type ImageSource, readImageUrl } from '../media/media-source.ts'
import { problemOfImageUrl } from './image-bytes.ts'
import { RecordedData, RecordedText } from './recorded.tsx'
import { ReplaceableImage } from './replaceable-image.tsx'

/** An image of a message, with its address and detail to edit beneath. */
export function ImagePart({
  url,
  mediaType,
  detail,
}: {
  readonly url: Located<string>
  /** What the API says beside bare base64. */
  readonly mediaType: string | undefined
  readonly detail: Located<string> | undefined
}) {
  const source = useMemo(() => readImageUrl(url.value, mediaType), [url.value, mediaType])
  return (
    <div className="min-w-0">
      {source.kind === 'remote' ? (
        <RemoteImage url={url} source={source} />
      ) : (
        <ReplaceableImage url={url} mediaType={mediaType} remote={undefined}>
          <ImageView key={url.value} source={source} />
        </ReplaceableImage>
      )}
      <div className="flex max-w-[64ch] flex-col">
        <RecordedData located={url} label="image URL" check={problemOfImageUrl} />
        {detail && (
          <div className="flex items-baseline gap-1.5 text-xs text-ink-3">
            detail
            <RecordedText located={detail} label="image detail" mono className="text-xs" />
          </div>
        )}
      </div>
    </div>
  )
}

function RemoteImage({
  url,
  source,
}: {
  readonly url: Located<string>
  readonly source: ImageSource & { readonly kind: 'remote' }
}) {
  const { draft } = useDeck()
  const { src, host } = source
  const consent = useImageConsent(draft, src, host)
  // what may be shown may also be kept; the question of whom to ask is the same
  const remote = consent.kind === 'given' ? { src, host } : undefined
  return (
    <ReplaceableImage url={url} mediaType={undefined} remote={remote}>
      <ImageView source={source} />
    </ReplaceableImage>
  )
}
