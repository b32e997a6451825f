import { ChevronDown, ChevronRight, X } from 'lucide-react'
import { useState } from 'react'
import type { Library } from '../../workspace/library.ts'
import { IconButton } from '../widgets/button.tsx'

/** Notes that are shown at once; more would push the list off the screen. */
const MOST = 200

/** What of the folder could not be read or was left out: said once, in one line, with the rest behind it. */
export function LibraryNotes({ library }: { readonly library: Library }) {
  const [open, setOpen] = useState(false)
  const [dismissed, setDismissed] = useState(0)
  const { notes } = library
  if (notes.length <= dismissed) return null
  const Icon = open ? ChevronDown : ChevronRight
  return (
    <section aria-label="Problems" className="border-b bg-sunk px-4 py-1">
      <div className="flex items-center gap-2">
        {notes.length > 1 && (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-h-6 shrink-0 items-center gap-1 text-ink-2 hover:text-ink"
          >
            <Icon aria-hidden="true" size={13} />
            {notes.length.toLocaleString('en')} notes
          </button>
        )}
        {!open && (
          <p data-testid="library-note" className="min-w-0 truncate" title={notes[0]?.message}>
            {notes[0]?.message}
          </p>
        )}
        <IconButton label="Dismiss" className="ml-auto" onClick={() => setDismissed(notes.length)}>
          <X aria-hidden="true" size={13} />
        </IconButton>
      </div>
      {open && (
        <ul className="hairline-scroll max-h-40 overflow-y-auto pb-1">
          {notes.slice(0, MOST).map((note) => (
            <li
              key={`${note.code} ${note.path} ${note.message}`}
              data-testid="library-note"
              className="py-0.5"
            >
              {note.message}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
