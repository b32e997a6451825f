import type { ReactNode } from 'react'

/** The frame of every image: its place is kept from the start, so that nothing moves when it arrives. */
export function ImageFigure({
  caption,
  size,
  children,
}: {
  readonly caption: string
  readonly size?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <figure className="w-[264px] max-w-full">
      <div className="h-[148px] overflow-hidden rounded border bg-sunk pointer-coarse:h-[176px]">
        {children}
      </div>
      <figcaption className="mt-1.5 flex h-4 justify-between gap-2 text-sm leading-4 text-ink-3">
        <span className="min-w-0 truncate" title={caption}>
          {caption}
        </span>
        <span className="shrink-0">{size}</span>
      </figcaption>
    </figure>
  )
}

/** Words in the place of an image. */
export function ImageBox({
  tone = 'quiet',
  children,
}: {
  readonly tone?: 'quiet' | 'error'
  readonly children: ReactNode
}) {
  return (
    <div
      className={`hairline-scroll flex size-full flex-col items-center-safe justify-center-safe overflow-y-auto p-3 text-center text-sm wrap-anywhere ${tone === 'error' ? 'text-error' : 'text-ink-2'}`}
    >
      {children}
    </div>
  )
}
