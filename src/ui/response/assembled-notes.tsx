import { useState } from 'react'
import { chunksArrived } from '../../workspace/playback.ts'
import { useSelect, useSettings, useStores } from '../app/deck.ts'
import { Chevron, FoldButton } from '../widgets/fold.tsx'
import { JsonView } from '../widgets/json-view.tsx'
import { type NotePart, summaryOfNote } from './note-groups.ts'

/** Notes that come into the page at once. */
const PAGE = 50

/** Of several, so many say on the line what they are. */
const SAID = 3

/** What stands beside the text: citations, signatures, ratings. One quiet line, its JSON folded. */
export function AssembledNotes({
  label,
  notes,
}: {
  readonly label: string
  readonly notes: readonly NotePart[]
}) {
  const { playback } = useStores()
  const { showAhead } = useSettings()
  const arrived = useSelect(playback, (value) => {
    const chunks = chunksArrived(value)
    const later = notes.findIndex(({ firstChunk }) => firstChunk >= chunks)
    return later === -1 ? notes.length : later
  })
  const [open, setOpen] = useState(false)
  const shown = showAhead ? notes : notes.slice(0, arrived)
  if (shown.length === 0) return null
  const said = shown
    .slice(0, SAID)
    .flatMap((note) => summaryOfNote(note) ?? [])
    .join(', ')
  return (
    <div data-testid="assembled-note" className="min-w-0 text-sm text-ink-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-5 flex max-w-full min-w-0 items-center gap-1.5 rounded-md pr-2 text-left hover:text-ink pointer-coarse:min-h-10 max-md:-ml-4 max-md:gap-0.5"
      >
        <Chevron open={open} />
        <span className="shrink-0 font-[550]">{label}</span>
        {shown.length > 1 && <span className="shrink-0 text-ink-3 tabular-nums">× {shown.length}</span>}
        {said && !open && <span className="min-w-0 truncate text-ink-3">{said}</span>}
      </button>
      {open && <NoteList label={label} notes={shown} />}
    </div>
  )
}

function NoteList({ label, notes }: { readonly label: string; readonly notes: readonly NotePart[] }) {
  const [limit, setLimit] = useState(PAGE)
  return (
    <ol className="grid gap-1.5 pt-1">
      {notes.slice(0, limit).map((note, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a note is its place among the others
        <li key={at} className="min-w-0">
          {notes.length > 1 && <p className="wrap-anywhere">{summaryOfNote(note)}</p>}
          <JsonView raw={note.json.value} label={`${label} of chunk ${note.firstChunk}`} />
        </li>
      ))}
      {notes.length > limit && (
        <li>
          <FoldButton onClick={() => setLimit(limit + PAGE)}>
            show {Math.min(PAGE, notes.length - limit)} more of {notes.length.toLocaleString('en')}
          </FoldButton>
        </li>
      )}
    </ol>
  )
}
