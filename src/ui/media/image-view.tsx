import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { type Consent, useImageConsent } from './image-consent.ts'
import { ImageBox, ImageFigure } from './image-figure.tsx'
import { LoadedImage } from './loaded-image.tsx'
import { formatBytes, type ImageSource } from './media-source.ts'

type LocalSource = Exclude<ImageSource, { readonly kind: 'remote' }>
type RemoteSource = Extract<ImageSource, { readonly kind: 'remote' }>

/** A recorded image: from the recording itself, or, once that is agreed to, from its host. */
export function ImageView({ source }: { readonly source: ImageSource }) {
  return source.kind === 'remote' ? <RemoteView source={source} /> : <LocalView source={source} />
}

function LocalView({ source }: { readonly source: LocalSource }) {
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
    default:
      return source satisfies never
  }
}

function RemoteView({ source }: { readonly source: RemoteSource }) {
  const { draft } = useDeck()
  const { src, host, mediaType } = source
  const consent = useImageConsent(draft, src, host)
  const caption = mediaType ? `${mediaType} · ${host}` : host
  return consent.kind === 'given' ? (
    <LoadedImage key={src} src={src} host={host} name={`Image from ${host}`} caption={caption} />
  ) : (
    <NotLoaded caption={caption} host={host} consent={consent} />
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
