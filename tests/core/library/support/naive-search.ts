/** The search, once more and without any thought of speed: what the fast one is held against. */
import type { Entry, IndexedEntry } from '../../../../src/core/library/entry.ts'
import type { Query, RangeTerm, Term, ValueTerm } from '../../../../src/core/library/query.ts'

export function naiveMatches(query: Query, entry: IndexedEntry, without?: string): boolean {
  return query.terms.every(
    (term) => (term.kind === 'value' && term.field === without) || passes(term, entry) !== term.negated,
  )
}

function passes(term: Term, entry: IndexedEntry): boolean {
  if (term.kind === 'any') return term.terms.some((each) => passes(each, entry) !== each.negated)
  if (term.kind === 'range') return inRange(term, entry)
  if (term.kind === 'value') return hasValue(term, entry)
  const { facts } = entry
  const meta = facts && [
    facts.test ?? '',
    ...facts.models,
    ...facts.providers,
    ...facts.tools,
    ...facts.endpoints,
    ...facts.errors,
  ]
  const word = simple(term.text)
  return [entry.path, ...(meta ?? []), entry.problem?.message ?? '', entry.asked, entry.answered].some(
    (text) => simple(text).includes(word),
  )
}

/** Spaces of any kind are one space; the letters are those that `localeCompare` cannot tell apart by case. */
function simple(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').replace(/\s+/g, ' ')
}

function hasValue({ field, values }: ValueTerm, entry: IndexedEntry): boolean {
  return values.some(({ text, whole }) => {
    if (field === 'status' && /[<>x.]/.test(text))
      return valuesOf(entry, field).some((own) => isStatus(text, own))
    const wanted = simple(text)
    return valuesOf(entry, field).some((value) => {
      const own = simple(value)
      if (field === 'in') return own.startsWith(wanted)
      if (field === 'path') return own.includes(wanted)
      return whole ? own === wanted : own.includes(wanted)
    })
  })
}

/** The three ways in which statuses are asked for that are none themselves. */
function isStatus(text: string, status: string): boolean {
  if (text.endsWith('xx')) return status.startsWith(text.slice(0, 1))
  const [from, to] = text.split('..')
  if (to !== undefined) return status >= (from ?? '') && status <= to
  const number = text.replace(/^[<>]=?/, '')
  if (text.includes('=') && status === number) return true
  return text.startsWith('<') ? status < number : status > number
}

export function valuesOf({ facts, path, problem }: Entry, field: string): readonly string[] {
  const table = new Map<string, readonly (string | undefined)[]>([
    ['model', facts?.models ?? []],
    ['provider', facts?.providers ?? []],
    ['finish', facts?.finishes ?? []],
    ['tool', facts?.tools ?? []],
    ['has', [...(facts?.features ?? []), ...(problem ? ['problem'] : [])]],
    ['status', facts?.statuses ?? []],
    ['outcome', [facts?.outcome]],
    ['container', [facts?.container]],
    ['test', [facts?.test]],
    ['in', [path.slice(0, path.lastIndexOf('/') + 1)]],
    ['path', [path]],
    ['problem', [problem?.code]],
  ])
  return (table.get(field) ?? []).filter((value) => value !== undefined)
}

/** What is not known is outside of a range, and outside of its opposite. */
function inRange({ field, ranges, negated }: RangeTerm, { facts, size }: IndexedEntry): boolean {
  const amount = field === 'size' ? size : field === 'chunks' ? facts?.chunks : facts?.recorded
  if (amount === undefined) return negated
  return ranges.some(({ least, most }) => least <= amount && amount <= most)
}
