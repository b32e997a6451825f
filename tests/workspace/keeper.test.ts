import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdsWork } from '../../src/workspace/draft.ts'
import { createKeeper, type Keeper } from '../../src/workspace/keeper.ts'
import { createSession, type Session } from '../../src/workspace/session.ts'
import { createStore, type Store } from '../../src/workspace/store.ts'
import { forgetTyped, noteTyped, type TypedFields } from '../../src/workspace/typing.ts'
import { type MemoryJournal, memoryJournal } from './support/memory-journal.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

interface Page {
  readonly session: Session
  readonly typing: Store<TypedFields>
  readonly keeper: Keeper
}

let keys = 0

async function openPage(port: MemoryJournal): Promise<Page> {
  const session = createSession()
  const typing = createStore<TypedFields>(new Map())
  const keeper = createKeeper({
    session,
    typing,
    handles: new Map(),
    port,
    newKey: () => `key-${++keys}`,
  })
  await vi.advanceTimersByTimeAsync(1)
  return { session, typing, keeper }
}

function open({ session }: Page, text = 'abc'): string {
  const [id = ''] = session.open([{ name: 'a.json', origin: { kind: 'file' }, base: { text, bom: false } }])
  return id
}

function draftOf({ session }: Page, id?: string) {
  const { drafts } = session.state.get()
  const draft = id === undefined ? drafts[0] : drafts.find((candidate) => candidate.id === id)
  if (draft === undefined) throw new Error('there is no draft')
  return draft
}

function type(page: Page, id: string, offset: number, content: string, length = 0): void {
  const draft = draftOf(page, id)
  const edits = [{ offset: Math.min(offset, draft.text.length - length), length, content }]
  page.session.commit(id, { label: 'Edit', edits, revision: draft.revision, coalesce: 'source' })
}

function work(page: Page): readonly unknown[] {
  return page.session.state
    .get()
    .drafts.filter((draft) => holdsWork(draft) || page.typing.get().has(draft.id))
    .map(({ id, ...draft }) => ({ ...draft, settled: false, typed: typedIn(page, id) }))
}

/** Open fields have no order among themselves. */
function typedIn(page: Page, id: string): readonly unknown[] {
  return [...(page.typing.get().get(id) ?? [])].toSorted((a, b) => a.id.localeCompare(b.id))
}

const second = () => vi.advanceTimersByTimeAsync(1000)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the keeper', () => {
  it('gives the next page all that was there a second before, whatever was done', async () => {
    const act = fc.record({
      do: fc.constantFrom(
        'type',
        'type',
        'type',
        'undo',
        'redo',
        'jump',
        'save',
        'keep-mine',
        'load',
        'rename',
        'field',
        'leave-field',
        'open',
        'close',
      ),
      which: fc.nat(3),
      at: fc.nat(9),
      wait: fc.constantFrom(0, 0, 30, 250, 1500),
      flush: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const port = memoryJournal()
        const page = await openPage(port)
        open(page, 'first text')
        open(page, 'second text')
        for (const { do: what, which, at, wait, flush } of acts) {
          const { drafts } = page.session.state.get()
          const draft = drafts[which % Math.max(1, drafts.length)]
          if (draft === undefined || what === 'open') open(page, `text ${at}`)
          else if (what === 'type') type(page, draft.id, at, 'xyz')
          else if (what === 'undo' || what === 'redo' || what === 'close') page.session[what](draft.id)
          else if (what === 'jump') page.session.jump(draft.id, at)
          else if (what === 'save') page.session.saved(draft.id, { text: draft.text, bom: false }, draft.name)
          else if (what === 'keep-mine' || what === 'load')
            page.session.diskChanged(draft.id, { text: `disk ${at}`, bom: false }, what)
          else if (what === 'rename')
            page.session.commit(draft.id, {
              label: 'Rename',
              edits: [],
              name: `n${at}.json`,
              revision: draft.revision,
            })
          else if (what === 'field')
            page.typing.update((all) =>
              noteTyped(all, draft.id, { id: `f${at % 2}`, label: 'role', opened: 'user', text: `u${at}` }),
            )
          else page.typing.update((all) => forgetTyped(all, draft.id, `f${at % 2}`))
          if (flush) page.keeper.flush()
          await vi.advanceTimersByTimeAsync(wait)
        }
        await second()
        const expected = work(page)
        const next = await openPage(port)
        await second()
        const byText = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted()
        expect(byText(work(next))).toEqual(byText(expected))
        expect(next.keeper.recovered.get().lost).toEqual([])
        expect(port.stored.size).toBe(expected.length)
        // and once more, from what the second page was given
        for (const { id } of next.session.state.get().drafts) type(next, id, 0, '!')
        await second()
        const third = await openPage(port)
        await second()
        expect(byText(work(third))).toEqual(byText(work(next)))
      }),
      { numRuns: 150 },
    )
  })

  it('writes little while somebody types for hours', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page, 'x'.repeat(1_000_000))
    for (let key = 0; key < 500; key++) {
      type(page, id, key * 40, 'y')
      await vi.advanceTimersByTimeAsync(300)
    }
    // the text once, and some 700 characters a write
    expect(port.written).toBeLessThan(1_000_000 + 500 * 900)
    expect(JSON.stringify([...port.stored.values()]).length).toBeLessThan(1_000_000 + 500 * 200)
  })

  it('writes the first change at once and the rest at its leisure', async () => {
    const port = memoryJournal()
    const write = vi.spyOn(port, 'write')
    const page = await openPage(port)
    const id = open(page)
    await second()
    expect(write).not.toHaveBeenCalled()
    type(page, id, 0, 'a')
    await vi.advanceTimersByTimeAsync(1)
    expect(write).toHaveBeenCalledTimes(1)
    for (let key = 0; key < 20; key++) {
      type(page, id, 0, 'b')
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(write.mock.calls.length).toBeLessThanOrEqual(4)
  })

  it('names the base it belongs to by its SHA-256', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    type(page, open(page, 'abc'), 0, 'a')
    await second()
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect([...port.stored.values()].map(({ head }) => head.hashes)).toEqual([{ origin: hash, base: hash }])
  })

  it('does not write before it has read', async () => {
    const port = memoryJournal()
    let answer: (found: []) => void = () => {}
    port.adopt = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const page = await openPage(port)
    type(page, open(page), 0, 'a')
    expect(page.keeper.flush()).toBe(false)
    await vi.advanceTimersByTimeAsync(500)
    expect(port.stored.size).toBe(0)
    answer([])
    await second()
    expect(port.stored.size).toBe(1)
    expect(page.keeper.flush()).toBe(true)
  })

  it('says that nothing is kept, goes on, and writes everything once it can', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    port.failure = new DOMException('', 'QuotaExceededError')
    type(page, id, 0, 'a')
    await second()
    expect(page.keeper.status.get()).toMatchObject({ kind: 'off', reason: expect.stringContaining('full') })
    expect(page.keeper.flush()).toBe(false)
    type(page, id, 0, 'b')
    port.failure = undefined
    await vi.advanceTimersByTimeAsync(5000)
    expect(page.keeper.status.get()).toEqual({ kind: 'on' })
    expect(work(await openPage(port))).toEqual(work(page))
  })

  it('leaves nothing behind of a draft whose write failed and that was then saved', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    type(page, id, 0, 'a')
    await second()
    port.failure = new Error('no')
    type(page, id, 3, 'b')
    await second()
    page.session.saved(id, { text: draftOf(page, id).text, bom: false })
    port.failure = undefined
    await vi.advanceTimersByTimeAsync(9000)
    expect(port.stored.size).toBe(0)
  })

  it('writes everything anew when the storage was cleared underneath', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    type(page, id, 0, 'a')
    await second()
    port.stored.clear()
    type(page, id, 0, 'b')
    await second()
    expect(work(await openPage(port))).toEqual(work(page))
    expect(port.stored.size).toBe(1)
  })

  it('asks before a page is left while a large file is not stored yet, and not for a keystroke', async () => {
    const port = memoryJournal()
    const { write } = port
    port.write = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return write(...given)
    }
    const page = await openPage(port)
    const id = open(page, 'x'.repeat(8_000_000))
    type(page, id, 0, 'a')
    expect(page.keeper.flush()).toBe(false)
    await second()
    type(page, id, 0, 'b')
    expect(page.keeper.flush()).toBe(true)
  })

  it('keeps apart what does not fit its hash, and forgets it only when told', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    type(page, open(page, 'abcdef'), 0, 'X')
    await second()
    for (const [key, stored] of port.stored) port.stored.set(key, { ...stored, originText: 'abcdeg' })
    const next = await openPage(port)
    await second()
    expect(next.session.state.get().drafts).toEqual([])
    expect(next.keeper.recovered.get().lost).toMatchObject([{ name: 'a.json', text: 'Xabcdeg' }])
    expect(port.stored.size).toBe(1)
    next.keeper.forgetLost()
    await second()
    expect(port.stored.size).toBe(0)
  })
})
