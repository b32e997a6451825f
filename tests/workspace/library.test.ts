import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/core/library/entry.ts'
import { countOf, createShelf, type Library } from '../../src/workspace/library.ts'
import type { LibraryEvent, LibraryPort, OpenLibrary } from '../../src/workspace/library-port.ts'
import type { TreeSource } from '../../src/workspace/tree.ts'

const entry = (path: string): Entry => ({ path, size: 1, modified: 0 })
const tree = (name: string): TreeSource => ({ kind: 'files', name, files: [] })

/** A worker that says what a test tells it to. */
function fakePort(early: readonly LibraryEvent[] = []) {
  const calls: string[] = []
  const ears: ((event: LibraryEvent) => void)[] = []
  const port: LibraryPort = {
    open(sources, hear) {
      const number = ears.push(hear)
      for (const event of early) hear(event)
      calls.push(`open ${sources.map(({ name }) => name).join('+')}`)
      const said = (what: string) => () => void calls.push(`${what} ${number}`)
      return {
        cancel: said('cancel'),
        refresh: said('refresh'),
        close: said('close'),
      } as unknown as OpenLibrary
    },
    remembered: async () => [],
    reopen: async () => ({ problem: 'none' }),
    forget: async () => {},
  }
  return { port, calls, say: (number: number, event: LibraryEvent) => ears[number - 1]?.(event) }
}

describe('the shelf', () => {
  it('fills with what is read, entry by entry, in the places that it is told', () => {
    const { port, say } = fakePort()
    const shelf = createShelf(port)
    shelf.open([tree('a')])
    say(1, { kind: 'entries', at: 0, entries: [entry('x'), entry('y')] })
    const revision = shelf.library.get()?.revision
    say(1, { kind: 'entries', at: 2, entries: [entry('z')] })
    expect(shelf.library.get()?.entries.map(({ path }) => path)).toEqual(['x', 'y', 'z'])
    expect(shelf.library.get()?.revision).not.toBe(revision)
    say(1, { kind: 'changed', entries: [{ at: 1, entry: { ...entry('y'), size: 7 } }] })
    expect(shelf.library.get()?.entries[1]?.size).toBe(7)
    expect(shelf.library.get()?.entries).toHaveLength(3)
  })

  it('knows what is gone and what is back, and lists what is no recording', () => {
    const { port, say } = fakePort()
    const shelf = createShelf(port)
    const gone = (path: string): Entry => ({ ...entry(path), problem: { code: 'vanished', message: '' } })
    shelf.open([tree('a')])
    say(1, { kind: 'entries', at: 0, entries: [entry('x'), entry('y'), entry('z')] })
    say(1, { kind: 'others', paths: ['README.md'] })
    const now = () => shelf.library.get()
    expect(now()).toMatchObject({ gone: [], others: ['README.md'] })
    const change = (at: number, changed: Entry) =>
      say(1, { kind: 'changed', entries: [{ at, entry: changed }] })
    change(2, gone('z'))
    change(0, gone('x'))
    expect(now()?.gone).toEqual(['x', 'z'])
    expect(now() && countOf(now() as Library)).toBe(1)
    change(2, entry('z'))
    expect(now()?.gone).toEqual(['x'])
    expect(now()?.entries).toHaveLength(3)
  })

  it('hears what is said before the port has answered', () => {
    const { port } = fakePort([
      { kind: 'entries', at: 0, entries: [entry('x')] },
      { kind: 'done', cancelled: false },
    ])
    const shelf = createShelf(port)
    shelf.open([tree('a')])
    expect(shelf.library.get()?.entries).toHaveLength(1)
    expect(shelf.library.get()?.status).toBe('ready')
  })

  it('closes the folder before it opens another one, and no longer hears of it', () => {
    const { port, calls, say } = fakePort()
    const shelf = createShelf(port)
    shelf.open([tree('a')])
    shelf.open([tree('b'), tree('c')])
    expect(calls).toEqual(['open a', 'close 1', 'open b+c'])
    say(1, { kind: 'entries', at: 0, entries: [entry('old')] })
    expect(shelf.library.get()?.entries).toEqual([])
    expect(shelf.library.get()?.name).toBe('b, c')
    shelf.close()
    expect(shelf.library.get()).toBeUndefined()
  })

  it('says how it ended: read, stopped, failed', () => {
    const { port, say } = fakePort()
    const shelf = createShelf(port)
    shelf.open([tree('a')])
    expect(shelf.library.get()?.status).toBe('reading')
    say(1, { kind: 'done', cancelled: true })
    expect(shelf.library.get()?.status).toBe('cancelled')
    shelf.refresh()
    expect(shelf.library.get()?.status).toBe('reading')
    say(1, { kind: 'failed', problem: 'The folder is gone.' })
    expect(shelf.library.get()).toMatchObject({ status: 'failed', problem: 'The folder is gone.' })
  })
})
