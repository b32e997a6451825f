/** What every view must keep, whatever it shows and whatever is edited in it. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { View } from '../../../src/core/projection/view.ts'
import { insertItems, moveItem, removeItems } from '../../../src/core/syntax/json-list.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import {
  applyEdits,
  EditError,
  invertEdits,
  spliceBetween,
  type TextEdit,
} from '../../../src/core/text/edit.ts'

export type Read = (text: string) => View | undefined

export function viewIn(read: Read, text: string): View {
  const view = read(text)
  if (view === undefined) throw new Error(`not read: ${JSON.stringify(text)}`)
  return view
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * Edits of the JSON, carried into the text: read again they are there, undone the text is as it was, and nothing at all
 * is written for no edits. The text after; undefined where the edits were refused with a sentence.
 */
export function hold(read: Read, text: string, edits: readonly TextEdit[]): string | undefined {
  const view = viewIn(read, text)
  expect(view.put([]), 'no edits').toEqual([])
  const wanted = applyEdits(view.json, edits)
  let planned: readonly TextEdit[]
  try {
    planned = view.put(edits)
  } catch (error) {
    expect(error, String(error)).toBeInstanceOf(EditError)
    expect((error as EditError).message).toMatch(/\w{2,} \w+/)
    return undefined
  }
  expect(isJson(wanted), `no JSON was accepted: ${wanted}`).toBe(true)
  const after = applyEdits(text, planned)
  expect(applyEdits(after, invertEdits(text, planned)), 'undone').toBe(text)
  const again = read(after)
  expect(again, `not read again: ${JSON.stringify(after)}`).toBeDefined()
  expect(JSON.parse(again?.json ?? ''), `in ${JSON.stringify(after)}`).toEqual(JSON.parse(wanted))
  return after
}

/** The same for edits that must not be refused. */
export function held(read: Read, text: string, edits: readonly TextEdit[]): string {
  const after = hold(read, text, edits)
  expect(after, `refused: ${JSON.stringify(edits)} of ${viewIn(read, text).json}`).toBeDefined()
  return after ?? ''
}

export function refused(read: Read, text: string, edits: readonly TextEdit[]): void {
  expect(hold(read, text, edits), 'should be refused').toBeUndefined()
}

/** The JSON made to be another, by the least edit. */
export function becoming(json: string, wanted: string): readonly TextEdit[] {
  const splice = spliceBetween(json, wanted)
  return splice === undefined ? [] : [splice]
}

/** The value at a pointer of a view's JSON replaced, whole. */
export function replaced(json: string, pointer: string, value: unknown): TextEdit {
  const node = nodeIn(json, pointer)
  return { offset: node.start, length: node.end - node.start, content: JSON.stringify(value) }
}

export function nodeIn(json: string, pointer: string): JsonNode {
  const node = JsonDocument.of(json).find(pointer)
  if (node === undefined) throw new Error(`nothing at ${pointer} in ${json}`)
  return node
}

/** Values as bodies have them. */
export const payload: fc.Arbitrary<unknown> = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('delta', 'stop', 'start'),
      text: fc.string({
        unit: fc.constantFrom('a', 'é', '😀', '\n', '\r', '"', '\\', '\u2028', ' ', 'd', ':'),
      }),
      n: fc.integer(),
      list: fc.array(fc.boolean(), { maxLength: 2 }),
    },
    { requiredKeys: ['text'] },
  ),
  fc.array(fc.integer(), { maxLength: 2 }),
)

/** One change of a list, as the program makes them, or as a person types it. */
export type ListChange =
  | { readonly kind: 'insert' | 'replace' | 'splice'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'remove' | 'duplicate' | 'move'; readonly at: number; readonly to: number }

export const listChange: fc.Arbitrary<ListChange> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('insert' as const, 'replace' as const, 'splice' as const),
    at: fc.nat(20),
    value: payload,
  }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'duplicate' as const, 'move' as const),
    at: fc.nat(20),
    to: fc.nat(20),
  }),
)

/** The change as edits of a view's JSON. */
export function editsOf(json: string, change: ListChange, pointer = ''): readonly TextEdit[] {
  const list = nodeIn(json, pointer)
  const count = list.itemIds().length
  if (change.kind === 'insert') {
    return [insertItems(list, change.at % (count + 1), [JSON.stringify(change.value)])]
  }
  if (count === 0) return []
  const at = change.at % count
  const raw = list.item(at)?.raw ?? ''
  switch (change.kind) {
    case 'replace':
      return [replaced(json, `${pointer}/${at}`, change.value)]
    case 'splice': {
      const items = [...list.items()].map((item) => item.raw)
      items.splice(at, 1, JSON.stringify(change.value), raw)
      return becoming(json, `${json.slice(0, list.start)}[\n${items.join(',\n')}\n]${json.slice(list.end)}`)
    }
    case 'remove':
      return [removeItems(list, at)]
    case 'duplicate':
      return [insertItems(list, at + 1, [raw])]
    case 'move':
      return moveItem(list, at, change.to % count)
  }
}
