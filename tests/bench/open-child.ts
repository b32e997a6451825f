/**
 * Measures opening one file: `node --expose-gc open-child.js <file> <rounds>`. A process of its own per file, so
 * that no bench heats or fills the memory of another; bundled before, since a module runner's indirect imports
 * cost time of their own.
 */
import { readFileSync } from 'node:fs'
import { decodeFile } from '../../src/core/file-text.ts'
import { type Reading, readCassette } from '../../src/core/open.ts'

/** What the parent reads from the last line of the output. */
export interface OpenTimes {
  readonly bytes: number
  readonly chunks: number
  /** Medians, in milliseconds. */
  readonly open: number
  readonly parse: number
  /** Times of the file's size, over what the process had with only the bytes read. */
  readonly retained: number
  readonly peak: number
}

function open(bytes: Uint8Array): Reading {
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) throw new Error(decoded.problem.message)
  return readCassette(decoded.text)
}

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function measure(file: string, rounds: number): OpenTimes {
  const bytes = new Uint8Array(readFileSync(file))
  const usedBefore = used()
  const peakBefore = process.resourceUsage().maxRSS
  const reading = open(bytes)
  const peak = (process.resourceUsage().maxRSS - peakBefore) * 1024
  const retained = used() - usedBefore
  const stream = reading.cassette?.interactions[0]?.stream
  if (!reading.sound || stream === undefined) throw new Error(`${file} was not read as a sound recording.`)

  const text = new TextDecoder().decode(bytes)
  const warmUp = Math.min(10, rounds)
  const opens: number[] = []
  const parses: number[] = []
  // In turns, so that whatever else the machine does falls on both alike.
  for (let round = -warmUp; round < rounds; round++) {
    const parse = timed(() => JSON.parse(text))
    const opening = timed(() => open(bytes))
    if (round < 0) continue
    parses.push(parse)
    opens.push(opening)
  }
  return {
    bytes: bytes.length,
    chunks: stream.chunkNodes.length,
    open: median(opens),
    parse: median(parses),
    retained: retained / bytes.length,
    peak: peak / bytes.length,
  }
}

const [file = '', rounds = '30'] = process.argv.slice(2)
console.log(JSON.stringify(measure(file, Number(rounds))))
