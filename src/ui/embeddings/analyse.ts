/**
 * What can be seen in a set of vectors. Written as a generator that pauses often, so that whoever runs it decides how
 * long the page may wait: a thousand vectors of 1,536 numbers take a second in all.
 */

/** More vectors are sampled evenly for the plot, and again for the pairs. */
export const MOST_PLOTTED = 2000
export const MOST_PAIRED = 1000
const PAIRS = 5
/** Rounds of the power iteration; the first two directions are found well before. */
const ROUNDS = 24

export interface Pair {
  /** Positions among all vectors. */
  readonly one: number
  readonly other: number
  readonly cosine: number
}

export interface Analysis {
  readonly count: number
  /** Vectors that could not be read, or have another number of dimensions than most. */
  readonly left: number
  readonly dimensions: number
  readonly norms: { readonly least: number; readonly most: number }
  /** Plane coordinates between -1 and 1, by position among all vectors. */
  readonly points: readonly { readonly at: number; readonly x: number; readonly y: number }[]
  /** Share of the variance that the plane shows, 0 to 1. */
  readonly shown: number
  readonly pairs: readonly Pair[]
}

/** Pauses (yields) every few thousand numbers. Undefined where no vector can be read. */
export function* analyse(
  count: number,
  vectorAt: (at: number) => Float32Array | undefined,
): Generator<void, Analysis | undefined> {
  const lengths = new Map<number, number>()
  const decoded: { readonly at: number; readonly vector: Float32Array }[] = []
  const step = Math.max(1, count / MOST_PLOTTED)
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  let next = 0
  for (let at = 0; at < count; at++) {
    const vector = vectorAt(at)
    yield
    if (vector === undefined) continue
    lengths.set(vector.length, (lengths.get(vector.length) ?? 0) + 1)
    const norm = lengthOf(vector)
    least = Math.min(least, norm)
    most = Math.max(most, norm)
    if (at < Math.floor(next)) continue
    next += step
    decoded.push({ at, vector })
  }
  const [dimensions, alike] = [...lengths].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  if (dimensions === 0) return undefined
  const sample = decoded.filter(({ vector }) => vector.length === dimensions)
  const { points, shown } = yield* plane(sample)
  const pairs = yield* nearestPairs(sample)
  return { count, left: count - alike, dimensions, norms: { least, most }, points, shown, pairs }
}

interface Sampled {
  readonly at: number
  readonly vector: Float32Array
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum
}

function lengthOf(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector))
}

/** Coordinates on the two directions in which the vectors differ most. */
function* plane(sample: readonly Sampled[]): Generator<void, Pick<Analysis, 'points' | 'shown'>> {
  const size = sample[0]?.vector.length ?? 0
  const mean = new Float64Array(size)
  for (const { vector } of sample) {
    for (let at = 0; at < size; at++) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / sample.length
    yield
  }
  const centred: Float32Array[] = []
  let variance = 0
  for (const { vector } of sample) {
    const row = vector.map((number, at) => number - (mean[at] ?? 0))
    variance += dot(row, row)
    centred.push(row)
    yield
  }
  const first = yield* principal(centred, size, undefined)
  const second = yield* principal(centred, size, first.direction)
  const across = spread(centred.map((row) => dot(row, first.direction)))
  const up = spread(centred.map((row) => dot(row, second.direction)))
  const half = Math.max(Number.MIN_VALUE, across.half, up.half)
  const points = sample.map(({ at }, row) => ({
    at,
    x: ((across.values[row] ?? 0) - across.middle) / half,
    y: ((up.values[row] ?? 0) - up.middle) / half,
  }))
  return { points, shown: variance === 0 ? 1 : Math.min(1, (first.variance + second.variance) / variance) }
}

/** Values with the middle and the half of their range. */
function spread(values: readonly number[]) {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return { values, middle: (least + most) / 2, half: (most - least) / 2 }
}

/** The direction of the largest variance, at right angles to `besides`: power iteration without the matrix. */
function* principal(
  rows: readonly Float32Array[],
  size: number,
  besides: Float64Array | undefined,
): Generator<void, { readonly direction: Float64Array; readonly variance: number }> {
  // any start will do that is not at right angles to the answer by design
  let direction = Float64Array.from({ length: size }, (_, at) => Math.sin(1 + at * 1.618))
  let variance = 0
  for (let round = 0; round < ROUNDS; round++) {
    if (besides) {
      const along = dot(direction, besides)
      for (let at = 0; at < size; at++) direction[at] = (direction[at] ?? 0) - along * (besides[at] ?? 0)
    }
    const length = lengthOf(direction)
    if (length < 1e-12) return { direction: new Float64Array(size), variance: 0 }
    for (let at = 0; at < size; at++) direction[at] = (direction[at] ?? 0) / length
    const turned = new Float64Array(size)
    variance = 0
    for (const row of rows) {
      const share = dot(row, direction)
      variance += share * share
      for (let at = 0; at < size; at++) turned[at] = (turned[at] ?? 0) + share * (row[at] ?? 0)
      yield
    }
    if (round < ROUNDS - 1) direction = turned
  }
  return { direction, variance }
}

/** The pairs with the largest cosine. */
function* nearestPairs(sample: readonly Sampled[]): Generator<void, readonly Pair[]> {
  const step = Math.max(1, sample.length / MOST_PAIRED)
  const units: Sampled[] = []
  for (let at = 0; at < sample.length; at += step) {
    const one = sample[Math.floor(at)]
    const length = one ? lengthOf(one.vector) : 0
    if (one && length > 0) units.push({ at: one.at, vector: one.vector.map((number) => number / length) })
    yield
  }
  let pairs: Pair[] = []
  let worst = Number.NEGATIVE_INFINITY
  for (const [position, one] of units.entries()) {
    for (let behind = position + 1; behind < units.length; behind++) {
      const other = units[behind]
      if (other === undefined) break
      const cosine = Math.min(1, dot(one.vector, other.vector))
      if (cosine > worst || pairs.length < PAIRS) {
        pairs = [...pairs, { one: one.at, other: other.at, cosine }]
          .toSorted((a, b) => b.cosine - a.cosine)
          .slice(0, PAIRS)
        worst = pairs.at(-1)?.cosine ?? worst
      }
      if (behind % 16 === 0) yield
    }
    yield
  }
  return pairs
}

/** A vector as so many bars, each the mean of its neighbours: the shape of thousands of numbers on one line. */
export function barsOf(vector: Float32Array, most: number): readonly number[] {
  const count = Math.min(most, vector.length)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * vector.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * vector.length) / count))
    let sum = 0
    for (let at = from; at < to; at++) sum += vector[at] ?? 0
    return sum / (to - from)
  })
}
