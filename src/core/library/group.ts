/** The files of a result under headings. Runs where the list is drawn, so it looks at each file once. */
import type { Entry } from './entry.ts'
import { compareTexts } from './sort-orders.ts'

export type GroupBy = 'none' | 'folder' | 'test' | 'model' | 'provider' | 'outcome'

export interface Group {
  /** Unique among the groups; empty for what has no such value. */
  readonly key: string
  /** For a person. */
  readonly label: string
  /** In the order of the result. */
  readonly places: Int32Array
}

/** Sorted by label, tests by file and then name; what has no such value comes last. */
export function groupEntries(entries: readonly Entry[], places: Int32Array, by: GroupBy): readonly Group[] {
  if (by === 'none') return [{ key: '', label: 'All', places }]
  const byKey = new Map<string, number[]>()
  for (const place of places) {
    const entry = entries[place]
    const key = entry === undefined ? '' : KEYS[by](entry)
    const held = byKey.get(key)
    if (held === undefined) byKey.set(key, [place])
    else held.push(place)
  }
  const labels = labelsOf([...byKey.keys()], by)
  return [...byKey]
    .map(([key, held]) => ({ key, label: labels.get(key) ?? key, places: Int32Array.from(held) }))
    .toSorted((a, b) =>
      a.key === '' || b.key === '' ? Number(a.key === '') - Number(b.key === '') : compareKeys(a.key, b.key),
    )
}

const KEYS: Readonly<Record<Exclude<GroupBy, 'none'>, (entry: Entry) => string>> = {
  folder: ({ path }) => path.slice(0, path.lastIndexOf('/') + 1),
  test: ({ facts }) => facts?.test ?? '',
  model: ({ facts }) => facts?.models[0] ?? '',
  provider: ({ facts }) => facts?.providers[0] ?? '',
  outcome: ({ facts }) => facts?.outcome ?? '',
}

const WITHOUT: Readonly<Record<Exclude<GroupBy, 'none'>, string>> = {
  folder: 'Not in a folder',
  test: 'Without a test',
  model: 'Without a model',
  provider: 'Without a provider',
  outcome: 'No recordings',
}

/** Two files of tests in two folders may be called the same: then the folder is a part of the label. */
function labelsOf(keys: readonly string[], by: Exclude<GroupBy, 'none'>): ReadonlyMap<string, string> {
  const labels = new Map(keys.map((key) => [key, labelOf(key, by)]))
  const counts = new Map<string, number>()
  for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1)
  for (const [key, label] of labels)
    if ((counts.get(label) ?? 0) > 1) labels.set(key, key === '' ? label : key.replaceAll('::', ' › '))
  return labels
}

function labelOf(key: string, by: Exclude<GroupBy, 'none'>): string {
  if (key === '') return WITHOUT[by]
  if (by === 'folder') return key.slice(0, -1)
  return by === 'test' ? testLabel(key) : key
}

/** "tests/a/test_b.py::test_c[x]" is `test_b.py › test_c[x]`. */
export function testLabel(test: string): string {
  const at = test.indexOf('::')
  if (at < 0) return test
  const file = test.slice(0, at)
  return `${file.slice(file.lastIndexOf('/') + 1)} › ${test.slice(at + 2).replaceAll('::', ' › ')}`
}

/** "::" parts a test's file from its name, and sorts before whatever a longer file name goes on with. */
function compareKeys(a: string, b: string): number {
  return compareTexts(a.replaceAll('::', '\u0000'), b.replaceAll('::', '\u0000'))
}
