import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Stores } from '../../src/ui/app/deck.ts'
import { SHORTCUTS, useShortcuts } from '../../src/ui/app/shortcuts.ts'
import { createPlayback, type Playback, play } from '../../src/workspace/playback.ts'
import { createSession, type Session } from '../../src/workspace/session.ts'
import { DEFAULT_SETTINGS } from '../../src/workspace/settings.ts'
import { createStore } from '../../src/workspace/store.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

// read when the module loads: which key is beside the letters
vi.hoisted(() => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' })
})

// the hook is one effect: it is run here without React, on a window that is only a list of listeners
vi.mock('react', async (load) => ({
  ...(await load<typeof import('react')>()),
  useEffect: (run: () => void) => run(),
}))

/** An element that `closest` finds itself or an ancestor of it by, for the selectors it is made of. */
class FakeElement {
  readonly selectors: readonly string[]

  constructor(selectors: readonly string[]) {
    this.selectors = selectors
  }

  closest(selector: string): FakeElement | null {
    return selector.split(', ').some((one) => this.selectors.includes(one)) ? this : null
  }
}

interface Press {
  readonly ctrl?: boolean
  readonly meta?: boolean
  readonly shift?: boolean
  readonly alt?: boolean
  readonly on?: readonly string[]
  readonly prevented?: boolean
}

const open = vi.fn()
const save = vi.fn()
const showInteraction = vi.fn<(direction: 1 | -1) => void>()
let listener: ((event: unknown) => void) | undefined
let session: Session
let stores: Parameters<typeof useShortcuts>[0]

function press(key: string, how: Press = {}): boolean {
  let prevented = how.prevented ?? false
  listener?.({
    key,
    ctrlKey: how.ctrl ?? false,
    metaKey: how.meta ?? false,
    shiftKey: how.shift ?? false,
    altKey: how.alt ?? false,
    target: new FakeElement(how.on ?? []),
    get defaultPrevented() {
      return prevented
    },
    preventDefault() {
      prevented = true
    },
  })
  return prevented
}

function at(): number {
  return stores.playback.get().position
}

function goto(position: number): void {
  stores.playback.update((value): Playback => ({ ...value, position, playing: false }))
}

function shown(): string | undefined {
  const { drafts, current } = session.state.get()
  return drafts.find(({ id }) => id === current)?.text
}

beforeEach(() => {
  open.mockReset()
  showInteraction.mockReset()
  save.mockReset()
  listener = undefined
  vi.stubGlobal('Element', FakeElement)
  vi.stubGlobal('window', {
    addEventListener: (kind: string, heard: (event: unknown) => void) => {
      if (kind === 'keydown') listener = heard
    },
    removeEventListener: () => undefined,
  })
  session = createSession(() => 0)
  session.open(
    ['a', 'b', 'c'].map((text) => ({
      name: `${text}.json`,
      origin: { kind: 'file' },
      base: { text, bom: false },
    })),
  )
  stores = {
    shelf: {
      library: createStore<ReturnType<Stores['shelf']['library']['get']>>(undefined),
    } as Stores['shelf'],
    screen: createStore<'deck' | 'library'>('deck'),
    session,
    settings: createStore(DEFAULT_SETTINGS),
    playback: createStore(createPlayback(40)),
    overlay: createStore<ReturnType<Stores['overlay']['get']>>(undefined),
  }
  useShortcuts(stores, () => [0, 9, 30], {
    open,
    save,
    showInteraction,
    showCassette: (direction) => session.showNeighbour(direction),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the keyboard', () => {
  it('goes through the interactions of a file', () => {
    expect(press('J', { shift: true })).toBe(true)
    expect(press('K', { shift: true })).toBe(true)
    expect(showInteraction.mock.calls).toEqual([[1], [-1]])
    expect(session.state.get().current).toBe(session.state.get().drafts[0]?.id)
  })

  it('plays and pauses with the space bar', () => {
    expect(press(' ')).toBe(true)
    expect(stores.playback.get()).toMatchObject({ position: 0, playing: true })
    press(' ')
    expect(stores.playback.get().playing).toBe(false)
  })

  it('steps by one chunk, by a tenth, and to tenths', () => {
    goto(20)
    for (const [key, shift, wanted] of [
      ['ArrowRight', false, 21],
      ['ArrowLeft', false, 19],
      ['.', false, 21],
      [',', false, 19],
      ['ArrowRight', true, 24],
      ['ArrowLeft', true, 16],
      ['0', false, 0],
      ['5', false, 20],
      ['9', false, 36],
    ] as const) {
      goto(20)
      expect(press(key, { shift }), key).toBe(true)
      expect(at(), key).toBe(wanted)
    }
    stores.playback.set(play(createPlayback(3)))
    press('ArrowRight', { shift: true })
    expect(stores.playback.get()).toMatchObject({ position: 1, playing: false })
  })

  it('jumps between the markers and stays at the last', () => {
    goto(0)
    const way: number[] = []
    for (const key of [']', ']', ']', ']', '[', '[', '[']) {
      press(key)
      way.push(at())
    }
    expect(way).toEqual([1, 10, 31, 31, 10, 1, 1])
  })

  it('goes through the cassettes, opens the source and lists the shortcuts', () => {
    press('j')
    expect(shown()).toBe('b')
    press('k')
    press('k')
    expect(shown()).toBe('a')
    press('e')
    expect(stores.settings.get().sourceOpen).toBe(true)
    press('e')
    expect(stores.settings.get().sourceOpen).toBe(false)
    press('?', { shift: true })
    expect(stores.overlay.get()).toEqual({ kind: 'shortcuts' })
  })

  it('opens, saves, searches, undoes and redoes with Ctrl and with Cmd', () => {
    for (const how of [{ ctrl: true }, { meta: true }]) {
      open.mockReset()
      save.mockReset()
      stores.overlay.set(undefined)
      expect([press('o', how), press('s', how), press('k', how)]).toEqual([true, true, true])
      expect(stores.overlay.get()).toEqual({ kind: 'palette' })
      expect([open, save].map((action) => action.mock.calls.length)).toEqual([1, 1])
    }
    stores.overlay.set(undefined)
    const { current = '' } = session.state.get()
    session.commit(current, { label: 'x', edits: [{ offset: 0, length: 0, content: '!' }], revision: 0 })
    press('z', { ctrl: true })
    expect(shown()).toBe('a')
    press('Z', { ctrl: true, shift: true })
    expect(shown()).toBe('!a')
    press('z', { meta: true })
    press('y', { ctrl: true })
    expect(shown()).toBe('!a')
  })

  it('stands down where a person types, and leaves undo there to the field', () => {
    const { current = '' } = session.state.get()
    session.commit(current, { label: 'x', edits: [{ offset: 0, length: 0, content: '!' }], revision: 0 })
    const before = [session.state.get(), stores.playback.get(), stores.settings.get()]
    for (const on of [
      'input',
      'textarea',
      'select',
      '[contenteditable="true"]',
      '.monaco-editor',
      '[role="menu"]',
    ]) {
      for (const key of [' ', 'j', 'k', 'e', '?', '0', '[', ']', ',', '.', 'ArrowLeft', 'ArrowRight']) {
        expect(press(key, { on: [on] }), `${key} in ${on}`).toBe(false)
      }
      expect(press('z', { ctrl: true, on: [on] })).toBe(false)
      expect(press('y', { ctrl: true, on: [on] })).toBe(false)
    }
    expect([session.state.get(), stores.playback.get(), stores.settings.get()]).toEqual(before)
    expect(stores.overlay.get()).toBeUndefined()
  })

  it('leaves a control the keys that it has its own use for', () => {
    goto(20)
    expect(press(' ', { on: ['button'] })).toBe(false)
    expect(press('ArrowRight', { on: ['[role="slider"]'] })).toBe(false)
    expect(at()).toBe(20)
    // after a click on a chunk's row the space bar plays all the same
    expect(press(' ', { on: ['button', '[data-row]'] })).toBe(true)
    expect(press('.', { on: ['button'] })).toBe(true)
  })

  it('does nothing under a dialog, with Alt, for a key already used, or for keys that mean nothing here', () => {
    goto(20)
    expect(press(' ', { alt: true })).toBe(false)
    expect(press(' ', { prevented: true })).toBe(true)
    for (const key of ['a', 'Escape', 'Enter', 'Tab', 'F5', 'Shift', '10', '٣'])
      expect(press(key), key).toBe(false)
    for (const key of ['a', 'r', 'c', '1', ' ']) expect(press(key, { ctrl: true }), key).toBe(false)
    stores.overlay.set({ kind: 'open-url' })
    for (const key of [' ', 'j', '5', '?']) expect(press(key), key).toBe(false)
    expect(press('s', { ctrl: true })).toBe(false)
    expect(save).not.toHaveBeenCalled()
    expect(at()).toBe(20)
    expect(shown()).toBe('a')
  })

  it('does nothing to a playhead where no cassette is open, but still opens and lists', () => {
    session.close('draft-1')
    session.close('draft-2')
    session.close('draft-3')
    goto(20)
    for (const key of [' ', 'j', 'k', 'e', '5', ']', 'ArrowLeft']) expect(press(key), key).toBe(false)
    expect(press('z', { ctrl: true })).toBe(false)
    expect(press('?')).toBe(true)
    stores.overlay.set(undefined)
    expect(press('o', { ctrl: true })).toBe(true)
    expect(at()).toBe(20)
    expect(stores.settings.get().sourceOpen).toBe(false)
  })

  it('is written down: every key has a line and a line has words', () => {
    const listed = SHORTCUTS.map(([keys]) => keys).join(' ')
    for (const key of [
      'Space',
      '←',
      '→',
      'Shift',
      '0',
      '9',
      '[',
      ']',
      'j',
      'k',
      'e',
      'h',
      'Z',
      'O',
      'S',
      'K',
      '?',
      'Esc',
    ]) {
      expect(listed.split(' '), key).toContain(key)
    }
    expect(new Set(SHORTCUTS.map(([keys]) => keys)).size).toBe(SHORTCUTS.length)
    for (const [, does] of SHORTCUTS) expect(does.length).toBeGreaterThan(3)
  })

  it('opens the history of the cassette on screen with h, not where a person types', () => {
    expect(press('h', { on: ['input'] })).toBe(false)
    expect(press('h', { ctrl: true })).toBe(false)
    expect(stores.overlay.get()).toBeUndefined()
    expect(press('h')).toBe(true)
    expect(stores.overlay.get()).toEqual({ kind: 'history', draftId: session.state.get().current })
  })

  it('finds with Ctrl and F, as the design lists', () => {
    expect(press('f', { ctrl: true })).toBe(true)
    expect(stores.overlay.get()).toBeDefined()
  })
})
