import { describe, expect, it } from 'vitest'
import type { ReviewItem } from '../../src/core/review/review-item.ts'
import { closeReview, rememberToken, reviewOf } from '../../src/ui/review/open-reviews.ts'
import { countsOf, heard, NOTHING_HEARD, neighbour } from '../../src/ui/review/review-state.ts'
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

describe('the review that runs', () => {
  function fakePort() {
    const opened: ReviewSource[] = []
    const closed: ReviewSource[] = []
    const port: ReviewPort = {
      open(source) {
        opened.push(source)
        return { close: () => closed.push(source), read: async () => undefined }
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
    first.viewed.set(new Set(['a']))
    rememberToken('t')
    const again = reviewOf({ kind: 'github', url: 'o/r#1' }, port)
    expect([...again.viewed.get()]).toEqual(['a'])
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
