import { describe, expect, it } from 'vitest'
import { type FileToRead, ReaderPool, workersFor } from '../../../src/platform/library/entry-readers.ts'
import { readEntry } from '../../../src/platform/library/read-entry.ts'
import { answerWith } from '../../../src/platform/worker-answers.ts'
import { filesSource, openPage, recording } from './library-support.ts'

const NO_DECODERS = { loaded: () => ({}), load: async () => ({}) }

interface FakeWorker {
  readonly heard: string[]
  stopped: boolean
  die(message: string): void
}

/** Workers without threads: what is sent is cloned, and arrives later. */
function workshop(give: (file: FileToRead) => Promise<unknown> = (file) => readEntry(file, NO_DECODERS)) {
  const workers: FakeWorker[] = []
  const start = (): Worker => {
    const scope: { onmessage: ((event: MessageEvent) => void) | null; postMessage(message: unknown): void } =
      {
        onmessage: null,
        postMessage(message) {
          const cloned: unknown = structuredClone(message)
          setTimeout(() => {
            if (!fake.stopped) worker.onmessage?.(new MessageEvent('message', { data: cloned }))
          })
        },
      }
    answerWith<FileToRead, unknown>(scope, async (file) => ({ answer: await give(file) }))
    const fake: FakeWorker = {
      heard: [],
      stopped: false,
      die: (message) => worker.onerror?.({ message }),
    }
    const worker = {
      onmessage: undefined as ((event: MessageEvent) => void) | undefined,
      onerror: undefined as ((event: { message: string }) => void) | undefined,
      terminate() {
        fake.stopped = true
      },
      postMessage(message: { question: FileToRead }, transfer: ArrayBuffer[]) {
        fake.heard.push(message.question.path)
        const cloned: unknown = structuredClone(message, { transfer })
        setTimeout(() => scope.onmessage?.(new MessageEvent('message', { data: cloned })))
      },
    }
    workers.push(fake)
    return worker as unknown as Worker
  }
  return { workers, start }
}

const file = (path: string): FileToRead => ({
  path,
  modified: 1000,
  bytes: new TextEncoder().encode(recording(path)),
})
const many = Array.from({ length: 40 }, (_, at) => file(`${at}.json`))
const nobody = (): never => {
  throw new Error('there are workers')
}

describe('a pool of readers', () => {
  it('says of each file what reading it here says, whichever worker had it', async () => {
    const { workers, start } = workshop()
    const pool = new ReaderPool(start, 3, nobody)
    const entries = await Promise.all(many.map((one) => pool.read(one)))
    expect(entries).toEqual(await Promise.all(many.map((one) => readEntry(one, NO_DECODERS))))
    expect(workers).toHaveLength(3)
    for (const { heard } of workers) expect(heard.length).toBeGreaterThan(8)
    pool.close()
    expect(workers.every(({ stopped }) => stopped)).toBe(true)
  })

  it('hands the bytes over to a worker that is up, and keeps them until one is', async () => {
    const { start } = workshop()
    const pool = new ReaderPool(start, 1, nobody)
    const [first, second] = [file('1.json'), file('2.json')]
    await pool.read(first)
    await pool.read(second)
    expect([first.bytes.length > 0, second.bytes.length]).toEqual([true, 0])
  })

  it('sends what is a part of something larger without the rest', async () => {
    const { start } = workshop()
    const pool = new ReaderPool(start, 1, nobody)
    const whole = new TextEncoder().encode(`##${recording('part')}##`)
    for (const name of ['1.json', '2.json']) {
      const entry = await pool.read({ path: name, modified: 1, bytes: whole.subarray(2, -2) })
      expect(entry.facts?.asks).toContain('part')
    }
    expect(whole.length).toBeGreaterThan(0)
  })

  it('starts no more workers than there is work for', async () => {
    const { workers, start } = workshop()
    const pool = new ReaderPool(start, 4, nobody)
    for (const one of many.slice(0, 3)) await pool.read(one)
    expect(workers).toHaveLength(1)
  })

  it('reads here where no worker comes up', async () => {
    const pool = new ReaderPool(
      () => {
        throw new Error('no workers in workers')
      },
      2,
      (one) => readEntry(one, NO_DECODERS),
    )
    const entries = await Promise.all(many.map((one) => pool.read(one)))
    expect(entries).toEqual(await Promise.all(many.map((one) => readEntry(one, NO_DECODERS))))
  })

  it('refuses the files of a worker that breaks off, and goes on with another', async () => {
    const { workers, start } = workshop()
    const pool = new ReaderPool(start, 1, nobody)
    await pool.read(file('a.json'))
    const lost = pool.read(file('b.json'))
    workers[0]?.die('out of memory')
    await expect(lost).rejects.toThrow('out of memory')
    expect((await pool.read(file('c.json'))).facts?.asks).toContain('c.json')
    expect(workers).toHaveLength(2)
  })

  it('starts nobody once it is closed', async () => {
    const { workers, start } = workshop()
    const pool = new ReaderPool(start, 2, nobody)
    const lost = pool.read(file('a.json'))
    pool.close()
    await expect(lost).rejects.toThrow('stopped')
    await expect(pool.read(file('b.json'))).rejects.toThrow('any more')
    expect(workers).toHaveLength(1)
  })

  it('is as large as the machine, within reason', () => {
    expect([1, 2, 4, 64].map(workersFor)).toEqual([1, 2, 4, 4])
    expect(workersFor(undefined)).toBe(1)
  })
})

describe('a library read by a pool', () => {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}.json`, recording(`${at}`)]))

  it('has every file once, and stops its workers at the end', async () => {
    const { workers, start } = workshop()
    const page = openPage([filesSource(files)], { readers: () => new ReaderPool(start, 3, nobody) })
    await page.library.read()
    expect(page.entries.map(({ path }) => path).toSorted()).toEqual(Object.keys(files).toSorted())
    expect(page.entries.every(({ facts }) => facts !== undefined)).toBe(true)
    expect(workers).toHaveLength(3)
    expect(workers.every(({ stopped }) => stopped)).toBe(true)
  })

  it('stops its workers, too, when the folder cannot be listed to its end', async () => {
    const { workers, start } = workshop()
    const breaking = openPage([filesSource(files)], {
      readers: () => new ReaderPool(start, 2, nobody),
      wrap: (tree) => ({
        ...tree,
        async list(hear, signal) {
          await tree.list(hear, signal)
          while (workers.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
          throw new Error('the disk is gone')
        },
      }),
      failed: () => {},
    })
    await breaking.library.read()
    expect(breaking.events).toContain('failed')
    expect(workers.every(({ stopped }) => stopped)).toBe(true)
  })

  it('lists what a worker failed at, with why, and tries it again when it is looked at again', async () => {
    let fails = true
    const { start } = workshop(async (one) => {
      if (fails && one.path === '7.json') throw new Error('a mistake of ours')
      return readEntry(one, NO_DECODERS)
    })
    const page = openPage([filesSource(files)], { readers: () => new ReaderPool(start, 2, nobody) })
    await page.library.read()
    expect(page.row('7.json')?.problem?.message).toContain('a mistake of ours')
    expect(page.entries.filter(({ facts }) => facts === undefined)).toHaveLength(1)
    fails = false
    await page.library.read()
    expect(page.row('7.json')?.facts?.asks).toContain('7')
  })

  it('stops at once when it is cancelled: what is with the workers is not waited for', async () => {
    const { workers, start } = workshop(() => new Promise(() => {}))
    const page = openPage([filesSource(files)], { readers: () => new ReaderPool(start, 2, nobody) })
    const read = page.library.read()
    while (workers.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    page.library.cancel()
    await read
    expect(page.entries).toHaveLength(0)
    expect(workers.every(({ stopped }) => stopped)).toBe(true)
  })
})
