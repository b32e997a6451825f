import { lazy, Suspense, useRef, useState } from 'react'
import { FoldButton } from '../widgets/fold.tsx'
import { ImageBox, ImageFigure } from './image-figure.tsx'

const ImageLightbox = lazy(async () => ({ default: (await import('./image-lightbox.tsx')).ImageLightbox }))

interface Props {
  /** data:image/*, http or https; nothing else may come here. */
  readonly src: string
  /** Where it is loaded from; none for an image inside of the recording. */
  readonly host?: string
  readonly name: string
  readonly caption: string
  /** Known before the image is there. */
  readonly size?: string
}

/** How a remote image is asked for: without cookies at first, and otherwise only when the person says so. */
type Mode = 'anonymous' | 'plain'

/** An image that may be loaded: shows it, or why it cannot be shown. */
export function LoadedImage({ src, host, name, caption, size }: Props) {
  const [mode, setMode] = useState<Mode>('anonymous')
  const [failed, setFailed] = useState(false)
  const [pixels, setPixels] = useState<string>()
  const [enlarged, setEnlarged] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const crossOrigin = host !== undefined && mode === 'anonymous' ? 'anonymous' : undefined
  const sizes = [size, pixels].filter((text) => text !== undefined).join(' · ')
  return (
    <ImageFigure caption={caption} size={sizes}>
      {failed ? (
        <ImageBox tone="error">
          <Failure host={host} mode={mode} />
          {host !== undefined && (
            <span className="mt-1.5 flex flex-col items-center gap-1">
              {mode === 'anonymous' && (
                <FoldButton
                  onClick={() => {
                    setMode('plain')
                    setFailed(false)
                  }}
                >
                  Try without anonymous mode
                </FoldButton>
              )}
              <a
                href={src}
                target="_blank"
                rel="noopener noreferrer"
                className="text-ink-3 underline decoration-line-2 underline-offset-3 hover:text-ink pointer-coarse:leading-10"
              >
                Open in a new tab
              </a>
            </span>
          )}
        </ImageBox>
      ) : (
        <button
          ref={button}
          type="button"
          aria-label="Enlarge image"
          title="Enlarge image"
          onClick={() => setEnlarged(true)}
          className="block size-full cursor-zoom-in! focus-visible:-outline-offset-2"
        >
          <img
            key={mode}
            src={src}
            alt={name}
            width={264}
            height={148}
            referrerPolicy="no-referrer"
            crossOrigin={crossOrigin}
            loading="lazy"
            decoding="async"
            className="size-full object-contain"
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setPixels(`${naturalWidth} × ${naturalHeight}`)
            }
            onError={() => setFailed(true)}
          />
        </button>
      )}
      {enlarged && (
        <Suspense>
          <ImageLightbox
            src={src}
            name={name}
            caption={[caption, sizes].filter(Boolean).join(' · ')}
            crossOrigin={crossOrigin}
            onClose={() => setEnlarged(false)}
            onClosed={() => button.current?.focus()}
          />
        </Suspense>
      )}
    </ImageFigure>
  )
}

function Failure({ host, mode }: { readonly host: string | undefined; readonly mode: Mode }) {
  if (host === undefined)
    return <>This image cannot be shown: its data is no image that the browser can read.</>
  return mode === 'anonymous' ? (
    <>
      This image could not be loaded from {host}: it is not reachable, not an image, or does not allow
      anonymous loading
    </>
  ) : (
    <>This image could not be loaded from {host}, anonymously or not: it is not reachable or not an image</>
  )
}
