import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeeper, type Keeper } from '../../src/workspace/keeper.ts'
import { createSession, type Session } from '../../src/workspace/session.ts'
import { createStore } from '../../src/workspace/store.ts'
import type { TypedFields } from '../../src/workspace/typing.ts'
import { type MemoryJournal, memoryJournal } from './support/memory-journal.ts'

interface Page {
  readonly session: Session
  readonly keeper: Keeper
}

let keys = 0

async function openPage(port: MemoryJournal): Promise<Page> {
  const session = createSession()
  const typing = createStore<TypedFields>(new Map())
  const keeper = createKeeper({ session, typing, handles: new Map(), port, newKey: () => `key-${++keys}` })
  await vi.advanceTimersByTimeAsync(1)
  return { session, keeper }
}

function open({ session }: Page, text = 'abc'): string {
  const [id = ''] = session.open([{ name: 'a.json', origin: { kind: 'file' }, base: { text, bom: false } }])
  return id
}

function draftOf({ session }: Page, id: string) {
  const draft = session.state.get().drafts.find((candidate) => candidate.id === id)
  if (draft === undefined) throw new Error('there is no draft')
  return draft
}

function type(page: Page, id: string, content: string): void {
  const { revision } = draftOf(page, id)
  const edits = [{ offset: 0, length: 0, content }]
  page.session.commit(id, { label: 'Edit', edits, revision })
}

const texts = (page: Page) => page.session.state.get().drafts.map(({ text }) => text)
const wait = (time = 1000) => vi.advanceTimersByTimeAsync(time)

/** From now on every write waits for its turn to succeed or to fail. */
function held(port: MemoryJournal): { readonly answers: ((error?: Error) => void)[] } {
  const { write } = port
  const answers: ((error?: Error) => void)[] = []
  port.write = (...given) =>
    new Promise((resolve, reject) => {
      answers.push((error) => (error === undefined ? resolve(write(...given)) : reject(error)))
    })
  return { answers }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the keeper', () => {
  it('keeps a history whose texts are in no file, though the text is that of the file again', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const [loaded, back] = [open(page), open(page, 'other')]
    type(page, loaded, 'my work ')
    type(page, back, 'more ')
    await wait()
    page.session.diskChanged(loaded, { text: 'disk', bom: false }, 'load')
    page.session.jump(back, 0)
    await wait()
    const next = await openPage(port)
    expect(texts(next)).toEqual(['disk', 'other'])
    for (const { id } of next.session.state.get().drafts) next.session.jump(id, 1)
    expect(texts(next)).toEqual(['my work abc', 'more other'])
    for (const { id, text } of next.session.state.get().drafts) next.session.saved(id, { text, bom: false })
    await wait()
    expect(port.stored.size).toBe(0)
  })

  it.each(['keep-mine', 'load'] as const)(
    'knows a draft again whose file got a mark (%s)',
    async (choice) => {
      const port = memoryJournal()
      const page = await openPage(port)
      const id = open(page)
      type(page, id, 'x')
      await wait()
      page.session.diskChanged(id, { text: 'disk', bom: true }, choice)
      await wait()
      type(page, id, 'y')
      await wait()
      const next = await openPage(port)
      await wait()
      expect(next.keeper.recovered.get()).toMatchObject({ lost: [], ids: [expect.any(String)] })
    },
  )

  it('does not remove later what was written again under a key whose removal failed', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    type(page, id, 'x')
    await wait()
    const { answers } = held(port)
    page.session.saved(id, { text: 'xabc', bom: false })
    await wait(300)
    type(page, id, 'y')
    page.keeper.flush()
    // the write got through, the removal before it did not
    answers[1]?.()
    await wait(1)
    answers[0]?.(new Error('no'))
    await wait(9000)
    for (const answer of answers.slice(2)) answer()
    await wait(9000)
    expect(texts(await openPage(port))).toEqual(['yxabc'])
  })

  it.each([
    ['fails', new Error('no')],
    ['succeeds', undefined],
  ])('writes what holds, too, when the write before it, still under way, %s', async (_, error) => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    type(page, id, '1')
    await wait()
    const { answers } = held(port)
    type(page, id, '2')
    await wait(300)
    type(page, id, '3')
    page.keeper.flush()
    expect(answers).toHaveLength(2)
    // the page goes away: nothing is written any more
    answers[0]?.(error)
    answers[1]?.()
    await wait(1)
    const next = await openPage(port)
    expect(next.keeper.recovered.get().lost).toEqual([])
    expect(texts(next)).toEqual(['321abc'])
  })

  it('tries a write that fails ever more rarely, until something changes', async () => {
    const port = memoryJournal()
    const page = await openPage(port)
    const id = open(page)
    port.failure = new DOMException('', 'QuotaExceededError')
    const write = vi.spyOn(port, 'write')
    type(page, id, 'x')
    await wait(10 * 60_000)
    const tries = write.mock.calls.length
    expect(tries).toBeGreaterThan(8)
    expect(tries).toBeLessThan(16)
    type(page, id, 'y')
    await wait(5000)
    expect(write.mock.calls.length).toBeGreaterThan(tries)
    port.failure = undefined
    await wait(60_000)
    expect(page.keeper.status.get()).toEqual({ kind: 'on' })
    expect(port.stored.size).toBe(1)
  })

  it('goes on with the others when one draft cannot be written', async () => {
    const port = memoryJournal()
    const { write } = port
    const page = await openPage(port)
    const [large, small] = [open(page, 'large'), open(page, 'small')]
    port.write = async (writes, removed) => {
      const tooLarge = writes.filter(({ originText }) => originText === 'large')
      const done = await write(
        writes.filter((one) => !tooLarge.includes(one)),
        removed,
      )
      const error = new DOMException('', 'QuotaExceededError')
      return { ...done, failed: tooLarge.map(({ head }) => head.key), error }
    }
    type(page, large, 'x')
    type(page, small, 'x')
    await wait()
    expect(page.keeper.status.get()).toMatchObject({ kind: 'off', reason: expect.stringContaining('full') })
    type(page, small, 'y')
    await wait(9000)
    expect(texts(await openPage(port))).toEqual(['yxsmall'])
    port.write = write
    await wait(60_000)
    expect(texts(await openPage(port)).toSorted()).toEqual(['xlarge', 'yxsmall'])
  })

  it('writes a draft that another tab has taken over under a key of its own, and leaves the other alone', async () => {
    const port = memoryJournal()
    const { write } = port
    const page = await openPage(port)
    const id = open(page)
    type(page, id, 'x')
    await wait()
    const [key = ''] = port.stored.keys()
    port.write = async (writes, removed) => {
      const theirs = writes.filter(({ head }) => head.key === key)
      expect(removed).not.toContain(key)
      const done = await write(
        writes.filter((one) => !theirs.includes(one)),
        removed,
      )
      return { ...done, taken: theirs.map(({ head }) => head.key) }
    }
    type(page, id, 'y')
    await wait(2000)
    expect(texts(await openPage(port)).toSorted()).toEqual(['xabc', 'yxabc'])
  })

  it('looks a second time for what a tab left, also when it found nothing of its own', async () => {
    const port = memoryJournal()
    const before = await openPage(port)
    type(before, open(before), 'x')
    await wait()
    const { adopt } = port
    port.adopt = async (whose) => (whose === 'others' ? adopt('own-first') : [])
    const next = await openPage(port)
    expect(texts(next)).toEqual([])
    await wait(5000)
    expect(texts(next)).toEqual(['xabc'])
  })

  it('looks again when it could not read, and takes nothing twice', async () => {
    const port = memoryJournal()
    const before = await openPage(port)
    type(before, open(before), 'x')
    await wait()
    const { adopt } = port
    port.adopt = async () => {
      throw new Error('no')
    }
    const next = await openPage(port)
    type(next, open(next, 'new'), 'y')
    port.adopt = adopt
    next.keeper.flush()
    await wait(9000)
    expect(texts(next).toSorted()).toEqual(['xabc', 'ynew'])
  })
})
