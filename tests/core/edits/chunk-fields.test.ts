import { describe, expect, it, vi } from 'vitest'
import { fieldsOf, holdersOf, setInAllChunks } from '../../../src/core/edits/chunk-fields.ts'
import { chunkData } from '../../../src/core/edits/recording.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import { applyChecked, chunkCount, expectRefused, openRecording } from '../support/edit-checks.ts'
import { leavesOf, patch } from '../support/json-leaves.ts'
import { plainChunks } from '../support/plain-chat.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

checkEachRecording('the fields of a chunk', (text, random) => {
  const recording = openRecording(text)
  const position = random.below(chunkCount(recording))
  const data = chunkData(recording, position)
  const fields = fieldsOf(data)
  const leaves = leavesOf(plainChunks(text)[position]).filter(
    ({ value }) => typeof value !== 'object' || value === null,
  )
  const sorted = <T extends { path: string }>(all: readonly T[]): readonly T[] =>
    all.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  if (fields.length < 200) {
    const read = fields.map(({ path, node }) => ({ path, value: JSON.parse(node.raw) as unknown }))
    const expected = leaves.map(({ pointer, value }) => ({ path: pointer, value }))
    expect(sorted(read)).toEqual(sorted(expected))
  }
  for (const [at, { node }] of fields.entries()) {
    expect(node.start).toBeGreaterThanOrEqual(fields[at - 1]?.node.end ?? 0)
  }
})

checkEachRecording('one field set in all chunks', (text, random, style) => {
  const recording = openRecording(text)
  const fields = fieldsOf(chunkData(recording, random.below(chunkCount(recording))))
  if (fields.length === 0) return
  const { path } = random.pick(fields)
  const typed = random.pick(['"new"', '12', 'null', ' true '])
  const after = applyChecked(text, setInAllChunks(recording, path, typed), { style, emptied: true })
  const chunks = plainChunks(text)
  let held = 0
  const expected = chunks.map((chunk) => {
    const holder = { root: structuredClone(chunk) }
    const own = path
      .split('/')
      .slice(1)
      .reduce<unknown>((inside, key) => {
        const token = key.replaceAll('~1', '/').replaceAll('~0', '~')
        const isOwn = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, token)
        return isOwn ? (inside as Record<string, unknown>)[token] : undefined
      }, chunk)
    if (own === undefined) return chunk
    held++
    patch(holder, path, JSON.parse(typed))
    return holder.root
  })
  expect(held).toBeGreaterThan(0)
  expect([...holdersOf(recording, path)].length).toBe(held)
  expect(plainChunks(after)).toEqual(expected)
})

describe('a field', () => {
  const text = (chunks: string): string =>
    `{"request": {"body": {}}, "response": {"body": [${chunks}], "is_streaming": true}}`

  it('that no chunk has is refused, also when its path only looks like one', () => {
    const recording = openRecording(text('{"model": "a", "choices": [{"index": 0}]}'))
    for (const path of [
      '/nothing',
      'model',
      '/choices/x/index',
      '/choices/-1/index',
      '/choices//index',
      '/choices/0.0/index',
      '/choices/00/index',
      '/choices/1/index',
      '/model/length',
    ]) {
      expectRefused(() => setInAllChunks(recording, path, '1'))
    }
  })

  it('takes JSON only', () => {
    const recording = openRecording(text('{"model": "a"}'))
    for (const typed of ['', 'word', '"a', '1 2']) {
      expectRefused(() => setInAllChunks(recording, '/model', typed))
    }
  })

  it('keeps the habit of a number', () => {
    const before = text('{"t": 0.0}, {"t": 5}')
    const after = applyChecked(before, setInAllChunks(openRecording(before), '/t', '1'))
    expect(after).toBe(text('{"t": 1.0}, {"t": 1}'))
  })

  it('with an escaped or a strange name is found', () => {
    const before = text('{"a/b~c": 1, "": 2, "__proto__": 3, "0": 4}')
    const recording = openRecording(before)
    expect(fieldsOf(chunkData(recording, 0)).map(({ path }) => path)).toEqual([
      '/a~1b~0c',
      '/',
      '/__proto__',
      '/0',
    ])
    let after = before
    for (const path of ['/a~1b~0c', '/', '/__proto__', '/0']) {
      after = applyChecked(after, setInAllChunks(openRecording(after), path, '9'))
    }
    expect(after).toBe(text('{"a/b~c": 9, "": 9, "__proto__": 9, "0": 9}'))
  })

  it('of a duplicate key is the one that counts, once', () => {
    const before = text('{"a": 1, "b": 2, "a": {"c": 3}}')
    const recording = openRecording(before)
    const fields = fieldsOf(chunkData(recording, 0))
    expect(fields.map(({ path }) => path)).toEqual(['/b', '/a/c'])
    expect(applyChecked(before, setInAllChunks(recording, '/a/c', '4'))).toBe(
      text('{"a": 1, "b": 2, "a": {"c": 4}}'),
    )
  })

  it('list is cut at 200, also of a list that no call could take as arguments', () => {
    const { root } = JsonDocument.of(`[${'0,'.repeat(300_000)}0]`)
    if (root === undefined) throw new Error('no list')
    const fields = fieldsOf(root)
    expect(fields.length).toBe(200)
    expect(fields[199]?.path).toBe('/199')
  })
})
