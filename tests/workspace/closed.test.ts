import { expect, it } from 'vitest'
import { byDraft, byDraftIn, forgetClosed } from '../../src/workspace/closed.ts'
import { createSession } from '../../src/workspace/session.ts'
import { createStore } from '../../src/workspace/store.ts'

it('what is known of a closed draft is let go, of open ones it stays', () => {
  const session = createSession()
  const map = new Map<string, number>()
  const store = createStore<ReadonlyMap<string, number>>(new Map())
  forgetClosed(session, [byDraft(map), byDraftIn(store)])
  const file = { name: 'a.json', origin: { kind: 'file' }, base: { text: 'x', bom: false } } as const
  const [one = '', two = ''] = session.open([file, file])
  for (const id of [one, two]) {
    map.set(id, 1)
    store.update((all) => new Map(all).set(id, 1))
  }
  session.close(one)
  expect([...map.keys()]).toEqual([two])
  expect([...store.get().keys()]).toEqual([two])
  const before = store.get()
  session.open([file])
  expect(store.get()).toBe(before)
  session.replaceAll([file])
  expect([map.size, store.get().size]).toEqual([0, 0])
})
