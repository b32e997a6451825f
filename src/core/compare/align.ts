/** A run of one list and the run of the other that stands for it; `same` ones are equal item by item. */
export interface Run {
  readonly same: boolean
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

type Key = (at: number) => string

/** Cells of the exhaustive comparison that is made where no item stands out. */
const MAX_CELLS = 40_000
const MAX_DEPTH = 40

/**
 * Aligns two lists by what their items read as (patience diff): items that stand once in both hold the rest in
 * place, what lies between them is compared again. Linear but for the sorting of those anchors, so it holds for
 * 500,000 items; runs come in order and cover both lists.
 */
export function align(oldCount: number, newCount: number, oldKey: Key, newKey: Key): readonly Run[] {
  const runs: Run[] = []
  const add = (same: boolean, oldStart: number, oldEnd: number, newStart: number, newEnd: number): void => {
    if (oldStart === oldEnd && newStart === newEnd) return
    const last = runs.at(-1)
    if (last?.same === same) runs[runs.length - 1] = { ...last, oldEnd, newEnd }
    else runs.push({ same, oldStart, oldEnd, newStart, newEnd })
  }
  const part = (oldStart: number, oldEnd: number, newStart: number, newEnd: number, depth: number): void => {
    let head = 0
    const shorter = Math.min(oldEnd - oldStart, newEnd - newStart)
    while (head < shorter && oldKey(oldStart + head) === newKey(newStart + head)) head++
    let tail = 0
    while (tail < shorter - head && oldKey(oldEnd - 1 - tail) === newKey(newEnd - 1 - tail)) tail++
    const [o0, o1, n0, n1] = [oldStart + head, oldEnd - tail, newStart + head, newEnd - tail]
    add(true, oldStart, o0, newStart, n0)
    if (o0 === o1 || n0 === n1 || depth > MAX_DEPTH) add(false, o0, o1, n0, n1)
    else {
      const anchors = longestRising(uniqueInBoth(o0, o1, n0, n1, oldKey, newKey))
      const steps = anchors.length > 0 ? anchors : commonOf(o0, o1, n0, n1, oldKey, newKey)
      if (steps.length === 0) add(false, o0, o1, n0, n1)
      else {
        let [o, n] = [o0, n0]
        for (const [oldAt, newAt] of steps) {
          part(o, oldAt, n, newAt, depth + 1)
          add(true, oldAt, oldAt + 1, newAt, newAt + 1)
          o = oldAt + 1
          n = newAt + 1
        }
        part(o, o1, n, n1, depth + 1)
      }
    }
    add(true, o1, oldEnd, n1, newEnd)
  }
  part(0, oldCount, 0, newCount, 0)
  const kept = runs.reduce((sum, { same, oldStart, oldEnd }) => sum + (same ? oldEnd - oldStart : 0), 0)
  return (oldCount === newCount ? inPlace(oldCount, kept, oldKey, newKey) : undefined) ?? runs
}

/** Item by item, if that keeps no fewer: what was edited where it stands has not been moved. */
function inPlace(count: number, atLeast: number, oldKey: Key, newKey: Key): readonly Run[] | undefined {
  const runs: Run[] = []
  let kept = 0
  for (let at = 0; at < count; at++) {
    const same = oldKey(at) === newKey(at)
    if (same) kept++
    // no longer possible
    if (kept + count - at - 1 < atLeast) return undefined
    const last = runs.at(-1)
    if (last?.same === same) runs[runs.length - 1] = { ...last, oldEnd: at + 1, newEnd: at + 1 }
    else runs.push({ same, oldStart: at, oldEnd: at + 1, newStart: at, newEnd: at + 1 })
  }
  return runs
}

type Pair = readonly [oldAt: number, newAt: number]

/** Items that read alike and stand once in each list, in the order of the new one. */
function uniqueInBoth(
  o0: number,
  o1: number,
  n0: number,
  n1: number,
  oldKey: Key,
  newKey: Key,
): readonly Pair[] {
  const SEVERAL = -1
  const places = new Map<string, { old: number; now: number | undefined }>()
  for (let at = o0; at < o1; at++) {
    const key = oldKey(at)
    const known = places.get(key)
    if (known === undefined) places.set(key, { old: at, now: undefined })
    else known.old = SEVERAL
  }
  for (let at = n0; at < n1; at++) {
    const known = places.get(newKey(at))
    if (known !== undefined) known.now = known.now === undefined ? at : SEVERAL
  }
  const pairs: Pair[] = []
  for (const { old, now } of places.values()) {
    if (old !== SEVERAL && now !== undefined && now !== SEVERAL) pairs.push([old, now])
  }
  return pairs.sort((a, b) => a[1] - b[1])
}

/** The most of the pairs that keep their order on both sides: the others were moved. */
function longestRising(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = []
  const before = new Int32Array(pairs.length)
  pairs.forEach(([old], at) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.[0] ?? 0) < old) low = middle + 1
      else high = middle
    }
    before[at] = ends[low - 1] ?? -1
    ends[low] = at
  })
  const rising: Pair[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) rising.push(pair)
  }
  return rising.reverse()
}

/** A longest common subsequence by the textbook, for what is short enough. */
function commonOf(o0: number, o1: number, n0: number, n1: number, oldKey: Key, newKey: Key): readonly Pair[] {
  const [rows, columns] = [o1 - o0, n1 - n0]
  if (rows * columns > MAX_CELLS) return []
  const width = columns + 1
  const lengths = new Int32Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        oldKey(o0 + row) === newKey(n0 + column)
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0)
    }
  }
  const pairs: Pair[] = []
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (oldKey(o0 + row) === newKey(n0 + column)) pairs.push([o0 + row++, n0 + column++])
    else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) row++
    else column++
  }
  return pairs
}
