import type { Decoded } from '../core/open.ts'
import { type Draft, isChanged, jump } from './draft.ts'
import {
  fieldDelta,
  fieldFrom,
  headOf,
  type JournalWrite,
  journalDelta,
  replay,
  type StoredDraft,
  sizeOf,
  type TextHashes,
  type TypedField,
} from './journal.ts'
import type { KeptDraft, Session } from './session.ts'
import { createStore, type Store } from './store.ts'
import type { TypedFields } from './typing.ts'

/**
 * Which drafts a tab takes over. A tab that is reloaded has its own; those of others may belong to tabs that
 * are being reloaded at the same moment.
 */
export type Whose = 'own-first' | 'others'

/** Where a journal is kept. */
export interface JournalPort {
  /** Takes over drafts whose tab is gone and says what is stored of them. */
  adopt(whose: Whose): Promise<readonly StoredDraft[]>
  /**
   * One transaction, begun before this returns. Resolves with the keys of drafts whose earlier rows are gone:
   * these have to be written whole, under another key.
   */
  write(writes: readonly JournalWrite[], removed: readonly string[]): Promise<readonly string[]>
  hash(file: Decoded): Promise<string>
}

export type KeepStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'on' }
  /** Nothing can be written; `reason` ends the sentence "Changes are kept in this tab only: ...". */
  | { readonly kind: 'off'; readonly reason: string }

/** A stored draft that could not be put together again. */
export interface LostDraft {
  readonly key: string
  readonly name: string
  readonly reason: string
  /** What could be had of it. */
  readonly text: string | undefined
  readonly bom: boolean
}

/** What an earlier visit left behind. */
export interface Recovered {
  readonly ids: readonly string[]
  readonly lost: readonly LostDraft[]
}

export interface Keeper {
  readonly status: Store<KeepStatus>
  readonly recovered: Store<Recovered>
  /** Settles once everything left behind is in the session, or cannot be had. Never rejects. */
  readonly ready: Promise<void>
  /**
   * Writes what is not written yet, at once: the page may go away. False when something would be lost by that:
   * nothing can be written, or so much is under way that it may not get through.
   */
  flush(): boolean
  /** Forgets stored drafts that could not be put together again. */
  forgetLost(): void
}

export interface KeeperOptions {
  readonly session: Session
  readonly typing: Store<TypedFields>
  readonly handles: Map<string, FileSystemFileHandle>
  readonly port: JournalPort
  readonly newKey: () => string
  readonly now?: () => number
}

/** Milliseconds between two writes while somebody types. */
const PAUSE = 200
/** After a failure, how soon a change is tried to be written again. */
const RETRY = 4000
/** A write that takes longer than this may never end; reading at the start as well. */
const PATIENCE = 5000
const START_PATIENCE = 1800
/** How long a tab that had drafts of its own leaves those of others to their tabs. */
const GRACE = 3000
/** Characters. 1 MB begun while the page goes away was kept 24 of 24 times, 8 MB 0 of 6. */
const SAFE_IN_FLIGHT = 250_000

/** What the journal holds of a draft, or is about to. */
interface Entry {
  readonly key: string
  readonly origin: string
  /** As it was written; undefined while the journal holds nothing of it, or nobody knows what. */
  written?: {
    readonly draft: Draft
    readonly fields: readonly TypedField[]
    readonly handle: FileSystemFileHandle | undefined
  }
  hashes?: TextHashes & { readonly of: Decoded }
  /** The hashes have come in since. */
  headOnly?: boolean
  /** A write failed: something of it may be stored all the same. */
  stale?: boolean
}

const NO_FIELDS: readonly TypedField[] = []
const ON: KeepStatus = { kind: 'on' }

/** Journals every draft with unsaved changes for as long as the page lives. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { session, typing, handles, port, newKey, now = Date.now } = options
  const status = createStore<KeepStatus>({ kind: 'starting' })
  const recovered = createStore<Recovered>({ ids: [], lost: [] })
  const entries = new Map<string, Entry>()
  /** What was looked at last, to see at a glance what is another one. */
  let seenDrafts: readonly Draft[] = []
  let seenTyping: TypedFields = new Map()
  let inFlight = 0
  let charactersInFlight = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let nextWrite = 0
  const leftovers: string[] = []

  const isKept = (draft: Draft, fields: readonly TypedField[]): boolean =>
    isChanged(draft) || fields.length > 0

  /** Everything that is not in the journal as it is now. */
  const collect = (): { writes: JournalWrite[]; removed: string[]; touched: Entry[] } => {
    const writes: JournalWrite[] = []
    const removed = leftovers.splice(0)
    const touched: Entry[] = []
    const { drafts } = session.state.get()
    const open = new Set(drafts.map(({ id }) => id))
    for (const [id, entry] of entries) {
      if (open.has(id)) continue
      removed.push(entry.key)
      entries.delete(id)
    }
    for (const draft of drafts) {
      const fields = typing.get().get(draft.id) ?? NO_FIELDS
      const known = entries.get(draft.id)
      const before = known?.written
      if (before?.draft === draft && before.fields === fields && !known?.headOnly) continue
      if (!isKept(draft, fields)) {
        if (known !== undefined && (before !== undefined || known.stale)) {
          removed.push(known.key)
          delete known.written
          known.stale = false
        }
        continue
      }
      const entry = known ?? { key: newKey(), origin: originOf(draft) }
      entries.set(draft.id, entry)
      writes.push(writeFor(entry, draft, fields))
      entry.written = { draft, fields, handle: handles.get(draft.id) }
      entry.headOnly = false
      touched.push(entry)
    }
    seenDrafts = drafts
    seenTyping = typing.get()
    return { writes, removed, touched }
  }

  const writeFor = (entry: Entry, draft: Draft, fields: readonly TypedField[]): JournalWrite => {
    const { written, hashes } = entry
    const ownBase = draft.base.text !== entry.origin
    const handle = handles.get(draft.id)
    const baseIsNew = written?.draft.base !== draft.base
    return {
      head: headOf(draft, {
        key: entry.key,
        time: now(),
        ownBase,
        hashes: hashes?.of === draft.base ? { origin: hashes.origin, base: hashes.base } : undefined,
      }),
      ...(handle !== undefined && handle !== written?.handle && { handle }),
      ...(written === undefined && { originText: entry.origin }),
      ...(ownBase && baseIsNew && { baseText: draft.base.text }),
      ...journalDelta(written?.draft.steps ?? [], draft.steps),
      ...fieldDelta(written?.fields ?? NO_FIELDS, fields),
    }
  }

  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    const { writes, removed, touched } = collect()
    if (writes.length === 0 && removed.length === 0) return
    const characters = writes.reduce((sum, one) => sum + sizeOf(one), 0)
    inFlight++
    charactersInFlight += characters
    const late = setTimeout(() => status.set({ kind: 'off', reason: SLOW }), PATIENCE)
    port
      .write(writes, removed)
      .then(
        (gone) => {
          status.set(ON)
          // what has just been written there is half a draft
          leftovers.push(...gone)
          for (const [id, { key }] of entries) if (gone.includes(key)) entries.delete(id)
          for (const entry of touched) if (!gone.includes(entry.key)) void addHashes(entry)
        },
        (error: unknown) => {
          // nobody knows what is stored now: the next write says everything again
          for (const entry of touched) {
            delete entry.written
            entry.stale = true
          }
          leftovers.push(...removed)
          seenDrafts = []
          nextWrite = now() + RETRY
          status.set({ kind: 'off', reason: whyNot(error) })
        },
      )
      .finally(() => {
        clearTimeout(late)
        inFlight--
        charactersInFlight -= characters
        schedule()
      })
  }

  const isDirty = (): boolean =>
    seenDrafts !== session.state.get().drafts ||
    seenTyping !== typing.get() ||
    leftovers.length > 0 ||
    [...entries.values()].some(({ headOnly }) => headOnly)

  /** One write at a time: what builds on a write that fails would be rubbish. */
  const schedule = (): void => {
    if (timer !== undefined || inFlight > 0 || status.get().kind === 'starting' || !isDirty()) return
    // the clock may have been set back
    const wait = Math.min(RETRY, Math.max(0, nextWrite - now()))
    // even the first waits for the end of the event: committing a field changes the draft and closes the field
    timer = setTimeout(() => {
      nextWrite = now() + PAUSE
      write()
    }, wait)
  }

  const addHashes = async (entry: Entry): Promise<void> => {
    const base = entry.written?.draft.base
    if (base === undefined || entry.hashes?.of === base) return
    const before = entry.hashes
    const hashed = await port.hash(base).catch(() => undefined)
    const origin =
      base.text === entry.origin
        ? hashed
        : (before?.origin ?? (await port.hash({ text: entry.origin, bom: base.bom }).catch(() => undefined)))
    if (hashed === undefined || origin === undefined || entry.written?.draft.base !== base) return
    entry.hashes = { origin, base: hashed, of: base }
    entry.headOnly = true
    schedule()
  }

  /** Puts stored drafts together; what does not fit its hash or its rows is told apart. */
  const putTogether = async (
    stored: StoredDraft,
  ): Promise<{ stored: StoredDraft; draft: KeptDraft } | LostDraft> => {
    const { head, originText } = stored
    const lost = (reason: string, text: string | undefined): LostDraft => ({
      key: head.key,
      name: head.name,
      reason,
      text,
      bom: head.bom,
    })
    const done = replay(stored)
    if (!done.ok) return lost(done.reason, done.text)
    if (head.hashes !== undefined && originText !== undefined) {
      const { base } = done.draft
      const origin = await port.hash({ text: originText, bom: head.bom }).catch(() => undefined)
      const own = head.ownBase ? await port.hash(base).catch(() => undefined) : origin
      if (origin !== head.hashes.origin || own !== head.hashes.base) {
        return lost('the stored text is not the one that was opened', done.draft.text)
      }
    }
    return { stored, draft: done.draft }
  }

  const recover = async (found: readonly StoredDraft[]): Promise<void> => {
    const parts = await Promise.all(found.map(putTogether))
    const whole = parts.flatMap((part) => ('draft' in part ? [part] : []))
    const lost = parts.flatMap((part) => ('draft' in part ? [] : [part]))
    const nothingShown = session.state.get().current === undefined
    const ids = session.restore(whole.map(({ draft }) => draft))
    const restored = new Map(session.state.get().drafts.map((draft) => [draft.id, draft]))
    const typed = new Map<string, readonly TypedField[]>()
    ids.forEach((id, at) => {
      const part = whole[at]
      const draft = restored.get(id)
      if (part === undefined || draft === undefined) return
      const { head, originText = '', handle } = part.stored
      const fields = part.stored.fields.flatMap((field) => fieldFrom(field) ?? [])
      entries.set(id, {
        key: head.key,
        origin: originText,
        written: { draft, fields, handle },
        ...(head.hashes && { hashes: { ...head.hashes, of: draft.base } }),
      })
      if (handle !== undefined) handles.set(id, handle)
      if (fields.length > 0) typed.set(id, fields)
    })
    if (typed.size > 0) typing.update((all) => new Map([...all, ...typed]))
    // the one that was worked on last is the one that is looked for
    const latest = whole.reduce((best, part, at) => {
      return part.stored.head.time > (whole[best]?.stored.head.time ?? 0) ? at : best
    }, 0)
    if (nothingShown && ids[latest] !== undefined) session.show(ids[latest])
    if (ids.length === 0 && lost.length === 0) return
    recovered.update((before) => ({ ids: [...before.ids, ...ids], lost: [...before.lost, ...lost] }))
  }

  const recoverOthers = async (): Promise<void> => {
    // they stay where they are when this fails: the next tab takes them over
    await recover(await port.adopt('others').catch(() => []))
  }

  const start = async (): Promise<void> => {
    const patience = setTimeout(() => status.set({ kind: 'off', reason: SLOW }), START_PATIENCE)
    try {
      const found = await port.adopt('own-first')
      await recover(found)
      status.set(ON)
      if (found.length > 0) setTimeout(() => void recoverOthers(), GRACE)
    } catch (error) {
      nextWrite = now() + RETRY
      status.set({ kind: 'off', reason: whyNot(error) })
    }
    clearTimeout(patience)
    schedule()
  }

  session.state.subscribe(schedule)
  typing.subscribe(schedule)
  const started = start()

  return {
    status,
    recovered,
    ready: Promise.race([started, new Promise<void>((resolve) => setTimeout(resolve, START_PATIENCE))]),
    flush() {
      // not loaded yet: nothing that could overwrite what is about to be read
      if (status.get().kind !== 'starting' && isDirty()) write()
      const { drafts } = session.state.get()
      if (!drafts.some((draft) => isKept(draft, typing.get().get(draft.id) ?? NO_FIELDS))) return true
      return status.get().kind === 'on' && charactersInFlight < SAFE_IN_FLIGHT
    },
    forgetLost() {
      leftovers.push(...recovered.get().lost.map(({ key }) => key))
      recovered.update((value) => ({ ...value, lost: [] }))
      schedule()
    },
  }
}

/** The text of a draft before its first step; the very string of its base where that is the same. */
function originOf(draft: Draft): string {
  const { text } = jump(draft, 0)
  return text === draft.base.text ? draft.base.text : text
}

const SLOW = 'the browser’s storage does not answer.'

function whyNot(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'the browser’s storage is full.'
  if (name === 'SecurityError') return 'the browser does not allow this page to store anything.'
  if (name === 'VersionError') return 'a newer version of Cassette Deck is open in another tab.'
  return 'the browser’s storage cannot be written to.'
}
