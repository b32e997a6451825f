import type {
  ChangedLines,
  OpenReview,
  ReviewEvent,
  ReviewPort,
  ReviewSource,
} from '../../workspace/review-port.ts'
import { startWorker } from '../trusted-worker.ts'
import type { SideContent } from './changed-file.ts'
import type { FromReview, ToReview } from './messages.ts'
import workerUrl from './review.worker.ts?worker&url'
import { reviewMemory } from './review-memory.ts'

/** Reviews in the background; each has a worker of its own, which ends with it. */
export function reviewPort(start: () => Worker = () => startWorker(workerUrl)): ReviewPort {
  return { open: (source, hear) => openReview(start(), source, hear), memory: reviewMemory() }
}

function openReview(worker: Worker, source: ReviewSource, hear: (event: ReviewEvent) => void): OpenReview {
  const waiting = new Map<number, (content: SideContent) => void>()
  const waitingForLines = new Map<number, (lines: ChangedLines | undefined) => void>()
  let asked = 0
  let isOpen = true
  const tell = (message: ToReview): void => worker.postMessage(message)
  const stop = (problem: string): void => {
    isOpen = false
    worker.terminate()
    for (const resolve of waiting.values()) resolve({ problem })
    waiting.clear()
    for (const resolve of waitingForLines.values()) resolve(undefined)
    waitingForLines.clear()
  }
  const died = (why: string | undefined): void => {
    if (!isOpen) return
    const problem = `The background reader stopped${why ? `: ${why}` : ''}.`
    stop(problem)
    hear({
      kind: 'failed',
      problem,
      advice: 'Try again; if it stops again, review a smaller part of the change.',
    })
  }
  worker.onmessage = ({ data }: MessageEvent<FromReview>) => {
    if (!isOpen) return
    if (data.kind === 'event') hear(data.event)
    else if (data.kind === 'lines') {
      waitingForLines.get(data.id)?.(data.lines)
      waitingForLines.delete(data.id)
    } else {
      waiting.get(data.id)?.(data.content)
      waiting.delete(data.id)
    }
  }
  worker.onerror = ({ message }) => died(message)
  worker.onmessageerror = () => died('its answer could not be received')
  tell({ kind: 'open', source })
  return {
    close: () => stop('The review was closed.'),
    read(path, side) {
      if (!isOpen) return Promise.resolve({ problem: 'The review was closed.' })
      return new Promise((resolve) => {
        const id = ++asked
        waiting.set(id, resolve)
        tell({ kind: 'read', id, path, side })
      })
    },
    lines(path) {
      if (!isOpen) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const id = ++asked
        waitingForLines.set(id, resolve)
        tell({ kind: 'lines', id, path })
      })
    },
  }
}
