import { decodeFile } from '../../core/file-text.ts'
import { isGone } from '../../core/library/entry.ts'
import { numbersOf } from '../../core/library/numbers.ts'
import { parseQuery } from '../../core/library/query.ts'
import { Breather } from '../tree/breather.ts'
import type { LibraryIndex } from './library-index.ts'
import type { Answer, Question } from './messages.ts'

/** Whoever asked, and how long. */
export interface Asker {
  readonly signal: AbortSignal
  progress(done: number, all: number): void
}

/** Answers a question from what has been read so far. */
export async function answer(library: LibraryIndex, question: Question, asker: Asker): Promise<Answer> {
  const { index } = library
  switch (question.kind) {
    case 'search':
      return index.search(parseQuery(question.query), question.sort)
    case 'excerpts': {
      const query = parseQuery(question.query)
      return new Map(question.places.map((place) => [place, index.excerpts(query, place)]))
    }
    case 'numbers': {
      const { places } = index.search(parseQuery(question.query))
      return numbersOf(index.entries, places, question.query)
    }
    case 'health':
      return healthOf(library, asker)
    case 'look-up':
      return lookUpIn(library, question.pasted, asker)
    case 'read':
      return library.fileOf(question.path)
    case 'handle':
      return library.handleOf(question.path)
  }
}

// both are asked seldom, and bring the rules of the hash with them

async function healthOf(library: LibraryIndex, { signal, progress }: Asker): Promise<Answer> {
  const { checkHealth } = await import('./library-health.ts')
  const breather = new Breather()
  return checkHealth({
    entries: library.index.entries.filter((entry) => !isGone(entry)),
    read: (path) => library.fileOf(path),
    progress,
    async breathe() {
      await breather.breathe()
      signal.throwIfAborted()
    },
  })
}

async function lookUpIn(library: LibraryIndex, pasted: string, { signal, progress }: Asker): Promise<Answer> {
  const [{ lookUp }, { parsePaste }] = await Promise.all([
    import('../../core/lookup/look-up.ts'),
    import('../../core/lookup/parse-paste.ts'),
  ])
  const breather = new Breather()
  const read = async (path: string): Promise<string | undefined> => {
    await breather.breathe()
    signal.throwIfAborted()
    const bytes = await library.fileOf(path)
    if ('problem' in bytes) return undefined
    const decoded = decodeFile(bytes)
    return 'problem' in decoded ? undefined : decoded.text
  }
  return lookUp(parsePaste(pasted), library.index.entries, read, { signal, progress })
}
