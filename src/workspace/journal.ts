import { marksOf } from '../core/file-text.ts'
import { applyEdits, invertEdits, spliceBetween, type TextEdit } from '../core/text/edit.ts'
import type { Draft, HistoryStep, Origin } from './draft.ts'
import type { KeptDraft } from './session.ts'

/**
 * A draft as it is journalled: the text it began with (and the file it is compared with, where that is another
 * one), and one row for each step of its history. A change rewrites the rows that it touches and the head, so
 * hours of typing take the space of the history and a keystroke writes a few hundred characters.
 */
export interface JournalHead {
  readonly key: string
  readonly origin: Origin
  readonly name: string
  readonly baseName: string
  readonly bom: boolean
  /** The file is no text: each character of the stored ones is a byte. */
  readonly bytes?: boolean
  readonly position: number
  readonly revision: number
  /** How many rows there must be, and how long a text they must lead to. */
  readonly steps: number
  readonly length: number
  /** The base is a text of its own: the draft was saved, or the file changed on disk, since it was opened. */
  readonly ownBase: boolean
  /** SHA-256 of the files that the two texts are, in hex; computed a moment after the first write. */
  readonly hashes?: TextHashes
  /** When it was last written, in milliseconds since the epoch. */
  readonly time: number
}

export interface TextHashes {
  readonly origin: string
  readonly base: string
}

/** What stands in a field that is still open: on screen, but not in the draft yet. */
export interface TypedField {
  /** One opening of one field; a label can be that of several. */
  readonly id: string
  readonly label: string
  /** What the field was opened with. */
  readonly opened: string
  readonly text: string
  /** Other fields of that label showed the same: nobody can tell which of them it belongs to. */
  readonly shared?: true
}

/** An open field as it is written: the text it was opened with once, then only what typing made another. */
export interface FieldWrite {
  readonly id: string
  readonly label: string
  readonly opened?: string
  readonly edit: TextEdit | undefined
  readonly shared?: true
}

/** What has to be written so that the journal holds a draft as it is now. */
export interface JournalWrite {
  readonly head: JournalHead
  readonly originText?: string
  readonly baseText?: string
  /** Only where it is another one: the browser looks at each handle it stores, which takes its time. */
  readonly handle?: FileSystemFileHandle
  /** Rows before this one stay, all from it on are replaced by `steps`. */
  readonly from: number
  readonly steps: readonly HistoryStep[]
  readonly fields: readonly FieldWrite[]
  /** Ids of fields that are no longer open. */
  readonly closedFields: readonly string[]
}

/** What the journal holds of one draft. */
export interface StoredDraft {
  readonly head: JournalHead
  readonly originText: string | undefined
  readonly baseText: string | undefined
  readonly handle: FileSystemFileHandle | undefined
  readonly steps: readonly HistoryStep[]
  readonly fields: readonly FieldWrite[]
}

/** Which rows tell `after` from `before`: histories share their beginning by identity. */
export function journalDelta(
  before: readonly HistoryStep[],
  after: readonly HistoryStep[],
): { readonly from: number; readonly steps: readonly HistoryStep[] } {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from++
  return { from, steps: after.slice(from) }
}

export function fieldDelta(
  before: readonly TypedField[],
  after: readonly TypedField[],
): Pick<JournalWrite, 'fields' | 'closedFields'> {
  const known = new Map(before.map((field) => [field.id, field]))
  return {
    fields: after
      .filter((field) => known.get(field.id) !== field)
      .map(({ id, label, opened, text, shared }) => ({
        id,
        label,
        ...(known.get(id)?.opened !== opened && { opened }),
        edit: spliceBetween(opened, text),
        ...(shared && { shared }),
      })),
    closedFields: before.filter(({ id }) => !after.some((field) => field.id === id)).map(({ id }) => id),
  }
}

/** What makes `steps` and `fields` of whichever of several states is there; of nothing when there is none. */
export function deltaFromAny(
  befores: readonly { readonly steps: readonly HistoryStep[]; readonly fields: readonly TypedField[] }[],
  steps: readonly HistoryStep[],
  fields: readonly TypedField[],
): Pick<JournalWrite, 'from' | 'steps' | 'fields' | 'closedFields'> {
  const states = befores.length > 0 ? befores : [{ steps: [], fields: [] }]
  const from = Math.min(...states.map((before) => journalDelta(before.steps, steps).from))
  const deltas = states.map((before) => fieldDelta(before.fields, fields))
  const changed = new Map<string, FieldWrite>()
  for (const field of deltas.flatMap((delta) => delta.fields)) {
    // the one that says what the field was opened with says all
    if (changed.get(field.id)?.opened === undefined) changed.set(field.id, field)
  }
  const closedFields = [...new Set(deltas.flatMap((delta) => delta.closedFields))]
  return { from, steps: steps.slice(from), fields: [...changed.values()], closedFields }
}

/** Undefined when what was stored does not belong together. */
export function fieldFrom({ id, label, opened = '', edit, shared }: FieldWrite): TypedField | undefined {
  try {
    const text = edit === undefined ? opened : applyEdits(opened, [edit])
    return { id, label, opened, text, ...(shared && { shared }) }
  } catch {
    return undefined
  }
}

export type Replayed =
  | { readonly ok: true; readonly draft: KeptDraft }
  /** `text` is what could be had of it all the same. */
  | { readonly ok: false; readonly reason: string; readonly text: string | undefined }

/**
 * The draft that was journalled. Every step is checked against the text it is applied to: rows that do not
 * belong to each other are reported, never applied blindly. Whatever was stored, nothing is thrown.
 */
export function replay({ head, originText, baseText, steps }: StoredDraft): Replayed {
  let text = originText
  const broken = (reason: string): Replayed => ({ ok: false, reason, text: text ?? baseText })
  try {
    if (text === undefined) return broken('the text that the changes belong to is missing')
    const base = head.ownBase ? baseText : text
    if (base === undefined) return broken('the file that it is compared with is missing')
    if (steps.length !== head.steps || head.position > steps.length) return broken('some changes are missing')
    for (const step of steps.slice(0, head.position)) {
      if (!fits(text, step)) return broken(`the change "${step.label}" does not fit the text`)
      text = applyEdits(text, step.edits)
    }
    if (text.length !== head.length) return broken('the changes lead to another text')
    let ahead = text
    for (const step of steps.slice(head.position)) {
      if (!fits(ahead, step)) return broken(`the undone change "${step.label}" does not fit the text`)
      ahead = applyEdits(ahead, step.edits)
    }
    const { name, origin, baseName, revision, position } = head
    const history = { revision, steps, position, settled: false }
    return {
      ok: true,
      draft: { name, origin, base: { text: base, ...marksOf(head) }, baseName, text, ...history },
    }
  } catch (error) {
    return broken(error instanceof Error ? error.message : 'what was stored cannot be read')
  }
}

/** Whether a step's inverse takes back exactly what its edits do to this text. */
function fits(text: string, { edits, inverse }: HistoryStep): boolean {
  const expected = invertEdits(text, edits)
  return (
    expected.length === inverse.length &&
    expected.every((edit, at) => {
      const stored = inverse[at]
      return (
        stored?.offset === edit.offset && stored.length === edit.length && stored.content === edit.content
      )
    })
  )
}

/** Characters in a write: what is under way must be little when the page goes away. */
export function sizeOf({ originText = '', baseText = '', steps, fields }: JournalWrite): number {
  const length = (edits: readonly TextEdit[]): number =>
    edits.reduce((sum, { content }) => sum + content.length, 0)
  return (
    originText.length +
    baseText.length +
    steps.reduce((sum, step) => sum + length(step.edits) + length(step.inverse), 0) +
    fields.reduce((sum, { opened = '', edit }) => sum + opened.length + (edit?.content.length ?? 0), 0)
  )
}

/** What belongs into the head of a draft as it is now. */
export function headOf(
  draft: Draft,
  extra: Pick<JournalHead, 'key' | 'time' | 'ownBase'> & { readonly hashes: TextHashes | undefined },
): JournalHead {
  const { hashes, ...rest } = extra
  return {
    ...rest,
    origin: draft.origin,
    name: draft.name,
    baseName: draft.baseName,
    ...marksOf(draft.base),
    position: draft.position,
    revision: draft.revision,
    steps: draft.steps.length,
    length: draft.text.length,
    ...(hashes && { hashes }),
  }
}
