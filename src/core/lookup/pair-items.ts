import { align } from '../compare/align.ts'
import { isPythonDict, isPythonList, type PythonValue } from '../syntax/python-json.ts'
import { nameOfTool, textAt } from './field-words.ts'

/** Which item of the one list stands for which of the other; -1: for none. */
export interface ItemPair {
  readonly was: number
  readonly is: number
}

export interface PairedItems {
  /** The pairs that are not equal, in order. */
  readonly pairs: readonly ItemPair[]
  /** The same items in another order, and nothing else. */
  readonly moved: boolean
}

/** Pairs the items of two lists so that one item more is one difference. `dump` tells whether two are equal. */
export function pairItems(
  was: readonly PythonValue[],
  is: readonly PythonValue[],
  dump: (value: PythonValue) => string,
): PairedItems {
  const [olds, news] = [was.map(dump), is.map(dump)]
  const byName = pairByName([was, olds], [is, news])
  if (byName !== undefined) return byName
  if (olds.length === news.length && olds.toSorted().join('\n') === news.toSorted().join('\n')) {
    return { pairs: [], moved: olds.some((old, at) => old !== news[at]) }
  }
  const runs = align(
    olds.length,
    news.length,
    (at) => olds[at] ?? '',
    (at) => news[at] ?? '',
  )
  const pairs = runs.flatMap(({ same, oldStart, oldEnd, newStart, newEnd }) =>
    same ? [] : pairRun(was, is, [oldStart, oldEnd], [newStart, newEnd]),
  )
  return { pairs, moved: false }
}

type Items = readonly [values: readonly PythonValue[], dumps: readonly string[]]

/** Tools are what they are called, wherever they stand; undefined where not all have a name of their own. */
function pairByName([was, olds]: Items, [is, news]: Items): PairedItems | undefined {
  const [before, after] = [namesOf(was), namesOf(is)]
  if (before === undefined || after === undefined) return undefined
  const pairs: ItemPair[] = []
  for (const [name, at] of after) {
    const old = before.get(name) ?? -1
    if (old === -1 || olds[old] !== news[at]) pairs.push({ was: old, is: at })
  }
  for (const [name, at] of before) if (!after.has(name)) pairs.push({ was: at, is: -1 })
  const order = [...after.keys()].flatMap((name) => before.get(name) ?? [])
  return { pairs, moved: order.some((at, place) => place > 0 && at < (order[place - 1] ?? 0)) }
}

/** Where which tool stands. Messages have names as well, but of who speaks. */
function namesOf(items: readonly PythonValue[]): ReadonlyMap<string, number> | undefined {
  const names = new Map<string, number>()
  for (const [at, item] of items.entries()) {
    const name = isPythonDict(item) && !item.has('role') ? nameOfTool(item) : undefined
    if (name === undefined || names.has(name)) return undefined
    names.set(name, at)
  }
  return names.size === 0 ? undefined : names
}

type Range = readonly [start: number, end: number]

/** In order, the most alike together: the textbook's alignment by likeness. */
function pairRun(
  was: readonly PythonValue[],
  is: readonly PythonValue[],
  [o0, o1]: Range,
  [n0, n1]: Range,
): readonly ItemPair[] {
  const [rows, columns] = [o1 - o0, n1 - n0]
  const likeness = (row: number, column: number): number => likenessOf(was[o0 + row], is[n0 + column])
  // too many to compare each with each: by place
  if (rows * columns > 4000) {
    return Array.from({ length: Math.max(rows, columns) }, (_, at) => ({
      was: at < rows ? o0 + at : -1,
      is: at < columns ? n0 + at : -1,
    }))
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  const like = new Float64Array(rows * columns)
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const here = likeness(row, column)
      like[row * columns + column] = here
      best[row * width + column] = Math.max(
        here > 0 ? here + (best[(row + 1) * width + column + 1] ?? 0) : 0,
        best[(row + 1) * width + column] ?? 0,
        best[row * width + column + 1] ?? 0,
      )
    }
  }
  const pairs: ItemPair[] = []
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    const here = like[row * columns + column] ?? 0
    const top = best[row * width + column] ?? 0
    if (here > 0 && top === here + (best[(row + 1) * width + column + 1] ?? 0)) {
      pairs.push({ was: o0 + row++, is: n0 + column++ })
    } else if (top === (best[(row + 1) * width + column] ?? 0)) pairs.push({ was: o0 + row++, is: -1 })
    else pairs.push({ was: -1, is: n0 + column++ })
  }
  while (row < rows) pairs.push({ was: o0 + row++, is: -1 })
  while (column < columns) pairs.push({ was: -1, is: n0 + column++ })
  return pairs
}

/** 0: nothing to do with each other. Up to 3. */
function likenessOf(one: PythonValue | undefined, other: PythonValue | undefined): number {
  if (!isPythonDict(one) || !isPythonDict(other)) return typeof one === typeof other ? 1 : 0
  const [name, otherName] = [nameOfTool(one), nameOfTool(other)]
  if (name !== undefined && otherName !== undefined) return name === otherName ? 3 : 0.01
  const [role, otherRole] = [textAt(one, ['role']), textAt(other, ['role'])]
  // what one says, another does not
  if (role !== otherRole) return sharedText(one, other) > 0.5 ? 0.5 : 0
  return 0.2 + 2 * sharedText(one, other)
}

const COMPARED = 4000

/** Share of the words that two values have in common. */
function sharedText(one: PythonValue, other: PythonValue): number {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  if (words.size === 0 && others.size === 0) return 0.5
  let common = 0
  for (const word of words) if (others.has(word)) common++
  return common / Math.max(1, words.size, others.size)
}

function wordsOf(value: PythonValue, words = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') for (const word of value.slice(0, COMPARED).split(/\s+/)) words.add(word)
  else if (isPythonList(value)) for (const item of value) wordsOf(item, words)
  else if (isPythonDict(value)) for (const [key, item] of value) if (key !== 'role') wordsOf(item, words)
  return words
}
