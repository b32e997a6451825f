import { describe, expect, it } from 'vitest'
import type { Answered, Asked } from '../../src/platform/worker-answers.ts'
import { WorkerQueue } from '../../src/platform/worker-queue.ts'

/** A worker that answers when it is told to. */
class FakeWorker {
  readonly asked: Asked<string>[] = []
  answered = 0
  stopped = false
  onmessage?: (event: { data: Answered<string> }) => void
  onerror?: (event: { message?: string }) => void

  postMessage(request: Asked<string>): void {
    this.asked.push(request)
  }
  terminate(): void {
    this.stopped = true
  }
  /** The oldest that has no answer yet. */
  answer(): void {
    const { id, question } = this.asked[this.answered++] ?? { id: 0, question: '' }
    this.onmessage?.({ data: { id, answer: answerTo(question) } })
  }
}

function answerTo(question: string): string {
  return `answer to ${question}`
}

function setUp(ahead?: number): { queue: WorkerQueue<string, string>; workers: FakeWorker[] } {
  const workers: FakeWorker[] = []
  const queue = new WorkerQueue<string, string>(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as Worker
  }, ahead)
  return { queue, workers }
}

describe('the queue before a worker', () => {
  it('answers all in the order of asking, one question at a time', async () => {
    const { queue, workers } = setUp()
    const answers = ['a', 'b', 'c'].map((text) => queue.ask(text))
    expect(workers).toHaveLength(1)
    for (let count = 1; count <= 3; count++) {
      expect(workers[0]?.asked).toHaveLength(count)
      workers[0]?.answer()
    }
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c'].map(answerTo))
    expect(workers[0]?.asked.map(({ question }) => question)).toEqual(['a', 'b', 'c'])
  })

  it('never sends what was aborted while it waited', async () => {
    const { queue, workers } = setUp()
    const first = queue.ask('first')
    const typed = Array.from({ length: 5 }, () => new AbortController())
    const superseded = typed.map((abort, at) => queue.ask(`typed ${at}`, { signal: abort.signal }))
    const other = queue.ask('other draft')
    for (const [at, abort] of typed.entries()) if (at < 4) abort.abort(new Error(`left ${at}`))
    for (let at = 0; at < 4; at++) await expect(superseded[at]).rejects.toThrow(`left ${at}`)
    for (let count = 0; count < 3; count++) workers[0]?.answer()
    expect(await Promise.all([first, superseded[4], other])).toHaveLength(3)
    expect(workers[0]?.asked.map(({ question }) => question)).toEqual(['first', 'typed 4', 'other draft'])
  })

  it('lets go of what is under way at once, and goes on when the worker is free', async () => {
    const { queue, workers } = setUp()
    const abort = new AbortController()
    const left = queue.ask('left', { signal: abort.signal })
    const next = queue.ask('next')
    abort.abort()
    await expect(left).rejects.toBe(abort.signal.reason)
    expect(workers[0]?.asked).toHaveLength(1)
    workers[0]?.answer()
    workers[0]?.answer()
    expect(await next).toEqual(answerTo('next'))
    const late = queue.ask('late', { signal: abort.signal })
    await expect(late).rejects.toBe(abort.signal.reason)
  })

  it('tells all that wait when the worker dies, and starts a new one for the next', async () => {
    const { queue, workers } = setUp()
    const lost = [queue.ask('a'), queue.ask('b')]
    workers[0]?.onerror?.({ message: 'out of memory' })
    for (const one of lost) {
      await expect(one).rejects.toThrow('The background reader stopped: out of memory. Try again.')
    }
    expect(workers[0]?.stopped).toBe(true)
    const again = queue.ask('c')
    // an answer of the dead one is nobody's
    workers[0]?.onmessage?.({ data: { id: 2, answer: answerTo('stale') } })
    workers[1]?.answer()
    expect(await again).toEqual(answerTo('c'))
  })

  it('says so when no worker can be started', async () => {
    const queue = new WorkerQueue<string, string>(() => {
      throw new Error('no workers here')
    })
    await expect(queue.ask('a')).rejects.toThrow('no workers here')
    await expect(queue.ask('b')).rejects.toThrow('no workers here')
  })

  it('gives the worker as many ahead as it may have, and takes answers in any order', async () => {
    const { queue, workers } = setUp(2)
    const answers = ['a', 'b', 'c'].map((text) => queue.ask(text))
    const [worker] = workers
    expect(worker?.asked.map(({ question }) => question)).toEqual(['a', 'b'])
    expect(queue.load).toBe(3)
    expect(queue.hasAnswered).toBe(false)
    worker?.onmessage?.({ data: { id: 2, answer: 'of b' } })
    expect(worker?.asked).toHaveLength(3)
    worker?.onmessage?.({ data: { id: 1, refused: 'a is not to be read' } })
    worker?.onmessage?.({ data: { id: 3, answer: 'of c' } })
    await expect(answers[0]).rejects.toThrow('a is not to be read')
    expect(await Promise.all(answers.slice(1))).toEqual(['of b', 'of c'])
    expect([queue.load, queue.hasAnswered, worker?.stopped]).toEqual([0, true, false])
  })

  it('tells all that wait when it is closed', async () => {
    const { queue, workers } = setUp()
    const lost = ['a', 'b'].map((text) => queue.ask(text))
    queue.close()
    for (const one of lost) await expect(one).rejects.toThrow('stopped')
    expect(workers.map(({ stopped }) => stopped)).toEqual([true])
  })
})
