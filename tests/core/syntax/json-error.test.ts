import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { findJsonError } from '../../../src/core/syntax/json-error.ts'
import { scanJson } from '../../../src/core/syntax/json-index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { nastyText, printedJson } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

function accepts(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const character = fc.oneof(
  fc.constantFrom(...'{}[]:,"\\/-+.eE0123456789truefalsn \n\t\u0000\u001f\u00a0\ufeff'),
  nastyText.map((text) => text.slice(0, 1)),
)

/** JSON with one to three characters deleted, inserted or replaced, or cut off. */
const mutated = fc
  .tuple(
    printedJson,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('delete', 'insert', 'replace', 'cut'), character), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([{ text }, mutations]) =>
    mutations.reduce((result, [seed, how, char]) => {
      const at = result.length === 0 ? 0 : seed % result.length
      if (how === 'cut') return result.slice(0, at)
      const behind = how === 'insert' ? at : at + 1
      return result.slice(0, at) + (how === 'delete' ? '' : char) + result.slice(behind)
    }, text),
  )

/** Reads everything there is up to the break; throws when any of it is not what its text says. */
function readAll(text: string, soundUntil: number): void {
  const document = new JsonDocument(text.slice(0, soundUntil), scanJson(text, soundUntil))
  const waiting = document.root ? [document.root] : []
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    expect(node.end).toBeLessThanOrEqual(soundUntil)
    if (node.kind === 'object' || node.kind === 'array') waiting.push(...node.children())
    else expect(accepts(node.raw), `the scalar ${node.raw}`).toBe(true)
    expect(document.pointerOf(node.id)).toBe(node.pointer)
    void node.string()
  }
}

describe('findJsonError', () => {
  it('finds nothing in what JSON.parse reads', () => {
    fc.assert(fc.property(printedJson, ({ text }) => findJsonError(text) === undefined))
  })

  it('refuses exactly what JSON.parse refuses', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(findJsonError(text) === undefined).toBe(accepts(text))
      }),
      { numRuns: 3000 },
    )
  })

  it('says something and points into the text or at its end', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const error = findJsonError(text)
        if (error === undefined) return
        expect(error.message).not.toBe('')
        expect(error.offset).toBeGreaterThanOrEqual(0)
        expect(error.offset).toBeLessThanOrEqual(text.length)
        expect(error.soundUntil).toBeLessThanOrEqual(error.offset)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves a beginning that can be scanned and read', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const error = findJsonError(text)
        if (error !== undefined) readAll(text, error.soundUntil)
      }),
      { numRuns: 1500 },
    )
  })

  it('loses nothing in front of the break: what is sound was scanned the same before', () => {
    fc.assert(
      fc.property(printedJson, fc.nat(), ({ text, spans }, seed) => {
        const cut = text.slice(0, seed % (text.length + 1))
        const error = findJsonError(cut)
        if (error === undefined) return
        const { nodes, count } = scanJson(cut, error.soundUntil)
        for (let at = 0; at < count; at++) {
          expect(nodes[at * 3]).toBe(spans[at]?.start)
          expect(nodes[at * 3 + 1]).toBe(Math.min(spans[at]?.end ?? 0, error.soundUntil))
        }
        const whole = spans.filter(({ end }) => end <= error.soundUntil).length
        expect(count).toBeGreaterThanOrEqual(whole)
      }),
      { numRuns: 500 },
    )
  })

  it('takes 200,000 brackets without overflowing the stack', () => {
    const many = 200_000
    expect(findJsonError('['.repeat(many) + ']'.repeat(many))).toBeUndefined()
    expect(findJsonError('['.repeat(many))?.offset).toBe(many)
    expect(findJsonError('{"a":'.repeat(many))?.offset).toBe(many * 5)
    expect(findJsonError(`${'['.repeat(many) + ']'.repeat(many)}]`)?.offset).toBe(many * 2)
  })

  it('names what is wrong in words', () => {
    const message = (text: string): string | undefined => findJsonError(text)?.message
    expect(message('')).toMatch(/value.*end of the file/)
    expect(message('{"a" 1}')).toMatch(/":".*"1"/)
    expect(message('{a: 1}')).toMatch(/key in quotes.*"a"/)
    expect(message('[1 2]')).toMatch(/"," or "\]".*"2"/)
    expect(message('[1,]')).toMatch(/value.*"\]"/)
    expect(message('{"a": 1')).toMatch(/"," or "}".*end of the file/)
    expect(message('{} {}')).toMatch(/after the end of the document/)
    expect(message('["\\x"]')).toMatch(/escape/)
    expect(message('["a\nb"]')).toMatch(/control character \(U\+000A\)/)
    expect(message('["a')).toMatch(/never closed/)
    expect(message('["😀"] 😀')).toMatch(/"😀"/)
  })
})
