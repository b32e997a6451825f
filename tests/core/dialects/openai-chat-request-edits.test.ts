/**
 * Every command on a request, over hand-made and real recordings: the text afterwards is read as what the same
 * change makes of the plain values, and the inverse restores the identical text.
 */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Interaction } from '../../../src/core/cassette/cassette.ts'
import type { RequestCommand } from '../../../src/core/cassette/request-edits.ts'
import { commandLabel, partsOf } from '../../../src/core/cassette/request-labels.ts'
import { openaiChat } from '../../../src/core/dialects/openai-chat.ts'
import { decodeFile } from '../../../src/core/file-text.ts'
import { readCassette } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { type Address, pointerTokens, within } from '../../../src/core/text/address.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const edits = openaiChat.requestEdits
if (edits === undefined) throw new Error('the dialect has no request edits')

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

function tokensOf(address: Address): readonly string[] {
  const [step, ...rest] = address
  if (step?.in !== 'json' || rest.length > 0) throw new Error('these recordings have one layer')
  return pointerTokens(step.pointer) ?? []
}

function valueAt(root: Json, tokens: readonly string[]): Json {
  let value = root
  for (const token of tokens) value = (value as JsonObject)[token] as Json
  return value
}

const NEW_PART: Readonly<Record<string, Json>> = {
  text: { type: 'text', text: '' },
  image: { type: 'image_url', image_url: { url: '' } },
  audio: { type: 'input_audio', input_audio: { data: '', format: 'wav' } },
  file: { type: 'file', file: { filename: 'file.pdf', file_data: '' } },
}

/** The same command on the parsed file, written down independently; new items by what they must say. */
function expected(text: string, body: Address, command: RequestCommand): Json {
  const root = JSON.parse(text) as Json
  const bodyValue = valueAt(root, tokensOf(body)) as JsonObject
  switch (command.kind) {
    case 'add-message': {
      const list = bodyValue.messages as Json[]
      const message: Json =
        command.role === 'tool'
          ? { role: 'tool', tool_call_id: expect.any(String) as string, content: '' }
          : { role: command.role, content: '' }
      list.splice(command.position, 0, message)
      break
    }
    case 'set-role':
      ;(valueAt(root, tokensOf(command.message)) as JsonObject).role = command.role
      break
    case 'add-part': {
      const message = valueAt(root, tokensOf(command.message)) as JsonObject
      const part = NEW_PART[command.part] as Json
      const { content } = message
      if (typeof content === 'string') message.content = [{ type: 'text', text: content }, part]
      else if (Array.isArray(content)) content.push(part)
      else message.content = command.part === 'text' ? '' : [part]
      break
    }
    case 'add-tool-call': {
      const message = valueAt(root, tokensOf(command.message)) as JsonObject
      const calls = Array.isArray(message.tool_calls) ? message.tool_calls : []
      message.tool_calls = [
        ...calls,
        {
          id: expect.stringMatching(/^call_\d+$/) as string,
          type: 'function',
          function: { name: 'function_name', arguments: '{}' },
        },
      ]
      break
    }
    case 'add-tool':
      bodyValue.tools = [
        ...((bodyValue.tools as Json[] | undefined) ?? []),
        {
          type: 'function',
          function: {
            name: expect.stringMatching(/^new_tool_\d+$/) as string,
            description: '',
            parameters: { type: 'object', properties: {} },
          },
        },
      ]
      break
    case 'duplicate':
    case 'remove':
    case 'move': {
      const tokens = tokensOf(command.item)
      const holder = valueAt(root, tokens.slice(0, -1))
      const last = tokens.at(-1) ?? ''
      if (Array.isArray(holder)) changeList(holder, Number(last), command)
      else if (command.kind === 'remove') delete (holder as JsonObject)[last]
      if (
        Array.isArray(holder) &&
        holder.length === 0 &&
        /^(?:tools|tool_calls)$/.test(tokens.at(-2) ?? '')
      ) {
        delete (valueAt(root, tokens.slice(0, -2)) as JsonObject)[tokens.at(-2) ?? '']
      }
      break
    }
    case 'set-member': {
      const object = valueAt(root, tokensOf(command.object)) as JsonObject
      if (command.json === undefined) delete object[command.key]
      else object[command.key] = JSON.parse(command.json) as Json
      break
    }
    case 'set-response-format': {
      const old = bodyValue.response_format as JsonObject | undefined
      if (command.format === 'none') delete bodyValue.response_format
      else if (old?.type !== command.format) {
        bodyValue.response_format =
          command.format === 'json_schema'
            ? { type: 'json_schema', json_schema: expect.objectContaining({ name: 'answer' }) as Json }
            : { type: command.format }
      }
    }
  }
  return root
}

function changeList(list: Json[], at: number, command: RequestCommand): void {
  const item = list[at] as Json
  if (command.kind === 'duplicate') list.splice(at, 0, structuredClone(item))
  else if (command.kind === 'remove') list.splice(at, 1)
  else if (command.kind === 'move') {
    list.splice(at, 1)
    list.splice(at + command.by, 0, item)
  }
}

interface Opened {
  readonly text: string
  readonly interaction: Interaction
}

function open(text: string): Opened | undefined {
  const interaction = readCassette(text).cassette?.interactions[0]
  return interaction?.dialect === 'openai-chat' && interaction.conversation.at !== undefined
    ? { text, interaction }
    : undefined
}

function openFile(file: RecordingFile): Opened | undefined {
  const decoded = decodeFile(bytesOf(file))
  return 'problem' in decoded ? undefined : open(decoded.text)
}

/** Every command that this conversation offers. */
function commandsFor({ interaction: { conversation } }: Opened): readonly RequestCommand[] {
  const { messages, tools, parameters, at: body = [] } = conversation
  const items = (list: readonly (Address | undefined)[]): readonly RequestCommand[] =>
    list.flatMap((item, at): readonly RequestCommand[] => {
      if (item === undefined) return []
      const kin = (other: Address | undefined): boolean => other !== undefined && sameList(item, other)
      const inList = /^\d+$/.test(tokensOf(item).at(-1) ?? '')
      return [
        { kind: 'remove', item },
        ...(inList ? ([{ kind: 'duplicate', item }] as const) : []),
        ...(inList && kin(list[at - 1]) ? ([{ kind: 'move', item, by: -1 }] as const) : []),
        ...(inList && kin(list[at + 1]) ? ([{ kind: 'move', item, by: 1 }] as const) : []),
      ]
    })
  return [
    ...(edits?.roles ?? []).flatMap((role) =>
      [0, Math.floor(messages.length / 2), messages.length].map(
        (position): RequestCommand => ({ kind: 'add-message', role, position }),
      ),
    ),
    ...items(messages.map(({ at }) => at)),
    ...messages.flatMap((message): readonly RequestCommand[] => [
      { kind: 'set-role', message: message.at, role: 'developer' },
      ...(edits?.parts ?? []).map((part) => ({ kind: 'add-part', message: message.at, part }) as const),
      { kind: 'add-tool-call', message: message.at },
      ...items(partsOf(message.parts).map(({ item }) => item)),
    ]),
    { kind: 'add-tool' },
    ...items(tools.map(({ json }) => json.at)),
    ...tools.flatMap(({ definition }): readonly RequestCommand[] => [
      { kind: 'set-member', object: definition, key: 'strict', json: 'true' },
      { kind: 'set-member', object: definition, key: 'description', json: '"Other"' },
    ]),
    ...parameters.flatMap(({ name, value }): readonly RequestCommand[] => [
      { kind: 'set-member', object: body, key: name, json: undefined },
      { kind: 'set-member', object: body, key: name, json: `[${value.value}, 0.5]` },
    ]),
    ...(edits?.parameters ?? []).map(
      ({ name, start }): RequestCommand => ({ kind: 'set-member', object: body, key: name, json: start }),
    ),
    ...(edits?.formats ?? []).map((format): RequestCommand => ({ kind: 'set-response-format', format })),
  ]
}

function sameList(one: Address, other: Address): boolean {
  return tokensOf(one).slice(0, -1).join('/') === tokensOf(other).slice(0, -1).join('/')
}

function planned({ text, interaction }: Opened, command: RequestCommand): readonly TextEdit[] {
  return edits?.plan(JsonDocument.of(text), interaction.conversation.at ?? [], command) ?? []
}

/** Applies a command and checks all that must hold; returns what it led to. */
function check(opened: Opened, command: RequestCommand): Opened {
  const { text, interaction } = opened
  const changes = planned(opened, command)
  const after = applyEdits(text, changes)
  expect(JSON.parse(after)).toEqual(expected(text, interaction.conversation.at ?? [], command))
  expect(applyEdits(after, invertEdits(text, changes))).toBe(text)
  const again = open(after)
  if (again === undefined) throw new Error('it is no chat request any more')
  expect(commandLabel(interaction.conversation, command)).toMatch(/^[A-Z]\w+ (?!this\b)\S/)
  return again
}

function holdsFor(file: RecordingFile): void {
  const opened = openFile(file)
  if (opened === undefined) return
  const commands = commandsFor(opened)
  // each kind of command at least once, and of each kind as many as time allows
  const runs = opened.text.length > 200_000 ? 10 : 50
  for (const kind of new Set(commands.map((command) => command.kind))) {
    const first = commands.find((command) => command.kind === kind)
    if (first) check(opened, first)
  }
  fc.assert(
    fc.property(fc.constantFrom(...commands), fc.infiniteStream(fc.nat()), (command, choices) => {
      // and one more on what the first has led to
      const then = check(opened, command)
      if (opened.text.length > 200_000) return
      const next = commandsFor(then)
      const second = next[(choices.next().value ?? 0) % next.length]
      if (second) check(then, second)
    }),
    { numRuns: runs },
  )
}

describe('commands on hand-made recordings', () => {
  const files = [SEED, ...containerFixtures('llama-stack-json')]
  for (const file of files) it(file.name, () => holdsFor(file))
  it('finds chat requests among them', () =>
    expect(files.flatMap((file) => openFile(file) ?? []).length).toBeGreaterThan(20))
})

const corpus = llamaStackCorpus()
describe.skipIf(corpus.length === 0)(`commands on real recordings (${CORPUS_MISSING})`, () => {
  for (const file of corpus) it(file.name, () => holdsFor(file))
})

const MADE = `{
  "request": {
    "method": "POST",
    "url": "https://api.openai.com/v1/chat/completions",
    "headers": {},
    "body": {
      "model": "gpt-4o",
      "messages": [
        {
          "role": "user",
          "content": "Gr\\u00fc\\u00DFe \\/ \\"now\\""
        }
      ]
    }
  },
  "response": {"body": [], "is_streaming": true}
}
`
const BODY: Address = [{ in: 'json', pointer: '/request/body' }]
const FIRST = within(BODY, 'messages', 0)

function plan(text: string, command: RequestCommand): string {
  return applyEdits(text, edits?.plan(JsonDocument.of(text), BODY, command) ?? [])
}

describe('what is written', () => {
  it('keeps a text to the letter when it becomes the first of several parts', () => {
    expect(plan(MADE, { kind: 'add-part', message: FIRST, part: 'image' })).toBe(
      MADE.replace(
        '"content": "Gr\\u00fc\\u00DFe \\/ \\"now\\""',
        () => `"content": [
            {
              "type": "text",
              "text": "Gr\\u00fc\\u00DFe \\/ \\"now\\""
            },
            {
              "type": "image_url",
              "image_url": {
                "url": ""
              }
            }
          ]`,
      ),
    )
  })

  it('adds a tool message that answers the first call nobody has answered', () => {
    const one = plan(MADE, { kind: 'add-tool-call', message: FIRST })
    const two = plan(one, { kind: 'add-tool-call', message: FIRST })
    const answered = plan(two, { kind: 'add-message', role: 'tool', position: 1 })
    const both = plan(answered, { kind: 'add-message', role: 'tool', position: 2 })
    const ids = (JSON.parse(both) as { request: { body: { messages: JsonObject[] } } }).request.body.messages
    expect(ids.map(({ tool_call_id }) => tool_call_id)).toEqual([undefined, 'call_1', 'call_2'])
  })

  it('keeps the file its numbers: what was a float stays one', () => {
    const set = (text: string, json: string): string =>
      plan(text, { kind: 'set-member', object: BODY, key: 'temperature', json })
    const text = set(MADE, '0.0')
    expect(text).toContain('"temperature": 0.0')
    expect(set(text, '1')).toContain('"temperature": 1.0')
  })
})

describe('what is refused, the text untouched', () => {
  const gone = within(BODY, 'messages', 7)
  const REFUSED: readonly (readonly [string, RequestCommand, RegExp])[] = [
    ['a message that is not there any more', { kind: 'remove', item: gone }, /not|no /],
    ['a move beyond the end', { kind: 'move', item: FIRST, by: 1 }, /no element/],
    ['a move beyond the beginning', { kind: 'move', item: FIRST, by: -1 }, /no element/],
    ['to duplicate what stands in no list', { kind: 'duplicate', item: within(FIRST, 'content') }, /no list/],
    ['a part of a message that is gone', { kind: 'add-part', message: gone, part: 'text' }, /any more/],
    ['a message beyond the end', { kind: 'add-message', role: 'user', position: 9 }, /no element/],
    ['a value that is no JSON', { kind: 'set-member', object: BODY, key: 'n', json: 'hot' }, /JSON/],
    [
      'a value that would break the text',
      { kind: 'set-member', object: BODY, key: 'n', json: '1, "x": 2' },
      /JSON/,
    ],
    ['a member without a name', { kind: 'set-member', object: BODY, key: '', json: '1' }, /name/],
    ['the whole document', { kind: 'remove', item: [{ in: 'json', pointer: '' }] }, /whole/],
  ]
  for (const [what, command, reason] of REFUSED) {
    it(what, () => {
      expect(() => plan(MADE, command)).toThrow(EditError)
      expect(() => plan(MADE, command)).toThrow(reason)
    })
  }
})
