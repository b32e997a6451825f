import type { ReactNode } from 'react'
import { Disclosure } from '../widgets/fold.tsx'

/** A part of a comparison; open where something differs. */
export function CompareSection({
  title,
  differences,
  same,
  children,
}: {
  readonly title: string
  readonly differences: number
  /** What it says where nothing differs. */
  readonly same?: string
  readonly children: ReactNode
}) {
  const aside = differences > 0 ? counted(differences, 'difference') : (same ?? 'the same')
  return (
    <div data-testid="compare-section" data-differences={differences} className="pl-5 max-md:pl-4">
      <Disclosure title={title} aside={aside} open={differences > 0}>
        <div className="grid gap-3 pt-1 pb-2">{children}</div>
      </Disclosure>
    </div>
  )
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

/** A name and what became of it. */
export function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(96px,180px)_minmax(0,1fr)] gap-x-3 @max-lg:grid-cols-1">
      <span className="recorded [overflow-wrap:anywhere] text-ink-2">{name}</span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
