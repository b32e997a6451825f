import { type Reading, readCassette } from '../../core/open.ts'
import { startWorker } from '../trusted-worker.ts'
import workerUrl from './reader.worker.ts?worker&url'
import { ReadingQueue } from './reading-queue.ts'

/** Characters; below this reading takes a few milliseconds and a worker's round trip would only add to it. */
const INLINE_BELOW = 256 * 1024

const queue = new ReadingQueue(() => startWorker(workerUrl))

/** Reads a text as a cassette, off the main thread when it is large. Aborted, it rejects with the signal's reason. */
export async function readText(text: string, signal?: AbortSignal): Promise<Reading> {
  signal?.throwIfAborted()
  return text.length < INLINE_BELOW ? readCassette(text) : queue.read(text, signal)
}
