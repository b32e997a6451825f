import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syntheticRecording } from './synthetic-recording.ts'

export const CACHE = '.cache/bench'
const RECORDINGS = '../shared/corpus/llama-stack/responses/recordings'

/** The corpus file with 1,399 chunks in 1.1 MB, or a generated one where the corpus is missing. */
export function largestRealRecording(): string {
  const name =
    existsSync(RECORDINGS) && readdirSync(RECORDINGS).find((each) => each.startsWith('0ea735928993'))
  if (name) return join(RECORDINGS, name)
  // Printed as recorders print it, a synthetic recording of as many chunks is as large.
  return written('large.json', () => JSON.stringify(JSON.parse(syntheticRecording(1399, true)), null, 2))
}

export function written(name: string, make: () => string): string {
  mkdirSync(CACHE, { recursive: true })
  const path = join(CACHE, name)
  writeFileSync(path, make())
  return path
}
