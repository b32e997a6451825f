/**
 * Bodies of real recordings, cut into chunks by us and by others: `eventsource-parser` for server-sent events, AWS's
 * own codec for binary event streams, `JSON.parse` for the rest. Same chunks, same order, same names.
 */
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { CORPUS_MISSING } from '../../support/corpus.ts'
import { type Call, type CorpusFile, callsOf, corpusFiles, type Opened, open } from './corpus-calls.ts'
import { valueIn } from './payloads.ts'
import { NO_HTTP, WITHOUT_BODIES } from './recorded-bodies.ts'

/** Where we differ, by the end of the call's name, and why; each must still be needed. */
const EXCEPTIONS: Readonly<Record<string, string>> = {}

/** What differs in one call, in words; undefined where nothing does. */
function difference({ ours, document, shape, payloads, events }: Call): string | undefined {
  const { framing } = ours.response
  if (framing !== shape) return `framing ${framing}, should be ${shape}`
  const chunks = [...ours.stream.chunkNodes].map((id) => document.node(id))
  if (chunks.length !== payloads.length) return `${chunks.length} chunks, should be ${payloads.length}`
  for (const [at, node] of chunks.entries()) {
    const value = JSON.parse(node.raw) as unknown
    const theirs = valueIn(payloads[at] ?? '')
    if (!isDeepStrictEqual(value, theirs)) {
      return `chunk ${at} is ${node.raw.slice(0, 200)}, should be ${payloads[at]?.slice(0, 200)}`
    }
    const name = ours.stream.events?.[at] ?? ''
    if (name !== events[at]) return `event ${at} is "${name}", should be "${events[at]}"`
  }
  return undefined
}

/** Calls in which we find an answer and the oracle none. */
function missed(file: CorpusFile, { reading }: Opened, calls: readonly Call[]): readonly string[] {
  if (WITHOUT_BODIES[file.format] !== undefined) return []
  const ours = reading.cassette?.interactions ?? []
  return [...ours.entries()]
    .filter(([, { response }]) => response.framing !== 'none')
    .map(([at]) => `${file.name}#${at}`)
    .filter((name) => !NO_HTTP.some((end) => name.endsWith(end)) && calls.every((call) => call.name !== name))
}

const files = corpusFiles()

describe.skipIf(files.length === 0)(`bodies are cut as others cut them (${CORPUS_MISSING})`, () => {
  const counts = new Map<string, { bodies: number; chunks: number }>()

  const met = new Set<string>()

  it('finds files to compare', () => expect(files.length).toBeGreaterThan(300))

  for (const file of files) {
    it(file.name, () => {
      const opened = open(file)
      const calls = callsOf(file, opened)
      expect(missed(file, opened, calls), 'calls with a body that only we see').toEqual([])
      for (const call of calls) {
        const found = difference(call)
        const exception = Object.keys(EXCEPTIONS).find((end) => call.name.endsWith(`/${end}`))
        if (exception) {
          met.add(exception)
          expect(found, `${call.name} is no exception any more`).toBeDefined()
          continue
        }
        expect(found, call.name).toBeUndefined()
        const count = counts.get(call.shape) ?? { bodies: 0, chunks: 0 }
        counts.set(call.shape, { bodies: count.bodies + 1, chunks: count.chunks + call.payloads.length })
      }
    })
  }

  it('has met every exception', () => expect([...met].toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted()))

  afterAll(() => {
    const told = [...counts].map(([shape, { bodies, chunks }]) => `${bodies} ${shape} (${chunks} chunks)`)
    console.info(`framing oracles: ${told.join('; ')}; ${Object.keys(EXCEPTIONS).length} exceptions`)
  })
})
