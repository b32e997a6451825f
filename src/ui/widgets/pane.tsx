import type { ReactNode } from 'react'

/** A named region of the screen: a landmark with a title bar. */
export function Pane({
  name,
  title = name,
  aside,
  actions,
  children,
  className = '',
}: {
  /** The landmark's accessible name. */
  readonly name: string
  readonly title?: string
  /** Beside the title, dimmed. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <section aria-label={name} className={`flex min-h-0 min-w-0 flex-col bg-pane ${className}`}>
      <header className="flex h-10 shrink-0 items-center gap-3 border-b px-5 max-md:gap-2 max-md:px-4">
        <h2 className="font-semibold tracking-[-0.005em]">{title}</h2>
        {aside && <div className="min-w-0 truncate text-ink-3">{aside}</div>}
        {actions && <div className="ml-auto flex shrink-0 items-center gap-1.5 max-sm:gap-0">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
