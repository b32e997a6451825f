import { type Reading, readCassette } from '../../core/open.ts'
import { startWorker } from '../trusted-worker.ts'
import type { ReadAnswer, ReadRequest } from './messages.ts'
import workerUrl from './reader.worker.ts?worker&url'

/** Characters; below this reading takes a few milliseconds and a worker's round trip would only add to it. */
const INLINE_BELOW = 256 * 1024

let worker: Worker | undefined
let asked = 0
const waiting = new Map<number, { resolve(reading: Reading): void; reject(error: Error): void }>()

function startReader(): Worker {
  const started = startWorker(workerUrl)
  started.onmessage = ({ data }: MessageEvent<ReadAnswer>) => {
    waiting.get(data.id)?.resolve(data.reading)
    waiting.delete(data.id)
  }
  started.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(`the reader stopped: ${event.message}`))
    waiting.clear()
    worker = undefined
    started.terminate()
  }
  return started
}

/** Reads a text as a cassette, off the main thread when it is large. */
export function readText(text: string): Promise<Reading> {
  if (text.length < INLINE_BELOW) return Promise.resolve(readCassette(text))
  worker ??= startReader()
  const request: ReadRequest = { id: ++asked, text }
  const answer = new Promise<Reading>((resolve, reject) => waiting.set(request.id, { resolve, reject }))
  worker.postMessage(request)
  return answer
}
