/**
 * Which tabs live. Each has an id that survives a reload (sessionStorage) and holds a Web Lock of that name for
 * as long as it lives: the browser lets go of it even when the tab crashes. Where there are no Web Locks (plain
 * http) the tabs call each other's names.
 */

const ID_KEY = 'cassette-deck:tab'
const TAB_LOCK = 'cassette-deck:tab:'
const ADOPT_LOCK = 'cassette-deck:adopt'
const ROLL_CALL = 'cassette-deck:roll-call'
/** Milliseconds: the page before a reload lets go of its lock sooner; a duplicated tab waits this long once. */
const WAIT_FOR_OWN_LOCK = 600
const WAIT_FOR_TABS = 250
const WAIT_FOR_TURN = 1500

export interface Tab {
  readonly id: string
  /** Runs `work` while no other tab does, with the ids of all other tabs that live. */
  alone<T>(work: (alive: ReadonlySet<string>) => Promise<T>): Promise<T>
}

export function randomId(): string {
  // crypto.randomUUID is missing on plain http
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Gives this tab its id. A duplicated tab comes with the id of the tab it was made from and gets its own. */
export async function enterTab(): Promise<Tab> {
  const locks = globalThis.navigator?.locks as LockManager | undefined
  return locks === undefined ? enterByCalling() : enterByLock(locks)
}

async function enterByLock(locks: LockManager): Promise<Tab> {
  let id = storedId() ?? randomId()
  if (!(await hold(locks, TAB_LOCK + id, WAIT_FOR_OWN_LOCK))) {
    id = randomId()
    await hold(locks, TAB_LOCK + id, WAIT_FOR_OWN_LOCK)
  }
  storeId(id)
  return {
    id,
    async alone(work) {
      const run = async () => {
        const { held = [] } = await locks.query()
        const names = held.flatMap(({ name = '' }) =>
          name.startsWith(TAB_LOCK) ? [name.slice(TAB_LOCK.length)] : [],
        )
        return work(new Set(names.filter((name) => name !== id)))
      }
      let begun = false
      try {
        return await locks.request(ADOPT_LOCK, { signal: AbortSignal.timeout(WAIT_FOR_TURN) }, () => {
          begun = true
          return run()
        })
      } catch (error) {
        // another tab hangs in its turn; the database's transaction keeps us apart all the same
        if (begun) throw error
        return run()
      }
    },
  }
}

/** Holds a lock until the page is gone; false when it is not to be had in time. */
function hold(locks: LockManager, name: string, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    locks
      .request(name, { signal: AbortSignal.timeout(patience) }, () => {
        resolve(true)
        return new Promise<never>(() => {})
      })
      .catch(() => resolve(false))
  })
}

async function enterByCalling(): Promise<Tab> {
  const channel = new BroadcastChannel(ROLL_CALL)
  let id = storedId() ?? randomId()
  const call = (): Promise<ReadonlySet<string>> =>
    new Promise((resolve) => {
      const heard = new Set<string>()
      const listen = ({ data }: MessageEvent<unknown>): void => {
        if (typeof data === 'string' && data !== '?') heard.add(data)
      }
      channel.addEventListener('message', listen)
      channel.postMessage('?')
      setTimeout(() => {
        channel.removeEventListener('message', listen)
        resolve(heard)
      }, WAIT_FOR_TABS)
    })
  if ((await call()).has(id)) id = randomId()
  channel.addEventListener('message', ({ data }) => data === '?' && channel.postMessage(id))
  storeId(id)
  return { id, alone: async (work) => work(await call()) }
}

function storedId(): string | undefined {
  try {
    return sessionStorage.getItem(ID_KEY) ?? undefined
  } catch {
    return undefined
  }
}

function storeId(id: string): void {
  try {
    sessionStorage.setItem(ID_KEY, id)
  } catch {
    // then a reload is a new tab; what it left is adopted all the same
  }
}
