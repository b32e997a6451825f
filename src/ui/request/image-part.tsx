import { useMemo } from 'react'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { problemOfImageUrl } from './image-bytes.ts'
import { type Consent, useImageConsent } from './image-consent.ts'
import { ImageBox, ImageFigure } from './image-figure.tsx'
import { LoadedImage } from './loaded-image.tsx'
import { formatBytes, type ImageSource, readImageUrl } from './media-source.ts'
import { RecordedData, RecordedText } from './recorded.tsx'
import { ReplaceableImage } from './replaceable-image.tsx'

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
      {source.kind === 'remote' ? (
        <RemoteImage url={url} source={source} />
      ) : (
        <ReplaceableImage url={url} remote={undefined}>
          <SourceView key={url.value} source={source} />
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

function SourceView({ source }: { readonly source: Exclude<ImageSource, { kind: 'remote' }> }) {
  switch (source.kind) {
    case 'none':
      return (
        <ImageFigure caption="no image yet">
          <ImageBox>Drop an image here, or choose one below.</ImageBox>
        </ImageFigure>
      )
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
  }
}

function RemoteImage({
  url,
  source,
}: {
  readonly url: Located<string>
  readonly source: ImageSource & { readonly kind: 'remote' }
}) {
  const { draft } = useDeck()
  const { src, host, mediaType } = source
  const consent = useImageConsent(draft, src, host)
  const caption = mediaType ? `${mediaType} · ${host}` : host
  // what may be shown may also be kept; the question of whom to ask is the same
  const remote = consent.kind === 'given' ? { src, host } : undefined
  return (
    <ReplaceableImage url={url} remote={remote}>
      {consent.kind === 'given' ? (
        <LoadedImage key={src} src={src} host={host} name={`Image from ${host}`} caption={caption} />
      ) : (
        <NotLoaded caption={caption} host={host} consent={consent} />
      )}
    </ReplaceableImage>
  )
}

function NotLoaded({
  caption,
  host,
  consent,
}: {
  readonly caption: string
  readonly host: string
  readonly consent: Exclude<Consent, { readonly kind: 'given' }>
}) {
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
