import type { ReactNode } from 'react'

/** The pane's two columns: a word at the left, what it is about at the right; one above the other when narrow. */
export const ROW =
  'grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 px-5 py-3.5 max-md:grid-cols-1 max-md:gap-y-0.5 max-md:px-4'

/** The word in the left column. */
export const ROW_LABEL = 'text-sm leading-5 font-[550] text-ink-2'

/** A titled part of the request that is not a message. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className={`${ROW} border-b`}>
      <h3 className={ROW_LABEL}>{title}</h3>
      <div className="min-w-0">{children}</div>
    </section>
  )
}

/** Names and values in file order. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(0,132px)_minmax(0,1fr)] gap-x-3 gap-y-1.5 pointer-coarse:gap-y-5">
      {children}
    </dl>
  )
}

export function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 wrap-anywhere">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

/** Says in dim words what is not there. */
export function Absent({ children }: { readonly children: ReactNode }) {
  return <p className="text-ink-3">{children}</p>
}
