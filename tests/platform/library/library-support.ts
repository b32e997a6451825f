import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import type { Entry } from '../../../src/core/library/entry.ts'
import { NO_CACHE } from '../../../src/platform/library/library-cache.ts'
import { type LibraryEffects, LibraryIndex } from '../../../src/platform/library/library-index.ts'
import { type DecoderSource, readEntry } from '../../../src/platform/library/read-entry.ts'
import { treeOf } from '../../../src/platform/tree/open-tree.ts'
import type { ListableTree } from '../../../src/platform/tree/tree.ts'
import type { LibraryEvent, LibraryProgress } from '../../../src/workspace/library-port.ts'
import type { TreeNote, TreeSource } from '../../../src/workspace/tree.ts'
import { SEED } from '../../support/corpus.ts'

const SEED_TEXT = readFileSync(SEED.path, 'utf8')

/** A real recording, told from others by a word in its question. */
export function recording(word: string): string {
  const text = SEED_TEXT.replace('What type of animal', () => `${word}: what type of animal`)
  if (text === SEED_TEXT) throw new Error('the sample asks something else now')
  return text
}

export function filesSource(files: Readonly<Record<string, string>>, name = 'chosen'): TreeSource {
  return {
    kind: 'files',
    name,
    files: Object.entries(files).map(([path, text]) => ({
      path,
      file: new File([text], path.split('/').at(-1) ?? path, { lastModified: 1000 }),
    })),
  }
}

/** Reads without a worker. */
export function readHere(
  decoders: DecoderSource = { loaded: () => ({}), load: async () => ({}) },
): LibraryEffects['readers'] {
  return () => ({ read: (file) => readEntry(file, decoders), close: () => {} })
}

/** What a page would know of a library, from its events alone. */
export interface Page {
  readonly library: LibraryIndex
  readonly entries: Entry[]
  readonly notes: TreeNote[]
  /** Paths of files that are called like no recording, as they were told last. */
  readonly others: string[]
  readonly batches: number[]
  readonly events: LibraryEvent['kind'][]
  /** Paths that were read, and not taken from somewhere else. */
  readonly reads: string[]
  progress: LibraryProgress | undefined
  row(path: string): Entry | undefined
}

export function openPage(
  sources: readonly TreeSource[],
  effects: Partial<LibraryEffects> & {
    readonly wrap?: (tree: ListableTree) => ListableTree
    readonly failed?: (problem: string) => void
  } = {},
): Page {
  const reads: string[] = []
  const counted = (tree: ListableTree): ListableTree => ({
    ...tree,
    read(path) {
      reads.push(path)
      return tree.read(path)
    },
  })
  const raise = (problem: string): never => {
    throw new Error(problem)
  }
  const { wrap = (tree) => tree, failed = raise, ...others } = effects
  const library = new LibraryIndex(
    sources,
    {
      treeOf: (source) => wrap(counted(treeOf(source))),
      cacheOf: async () => NO_CACHE,
      readers: readHere(),
      ...others,
    },
    (event) => {
      page.events.push(event.kind)
      switch (event.kind) {
        case 'entries':
          if (event.at !== page.entries.length) throw new Error('a place was told twice or left out')
          page.entries.push(...event.entries)
          page.batches.push(event.entries.length)
          break
        case 'changed':
          for (const { at, entry } of event.entries) page.entries[at] = entry
          break
        case 'notes':
          page.notes.push(...event.notes)
          break
        case 'others':
          page.others.splice(0, Infinity, ...event.paths)
          break
        case 'progress':
          page.progress = event.progress
          break
        case 'failed':
          failed(event.problem)
          break
      }
    },
  )
  const page: Page = {
    library,
    entries: [],
    notes: [],
    others: [],
    batches: [],
    events: [],
    reads,
    progress: undefined,
    row: (path) => page.entries.find((entry) => entry.path === path),
  }
  return page
}
