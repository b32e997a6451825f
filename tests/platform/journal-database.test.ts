import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../src/platform/journal/hash.ts'
import { journalDatabase } from '../../src/platform/journal/journal-database.ts'
import { journalPort } from '../../src/platform/journal/journal-port.ts'
import { commit, createDraft, type Draft } from '../../src/workspace/draft.ts'
import { headOf, type JournalWrite, journalDelta, replay } from '../../src/workspace/journal.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

let made = 0
function freshName(): string {
  return `journal-${++made}`
}

const ALL = { gone: [], taken: [], failed: [] }
const NOBODY: ReadonlySet<string> = new Set()

function draft(edits: number): Draft {
  let now = createDraft('d', 'a.json', { kind: 'file' }, { text: 'some text', bom: false })
  for (let at = 0; at < edits; at++) {
    const change = { label: `Edit ${at}`, edits: [{ offset: 0, length: 0, content: `${at} ` }] }
    const outcome = commit(now, { ...change, revision: now.revision }, at)
    if (outcome.ok) now = outcome.draft
  }
  return now
}

function writeOf(after: Draft, before?: Draft, key = 'k'): JournalWrite {
  const head = headOf(after, { key, time: 1, ownBase: false, hashes: undefined })
  return {
    head,
    ...(before === undefined && { originText: after.base.text }),
    ...journalDelta(before?.steps ?? [], after.steps),
    fields: [],
    closedFields: [],
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the journal’s database', () => {
  it('gives back what was written, in rows that later writes replace', async () => {
    const database = journalDatabase(freshName())
    const [first, second] = [draft(3), draft(12)]
    expect(await database.write('tab', [writeOf(second)], [])).toEqual(ALL)
    // the steps are other objects: all rows are replaced, and the surplus goes
    expect(await database.write('tab', [writeOf(first, second)], [])).toEqual(ALL)
    const [stored] = await database.adopt('tab', NOBODY, 'own-first')
    expect(stored && replay(stored)).toMatchObject({ ok: true, draft: { text: first.text } })
    expect(stored?.steps).toHaveLength(3)
  })

  it('takes a draft only from tabs that are gone, its own first, and gives it to one tab only', async () => {
    const name = freshName()
    const [one, two] = [journalDatabase(name), journalDatabase(name)]
    await one.write('a', [writeOf(draft(1), undefined, 'of-a')], [])
    await one.write('b', [writeOf(draft(2), undefined, 'of-b')], [])
    const keys = (found: readonly { head: { key: string } }[]) => found.map(({ head }) => head.key)
    expect(await two.adopt('c', new Set(['a', 'b']), 'own-first')).toEqual([])
    expect(keys(await two.adopt('a', new Set(['c']), 'own-first'))).toEqual(['of-a'])
    const both = await Promise.all([
      one.adopt('c', new Set(['a', 'd']), 'own-first'),
      two.adopt('d', new Set(['a', 'c']), 'own-first'),
    ])
    expect(both.map(keys).toSorted()).toEqual([[], ['of-b']])
  })

  it('keeps open fields and drops closed ones', async () => {
    const database = journalDatabase(freshName())
    const before = draft(1)
    const field = (id: string, content: string) => ({
      id,
      label: 'role',
      edit: { offset: 0, length: 0, content },
    })
    const write = writeOf(before)
    await database.write(
      't',
      [
        {
          ...write,
          fields: [
            { ...field('f', 'x'), opened: 'user' },
            { ...field('g', 'y'), opened: '' },
          ],
        },
      ],
      [],
    )
    const { originText: _, ...later } = write
    await database.write('t', [{ ...later, fields: [field('f', 'xx')], closedFields: ['g'] }], [])
    const [stored] = await database.adopt('t', NOBODY, 'own-first')
    expect(stored?.fields).toEqual([{ ...field('f', 'xx'), opened: 'user' }])
  })

  it('says which drafts it no longer knows, and forgets what it is told to', async () => {
    const database = journalDatabase(freshName())
    const [before, after] = [draft(1), draft(2)]
    expect(await database.write('t', [writeOf(after, before)], [])).toEqual({ ...ALL, gone: ['k'] })
    await database.write('t', [], ['k'])
    expect(await database.adopt('t', NOBODY, 'own-first')).toEqual([])
  })

  it('writes all or nothing when the storage is full, and says why', async () => {
    const database = journalDatabase(freshName())
    const before = draft(2)
    await database.write('t', [writeOf(before)], [])
    const real = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === 'steps') throw new DOMException('Full.', 'QuotaExceededError')
      return real.apply(this, given)
    })
    await expect(database.write('t', [writeOf(draft(5))], [])).rejects.toMatchObject({
      name: 'QuotaExceededError',
    })
    vi.restoreAllMocks()
    const [stored] = await database.adopt('t', NOBODY, 'own-first')
    expect(stored && replay(stored)).toMatchObject({ ok: true, draft: { text: before.text } })
  })

  it('writes the others, and removes, when one draft is too large', async () => {
    const database = journalDatabase(freshName())
    await database.write('t', [writeOf(draft(1), undefined, 'old')], [])
    const real = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (given[0] === 'too large') throw new DOMException('Full.', 'QuotaExceededError')
      return real.apply(this, given)
    })
    const large = { ...writeOf(draft(1), undefined, 'large'), originText: 'too large' }
    const written = await database.write('t', [large, writeOf(draft(2), undefined, 'small')], ['old'])
    expect(written).toMatchObject({ ...ALL, failed: ['large'], error: { name: 'QuotaExceededError' } })
    const left = await database.adopt('t', NOBODY, 'own-first')
    expect(left.map(({ head }) => head.key)).toEqual(['small'])
  })

  it('leaves to another tab what that has taken over, and writes the rest', async () => {
    const database = journalDatabase(freshName())
    const [before, after] = [draft(1), draft(4)]
    await database.write('old', [writeOf(before), writeOf(before, undefined, 'saved')], [])
    // the old tab was taken for dead
    await database.adopt('new', NOBODY, 'own-first')
    const written = await database.write(
      'old',
      [writeOf(after, before), writeOf(after, undefined, 'own')],
      ['saved'],
    )
    expect(written).toEqual({ ...ALL, taken: ['k'], error: undefined })
    const theirs = await database.adopt('new', NOBODY, 'own-first')
    expect(theirs.map(({ head }) => head.key).toSorted()).toEqual(['k', 'saved'])
    for (const stored of theirs) {
      expect(replay(stored)).toMatchObject({ ok: true, draft: { text: before.text } })
    }
    expect(await database.write('new', [writeOf(after, before)], ['saved'])).toEqual(ALL)
    // and back again
    const own = await database.adopt('old', NOBODY, 'others')
    expect(own.map(({ head }) => head.key)).toEqual(['k'])
    expect(await database.write('old', [writeOf(after)], [])).toEqual(ALL)
  })

  it('does not write heads anew that are the tab’s own', async () => {
    const database = journalDatabase(freshName())
    await database.write('t', [writeOf(draft(1))], [])
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    expect(await database.adopt('t', NOBODY, 'own-first')).toHaveLength(1)
    expect(put).not.toHaveBeenCalled()
  })

  it('keeps a draft without its handle where handles cannot be stored', async () => {
    const database = journalDatabase(freshName())
    const write = writeOf(draft(1))
    const handle = { name: 'a.json', getFile: () => undefined } as unknown as FileSystemFileHandle
    await database.write('t', [{ ...write, handle }], [])
    const [stored] = await database.adopt('t', NOBODY, 'own-first')
    expect(stored?.handle).toBeUndefined()
    expect(stored?.head.name).toBe('a.json')
  })

  it('opens again after it was closed by somebody who deletes it', async () => {
    const name = freshName()
    const database = journalDatabase(name)
    await database.write('t', [writeOf(draft(1))], [])
    await new Promise<void>((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase(name)
      deleting.onsuccess = () => resolve()
      deleting.onblocked = () => reject(new Error('blocked'))
    })
    expect(await database.write('t', [writeOf(draft(1))], [])).toEqual(ALL)
    expect(await database.adopt('t', NOBODY, 'own-first')).toHaveLength(1)
  })

  it('is refused as a value where there is no database', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('No.', 'SecurityError')
    })
    const database = journalDatabase(freshName())
    await expect(database.write('t', [], ['k'])).rejects.toMatchObject({ name: 'SecurityError' })
    vi.restoreAllMocks()
    expect(await database.write('t', [writeOf(draft(1))], [])).toEqual(ALL)
  })
})

describe('the hash of a file', () => {
  const file = { text: 'Grüße', bom: true }

  it('is that of its bytes, with and without SubtleCrypto', async () => {
    const { createHash } = await import('node:crypto')
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(file.text)])
    const known = createHash('sha256').update(bytes).digest('hex')
    expect(await hashOf({ ...file })).toBe(known)
    vi.stubGlobal('crypto', {})
    expect(await hashOf({ ...file })).toBe(known)
    vi.unstubAllGlobals()
  })

  it('is asked for again after it could not be had', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('no memory'))
    const same = { ...file }
    await expect(hashOf(same)).rejects.toThrow('no memory')
    expect(await hashOf(same)).toMatch(/^[0-9a-f]{64}$/)
    expect(digest).toHaveBeenCalledTimes(2)
  })
})

describe('the journal of a tab', () => {
  it('asks once, after the first write, that the browser does not clear it', async () => {
    const persist = vi.fn(async () => false)
    vi.stubGlobal('navigator', { storage: { persist } })
    const tab = { id: 't', alone: <T>(work: (alive: ReadonlySet<string>) => Promise<T>) => work(NOBODY) }
    const port = journalPort(Promise.resolve(tab), journalDatabase(freshName()))
    await port.adopt('own-first')
    await port.write([], ['k'])
    expect(persist).not.toHaveBeenCalled()
    await port.write([writeOf(draft(1))], [])
    await port.write([writeOf(draft(1))], [])
    expect(persist).toHaveBeenCalledTimes(1)
    vi.unstubAllGlobals()
  })
})
