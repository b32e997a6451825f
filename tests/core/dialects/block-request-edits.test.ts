/** Commands on the requests of APIs with lists of blocks: the body afterwards, as plain values. */
import { describe, expect, it } from 'vitest'
import type { RequestCommand } from '../../../src/core/cassette/request-edits.ts'
import { anthropicMessages } from '../../../src/core/dialects/anthropic-messages.ts'
import { bedrockConverse } from '../../../src/core/dialects/bedrock-converse.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import type { Address } from '../../../src/core/text/address.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'

function at(pointer: string): Address {
  return [{ in: 'json', pointer }]
}

function change(dialect: Dialect, body: unknown, command: RequestCommand): unknown {
  const document = JsonDocument.of(JSON.stringify({ body }))
  const edits = dialect.requestEdits?.plan(document, at('/body'), command)
  if (edits === undefined) throw new Error('this dialect has no request edits')
  return (JSON.parse(applyEdits(document.text, edits)) as { body: unknown }).body
}

describe('changes of an Anthropic request', () => {
  const call = { type: 'tool_use', id: 'call_1', name: 'f', input: {} }
  const body = {
    system: 'Be kind.',
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [call] },
    ],
    tools: [{ name: 'f', input_schema: {} }],
  }
  const { system, messages, tools } = body
  const [first, second] = messages
  const text = { type: 'text', text: '' }

  it.each<[name: string, command: RequestCommand, expected: unknown]>([
    [
      'adds a message, counting the system prompt',
      { kind: 'add-message', role: 'user', position: 2 },
      { system, messages: [first, { role: 'user', content: '' }, second], tools },
    ],
    [
      'sets a role',
      { kind: 'set-role', message: at('/body/messages/0'), role: 'assistant' },
      { system, messages: [{ role: 'assistant', content: 'Hi' }, second], tools },
    ],
    [
      'adds a part to a text',
      { kind: 'add-part', message: at('/body/messages/0'), part: 'text' },
      { system, messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }, text] }, second], tools },
    ],
    [
      'adds a part to the system prompt',
      { kind: 'add-part', message: at('/body/system'), part: 'text' },
      { system: [{ type: 'text', text: 'Be kind.' }, text], messages, tools },
    ],
    [
      'adds a call',
      { kind: 'add-tool-call', message: at('/body/messages/1') },
      {
        system,
        messages: [
          first,
          { role: 'assistant', content: [call, { ...call, id: 'call_2', name: 'function_name' }] },
        ],
        tools,
      },
    ],
    [
      'adds a tool',
      { kind: 'add-tool' },
      {
        system,
        messages,
        tools: [
          ...tools,
          { name: 'new_tool_1', description: '', input_schema: { type: 'object', properties: {} } },
        ],
      },
    ],
    [
      'removes the last tool with its list',
      { kind: 'remove', item: at('/body/tools/0') },
      { system, messages },
    ],
    ['removes the system prompt', { kind: 'remove', item: at('/body/system') }, { messages, tools }],
    [
      'moves a message',
      { kind: 'move', item: at('/body/messages/0'), by: 1 },
      { system, messages: [second, first], tools },
    ],
    [
      'duplicates a message',
      { kind: 'duplicate', item: at('/body/messages/0') },
      { system, messages: [first, first, second], tools },
    ],
    [
      'sets a parameter',
      { kind: 'set-member', object: at('/body'), key: 'max_tokens', json: '5' },
      { ...body, max_tokens: 5 },
    ],
  ])('%s', (_, command, expected) => expect(change(anthropicMessages, body, command)).toEqual(expected))

  it('sets the format where the request says it', () => {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: false }
    const format = { type: 'json_schema', schema }
    const set = (from: object): unknown =>
      change(anthropicMessages, from, { kind: 'set-response-format', format: 'json_schema' })
    const unset = (from: object): unknown =>
      change(anthropicMessages, from, { kind: 'set-response-format', format: 'none' })
    expect(set({})).toEqual({ output_config: { format } })
    expect(set({ output_config: { effort: 'low' } })).toEqual({ output_config: { effort: 'low', format } })
    expect(set({ output_format: null })).toEqual({ output_format: format })
    expect(unset({ output_config: { format } })).toEqual({})
    expect(unset({ output_config: { effort: 'low', format } })).toEqual({ output_config: { effort: 'low' } })
    expect(unset({ output_format: format })).toEqual({})
  })

  it('adds a system prompt once', () => {
    const command: RequestCommand = { kind: 'add-message', role: 'system', position: 0 }
    expect(change(anthropicMessages, { messages }, command)).toEqual({ messages, system: '' })
    expect(() => change(anthropicMessages, body, command)).toThrow(EditError)
  })
})

describe('changes of a Converse request', () => {
  const body = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }
  const tool = {
    toolSpec: {
      name: 'new_tool_1',
      description: 'new',
      inputSchema: { json: { type: 'object', properties: {} } },
    },
  }

  it('adds what Converse takes, and takes it away again', () => {
    const withTool = change(bedrockConverse, body, { kind: 'add-tool' })
    expect(withTool).toEqual({ ...body, toolConfig: { tools: [tool] } })
    const without = change(bedrockConverse, withTool, {
      kind: 'remove',
      item: at('/body/toolConfig/tools/0'),
    })
    expect(without).toEqual(body)
    expect(change(bedrockConverse, body, { kind: 'add-message', role: 'assistant', position: 1 })).toEqual({
      messages: [...body.messages, { role: 'assistant', content: [{ text: '' }] }],
    })
    expect(change(bedrockConverse, body, { kind: 'add-message', role: 'system', position: 0 })).toEqual({
      ...body,
      system: [{ text: '' }],
    })
    expect(change(bedrockConverse, body, { kind: 'add-tool-call', message: at('/body/messages/0') })).toEqual(
      {
        messages: [
          {
            role: 'user',
            content: [{ text: 'Hi' }, { toolUse: { toolUseId: 'call_1', name: 'function_name', input: {} } }],
          },
        ],
      },
    )
  })

  it('sets the choice of tools where it stands', () => {
    const chosen = { ...body, toolConfig: { tools: [tool], toolChoice: { auto: {} } } }
    const set = (json: string | undefined): unknown =>
      change(bedrockConverse, chosen, {
        kind: 'set-member',
        object: at('/body'),
        key: 'toolConfig.toolChoice',
        json,
      })
    expect(set('{"any":{}}')).toEqual({ ...body, toolConfig: { tools: [tool], toolChoice: { any: {} } } })
    expect(set(undefined)).toEqual({ ...body, toolConfig: { tools: [tool] } })
  })
})
