import { describe, expect, it } from 'vitest'
import type { ReviewItem } from '../../src/core/review/review-item.ts'
import { reviewMemory } from '../../src/platform/review/review-memory.ts'
import { closeReview, rememberToken, reviewOf } from '../../src/ui/review/open-reviews.ts'
import {
  countsOf,
  heard,
  isViewed,
  NOTHING_HEARD,
  neighbour,
  nextUnviewed,
} from '../../src/ui/review/review-state.ts'
import type { ReviewEvent, ReviewPort, ReviewSource } from '../../src/workspace/review-port.ts'

const item = (path: string, kind?: 'noise' | 'behaviour'): ReviewItem => ({
  path,
  status: 'changed',
  ...(kind && { verdict: { kind, sentence: '', reasons: [], requestChanged: false } }),
})

const EVENTS: readonly ReviewEvent[] = [
  { kind: 'title', title: 'a → b' },
  { kind: 'items', items: [item('b'), item('a'), item('c')] },
  { kind: 'progress', done: 0, all: 3 },
  { kind: 'items', items: [item('a', 'noise'), item('c', 'behaviour')] },
  { kind: 'notes', notes: [{ code: 'x', message: 'one' }] },
  { kind: 'notes', notes: [{ code: 'y', message: 'two' }] },
  { kind: 'progress', done: 2, all: 3 },
]

describe('what is heard of a review', () => {
  const state = EVENTS.reduce(heard, NOTHING_HEARD)

  it('comes to one list, worst first, each file once', () => {
    expect(state.items.map(({ path }) => path)).toEqual(['c', 'a', 'b'])
    expect(countsOf(state.items)).toEqual([
      ['behaviour', 1],
      ['noise', 1],
      ['pending', 1],
    ])
    expect(state).toMatchObject({ title: 'a → b', status: 'judging', done: 2, all: 3 })
    expect(state.notes.map(({ message }) => message)).toEqual(['one', 'two'])
    expect(heard(state, { kind: 'done' }).status).toBe('done')
    expect(heard(state, { kind: 'failed', problem: 'p' })).toMatchObject({ status: 'failed', problem: 'p' })
  })

  it('is gone through from either end, and the ends hold', () => {
    expect(neighbour(state.items, undefined, 1)).toBe('c')
    expect(neighbour(state.items, undefined, -1)).toBe('b')
    expect(neighbour(state.items, 'c', 1)).toBe('a')
    expect(neighbour(state.items, 'c', -1)).toBe('c')
    expect(neighbour(state.items, 'b', 12)).toBe('b')
    expect(neighbour([], 'b', 1)).toBeUndefined()
  })
})

function fakeStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('what outlives the page', () => {
  it('is the marks in the browser, and in the tab what was agreed to and what cannot be opened again', () => {
    const [lasting, ofTab] = [fakeStorage(), fakeStorage()]
    const open = () =>
      reviewMemory(
        () => lasting,
        () => ofTab,
      )
    open().keepViewed('m1', true)
    open().keepViewed('m2', true)
    open().keepViewed('m1', false)
    open().agree('https://github.com/o/r/pull/1')
    open().keepLost('a.zip → b.zip')
    expect(open().viewed()).toEqual(['m2'])
    expect(open().isAgreed('https://github.com/o/r/pull/1')).toBe(true)
    expect(open().isAgreed('https://github.com/o/r/pull/2')).toBe(false)
    expect(open().lost()).toBe('a.zip → b.zip')
    open().keepLost(undefined)
    expect(open().lost()).toBeUndefined()
    for (let at = 0; at < 5100; at++) open().keepViewed(`x${at}`, true)
    expect(open().viewed()).toHaveLength(5000)
    expect(open().viewed().at(-1)).toBe('x5099')
  })

  it('is nothing where the browser blocks storage', () => {
    const blocked = (): Storage => {
      throw new Error('blocked')
    }
    const memory = reviewMemory(blocked, blocked)
    memory.keepViewed('m', true)
    memory.agree('u')
    expect([memory.viewed(), memory.isAgreed('u'), memory.lost()]).toEqual([[], false, undefined])
  })
})

describe('the review that runs', () => {
  function fakePort() {
    const opened: ReviewSource[] = []
    const closed: ReviewSource[] = []
    const [lasting, ofTab] = [fakeStorage(), fakeStorage()]
    const port: ReviewPort = {
      memory: reviewMemory(
        () => lasting,
        () => ofTab,
      ),
      open(source) {
        opened.push(source)
        return { close: () => closed.push(source), read: async () => undefined, lines: async () => undefined }
      },
    }
    return { port, opened, closed }
  }

  it('is taken up again for the same source, and ends for another', () => {
    const { port, opened, closed } = fakePort()
    const source: ReviewSource = { kind: 'diff', name: 'x', text: '' }
    const review = reviewOf(source, port)
    expect(reviewOf(source, port)).toBe(review)
    expect(opened).toEqual([source])
    const other = reviewOf({ ...source }, port)
    expect(other).not.toBe(review)
    expect(closed).toEqual([source])
    closeReview()
    expect(closed).toHaveLength(2)
  })

  it('keeps the marks of a change that is opened again, now with a token', () => {
    const { port, opened } = fakePort()
    const first = reviewOf({ kind: 'github', url: 'o/r#1' }, port)
    const [read, unread] = [{ ...item('a', 'noise'), mark: 'm' }, item('b')]
    first.mark(read, true)
    first.mark(unread, true)
    rememberToken('t')
    const again = reviewOf({ kind: 'github', url: 'o/r#1' }, port)
    const viewed = again.viewed.get()
    expect([read, unread].map((one) => isViewed(one, viewed))).toEqual([true, true])
    // the same contents under another path; other contents under the same
    expect(isViewed({ ...item('c'), mark: 'm' }, viewed)).toBe(true)
    expect(isViewed({ ...read, mark: 'n' }, viewed)).toBe(false)
    expect(port.memory.viewed()).toEqual(['m'])
    expect(opened).toEqual([
      { kind: 'github', url: 'o/r#1' },
      { kind: 'github', url: 'o/r#1', token: 't' },
    ])
    // what the screen holds has no token in it
    expect(again.source).toEqual({ kind: 'github', url: 'o/r#1' })
    rememberToken('')
    closeReview()
  })
})

describe('the next that was not looked at', () => {
  const items = ['a', 'b', 'c'].map((path) => item(path))

  it('is behind this one, then from the top, and none in the end', () => {
    expect(nextUnviewed(items, 'a', new Set(['a', 'b']))).toBe('c')
    expect(nextUnviewed(items, 'c', new Set(['c', 'a']))).toBe('b')
    expect(nextUnviewed(items, 'b', new Set(['a', 'b', 'c']))).toBeUndefined()
    // one that a filter hides meanwhile
    expect(nextUnviewed(items, 'x', new Set(['a']))).toBe('b')
  })
})
