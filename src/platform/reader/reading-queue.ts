import type { Reading } from '../../core/open.ts'
import type { ReadAnswer, ReadRequest } from './messages.ts'

interface Waiting {
  readonly text: string
  resolve(reading: Reading): void
  reject(reason: unknown): void
}

/**
 * Asks a worker for one reading after the other, in the order of asking. A text reaches the worker only when
 * its turn has come, so that one nobody wants any more (its signal was aborted) costs nothing.
 */
export class ReadingQueue {
  readonly #start: () => Worker
  readonly #waiting = new Set<Waiting>()
  #worker: Worker | undefined
  #asked = 0
  /** What the worker is busy with; it stays busy when nobody waits for that any more. */
  #current: Waiting | undefined

  constructor(start: () => Worker) {
    this.#start = start
  }

  read(text: string, signal?: AbortSignal): Promise<Reading> {
    return new Promise<Reading>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const abort = (): void => {
        this.#waiting.delete(waiting)
        reject(signal?.reason)
      }
      const heard = (): void => signal?.removeEventListener('abort', abort)
      const waiting: Waiting = {
        text,
        resolve: (reading) => {
          heard()
          resolve(reading)
        },
        reject: (reason) => {
          heard()
          reject(reason)
        },
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiting.add(waiting)
      this.#next()
    })
  }

  #next(): void {
    if (this.#current !== undefined) return
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    this.#current = next
    try {
      this.#worker ??= this.#startWorker()
      const request: ReadRequest = { id: ++this.#asked, text: next.text }
      this.#worker.postMessage(request)
    } catch (error) {
      this.#died(error instanceof Error ? error.message : String(error))
    }
  }

  #startWorker(): Worker {
    const worker = this.#start()
    worker.onmessage = ({ data }: MessageEvent<ReadAnswer>) => {
      if (worker !== this.#worker || data.id !== this.#asked) return
      const answered = this.#current
      this.#current = undefined
      answered?.resolve(data.reading)
      this.#next()
    }
    worker.onerror = ({ message }) => {
      if (worker === this.#worker) this.#died(message)
    }
    worker.onmessageerror = () => {
      if (worker === this.#worker) this.#died('its answer could not be received')
    }
    return worker
  }

  /** The next request starts a new worker. */
  #died(message: string | undefined): void {
    const lost = [...(this.#current ? [this.#current] : []), ...this.#waiting]
    this.#current = undefined
    this.#waiting.clear()
    this.#worker?.terminate()
    this.#worker = undefined
    const reason = `The background reader stopped${message ? `: ${message}` : ''}. Try again.`
    for (const { reject } of lost) reject(new Error(reason))
  }
}
