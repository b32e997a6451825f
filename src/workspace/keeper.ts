import type { Decoded } from '../core/file-text.ts'
import { type Draft, holdsWork, jump } from './draft.ts'
import {
  deltaFromAny,
  fieldFrom,
  headOf,
  type JournalWrite,
  type StoredDraft,
  sizeOf,
  type TextHashes,
  type TypedField,
} from './journal.ts'
import { putTogether, type Recovered, SLOW, whyNot } from './recovery.ts'
import type { Session } from './session.ts'
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
  /** Begun before this returns; removes first. Rejects when nothing could be written. */
  write(writes: readonly JournalWrite[], removed: readonly string[]): Promise<Written>
  hash(file: Decoded): Promise<string>
}

/** What has become of a write, by the keys of the drafts. */
export interface Written {
  /** Their earlier rows were gone; what is there now is half a draft. To be written whole, under another key. */
  readonly gone: readonly string[]
  /** Another tab has taken them over, so nothing of them was written. To be written whole, under another key. */
  readonly taken: readonly string[]
  /** They could not be written, though others could. */
  readonly failed: readonly string[]
  readonly error?: unknown
}

export type KeepStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'on' }
  /** Nothing can be written; `reason` ends the sentence "Changes are kept in this tab only: ...". */
  | { readonly kind: 'off'; readonly reason: string }

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
const LONGEST_RETRY = 60_000
/** A write that takes longer than this may never end; reading at the start as well. */
const PATIENCE = 5000
const START_PATIENCE = 1800
/** How long a tab that had drafts of its own leaves those of others to their tabs. */
const GRACE = 3000
/** Characters. 1 MB begun while the page goes away was kept 24 of 24 times, 8 MB 0 of 6. */
const SAFE_IN_FLIGHT = 250_000

/** A draft as it was written. */
interface Held {
  readonly draft: Draft
  readonly fields: readonly TypedField[]
  readonly handle: FileSystemFileHandle | undefined
}

/** What the journal holds of a draft, or is about to. */
interface Entry {
  readonly key: string
  readonly origin: string
  /**
   * What the journal may hold, the last being what was written last: several while writes are under way that
   * may still fail. Undefined where it holds nothing of the draft, or nobody knows what.
   */
  possible: readonly (Held | undefined)[]
  hashes?: TextHashes & { readonly of: Decoded }
  /** The hashes have come in since. */
  headOnly?: boolean
  /** A write failed: something of it may be stored all the same. */
  stale?: boolean
}

const NO_FIELDS: readonly TypedField[] = []
const UNKNOWN = [undefined]
const ON: KeepStatus = { kind: 'on' }

/** Journals every draft that holds work for as long as the page lives. */
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
  let retry = RETRY
  let leftovers: readonly string[] = []

  const isKept = (draft: Draft, fields: readonly TypedField[]): boolean =>
    holdsWork(draft) || fields.length > 0

  /** Everything that is not in the journal as it is now. */
  const collect = (): { writes: JournalWrite[]; removed: string[]; touched: Map<Entry, Held> } => {
    const writes: JournalWrite[] = []
    const removed: string[] = []
    const touched = new Map<Entry, Held>()
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
      const before = known?.possible.at(-1)
      if (before?.draft === draft && before.fields === fields && !known?.headOnly) continue
      if (!isKept(draft, fields)) {
        if (known !== undefined && (before !== undefined || known.stale)) {
          removed.push(known.key)
          known.possible = UNKNOWN
          known.stale = false
        }
        continue
      }
      const entry = known ?? { key: newKey(), origin: originOf(draft), possible: UNKNOWN }
      entries.set(draft.id, entry)
      const held: Held = { draft, fields, handle: handles.get(draft.id) }
      writes.push(writeFor(entry, held))
      entry.possible = [...entry.possible, held]
      entry.headOnly = false
      touched.set(entry, held)
    }
    // a key may have come into use again since its removal failed: then its rows are written over
    const inUse = new Set(
      [...entries.values()].flatMap(({ key, possible }) => (possible.at(-1) ? [key] : [])),
    )
    removed.push(...leftovers.filter((key) => !inUse.has(key)))
    leftovers = []
    seenDrafts = drafts
    seenTyping = typing.get()
    return { writes, removed, touched }
  }

  /** Right whichever of the possible states the journal turns out to hold. */
  const writeFor = ({ key, origin, possible, hashes }: Entry, held: Held): JournalWrite => {
    const { draft, fields, handle } = held
    const before = possible.flatMap((one) => one ?? [])
    const isWhole = before.length < possible.length
    const ownBase = draft.base.text !== origin
    const baseIsNew = isWhole || before.some((one) => one.draft.base !== draft.base)
    const handleIsNew = isWhole || before.some((one) => one.handle !== handle)
    return {
      head: headOf(draft, {
        key,
        time: now(),
        ownBase,
        hashes: hashes?.of === draft.base ? { origin: hashes.origin, base: hashes.base } : undefined,
      }),
      ...(handle !== undefined && handleIsNew && { handle }),
      ...(isWhole && { originText: origin }),
      ...(ownBase && baseIsNew && { baseText: draft.base.text }),
      ...deltaFromAny(
        isWhole ? [] : before.map((one) => ({ steps: one.draft.steps, fields: one.fields })),
        draft.steps,
        fields,
      ),
    }
  }

  /** Nobody knows what is stored of them now: the next write says everything again. */
  const failed = (of: Iterable<Entry>, error: unknown): void => {
    for (const entry of of) {
      entry.possible = UNKNOWN
      entry.stale = true
    }
    seenDrafts = []
    nextWrite = now() + retry
    retry = Math.min(LONGEST_RETRY, retry * 2)
    status.set({ kind: 'off', reason: whyNot(error) })
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
        (done) => {
          leftovers = [...leftovers, ...done.gone]
          const unusable = new Set([...done.gone, ...done.taken])
          for (const [id, { key }] of entries) if (unusable.has(key)) entries.delete(id)
          if (unusable.size > 0) seenDrafts = []
          const isFailed = ({ key }: Entry): boolean => done.failed.includes(key)
          for (const [entry, held] of touched) {
            if (isFailed(entry)) continue
            // after a failure in between it is not among them
            const at = entry.possible.indexOf(held)
            if (at > 0) entry.possible = entry.possible.slice(at)
            if (!unusable.has(entry.key)) void addHashes(entry)
          }
          if (done.failed.length > 0) return failed([...touched.keys()].filter(isFailed), done.error)
          retry = RETRY
          status.set(ON)
        },
        (error: unknown) => {
          leftovers = [...leftovers, ...removed]
          failed(touched.keys(), error)
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
    const wait = Math.min(retry, Math.max(0, nextWrite - now()))
    // even the first waits for the end of the event: committing a field changes the draft and closes the field
    timer = setTimeout(() => {
      nextWrite = now() + PAUSE
      write()
    }, wait)
  }

  /** Something is another one: a write that failed is not waited with any longer than after the first time. */
  const changed = (): void => {
    if (retry > RETRY) {
      retry = RETRY
      nextWrite = Math.min(nextWrite, now() + RETRY)
      clearTimeout(timer)
      timer = undefined
    }
    schedule()
  }

  const addHashes = async (entry: Entry): Promise<void> => {
    const base = entry.possible.at(-1)?.draft.base
    if (base === undefined || entry.hashes?.of === base) return
    // the file that the first text was has the mark that the base has
    const before = entry.hashes?.of.bom === base.bom ? entry.hashes : undefined
    const hashed = await port.hash(base).catch(() => undefined)
    const origin =
      base.text === entry.origin
        ? hashed
        : (before?.origin ?? (await port.hash({ ...base, text: entry.origin }).catch(() => undefined)))
    if (hashed === undefined || origin === undefined || entry.possible.at(-1)?.draft.base !== base) return
    entry.hashes = { origin, base: hashed, of: base }
    entry.headOnly = true
    schedule()
  }

  const recover = async (found: readonly StoredDraft[]): Promise<void> => {
    // a second look finds what this page has written meanwhile, too
    const known = new Set([...entries.values()].map(({ key }) => key))
    for (const key of leftovers) known.add(key)
    for (const { key } of recovered.get().lost) known.add(key)
    const others = found.filter(({ head }) => !known.has(head.key))
    if (others.length === 0) return
    const parts = await Promise.all(others.map((stored) => putTogether(stored, port.hash)))
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
        possible: [{ draft, fields, handle }],
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
    recovered.update((before) => ({ ids: [...before.ids, ...ids], lost: [...before.lost, ...lost] }))
  }

  /** Once more, for those whose tab was still letting go of them, and for all when it failed before. */
  const recoverLater = async (whose: Whose): Promise<void> => {
    // they stay where they are when this fails: the next tab takes them over
    await recover(await port.adopt(whose).catch(() => []))
  }

  const start = async (): Promise<void> => {
    const patience = setTimeout(() => status.set({ kind: 'off', reason: SLOW }), START_PATIENCE)
    try {
      const found = await port.adopt('own-first')
      await recover(found)
      status.set(ON)
      setTimeout(() => void recoverLater('others'), GRACE)
    } catch (error) {
      setTimeout(() => void recoverLater('own-first').then(() => recoverLater('others')), GRACE)
      nextWrite = now() + RETRY
      status.set({ kind: 'off', reason: whyNot(error) })
    }
    clearTimeout(patience)
    schedule()
  }

  session.state.subscribe(changed)
  typing.subscribe(changed)
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
      leftovers = [...leftovers, ...recovered.get().lost.map(({ key }) => key)]
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
