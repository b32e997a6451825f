import type { Reading } from '../../core/open.ts'
import { startWorker } from '../trusted-worker.ts'
import { WorkerQueue } from '../worker-queue.ts'
import { loadBrotli, loadedDecoders } from './brotli.ts'
import workerUrl from './reader.worker.ts?worker&url'

/** Characters; below this reading takes a few milliseconds and a worker's round trip would only add to it. */
const INLINE_BELOW = 256 * 1024

const queue = new WorkerQueue<string, Reading>(() => startWorker(workerUrl))

/** Reads a text as a cassette, off the main thread when it is large. Aborted, it rejects with the signal's reason. */
export async function readText(text: string, signal?: AbortSignal): Promise<Reading> {
  signal?.throwIfAborted()
  if (text.length >= INLINE_BELOW) return withDecoders(text, await queue.ask(text, { signal }))
  const { readCassette } = await import('../../core/open.ts')
  signal?.throwIfAborted()
  return withDecoders(text, readCassette(text, { decoders: loadedDecoders() }))
}

/** The same reading, or a better one where a decoder was missing that can be had. */
async function withDecoders(text: string, reading: Reading): Promise<Reading> {
  if (!reading.diagnostics.some(({ code }) => code === 'needs-brotli')) return reading
  const { readCassette } = await import('../../core/open.ts')
  return readCassette(text, { decoders: await loadBrotli() })
}
