import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root; tests may be started from anywhere. */
export const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Real recordings of other projects. They lie beside the project, are never committed and never copied; a
 * test that needs them skips with `CORPUS_MISSING` in its title where they are not there.
 */
export const CORPUS_ROOT = resolve(PROJECT_ROOT, '../shared/corpus')

const FIXTURES_ROOT = join(PROJECT_ROOT, 'tests/fixtures')

const SEED_FILE = join(PROJECT_ROOT, 'public/seed-llama.json')

export const CORPUS_MISSING = 'skipped where ../shared/corpus with the real recordings is missing'

export interface RecordingFile {
  /** Path from the project's root, with forward slashes. */
  readonly name: string
  readonly path: string
}

function nameOf(path: string): string {
  return relative(PROJECT_ROOT, path).split(sep).join('/')
}

/** All `.json` files below a folder, sorted by path; none when the folder does not exist. */
function recordingsBelow(folder: string): readonly RecordingFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .toSorted()
    .map((path) => ({ name: nameOf(join(folder, path)), path: join(folder, path) }))
}

export function containerFixtures(containerId: string): readonly RecordingFile[] {
  return recordingsBelow(join(FIXTURES_ROOT, 'containers', containerId))
}

export const SEED: RecordingFile = { name: nameOf(SEED_FILE), path: SEED_FILE }

export function llamaStackCorpus(): readonly RecordingFile[] {
  return [
    ...recordingsBelow(join(CORPUS_ROOT, 'llama-stack')),
    ...recordingsBelow(join(CORPUS_ROOT, 'llama-stack-history')),
  ]
}

export function bytesOf(file: RecordingFile): Uint8Array {
  return new Uint8Array(readFileSync(file.path))
}
