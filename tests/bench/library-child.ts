/**
 * Measures a library of many recordings: `node --expose-gc library-child.js <count> <true|made-up> <rounds>`. A process
 * of its own, so that its memory is nobody else's. Files are not read from a disk here: they are made as they are
 * needed, and the time that takes is not counted.
 */
import type { IndexedEntry } from '../../src/core/library/entry.ts'
import { groupEntries } from '../../src/core/library/group.ts'
import { healthOf } from '../../src/core/library/health.ts'
import { numbersOf } from '../../src/core/library/numbers.ts'
import { parseQuery } from '../../src/core/library/query.ts'
import { SearchIndex } from '../../src/core/library/search.ts'
import { summariseRecording } from '../../src/core/library/summarise.ts'
import { readCassette } from '../../src/core/open.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { generateLibrary } from '../support/generate-library.ts'

/** What the parent reads from the last line of the output. Milliseconds and bytes. */
export interface LibraryTimes {
  readonly files: number
  readonly bytes: number
  readonly parse: number
  readonly read: number
  readonly summarise: number
  readonly add: number
  /** Of the index, with all texts, over what there was before. */
  readonly kept: number
  /** The slowest of the queries, each the median of its rounds. */
  readonly search: number
  readonly slowest: string
  /** Typing a word letter by letter: the slowest letter. */
  readonly typing: number
  readonly numbers: number
  readonly group: number
  readonly health: number
}

const QUERIES = [
  '',
  'weather',
  'e',
  'zzzz nothing',
  '"What is" -weather',
  'model:gpt-4o tool:get_weather finish:stop',
  'finish:length,tool_calls has:stream chunks:>20',
  'test:test_agents safe',
  '0ea7359289934ddd34f11c2ffa4b0f4f9e0ad3d6a9bf0eb5f5d1c1d4a2d0ad11',
]
const TYPED = 'harbour lantern'
const ROUNDS = 5

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

interface Indexed {
  readonly entries: IndexedEntry[]
  bytes: number
  parse: number
  read: number
  summarise: number
}

/** In turns file by file, so that whatever else the machine does falls on all alike. */
function indexFiles(count: number, names: 'true' | 'made-up'): Indexed {
  const indexed: Indexed = { entries: [], bytes: 0, parse: 0, read: 0, summarise: 0 }
  for (const { path, text: made } of generateLibrary(count, { names })) {
    // one flat string, as a decoder hands it over
    const text = Buffer.from(made, 'latin1').toString('latin1')
    indexed.bytes += text.length
    indexed.parse += timed(() => JSON.parse(text))
    const started = performance.now()
    const reading = readCassette(text)
    const between = performance.now()
    const document = reading.index && new JsonDocument(reading.projected ?? text, reading.index)
    const entry = summariseRecording(path, text.length, 0, reading, document)
    indexed.summarise += performance.now() - between
    indexed.read += between - started
    indexed.entries.push(entry)
  }
  return indexed
}

function measure(count: number, names: 'true' | 'made-up', rounds: number): LibraryTimes {
  // the first files of a process run in code that is not compiled yet
  indexFiles(Math.min(count, 500), 'made-up')
  const before = used()
  let best = indexFiles(count, names)
  for (let round = 1; round < rounds; round++) {
    const next = indexFiles(count, names)
    if ((next.read + next.summarise) / next.parse < (best.read + best.summarise) / best.parse) best = next
  }
  const index = new SearchIndex()
  const add = timed(() => index.add(best.entries))
  const searches = QUERIES.map((query) => {
    const times = Array.from({ length: ROUNDS }, () => {
      // something else in between, that no query goes on from the last one
      index.search(parseQuery('-qqqq'))
      return timed(() => index.search(parseQuery(query)))
    })
    return { query, time: median(times) }
  })
  const slowest = searches.reduce((most, next) => (next.time > most.time ? next : most))
  index.search(parseQuery(''))
  const typing = Array.from(TYPED, (_, at) =>
    timed(() => index.search(parseQuery(TYPED.slice(0, at + 1)))),
  ).reduce((most, next) => Math.max(most, next))
  const kept = used() - before
  const { places } = index.search(parseQuery(''))
  const { entries } = index
  return {
    files: count,
    bytes: best.bytes,
    parse: best.parse,
    read: best.read,
    summarise: best.summarise,
    add,
    kept,
    search: slowest.time,
    slowest: slowest.query,
    typing,
    numbers: timed(() => numbersOf(entries, places, '')),
    group: timed(() => groupEntries(entries, places, 'test')),
    health: timed(() => healthOf(entries, [])),
  }
}

const [count = '3000', names = 'true', rounds = '1'] = process.argv.slice(2)
console.log(JSON.stringify(measure(Number(count), names === 'made-up' ? 'made-up' : 'true', Number(rounds))))
