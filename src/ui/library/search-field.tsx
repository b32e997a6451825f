import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'

/** The list that its keys move in. */
export const LIST_ID = 'recordings'
/** Milliseconds after a key before the query is another one: an answer takes less, the list's drawing does not. */
const SETTLE = 60

/** Where the query is typed. What stands in it and what is asked are one thing but for a moment of typing. */
export function SearchField({
  query,
  onTyping,
  onQuery,
  onKey,
  activeId,
  notesId,
}: {
  readonly query: string
  /** What stands in the field is not asked yet; `onQuery` follows. */
  onTyping(): void
  onQuery(query: string): void
  /** Keys that move in the list while one types; true when the key was one. */
  onKey(event: KeyboardEvent): boolean
  /** Id of the row that the keyboard stands on. */
  readonly activeId: string | undefined
  /** Id of what is said of the query, where anything is. */
  readonly notesId: string | undefined
}) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(query)
  const [asked, setAsked] = useState(query)
  // a filter was clicked, or a link followed
  if (asked !== query) {
    setAsked(query)
    setTyped(query)
  }
  const type = (text: string): void => {
    setTyped(text)
    onTyping()
  }
  const ask = useEffectEvent((text: string) => {
    setAsked(text)
    onQuery(text)
  })
  useEffect(() => {
    const timer = setTimeout(() => ask(typed), SETTLE)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md border border-line-2 bg-pane px-2.5 focus-within:border-ink-3 pointer-coarse:h-11">
      <Search aria-hidden="true" size={14} className="shrink-0 text-ink-3" />
      <input
        ref={field}
        type="search"
        aria-label="Search recordings"
        aria-controls={activeId === undefined ? undefined : LIST_ID}
        aria-activedescendant={activeId}
        aria-describedby={notesId}
        data-library-search=""
        placeholder={'Words, "phrases", model:gpt-4o  tool:get_weather  has:image  -finish:stop'}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            event.preventDefault()
            type('')
          } else if (onKey(event)) event.preventDefault()
        }}
        className="h-full min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {typed === '' ? (
        <kbd className="rounded border px-1 font-sans text-xs text-ink-3 max-md:hidden">/</kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            type('')
            field.current?.focus()
          }}
          className="grid size-6 place-items-center rounded text-ink-3 hover:bg-sunk hover:text-ink"
        >
          <X aria-hidden="true" size={13} />
        </button>
      )}
    </div>
  )
}
