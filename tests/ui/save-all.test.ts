import { beforeEach, expect, it, vi } from 'vitest'
import { encodeFile } from '../../src/core/file-text.ts'
import type { Stores } from '../../src/ui/app/deck.ts'
import { saveAllChanged, saveDraft } from '../../src/ui/app/saving.ts'
import type { SaveOutcome, SaveRequest } from '../../src/workspace/browser.ts'
import type { DiskFiles } from '../../src/workspace/disk.ts'
import { createSession } from '../../src/workspace/session.ts'
import { createStore } from '../../src/workspace/store.ts'

const said: string[] = []
vi.mock('../../src/ui/app/notices.ts', () => ({ notify: (text: string) => said.push(text) }))

beforeEach(() => {
  said.length = 0
})

/** Files that are changed, and what the browser makes of writing them. */
function desk(names: readonly string[], outcome: (request: SaveRequest) => Promise<SaveOutcome>) {
  const session = createSession()
  const base = { text: 'x', bom: false }
  const ids = session.open(names.map((name) => ({ name, origin: { kind: 'file' }, base })))
  const handles = new Map(ids.map((id, at) => [id, { name: names[at] } as FileSystemFileHandle]))
  const type = (id: string): void => {
    const revision = session.state.get().drafts.find((draft) => draft.id === id)?.revision ?? 0
    session.commit(id, { label: 'Edit', edits: [{ offset: 0, length: 0, content: 'y' }], revision })
  }
  ids.forEach(type)
  const save = vi.fn(outcome)
  const disk = createStore<DiskFiles>(new Map())
  const overlay = createStore(undefined)
  const stores = { session, handles, disk, overlay, browser: { save } } as unknown as Stores
  const draft = (id: string) => session.state.get().drafts.find((one) => one.id === id)
  return { stores, session, ids, save, type, draft }
}

const saved = async ({ handle }: SaveRequest): Promise<SaveOutcome> => ({
  kind: 'saved',
  handle: handle as FileSystemFileHandle,
})

it('saving all writes what is open and changed when its turn comes, as it is then', async () => {
  const names = ['one.json', 'closed.json', 'saved.json', 'typed.json']
  const { stores, session, ids, save, type } = desk(names, async (request) => {
    const [, closed = '', other = '', typed = ''] = ids
    if (request.name === 'one.json') {
      session.close(closed)
      session.saved(other, { text: 'yx', bom: false })
      type(typed)
    }
    return saved(request)
  })
  await saveAllChanged(stores)
  expect(save.mock.calls.map(([{ name }]) => name)).toEqual(['one.json', 'typed.json'])
  expect(save.mock.calls[1]?.[0].bytes).toEqual(encodeFile({ text: 'yyx', bom: false }))
  expect(said).toEqual(['2 saved.'])
})

it('saving all says what it could not make sure of, and waits for no save that is under way', async () => {
  let goOn: () => void = () => {}
  const { stores, ids, draft } = desk(['busy.json', 'unsure.json'], async (request) => {
    if (request.name === 'unsure.json')
      return { ...(await saved(request)), kind: 'unsure', reason: '' } as never
    await new Promise<void>((resolve) => {
      goOn = resolve
    })
    return saved(request)
  })
  const busy = draft(ids[0] ?? '')
  const saving = busy && saveDraft(stores, busy)
  await saveAllChanged(stores)
  expect(said).toEqual([
    '0 saved; written, but look at what the file holds now: unsure.json; being written already: busy.json.',
  ])
  goOn()
  await saving
})

it('a file that was chosen just now and could not be written may be empty', async () => {
  const { stores, ids, draft } = desk(['a.json'], async () => ({
    kind: 'failed',
    reason: 'No.',
    emptied: true,
  }))
  const one = draft(ids[0] ?? '')
  if (one) await saveDraft(stores, one, 'other')
  expect(said).toEqual(['Not saved: No. The file that you chose may be empty now; the text is still here.'])
})
