import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { type Analysis, analyse, barsOf, MOST_PLOTTED } from '../../src/ui/embeddings/analyse.ts'
import { decodeVector } from '../../src/ui/embeddings/decode-vector.ts'

function run(vectors: readonly (Float32Array | undefined)[]): Analysis | undefined {
  const work = analyse(vectors.length, (at) => vectors[at])
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

function nodeOf(value: unknown) {
  const { root } = JsonDocument.of(JSON.stringify(value))
  if (root === undefined) throw new Error('no value')
  return root
}

describe('vectors', () => {
  it('are lists of numbers, or base64 of little-endian floats', () => {
    const numbers = Float32Array.of(0.5, -1, 3.25)
    expect(decodeVector(nodeOf([0.5, -1, 3.25]))).toEqual(numbers)
    expect(decodeVector(nodeOf(Buffer.from(numbers.buffer).toString('base64')))).toEqual(numbers)
    for (const none of [[], ['a'], [1, null], 'abc', '####', '', { a: 1 }]) {
      expect(decodeVector(nodeOf(none))).toBeUndefined()
    }
  })

  it('are told by count, dimensions and norms', () => {
    const found = run([Float32Array.of(3, 4), Float32Array.of(1, 0), undefined, Float32Array.of(1, 2, 3)])
    expect(found).toMatchObject({ count: 4, left: 2, dimensions: 2 })
    expect(found?.norms.least).toBeCloseTo(1)
    expect(found?.norms.most).toBeCloseTo(5)
    expect(run([undefined])).toBeUndefined()
    expect(run([])).toBeUndefined()
  })

  it('that lie on a line in many dimensions lie on it in the plot', () => {
    const direction = Float32Array.from({ length: 30 }, (_, at) => Math.cos(at))
    const vectors = [0, 1, 2, 3, 10].map((times) => direction.map((number) => 5 + number * times))
    const found = run(vectors)
    expect(found?.shown).toBeCloseTo(1, 4)
    const along = found?.points.map(({ x }) => x) ?? []
    const sign = Math.sign((along[4] ?? 0) - (along[0] ?? 0))
    const order = along.map((x) => x * sign)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    for (const { y } of found?.points ?? []) expect(Math.abs(y)).toBeLessThan(0.01)
  })

  it('that are nearest are found as by comparing all', () => {
    const some = fc.array(
      fc
        .array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 })
        .filter((v) => v.some(Boolean)),
      { minLength: 2, maxLength: 12 },
    )
    fc.assert(
      fc.property(some, (lists) => {
        const vectors = lists.map((list) => Float32Array.from(list))
        const cosine = (a: Float32Array, b: Float32Array): number => {
          const dot = (x: Float32Array, y: Float32Array): number =>
            x.reduce((sum, v, at) => sum + v * (y[at] ?? 0), 0)
          return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
        }
        const all = vectors
          .flatMap((a, at) => vectors.slice(at + 1).map((b) => cosine(a, b)))
          .toSorted((a, b) => b - a)
          .slice(0, 5)
        const found = run(vectors)?.pairs.map((pair) => pair.cosine) ?? []
        expect(found).toHaveLength(all.length)
        for (const [at, value] of all.entries()) expect(found[at]).toBeCloseTo(value, 4)
      }),
      { numRuns: 200 },
    )
  })

  it('stay inside of the plot, at most so many of them', () => {
    const vectors = Array.from({ length: MOST_PLOTTED + 500 }, (_, at) =>
      Float32Array.of(Math.sin(at), Math.cos(at * 3), at % 7),
    )
    const work = analyse(vectors.length, (at) => vectors[at])
    let result = work.next()
    while (!result.done) result = work.next()
    const points = result.value?.points ?? []
    expect(points.length).toBeLessThanOrEqual(MOST_PLOTTED)
    expect(points.length).toBeGreaterThan(MOST_PLOTTED * 0.9)
    for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1.000001)
  })

  it('are drawn as bars, each the mean of its neighbours', () => {
    expect(barsOf(Float32Array.of(1, 3, 5, 7), 2)).toEqual([2, 6])
    expect(barsOf(Float32Array.of(1, 3), 96)).toEqual([1, 3])
  })
})
