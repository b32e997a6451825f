import type { Answered, Asked } from './worker-answers.ts'

interface Waiting<Question, Answer> {
  readonly question: Question
  readonly give: readonly Transferable[]
  resolve(answer: Answer): void
  reject(reason: unknown): void
}

interface AskOptions {
  readonly signal?: AbortSignal | undefined
  readonly give?: readonly Transferable[]
}

/**
 * Asks a worker one question after the other, in the order of asking. A question reaches the worker only when its
 * turn has come, so that one nobody wants any more (its signal was aborted) costs nothing.
 */
export class WorkerQueue<Question, Answer> {
  readonly #start: () => Worker
  readonly #ahead: number
  readonly #waiting = new Set<Waiting<Question, Answer>>()
  /** What the worker has; it stays busy when nobody waits for that any more. */
  readonly #sent = new Map<number, Waiting<Question, Answer>>()
  #worker: Worker | undefined
  #asked = 0
  #answers = 0

  /** `ahead`: how many questions the worker may have at a time, so that it need not wait for the next. */
  constructor(start: () => Worker, ahead = 1) {
    this.#start = start
    this.#ahead = ahead
  }

  /** How many questions have no answer yet. */
  get load(): number {
    return this.#waiting.size + this.#sent.size
  }

  /** Whether there was ever a worker that answered. */
  get hasAnswered(): boolean {
    return this.#answers > 0
  }

  /**
   * Rejects when the worker refuses or dies; aborted, with the signal's reason. What is in `give` is handed over
   * instead of copied.
   */
  ask(question: Question, { signal, give = [] }: AskOptions = {}): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const abort = (): void => {
        this.#waiting.delete(waiting)
        reject(signal?.reason)
      }
      const heard = (): void => signal?.removeEventListener('abort', abort)
      const waiting: Waiting<Question, Answer> = {
        question,
        give,
        resolve: (answer) => {
          heard()
          resolve(answer)
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

  /** Stops the worker; all that wait are told. The next question would start another one. */
  close(): void {
    this.#lose(new Error('The background reader was stopped.'))
  }

  #next(): void {
    for (const next of this.#waiting) {
      if (this.#sent.size >= this.#ahead) return
      this.#waiting.delete(next)
      const id = ++this.#asked
      this.#sent.set(id, next)
      try {
        this.#worker ??= this.#startWorker()
        const asked: Asked<Question> = { id, question: next.question }
        this.#worker.postMessage(asked, [...next.give])
      } catch (error) {
        this.#died(error instanceof Error ? error.message : String(error))
        return
      }
    }
  }

  #startWorker(): Worker {
    const worker = this.#start()
    worker.onmessage = ({ data }: MessageEvent<Answered<Answer>>) => {
      const asked = this.#sent.get(data.id)
      if (worker !== this.#worker || asked === undefined) return
      this.#sent.delete(data.id)
      this.#answers++
      if ('refused' in data) asked.reject(new Error(data.refused))
      else asked.resolve(data.answer)
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

  #died(message: string | undefined): void {
    this.#lose(new Error(`The background reader stopped${message ? `: ${message}` : ''}. Try again.`))
  }

  /** The next question starts a new worker. */
  #lose(reason: Error): void {
    const lost = [...this.#sent.values(), ...this.#waiting]
    this.#sent.clear()
    this.#waiting.clear()
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { reject } of lost) reject(reason)
  }
}
