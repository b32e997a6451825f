import { expect, it, vi } from 'vitest'
import { useTypingOf } from '../../src/ui/app/use-typing.ts'
import { createStore } from '../../src/workspace/store.ts'
import type { TypedFields } from '../../src/workspace/typing.ts'

const typing = vi.hoisted(() => ({ store: undefined as unknown }))
vi.mock('../../src/ui/app/deck.ts', () => ({ useStores: () => ({ typing: typing.store }) }))
vi.mock('react', () => ({ useMemo: <T>(make: () => T) => make() }))

it('a text comes back by itself only into a field that no other is taken for', () => {
  const store = createStore<TypedFields>(new Map())
  typing.store = store
  const memory = useTypingOf('draft')
  const leaveOne = memory?.enter('call id', 'call_1')
  const leaveTwo = memory?.enter('call id', 'call_1')
  const leaveRole = memory?.enter('role', 'user')
  memory?.note({ id: 'a', label: 'call id', opened: 'call_1', text: 'call_2' })
  memory?.note({ id: 'b', label: 'role', opened: 'user', text: 'system' })
  for (const id of ['a', 'b']) memory?.release(id)
  for (const leave of [leaveOne, leaveTwo, leaveRole]) leave?.()
  expect(memory?.claim('call id', 'call_1')).toBeUndefined()
  expect(memory?.claim('role', 'user')).toMatchObject({ id: 'b', text: 'system' })
  expect(store.get().get('draft')).toHaveLength(2)
  memory?.enter('call id', 'call_3')
  memory?.note({ id: 'c', label: 'call id', opened: 'call_3', text: 'call_4' })
  memory?.release('c')
  expect(memory?.claim('call id', 'call_3')).toMatchObject({ id: 'c' })
})
