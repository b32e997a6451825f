import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/core/open.ts'
import { ReadingQueue } from '../../src/platform/reader/reading-queue.ts'

/** A worker that answers when it is told to. */
class FakeWorker {
  readonly asked: { id: number; text: string }[] = []
  stopped = false
  onmessage?: (event: { data: { id: number; reading: Reading } }) => void
  onerror?: (event: { message?: string }) => void

  postMessage(request: { id: number; text: string }): void {
    this.asked.push(request)
  }
  terminate(): void {
    this.stopped = true
  }
  answer(): void {
    const { id, text } = this.asked.at(-1) ?? { id: 0, text: '' }
    this.onmessage?.({ data: { id, reading: readingOf(text) } })
  }
}

function readingOf(text: string): Reading {
  return { text } as unknown as Reading
}

function setUp(): { queue: ReadingQueue; workers: FakeWorker[] } {
  const workers: FakeWorker[] = []
  const queue = new ReadingQueue(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as Worker
  })
  return { queue, workers }
}

describe('the reading queue', () => {
  it('answers all in the order of asking, one text at a time', async () => {
    const { queue, workers } = setUp()
    const answers = ['a', 'b', 'c'].map((text) => queue.read(text))
    expect(workers).toHaveLength(1)
    for (let count = 1; count <= 3; count++) {
      expect(workers[0]?.asked).toHaveLength(count)
      workers[0]?.answer()
    }
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c'].map(readingOf))
    expect(workers[0]?.asked.map(({ text }) => text)).toEqual(['a', 'b', 'c'])
  })

  it('never sends what was aborted while it waited', async () => {
    const { queue, workers } = setUp()
    const first = queue.read('first')
    const typed = Array.from({ length: 5 }, () => new AbortController())
    const superseded = typed.map((abort, at) => queue.read(`typed ${at}`, abort.signal))
    const other = queue.read('other draft')
    for (const [at, abort] of typed.entries()) if (at < 4) abort.abort(new Error(`left ${at}`))
    for (let at = 0; at < 4; at++) await expect(superseded[at]).rejects.toThrow(`left ${at}`)
    for (let count = 0; count < 3; count++) workers[0]?.answer()
    expect(await Promise.all([first, superseded[4], other])).toHaveLength(3)
    expect(workers[0]?.asked.map(({ text }) => text)).toEqual(['first', 'typed 4', 'other draft'])
  })

  it('lets go of what is under way at once, and goes on when the worker is free', async () => {
    const { queue, workers } = setUp()
    const abort = new AbortController()
    const left = queue.read('left', abort.signal)
    const next = queue.read('next')
    abort.abort()
    await expect(left).rejects.toBe(abort.signal.reason)
    expect(workers[0]?.asked).toHaveLength(1)
    workers[0]?.answer()
    workers[0]?.answer()
    expect(await next).toEqual(readingOf('next'))
    const late = queue.read('late', abort.signal)
    await expect(late).rejects.toBe(abort.signal.reason)
  })

  it('tells all that wait when the worker dies, and starts a new one for the next', async () => {
    const { queue, workers } = setUp()
    const lost = [queue.read('a'), queue.read('b')]
    workers[0]?.onerror?.({ message: 'out of memory' })
    for (const one of lost) {
      await expect(one).rejects.toThrow('The background reader stopped: out of memory. Try again.')
    }
    expect(workers[0]?.stopped).toBe(true)
    const again = queue.read('c')
    // an answer of the dead one is nobody's
    workers[0]?.onmessage?.({ data: { id: 2, reading: readingOf('stale') } })
    workers[1]?.answer()
    expect(await again).toEqual(readingOf('c'))
  })

  it('says so when no worker can be started', async () => {
    const queue = new ReadingQueue(() => {
      throw new Error('no workers here')
    })
    await expect(queue.read('a')).rejects.toThrow('no workers here')
    await expect(queue.read('b')).rejects.toThrow('no workers here')
  })
})
