import type { LibraryEvent } from '../../workspace/library-port.ts'
import type { Answer, Answers, FromLibrary, Question, ToLibrary } from './messages.ts'

type Progress = (done: number, all: number) => void

interface Waiting {
  readonly progress: Progress | undefined
  answer(answer: Answer): void
  refuse(reason: unknown): void
}

/** The page's side of a library in a worker: pairs questions with answers. */
export class LibraryLine {
  readonly #hear: (event: LibraryEvent) => void
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0
  #ended = false
  #problem = 'This folder was closed.'

  constructor(start: () => Worker, hear: (event: LibraryEvent) => void) {
    this.#hear = hear
    try {
      const worker = start()
      worker.onmessage = ({ data }: MessageEvent<FromLibrary>) => this.#take(data)
      worker.onerror = ({ message }) => this.#died(message)
      worker.onmessageerror = () => this.#died('what it said could not be received')
      this.#worker = worker
    } catch (error) {
      this.#diedLater(error)
    }
  }

  get isOpen(): boolean {
    return !this.#ended
  }

  tell(message: ToLibrary): void {
    try {
      this.#worker?.postMessage(message)
    } catch (error) {
      this.#diedLater(error)
    }
  }

  /** Aborted, it rejects with the signal's reason, and the answer is dropped. */
  ask<K extends Question['kind']>(
    question: Extract<Question, { kind: K }>,
    signal?: AbortSignal,
    progress?: Progress,
  ): Promise<Answers[K]> {
    return new Promise<Answers[K]>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      if (this.#worker === undefined) {
        reject(new Error(this.#problem))
        return
      }
      const id = ++this.#asked
      const abort = (): void => {
        this.#waiting.delete(id)
        this.tell({ kind: 'drop', id })
        reject(signal?.reason)
      }
      const heard = (): void => signal?.removeEventListener('abort', abort)
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiting.set(id, {
        progress,
        answer(answer) {
          heard()
          // the host answers each question by its kind
          resolve(answer as Answers[K])
        },
        refuse(reason) {
          heard()
          reject(reason)
        },
      })
      this.tell({ kind: 'ask', id, question })
    })
  }

  close(): void {
    this.#end('This folder was closed.')
  }

  #take(message: FromLibrary): void {
    // what was on its way when it was closed
    if (this.#ended) return
    if (message.kind === 'event') {
      this.#hear(message.event)
      return
    }
    const waiting = this.#waiting.get(message.id)
    if (message.kind === 'step') {
      waiting?.progress?.(message.done, message.all)
      return
    }
    this.#waiting.delete(message.id)
    if (message.kind === 'answer') waiting?.answer(message.answer)
    else waiting?.refuse(new Error(message.reason))
  }

  /** Whoever opened it is not ready to hear yet. */
  #diedLater(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    queueMicrotask(() => this.#died(reason))
  }

  #died(reason: string | undefined): void {
    const problem = `The background reader of this folder stopped${reason ? `: ${reason}` : ''}. Open it again; if it stops once more, open a folder inside of it.`
    if (this.#end(problem)) this.#hear({ kind: 'failed', problem })
  }

  /** False when it had ended before. */
  #end(problem: string): boolean {
    if (this.#ended) return false
    this.#ended = true
    this.#problem = problem
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { refuse } of [...this.#waiting.values()]) refuse(new Error(problem))
    this.#waiting.clear()
    return true
  }
}
