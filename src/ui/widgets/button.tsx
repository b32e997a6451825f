import type { ComponentProps } from 'react'

type Tone = 'quiet' | 'main' | 'outline'

const TONES: Readonly<Record<Tone, string>> = {
  quiet: 'text-ink-2 hover:bg-sunk hover:text-ink',
  main: 'bg-ink font-[550] text-pane hover:opacity-90',
  outline: 'border border-line-2 text-ink hover:bg-sunk',
}

const BASE =
  'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md whitespace-nowrap transition-colors duration-100 disabled:pointer-events-none disabled:opacity-40 pointer-coarse:h-10'

/** A button with a word in it. */
export function Button({
  tone = 'quiet',
  className = '',
  ...rest
}: ComponentProps<'button'> & { tone?: Tone }) {
  return <button type="button" className={`${BASE} px-2.5 ${TONES[tone]} ${className}`} {...rest} />
}

/** A button with only a picture: its name is what is read out and shown on hover. */
export function IconButton({
  label,
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`${BASE} ${TONES.quiet} min-w-7 pointer-coarse:min-w-10 ${className}`}
      {...rest}
    />
  )
}
