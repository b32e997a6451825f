/** Commands on a Responses request: the text afterwards says what the command means, the rest stays to the letter. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RequestCommand } from '../../../src/core/cassette/request-edits.ts'
import { openaiResponses } from '../../../src/core/dialects/openai-responses.ts'
import { RESPONSES_PARAMETERS } from '../../../src/core/dialects/openai-responses-parameters.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import type { Address } from '../../../src/core/text/address.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'
import { PROJECT_ROOT } from '../../support/corpus.ts'

const edits = openaiResponses.requestEdits
if (edits === undefined) throw new Error('the dialect has no request edits')
const { plan } = edits

const at = (pointer: string): Address => [{ in: 'json', pointer }]

function changed(body: unknown, command: RequestCommand): unknown {
  const text = JSON.stringify(body, null, 2)
  const document = JsonDocument.of(text)
  return JSON.parse(applyEdits(text, plan(document, at(''), command)))
}

const ITEMS = [
  { role: 'user', content: 'Hi' },
  { type: 'function_call', call_id: 'call_1', name: 'get', arguments: '{}' },
  { role: 'assistant', content: 'Yes' },
]

describe('a Responses request', () => {
  it('gets messages', () => {
    expect(changed({ input: ITEMS }, { kind: 'add-message', role: 'user', position: 3 })).toEqual({
      input: [...ITEMS, { role: 'user', content: '' }],
    })
    // the instructions are read as the first message
    expect(
      changed({ instructions: 'x', input: ITEMS }, { kind: 'add-message', role: 'user', position: 1 }),
    ).toEqual({
      instructions: 'x',
      input: [{ role: 'user', content: '' }, ...ITEMS],
    })
    expect(changed({ input: ITEMS }, { kind: 'add-message', role: 'tool', position: 3 })).toEqual({
      input: [...ITEMS, { type: 'function_call_output', call_id: 'call_1', output: '' }],
    })
    expect(changed({ input: 'Hi "you"' }, { kind: 'add-message', role: 'developer', position: 0 })).toEqual({
      input: [
        { role: 'developer', content: '' },
        { role: 'user', content: 'Hi "you"' },
      ],
    })
    expect(changed({ input: 'Hi' }, { kind: 'add-message', role: 'user', position: 1 })).toEqual({
      input: [
        { role: 'user', content: 'Hi' },
        { role: 'user', content: '' },
      ],
    })
    expect(changed({ model: 'm' }, { kind: 'add-message', role: 'user', position: 0 })).toEqual({
      model: 'm',
      input: [{ role: 'user', content: '' }],
    })
  })

  it('gets parts, calls and tools', () => {
    expect(
      changed({ input: ITEMS }, { kind: 'add-part', message: at('/input/0'), part: 'image' }),
    ).toMatchObject({
      input: [
        {
          content: [
            { type: 'input_text', text: 'Hi' },
            { type: 'input_image', image_url: '' },
          ],
        },
        {},
        {},
      ],
    })
    expect(
      changed({ input: ITEMS }, { kind: 'add-part', message: at('/input/2'), part: 'text' }),
    ).toMatchObject({
      input: [
        {},
        {},
        {
          content: [
            { type: 'output_text', text: 'Yes' },
            { type: 'output_text', text: '' },
          ],
        },
      ],
    })
    expect(changed({ input: ITEMS }, { kind: 'add-tool-call', message: at('/input/2') })).toEqual({
      input: [...ITEMS, { type: 'function_call', call_id: 'call_2', name: 'function_name', arguments: '{}' }],
    })
    expect(changed({ input: [] }, { kind: 'add-tool' })).toMatchObject({
      tools: [{ type: 'function', name: 'new_tool_1' }],
    })
  })

  it('changes', () => {
    expect(
      changed({ input: ITEMS }, { kind: 'set-role', message: at('/input/0'), role: 'system' }),
    ).toMatchObject({
      input: [{ role: 'system', content: 'Hi' }, {}, {}],
    })
    expect(changed({ input: ITEMS }, { kind: 'move', item: at('/input/0'), by: 1 })).toEqual({
      input: [ITEMS[1], ITEMS[0], ITEMS[2]],
    })
    expect(changed({ input: ITEMS }, { kind: 'remove', item: at('/input/1') })).toEqual({
      input: [ITEMS[0], ITEMS[2]],
    })
    expect(changed({ input: ITEMS }, { kind: 'duplicate', item: at('/input/0') })).toEqual({
      input: [ITEMS[0], ...ITEMS],
    })
    expect(changed({ instructions: 'x', input: 'a' }, { kind: 'remove', item: at('/instructions') })).toEqual(
      {
        input: 'a',
      },
    )
    expect(
      changed({ input: 'a' }, { kind: 'set-member', object: at(''), key: 'top_p', json: '0.5' }),
    ).toEqual({
      input: 'a',
      top_p: 0.5,
    })
  })

  it('asks for a format', () => {
    const schema = { kind: 'set-response-format', format: 'json_schema' } as const
    const none = { kind: 'set-response-format', format: 'none' } as const
    expect(changed({ input: 'a' }, schema)).toMatchObject({
      text: { format: { type: 'json_schema', name: 'answer' } },
    })
    expect(changed({ text: { format: { type: 'text' } } }, none)).toEqual({})
    expect(changed({ text: { format: { type: 'text' }, verbosity: 'low' } }, none)).toEqual({
      text: { verbosity: 'low' },
    })
    expect(changed({ text: { verbosity: 'low' } }, schema)).toMatchObject({
      text: { verbosity: 'low', format: { type: 'json_schema' } },
    })
    expect(changed({ input: 'a' }, none)).toEqual({ input: 'a' })
  })

  it('refuses what has no place', () => {
    const text = JSON.stringify({ input: 'a', instructions: 'b', tools: ITEMS })
    const refused: readonly RequestCommand[] = [
      { kind: 'set-role', message: at('/instructions'), role: 'user' },
      { kind: 'set-role', message: at('/tools/1'), role: 'user' },
      { kind: 'set-role', message: at('/tools/0'), role: 'tool' },
      { kind: 'add-part', message: at('/input'), part: 'text' },
      { kind: 'add-part', message: at('/tools/1'), part: 'text' },
      { kind: 'add-tool-call', message: at('/input') },
      { kind: 'remove', item: at('/input/9') },
      { kind: 'set-member', object: at(''), key: 'a', json: '{' },
    ]
    for (const command of refused) {
      expect(() => plan(JsonDocument.of(text), at(''), command), JSON.stringify(command)).toThrow(EditError)
    }
  })
})

describe('its parameters', () => {
  const types = readFileSync(
    join(PROJECT_ROOT, 'node_modules/openai/resources/responses/responses.d.ts'),
    'utf8',
  )
  const base = /export interface ResponseCreateParamsBase \{\n([\s\S]*?)\n\}/.exec(types)?.[1] ?? ''
  const members = [...base.matchAll(/(\/\*\*[\s\S]*?\*\/)\n {4}(\w+)\??: ([\s\S]*?);(?:\n(?= {4}\/\*\*)|$)/g)]

  it('are those of the official package', () => {
    const theirs = members
      .map(([, , name]) => name)
      .filter((name) => !/^(?:input|instructions|tools)$/.test(name ?? ''))
    expect(theirs.length).toBeGreaterThan(20)
    // documented, and in the types of the response only
    const documented = ['max_tool_calls', 'top_logprobs'].filter((name) => !theirs.includes(name))
    expect(RESPONSES_PARAMETERS.map(({ name }) => name).toSorted()).toEqual(
      [...theirs, ...documented].toSorted(),
    )
  })

  it.each(members.map(([, comment = '', name = '', type = '']) => ({ comment, name, type })))(
    '$name',
    ({ comment, name, type }) => {
      const rule = RESPONSES_PARAMETERS.find((one) => one.name === name)
      if (rule === undefined) return
      expect(rule.deprecated ?? false).toBe(/@deprecated/.test(comment))
      const { kind } = rule
      if (kind.is === 'number' || kind.is === 'integer') expect(type).toMatch(/^number/)
      else if (kind.is === 'boolean') expect(type).toMatch(/^boolean/)
      else if (kind.is === 'one of' && /'/.test(type)) {
        expect(kind.values).toEqual([...type.matchAll(/'([^']*)'/g)].map(([, value]) => value))
      }
      expect(rule.about).toMatch(/^[A-Z][^\n]{8,90}\.$/)
      expect(() => JSON.parse(rule.start) as unknown).not.toThrow()
    },
  )
})
