import type { ComponentProps } from 'react'

const FIELD =
  'rounded-md border border-line-2 bg-pane px-2 outline-none focus-visible:outline-2 focus-visible:outline-tape placeholder:text-ink-3 aria-invalid:border-error'

/** One line of text. */
export function Input({ className = 'w-full', ...rest }: ComponentProps<'input'>) {
  return <input spellCheck={false} className={`${FIELD} h-8 pointer-coarse:h-10 ${className}`} {...rest} />
}

/** Several lines; as tall as its text up to a limit that the caller sets. */
export function Area({ className = '', ...rest }: ComponentProps<'textarea'>) {
  return <textarea spellCheck={false} className={`${FIELD} w-full py-1.5 ${className}`} {...rest} />
}

/** One of a few. */
export function Choice({ className = 'w-full', ...rest }: ComponentProps<'select'>) {
  return <select className={`${FIELD} h-8 pointer-coarse:h-10 ${className}`} {...rest} />
}

/** A place on a scale. */
export function Range({ className = 'w-full', ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input type="range" className={`accent-tape pointer-coarse:h-10 ${className}`} {...rest} />
}

/** Why something was refused. */
export function Refusal({ reason }: { readonly reason: string | undefined }) {
  return (
    reason !== undefined && (
      <p role="alert" className="text-error">
        {reason}
      </p>
    )
  )
}
