import type { Reading } from '../../core/open.ts'
import { startWorker } from '../trusted-worker.ts'
import workerUrl from './reader.worker.ts?worker&url'
import { ReadingQueue } from './reading-queue.ts'

/** Characters; below this reading takes a few milliseconds and a worker's round trip would only add to it. */
const INLINE_BELOW = 256 * 1024

const queue = new ReadingQueue(() => startWorker(workerUrl))

/** Reads a text as a cassette, off the main thread when it is large. Aborted, it rejects with the signal's reason. */
export async function readText(text: string, signal?: AbortSignal): Promise<Reading> {
  signal?.throwIfAborted()
  if (text.length >= INLINE_BELOW) return queue.read(text, signal)
  const { readCassette } = await import('../../core/open.ts')
  signal?.throwIfAborted()
  return readCassette(text)
}
