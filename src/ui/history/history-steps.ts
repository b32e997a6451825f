import { type Draft, type HistoryStep, redo, undo } from '../../workspace/draft.ts'

/** A state that can be gone to: the file as opened, or what it was after a step. */
export interface Place {
  /** How many steps are done there. */
  readonly position: number
  readonly step: HistoryStep | undefined
  /** What tells two steps of one name apart: "Köln → Bonn", "3 places", or the new name of the file. */
  readonly gist: string
  readonly isCurrent: boolean
  /** Undone: it is still there to be done again. */
  readonly isAhead: boolean
  /** What the file on disk holds, or held when it was opened. */
  readonly isSaved: boolean
}

/** Characters that may be put together to look at every state; of a longer history only the current one is known. */
const MOST_FOLDED = 50_000_000

export function placesOf(draft: Draft): readonly Place[] {
  const saved = new Set<number>()
  const gists = new Map<number, string>()
  const { base, baseName } = draft
  const look = ({ text, name, position }: Draft): void => {
    if (text === base.text && name === baseName) saved.add(position)
    const next = draft.steps[position]
    if (next !== undefined) gists.set(position + 1, gistOf(next, text))
  }
  look(draft)
  if (draft.text.length * draft.steps.length <= MOST_FOLDED) {
    for (let there = draft; there.position > 0; ) {
      there = undo(there)
      look(there)
    }
    for (let there = draft; there.position < there.steps.length; ) {
      there = redo(there)
      look(there)
    }
  }
  return [undefined, ...draft.steps].map((step, position) => ({
    position,
    step,
    gist: gists.get(position) ?? '',
    isCurrent: position === draft.position,
    isAhead: position > draft.position,
    isSaved: saved.has(position),
  }))
}

/** Characters on each side of an edit in which the rest of its word is looked for. */
const WORD = 24
const LONGEST_GIST = 30

function gistOf({ edits, inverse, renamed }: HistoryStep, before: string): string {
  if (renamed !== undefined) return `${renamed.from} → ${renamed.to}`
  if (edits.length !== 1) return `${edits.length.toLocaleString('en')} places`
  const { offset = 0, length = 0, content: is = '' } = edits[0] ?? {}
  const was = inverse[0]?.content ?? ''
  // an edit is as small as can be; people read words
  const lead = /[\p{L}\p{N}_.\\-]*$/u.exec(before.slice(Math.max(0, offset - WORD), offset))?.[0] ?? ''
  const tail = /^[\p{L}\p{N}_.\\-]*/u.exec(before.slice(offset + length, offset + length + WORD))?.[0] ?? ''
  const [from, to] = [short(lead + was + tail), short(lead + is + tail)]
  if (from === '') return `+ ${to}`
  return to === '' ? `− ${from}` : `${from} → ${to}`
}

/** As it reads, where it is the inside of a string. */
function decoded(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

function short(text: string): string {
  const line = decoded(text.slice(0, 4 * LONGEST_GIST))
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= LONGEST_GIST && text.length <= 4 * LONGEST_GIST) return line
  return `${line.slice(0, LONGEST_GIST).replace(/[\ud800-\udbff]$/, '')}…`
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "just now", "4 min ago", "2 h ago", then the day. */
export function ago(time: number, now: number): string {
  const passed = Math.max(0, now - time)
  if (passed < MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`
  return new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'short' })
}
