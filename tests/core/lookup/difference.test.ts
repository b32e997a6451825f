/** What two requests differ in, in words: each pair is written by hand, with what a person would say of it. */
import { describe, expect, it } from 'vitest'
import { differencesOf } from '../../../src/core/lookup/difference.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { isPythonDict, type PythonDict, readPython } from '../../../src/core/syntax/python-json.ts'

function hashed(body: string): PythonDict {
  const { root } = JsonDocument.of(
    `{"test_id": "t.py::test_a", "method": "POST", "endpoint": "/v1/x", "body": ${body}}`,
  )
  const value = root && readPython(root)
  if (!isPythonDict(value)) throw new Error('the harness itself is wrong: no object')
  return value
}

function between(was: string, is: string): readonly (readonly [kind: string, field: string])[] {
  return differencesOf(hashed(was), hashed(is)).map(({ kind, field }) => [kind, field])
}

const SYSTEM = '{"role": "system", "content": "Be brief."}'
const ASKS = '{"role": "user", "content": "Which river flows through Cologne?"}'
const SAYS = '{"role": "assistant", "content": "The Rhine."}'
const MORE = '{"role": "user", "content": "And through Hamburg?"}'
const messages = (...all: readonly string[]): string => `{"messages": [${all.join(', ')}]}`

const tool = (name: string, description: string): string =>
  `{"type": "function", "function": {"name": "${name}", "description": "${description}"}}`
const [A, B, C] = [tool('add', 'Adds'), tool('bend', 'Bends'), tool('cut', 'Cuts')]
const tools = (...all: readonly string[]): string => `{"tools": [${all.join(', ')}]}`

describe('two requests differ', () => {
  it.each<[what: string, was: string, is: string, expected: readonly (readonly [string, string])[]]>([
    ['in nothing, whatever the order of keys', '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', []],
    ['in the kind of a number', '{"temperature": 0.0}', '{"temperature": 0}', [['type', 'temperature']]],
    ['in the kind of a number, the other way', '{"top_k": 4}', '{"top_k": 4.0}', [['type', 'top_k']]],
    ['in a number', '{"temperature": 0.0}', '{"temperature": 1}', [['changed', 'temperature']]],
    ['in a truth that is no number', '{"n": 1}', '{"n": true}', [['changed', 'n']]],
    ['in a null, which is not nothing', '{}', '{"user": null}', [['added', 'user']]],
    ['in nothing where a null was', '{"user": null}', '{}', [['removed', 'user']]],
    [
      'in one message more at the start',
      messages(ASKS, SAYS),
      messages(SYSTEM, ASKS, SAYS),
      [['added', 'message 1 (system)']],
    ],
    [
      'in one message more in the middle',
      messages(SYSTEM, SAYS, MORE),
      messages(SYSTEM, ASKS, SAYS, MORE),
      [['added', 'message 2 (user)']],
    ],
    [
      'in one message less',
      messages(SYSTEM, ASKS, SAYS),
      messages(SYSTEM, SAYS),
      [['removed', 'message 2 (user)']],
    ],
    [
      'in one message more among equal ones',
      messages(ASKS, ASKS),
      messages(ASKS, ASKS, ASKS),
      [['added', 'message 3 (user)']],
    ],
    [
      'in a word of a message behind one that is new',
      messages(ASKS, SAYS),
      messages(SYSTEM, ASKS.replace('Cologne', 'Bonn'), SAYS),
      [
        ['added', 'message 1 (system)'],
        ['changed', 'message 2 (user)'],
      ],
    ],
    ['in the order of messages', messages(ASKS, MORE), messages(MORE, ASKS), [['moved', 'messages']]],
    ['in the order of tools', tools(A, B, C), tools(C, A, B), [['moved', 'tools']]],
    ['in a tool', tools(A, B, C), tools(A, C), [['removed', 'tool bend']]],
    [
      'in the order of tools and in one of them',
      tools(A, B, C),
      tools(C, tool('bend', 'Bends it'), A),
      [
        ['moved', 'tools'],
        ['changed', 'tool bend: description'],
      ],
    ],
    [
      'in the tools, one gone and one new',
      tools(A, B, C),
      tools(B, C, tool('dig', 'Digs')),
      [
        ['added', 'tool dig'],
        ['removed', 'tool add'],
      ],
    ],
    [
      'in a part of a message',
      '{"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}]}',
      '{"messages": [{"role": "user", "content": [{"type": "text", "text": "b"}]}]}',
      [['changed', 'message 1 (user): part 1']],
    ],
    [
      'in the arguments of a call',
      '{"messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "add", "arguments": "{}"}}]}]}',
      '{"messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "add", "arguments": "{\\"a\\": 1}"}}]}]}',
      [['changed', 'message 1 (assistant): tool call add, arguments']],
    ],
    [
      'in a key that an object has of its own in JavaScript',
      '{"__proto__": 1}',
      '{"__proto__": 2, "constructor": 1}',
      [
        ['changed', '__proto__'],
        ['added', 'constructor'],
      ],
    ],
  ])('%s', (_, was, is, expected) => {
    expect(between(was, is)).toEqual(expected)
  })
})

describe('a difference says', () => {
  const sentence = (was: string, is: string): string =>
    differencesOf(hashed(was), hashed(is))
      .map((one) => one.sentence)
      .join('; ')

  it('both numbers as they are written, and why they are not the same', () => {
    expect(sentence('{"temperature": 0.0}', '{"temperature": 0}')).toBe(
      'temperature: 0.0 (a float) was recorded, 0 (an integer) was asked; Python hashes them differently',
    )
  })

  it('the words that differ, without marks between them that nobody asked about', () => {
    const [difference] = differencesOf(
      hashed('{"prompt": "one little cat sat here today"}'),
      hashed('{"prompt": "two little dog sat here today"}'),
    )
    const words = difference?.excerpt
      ?.filter(({ kind }) => kind !== 'same')
      .map(({ kind, text }) => [kind, text.trim()])
    expect(words).toEqual([
      ['removed', 'one'],
      ['added', 'two'],
      ['removed', 'cat'],
      ['added', 'dog'],
    ])
  })

  it('what cannot be seen', () => {
    expect(sentence('{"prompt": "Hi"}', '{"prompt": "Hi "}')).toBe('prompt: one space more at the end')
  })

  it('the names of tools that changed their order', () => {
    const [difference] = differencesOf(hashed(tools(A, B, C)), hashed(tools(C, B, A)))
    expect(difference).toMatchObject({ kind: 'moved', was: 'add, bend, cut', is: 'cut, bend, add' })
  })

  it('a little of what is very long', () => {
    const [difference] = differencesOf(hashed('{}'), hashed(`{"image": "${'A'.repeat(3_000_000)}"}`))
    expect(difference?.is?.length).toBeLessThan(400)
  })
})
