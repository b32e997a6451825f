/** Only forwards: what a list says of a file stands in `read-entry.ts`, and is the same without a worker. */
import type { IndexedEntry } from '../../core/library/entry.ts'
import { loadBrotli, loadedDecoders } from '../reader/brotli.ts'
import { answerWith } from '../worker-answers.ts'
import type { FileToRead } from './entry-readers.ts'
import { readEntry } from './read-entry.ts'

const decoders = { loaded: loadedDecoders, load: loadBrotli }

answerWith<FileToRead, IndexedEntry>(self, async (file) => ({ answer: await readEntry(file, decoders) }))
