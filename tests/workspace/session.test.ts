import { describe, expect, it, vi } from 'vitest'
import type { Diagnostic } from '../../src/core/cassette/diagnostic.ts'
import { createSession, type NewDraft, type Session } from '../../src/workspace/session.ts'
import { createStore } from '../../src/workspace/store.ts'
import { seededRandom } from '../core/support/random.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

function file(text: string): NewDraft {
  return { name: `${text}.json`, origin: { kind: 'file' }, base: { text, bom: false } }
}

function texts(session: Session): readonly string[] {
  return session.state.get().drafts.map((draft) => draft.text)
}

function shown(session: Session): string | undefined {
  const { drafts, current } = session.state.get()
  return drafts.find(({ id }) => id === current)?.text
}

function opened(...names: readonly string[]): { session: Session; ids: readonly string[] } {
  const session = createSession(() => 0)
  return { session, ids: session.open(names.map(file)) }
}

const problem: Diagnostic = { severity: 'error', code: 'x', message: 'No.' }

describe('a session', () => {
  it('opens beside what is open and shows the first of the new ones', () => {
    const { session, ids } = opened('a', 'b')
    expect(shown(session)).toBe('a')
    const more = session.open([file('c'), file('d')])
    expect(texts(session)).toEqual(['a', 'b', 'c', 'd'])
    expect(shown(session)).toBe('c')
    expect(session.state.get().drafts.map(({ id }) => id)).toEqual([...ids, ...more])
  })

  it('leaves everything as it is when nothing is opened', () => {
    const { session } = opened('a')
    const before = session.state.get()
    expect(session.open([])).toEqual([])
    expect(session.state.get()).toBe(before)
  })

  it('puts new ones in the place of all', () => {
    const { session, ids } = opened('a', 'b')
    const [id] = session.replaceAll([file('c')])
    expect(texts(session)).toEqual(['c'])
    expect(session.state.get().current).toBe(id)
    expect(ids).not.toContain(id)
  })

  it('replaces all by nothing as well: closes all, then opens none', () => {
    const { session } = opened('a', 'b')
    session.replaceAll([])
    expect(texts(session)).toEqual([])
    expect(session.state.get().current).toBeUndefined()
  })

  it('never gives an id twice, not even that of a closed cassette', () => {
    const { session, ids } = opened('a', 'b')
    const all = [...ids]
    for (const id of ids) session.close(id)
    all.push(...session.open([file('a')]), ...session.replaceAll([file('a'), file('b')]))
    expect(new Set(all).size).toBe(all.length)
  })

  it('shows the one that moves up when the one on screen is closed, and the last where none does', () => {
    const names = ['a', 'b', 'c', 'd']
    names.forEach((_, at) => {
      const { session, ids } = opened(...names)
      const id = ids[at] ?? ''
      session.show(id)
      session.close(id)
      const left = names.toSpliced(at, 1)
      expect(texts(session)).toEqual(left)
      expect(shown(session)).toBe(left[Math.min(at, left.length - 1)])
    })
    const { session, ids } = opened('only')
    session.close(ids[0] ?? '')
    expect(session.state.get()).toMatchObject({ drafts: [], current: undefined })
  })

  it('keeps showing the same one when another is closed', () => {
    const { session, ids } = opened('a', 'b', 'c')
    session.show(ids[1] ?? '')
    session.close(ids[0] ?? '')
    expect(shown(session)).toBe('b')
    session.close(ids[2] ?? '')
    expect(shown(session)).toBe('b')
    session.close('nobody')
    expect(shown(session)).toBe('b')
  })

  it('goes to the neighbours and stays at the ends', () => {
    const { session } = opened('a', 'b', 'c')
    const way: (string | undefined)[] = []
    for (const direction of [-1, 1, 1, 1, 1, -1, -1, -1] as const) {
      session.showNeighbour(direction)
      way.push(shown(session))
    }
    expect(way).toEqual(['a', 'b', 'c', 'c', 'c', 'b', 'a', 'a'])
    const empty = createSession()
    const before = empty.state.get()
    empty.showNeighbour(1)
    empty.showNeighbour(-1)
    expect(empty.state.get()).toBe(before)
  })

  it('never shows a cassette that is not open', () => {
    const { session, ids } = opened('a', 'b')
    session.close(ids[1] ?? '')
    session.show(ids[1] ?? '')
    expect(shown(session)).toBe('a')
  })

  it('commits, undoes, redoes and saves one draft and leaves the others the same objects', () => {
    const { session, ids } = opened('a', 'b')
    const [first = '', second = ''] = ids
    const other = session.state.get().drafts[1]
    const outcome = session.commit(first, {
      label: 'x',
      edits: [{ offset: 1, length: 0, content: '!' }],
      revision: 0,
    })
    expect(outcome.ok && outcome.draft).toBe(session.state.get().drafts[0])
    expect(texts(session)).toEqual(['a!', 'b'])
    session.undo(first)
    expect(texts(session)).toEqual(['a', 'b'])
    session.redo(first)
    expect(texts(session)).toEqual(['a!', 'b'])
    session.saved(first, { text: 'a!', bom: true })
    expect(session.state.get().drafts[0]?.base).toEqual({ text: 'a!', bom: true })
    expect(session.state.get().drafts[1]).toBe(other)
    session.undo(second)
    expect(session.state.get().drafts[1]).toBe(other)
  })

  it('leaves the draft the same object when a change is refused', () => {
    const { session, ids } = opened('abc')
    const before = session.state.get().drafts[0]
    for (const [offset, length, revision] of [
      [0, 1, 7],
      [9, 0, 0],
      [0, 9, 0],
    ] as const) {
      const outcome = session.commit(ids[0] ?? '', {
        label: 'x',
        edits: [{ offset, length, content: 'y' }],
        revision,
      })
      expect(outcome.ok).toBe(false)
      if (!outcome.ok) expect(outcome.reason).toMatch(/^[A-Z].+\.$/)
      expect(session.state.get().drafts[0]).toBe(before)
    }
  })

  it('refuses a change to a cassette that is closed, and undo of it does nothing', () => {
    const { session, ids } = opened('a', 'b')
    session.close(ids[0] ?? '')
    const outcome = session.commit(ids[0] ?? '', {
      label: 'x',
      edits: [{ offset: 0, length: 0, content: 'y' }],
      revision: 0,
    })
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringMatching(/^[A-Z].+\.$/) })
    session.undo(ids[0] ?? '')
    session.redo(ids[0] ?? '')
    session.saved(ids[0] ?? '', { text: 'z', bom: false })
    expect(texts(session)).toEqual(['b'])
  })

  it('takes the time of a commit from its clock, so that typing joins and pauses part', () => {
    let now = 0
    const session = createSession(() => now)
    const [id = ''] = session.open([file('')])
    const type = (char: string): void => {
      const draft = session.state.get().drafts[0]
      session.commit(id, {
        label: 'Type',
        edits: [{ offset: draft?.text.length ?? 0, length: 0, content: char }],
        revision: draft?.revision ?? 0,
        coalesce: 'k',
      })
    }
    for (const [char, at] of [
      ['a', 0],
      ['b', 100],
      ['c', 9000],
    ] as const) {
      now = at
      type(char)
    }
    expect(texts(session)).toEqual(['abc'])
    session.undo(id)
    expect(texts(session)).toEqual(['ab'])
    session.undo(id)
    expect(texts(session)).toEqual([''])
  })

  it('keeps what was rejected until it is dismissed, and touches no draft for it', () => {
    const { session } = opened('a')
    const { drafts } = session.state.get()
    session.reject([{ name: 'bad.har', problem }])
    expect(session.state.get()).toMatchObject({ rejected: [{ name: 'bad.har', problem }], drafts })
    session.open([file('b')])
    expect(session.state.get().rejected).toHaveLength(1)
    session.dismissRejected()
    expect(session.state.get().rejected).toEqual([])
  })

  it('follows a list with a cursor through anything a person does', () => {
    for (let run = 0; run < 100; run++) {
      const random = seededRandom(`session ${run}`)
      const session = createSession(() => 0)
      let model: string[] = []
      let current: string | undefined
      const everGiven = new Set<string>()
      let made = 0
      const files = (count: number): NewDraft[] => Array.from({ length: count }, () => file(`f${made++}`))
      for (let move = 0; move < 60; move++) {
        const before = session.state.get()
        const known = random.pick([...model, 'nobody'])
        switch (random.below(6)) {
          case 0:
          case 1: {
            const ids = session.open(files(1 + random.below(3)))
            model = [...model, ...ids]
            current = ids[0]
            for (const id of ids) {
              expect(everGiven).not.toContain(id)
              everGiven.add(id)
            }
            break
          }
          case 2: {
            if (random.below(6) > 0) break
            const ids = session.replaceAll(files(1 + random.below(2)))
            model = [...ids]
            current = ids[0]
            for (const id of ids) everGiven.add(id)
            break
          }
          case 3: {
            const at = model.indexOf(known)
            session.close(known)
            if (at === -1) break
            model = model.toSpliced(at, 1)
            if (current === known) current = model[at] ?? model.at(-1)
            break
          }
          case 4:
            if (known === 'nobody') break
            session.show(known)
            current = known
            break
          default: {
            const direction = random.pick([1, -1] as const)
            session.showNeighbour(direction)
            current = model[model.indexOf(current ?? '') + direction] ?? current
          }
        }
        const now = session.state.get()
        expect(now.drafts.map(({ id }) => id)).toEqual(model)
        expect(now.current).toBe(current)
        // what was not opened anew is still the same object
        for (const draft of now.drafts) {
          const was = before.drafts.find(({ id }) => id === draft.id)
          if (was !== undefined) expect(draft).toBe(was)
        }
      }
    }
  })
})

describe('a store', () => {
  it('tells its listeners when there is another value, and only then', () => {
    const store = createStore({ at: 0 })
    const listener = vi.fn()
    const end = store.subscribe(listener)
    store.set(store.get())
    store.update((value) => value)
    expect(listener).not.toHaveBeenCalled()
    store.update((value) => ({ at: value.at + 1 }))
    expect(listener).toHaveBeenCalledTimes(1)
    expect(store.get()).toEqual({ at: 1 })
    end()
    store.set({ at: 2 })
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('takes NaN for NaN', () => {
    const store = createStore(Number.NaN)
    const listener = vi.fn()
    store.subscribe(listener)
    store.set(Number.NaN)
    expect(listener).not.toHaveBeenCalled()
  })

  it('lets a listener set the value and end its own subscription', () => {
    const store = createStore(0)
    const seen: number[] = []
    const end = store.subscribe(() => {
      end()
      store.set(10)
    })
    store.subscribe(() => seen.push(store.get()))
    store.set(1)
    expect(store.get()).toBe(10)
    expect(seen.at(-1)).toBe(10)
  })
})
