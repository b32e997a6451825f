import { describe, expect, it, vi } from 'vitest'
import { parseQuery } from '../../../src/core/library/query.ts'
import { LibraryLine } from '../../../src/platform/library/library-line.ts'
import type { FromLibrary, ToLibrary } from '../../../src/platform/library/messages.ts'
import { sendFiles } from '../../../src/platform/library/send-files.ts'
import type { LibraryEvent } from '../../../src/workspace/library-port.ts'
import { type FakeFolder, fakeFolder } from '../tree/fake-folder.ts'
import { filesSource, openPage, recording } from './library-support.ts'

const many = (count: number, text = '{"no": 1}') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.json`, text]))

describe('a library that is told several things at once', () => {
  it('stops, though it was told to look again before', async () => {
    const page = openPage([filesSource(many(200))], {
      wrap: (tree) => ({
        ...tree,
        async read(path) {
          if (page.reads.length === 20) {
            void page.library.read()
            page.library.cancel()
          }
          return tree.read(path)
        },
      }),
    })
    await page.library.read()
    // whatever waits behind it
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(page.entries.length).toBeLessThan(60)
    expect(page.events.at(-1)).toBe('done')
    // and can be asked again
    await page.library.read()
    expect(page.entries).toHaveLength(200)
  })

  it('looks again once, however often it is told to while it reads', async () => {
    const page = openPage([filesSource(many(3))])
    const first = page.library.read()
    await Promise.resolve()
    const again = [page.library.read(), page.library.read(), page.library.read()]
    await Promise.all([first, ...again])
    expect(page.events.filter((kind) => kind === 'done')).toHaveLength(2)
  })

  it('tells what changed in few messages, each behind the row that it is about', async () => {
    const top: FakeFolder = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`${at}.json`, { text: '{"old": 1}' }]),
    )
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }])
    await page.library.read()
    for (const name of Object.keys(top)) top[name] = { text: '{"newer": 1}', modified: 2000 }
    page.events.length = 0
    await page.library.read()
    expect(page.events.filter((kind) => kind === 'changed').length).toBeLessThan(20)
    expect(page.entries.every(({ size }) => size === '{"newer": 1}'.length)).toBe(true)
    for (const name of Object.keys(top)) delete top[name]
    await page.library.read()
    expect(page.entries.every(({ problem }) => problem?.code === 'vanished')).toBe(true)
  })

  it('whose files grow counts what they take', async () => {
    const top: FakeFolder = { 'a.json': { text: '{}' }, 'b.json': { text: '{}' } }
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }], {
      memory: { texts: 12_000, all: 1_000_000 },
    })
    await page.library.read()
    const long = 'Long '.repeat(2000)
    for (const name of Object.keys(top)) top[name] = { text: recording(long), modified: 2000 }
    await page.library.read()
    expect(page.notes.map(({ code }) => code)).toEqual(['memory'])
    expect(page.library.index.search(parseQuery('animal')).total).toBeGreaterThan(0)
    expect(page.library.index.entries.at(-1)?.asked).toBe('')
  })

  it('keeps what it knows where it may no longer read, and says that once', async () => {
    const top: FakeFolder = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`${name}.json`, { text: recording(name) }]),
    )
    let forbidden = false
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }], {
      wrap: (tree) => ({
        ...tree,
        look: async (path) =>
          forbidden ? { code: 'permission', problem: 'The browser may not.' } : tree.look(path),
      }),
    })
    await page.library.read()
    forbidden = true
    await page.library.read()
    expect(page.entries.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined])
    expect(page.notes).toMatchObject([{ code: 'permission', message: expect.stringContaining('"top"') }])
  })
})

describe('the page and its worker', () => {
  it('once closed, what was on its way is not heard', () => {
    const heard: LibraryEvent[] = []
    const worker = { terminate: () => {}, postMessage: () => {} } as unknown as Worker
    const line = new LibraryLine(
      () => worker,
      (event) => heard.push(event),
    )
    line.close()
    const late: FromLibrary = { kind: 'event', event: { kind: 'done', cancelled: false } }
    worker.onmessage?.call(worker, new MessageEvent('message', { data: late }))
    expect(heard).toEqual([])
  })

  it('files are sent where timers stand still, as in a tab that is not looked at', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    try {
      const sent: ToLibrary[] = []
      const line = { isOpen: true, tell: (message: ToLibrary) => void sent.push(message) }
      await sendFiles(line, [filesSource(many(170))])
      const pieces = sent.map((message) => (message.kind === 'files' ? message.files.length : -1))
      expect(pieces).toEqual([50, 50, 50, 20, 0])
    } finally {
      vi.useRealTimers()
    }
  })
})
