import { useMemo } from 'react'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { useImageConsent } from './image-consent.ts'
import { ImageBox, ImageFigure } from './image-figure.tsx'
import { LoadedImage } from './loaded-image.tsx'
import { formatBytes, type ImageSource, readImageUrl } from './media-source.ts'
import { RecordedData, RecordedText } from './recorded.tsx'

/** An image of a message, with its address and detail to edit beneath. */
export function ImagePart({
  url,
  detail,
}: {
  readonly url: Located<string>
  readonly detail: Located<string> | undefined
}) {
  const source = useMemo(() => readImageUrl(url.value), [url.value])
  return (
    <div className="min-w-0">
      <SourceView key={url.value} source={source} />
      <div className="mt-1.5 flex max-w-[64ch] flex-col">
        <RecordedData located={url} label="image URL" />
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

function SourceView({ source }: { readonly source: ImageSource }) {
  switch (source.kind) {
    case 'unusable':
      return (
        <ImageFigure caption="image">
          <ImageBox tone="error">This image cannot be shown: its URL is {source.problem}.</ImageBox>
        </ImageFigure>
      )
    case 'data':
      if (source.problem !== undefined) {
        return (
          <ImageFigure caption={source.mediaType}>
            <ImageBox tone="error">This image cannot be shown: its data is {source.problem}.</ImageBox>
          </ImageFigure>
        )
      }
      return (
        <LoadedImage
          src={source.src}
          name="Image in the recording"
          caption={source.mediaType}
          size={formatBytes(source.bytes)}
        />
      )
    case 'remote':
      return <RemoteImage source={source} />
  }
}

function RemoteImage({ source }: { readonly source: ImageSource & { readonly kind: 'remote' } }) {
  const { draft } = useDeck()
  const { src, host, mediaType } = source
  const consent = useImageConsent(draft, src, host)
  const caption = mediaType ? `${mediaType} · ${host}` : host
  if (consent.kind === 'given') {
    return <LoadedImage src={src} host={host} name={`Image from ${host}`} caption={caption} />
  }
  return (
    <ImageFigure caption={caption}>
      <ImageBox>
        {consent.kind === 'refused' ? (
          <>This image is not loaded: {consent.reason}</>
        ) : (
          // the host is what the question is about: it wraps and is never cut
          <>
            <span className="text-ink-2">Image from {host}</span>
            <Button
              tone="outline"
              className="mt-2 h-auto! min-h-7 max-w-full py-1 text-sm whitespace-normal! pointer-coarse:min-h-10"
              onClick={consent.give}
            >
              Load images from {host}
            </Button>
          </>
        )}
      </ImageBox>
    </ImageFigure>
  )
}
