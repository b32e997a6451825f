import type { Decoded } from '../core/file-text.ts'
import { type Draft, isChanged } from './draft.ts'
import type { Session } from './session.ts'
import { createStore, type Store } from './store.ts'

/** An open draft as its tab tells it to others: the hash only where name and size have met their like. */
export interface PeerDraft {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly changed: boolean
  readonly hash?: string
}

export type PeerMessage =
  | { readonly kind: 'hello'; readonly tab: string }
  | { readonly kind: 'drafts'; readonly tab: string; readonly drafts: readonly PeerDraft[] }
  | { readonly kind: 'gone'; readonly tab: string }
  /** What was `before` is `after` on disk from now on. */
  | { readonly kind: 'saved'; readonly tab: string; readonly before: string; readonly after: string }

export interface PeerPort {
  post(message: PeerMessage): void
  /** Tabs of another version speak on the same channel: anything may come. */
  listen(take: (message: unknown) => void): void
  hash(file: Decoded): Promise<string>
}

/** What other tabs do with the file of a draft. */
export interface Elsewhere {
  readonly open: boolean
  readonly changed: boolean
  /** Another tab has saved it: what this draft is compared with is no longer on disk. */
  readonly saved: boolean
}

export interface Peers {
  /** By draft id; drafts that no other tab knows are not in it. */
  readonly elsewhere: Store<ReadonlyMap<string, Elsewhere>>
  /** Asks who is there: a tab that crashed said no goodbye. */
  refresh(): void
  leave(): void
}

/** Milliseconds: a keystroke changes nothing here that others could not wait for. */
const PAUSE = 250

interface Own {
  readonly base: Decoded
  hash?: string
  /** Another tab has saved over `base`. */
  overtaken?: boolean
}

/** Keeps the tabs of one browser informed of what they have open in common. */
export function createPeers(tab: string, session: Session, port: PeerPort): Peers {
  const elsewhere = createStore<ReadonlyMap<string, Elsewhere>>(new Map())
  const tabs = new Map<string, readonly PeerDraft[]>()
  const own = new Map<string, Own>()
  let told = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  const knownOf = (draft: Draft): Own => {
    const known = own.get(draft.id)
    if (known?.base === draft.base) return known
    const next: Own = { base: draft.base }
    own.set(draft.id, next)
    // whoever shares the old text with us has to hear that it is no longer what is on disk
    if (known?.hash !== undefined) void announceSave(known.hash, next)
    return next
  }

  const announceSave = async (before: string, next: Own): Promise<void> => {
    const hash = await port.hash(next.base).catch(() => undefined)
    if (hash === undefined) return
    next.hash = hash
    if (next.hash !== before) port.post({ kind: 'saved', tab, before, after: next.hash })
    soon()
  }

  const look = (): void => {
    timer = undefined
    const { drafts } = session.state.get()
    const open = new Set(drafts.map(({ id }) => id))
    for (const id of own.keys()) if (!open.has(id)) own.delete(id)
    const others = new Map<string, PeerDraft[]>()
    for (const draft of [...tabs.values()].flat()) {
      const key = `${draft.size} ${draft.name}`
      others.set(key, [...(others.get(key) ?? []), draft])
    }
    const found = new Map<string, Elsewhere>()
    const mine = drafts.map((draft): PeerDraft => {
      const known = knownOf(draft)
      const size = draft.base.text.length
      const alike = others.get(`${size} ${draft.baseName}`) ?? []
      if (alike.length > 0 && known.hash === undefined) void addHash(known)
      const same = alike.filter(({ hash }) => hash !== undefined && hash === known.hash)
      if (same.length > 0 || known.overtaken) {
        found.set(draft.id, {
          open: same.length > 0,
          changed: same.some(({ changed }) => changed),
          saved: known.overtaken ?? false,
        })
      }
      return {
        id: draft.id,
        name: draft.baseName,
        size,
        changed: isChanged(draft),
        ...(known.hash !== undefined && { hash: known.hash }),
      }
    })
    const text = JSON.stringify(mine)
    if (text !== told) port.post({ kind: 'drafts', tab, drafts: mine })
    told = text
    if (JSON.stringify([...found]) !== JSON.stringify([...elsewhere.get()])) elsewhere.set(found)
  }

  const addHash = async (known: Own): Promise<void> => {
    const hash = await port.hash(known.base).catch(() => undefined)
    // without one it is not told apart from others: nothing is said of it
    if (hash === undefined) return
    known.hash = hash
    soon()
  }

  const soon = (): void => {
    if (timer === undefined) timer = setTimeout(look, PAUSE)
  }

  port.listen((message) => {
    if (!isPeerMessage(message) || message.tab === tab) return
    switch (message.kind) {
      case 'hello':
        // tells it again, though nothing is new
        told = ''
        break
      case 'drafts':
        tabs.set(message.tab, message.drafts)
        break
      case 'gone':
        tabs.delete(message.tab)
        break
      case 'saved':
        for (const known of own.values()) if (known.hash === message.before) known.overtaken = true
        break
      default:
        message satisfies never
    }
    soon()
  })

  const refresh = (): void => {
    tabs.clear()
    port.post({ kind: 'hello', tab })
    soon()
  }

  let seen = session.state.get().drafts
  session.state.subscribe(() => {
    const { drafts } = session.state.get()
    if (drafts !== seen) soon()
    seen = drafts
  })
  refresh()
  const leave = (): void => {
    port.post({ kind: 'gone', tab })
    // a page that comes back from the browser's cache tells it again
    told = ''
  }
  return { elsewhere, refresh, leave }
}

function isPeerMessage(given: unknown): given is PeerMessage {
  if (typeof given !== 'object' || given === null) return false
  const { kind, tab, drafts, before, after } = given as Record<string, unknown>
  if (typeof tab !== 'string') return false
  if (kind === 'drafts') return Array.isArray(drafts) && drafts.every(isPeerDraft)
  if (kind === 'saved') return typeof before === 'string' && typeof after === 'string'
  return kind === 'hello' || kind === 'gone'
}

function isPeerDraft(given: unknown): given is PeerDraft {
  if (typeof given !== 'object' || given === null) return false
  const { id, name, size, changed, hash } = given as Record<string, unknown>
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof size === 'number' &&
    typeof changed === 'boolean' &&
    (hash === undefined || typeof hash === 'string')
  )
}
