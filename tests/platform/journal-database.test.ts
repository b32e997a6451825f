import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../src/platform/journal/hash.ts'
import { journalDatabase } from '../../src/platform/journal/journal-database.ts'
import { commit, createDraft, type Draft } from '../../src/workspace/draft.ts'
import { headOf, type JournalWrite, journalDelta, replay } from '../../src/workspace/journal.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

let made = 0
function freshName(): string {
  return `journal-${++made}`
}

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
    expect(await database.write('tab', [writeOf(second)], [])).toEqual([])
    // the steps are other objects: all rows are replaced, and the surplus goes
    expect(await database.write('tab', [writeOf(first, second)], [])).toEqual([])
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
    expect(await database.write('t', [writeOf(after, before)], [])).toEqual(['k'])
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
    expect(await database.write('t', [writeOf(draft(1))], [])).toEqual([])
    expect(await database.adopt('t', NOBODY, 'own-first')).toHaveLength(1)
  })

  it('is refused as a value where there is no database', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('No.', 'SecurityError')
    })
    const database = journalDatabase(freshName())
    await expect(database.write('t', [], [])).rejects.toMatchObject({ name: 'SecurityError' })
    vi.restoreAllMocks()
    expect(await database.write('t', [writeOf(draft(1))], [])).toEqual([])
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
})
