import { afterEach, describe, expect, it, vi } from 'vitest'
import { enterTab } from '../../src/platform/tabs.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** The session storage of one tab; a duplicated tab has a copy. */
function storage(items = new Map<string, string>()) {
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}

async function enterWith(own: ReturnType<typeof storage>) {
  vi.stubGlobal('sessionStorage', own)
  return enterTab()
}

/** Web Locks as the specification has them, as far as they are used here: one holder, the others wait. */
function lockManager() {
  const holders = new Map<string, Promise<unknown>>()
  const request = async (
    name: string,
    { signal }: { signal: AbortSignal },
    run: () => unknown,
  ): Promise<unknown> => {
    for (let holder = holders.get(name); holder !== undefined; holder = holders.get(name)) {
      const aborted = new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      )
      await Promise.race([holder, aborted])
    }
    const held = Promise.resolve(run())
    holders.set(name, held)
    return held.finally(() => holders.delete(name))
  }
  return { request, query: async () => ({ held: [...holders.keys()].map((name) => ({ name })) }) }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

for (const [how, prepare] of [
  ['with Web Locks', () => vi.stubGlobal('navigator', { locks: lockManager() })],
  ['without Web Locks', () => vi.stubGlobal('navigator', {})],
] as const) {
  describe(`tabs ${how}`, () => {
    it('know which others live, and a duplicated one gets an id of its own', async () => {
      prepare()
      const own = storage()
      const one = await enterWith(own)
      expect([...own.items.values()]).toEqual([one.id])
      const other = await enterWith(storage())
      const twin = await enterWith(storage(new Map(own.items)))
      expect(new Set([one.id, other.id, twin.id]).size).toBe(3)
      expect(await one.alone(async (alive) => [...alive].toSorted())).toEqual([other.id, twin.id].toSorted())
    })

    it('go on where there is no session storage', async () => {
      prepare()
      vi.stubGlobal('sessionStorage', undefined)
      expect((await enterTab()).id).toMatch(/^[0-9a-f]{24}$/)
    })
  })
}

describe('tabs with Web Locks', () => {
  it('take their turns, and do not wait for ever for one that hangs', async () => {
    vi.stubGlobal('navigator', { locks: lockManager() })
    const [one, two] = [await enterWith(storage()), await enterWith(storage())]
    let release = (): void => {}
    const first = one.alone(
      () =>
        new Promise<void>((resolve) => {
          release = resolve
        }),
    )
    const done: string[] = []
    const second = two.alone(async () => {
      done.push('second')
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(done, 'still waiting').toEqual([])
    await second
    expect(done).toEqual(['second'])
    release()
    await first
  })
})
