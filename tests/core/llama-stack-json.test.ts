/** What each hand-made recording means, so that a reader that loses or invents something is noticed. */
import { describe, expect, it, vi } from 'vitest'
import type { Cassette, Interaction } from '../../src/core/cassette/cassette.ts'
import type { ContentPart } from '../../src/core/cassette/conversation.ts'
import { CHUNK_KINDS } from '../../src/core/cassette/delta.ts'
import { lengthAt, spanOfChunk } from '../../src/core/cassette/stream.ts'
import { decodeFile } from '../../src/core/file-text.ts'
import { deltasOfChunk, type Reading, readCassette } from '../../src/core/open.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { bytesOf, containerFixtures } from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const files = new Map(
  containerFixtures('llama-stack-json').map((file) => [file.name.replace(/^.*\/|\.json$/g, ''), file]),
)

interface Opened {
  readonly text: string
  readonly reading: Reading
  readonly cassette: Cassette
  readonly interaction: Interaction
}

function open(name: string): Opened {
  const file = files.get(name)
  if (file === undefined) throw new Error(`there is no fixture ${name}`)
  const decoded = decodeFile(bytesOf(file))
  if ('problem' in decoded) throw new Error(decoded.problem.message)
  const reading = readCassette(decoded.text)
  const interaction = reading.cassette?.interactions[0]
  if (reading.cassette === undefined || interaction === undefined) throw new Error(`${name} opens as nothing`)
  return { text: decoded.text, reading, cassette: reading.cassette, interaction }
}

/** A stream in short: the kind of each chunk, each track with its text, each answer with its stop. */
function summary(name: string): {
  readonly dialect: string
  readonly framing: string
  readonly kinds: string
  readonly tracks: readonly string[]
  readonly stops: readonly string[]
} {
  const { interaction } = open(name)
  const { stream } = interaction
  return {
    dialect: interaction.dialect,
    framing: interaction.response.framing,
    kinds: Array.from(stream.kinds, (code) => CHUNK_KINDS[code] ?? '?').join(' '),
    tracks: stream.tracks.map(({ choice, kind, text }) => `${choice} ${kind}: ${text}`),
    stops: stream.messages.map(({ choice, stop }) => `${choice} ${stop?.reason.value} in ${stop?.chunk}`),
  }
}

const SUMMARIES: Readonly<Record<string, ReturnType<typeof summary>>> = {
  'azure-first-chunk': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'unknown message-start text text unknown stop',
    tracks: ['0 text: The Biobío'],
    stops: ['0 stop in 5'],
  },
  'usage-only-last-chunk': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start text stop usage',
    tracks: ['0 text: hi'],
    stops: ['0 stop in 2'],
  },
  'role-in-every-delta': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'text text text text stop',
    tracks: ['0 text: Rayleigh scattering.\n'],
    stops: ['0 stop in 4'],
  },
  'parallel-tool-calls': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: `message-start ${'tool-call '.repeat(7)}stop usage`,
    tracks: ['0 tool-arguments: {"location": "Zürich"}', '0 tool-arguments: {"location": "K\\u00f8benhavn"}'],
    stops: ['0 tool_calls in 8'],
  },
  'several-fragments-in-one-delta': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start tool-call tool-call stop',
    tracks: ['0 text: ', '0 tool-arguments: {"location": "Lima"}'],
    stops: ['0 tool_calls in 3'],
  },
  reasoning: {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start reasoning reasoning text stop usage',
    tracks: ['0 text: 51', '0 reasoning: 17*3 = 51.'],
    stops: ['0 stop in 4'],
  },
  'reasoning-content': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start reasoning reasoning text stop',
    tracks: ['0 text: Yes.', '0 reasoning: They ask again.'],
    stops: ['0 stop in 4'],
  },
  'two-choices': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start message-start text text text stop stop',
    tracks: ['0 text: Apple', '1 text: Plum'],
    stops: ['0 length in 6', '1 stop in 5'],
  },
  'streamed-refusal': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start refusal refusal stop',
    tracks: ["0 refusal: I'm sorry, no 🙅."],
    stops: ['0 stop in 3'],
  },
  'lone-surrogates': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start text text text stop',
    tracks: ['0 text: split 😀 joined lone \udc00.'],
    stops: ['0 stop in 4'],
  },
  'proto-keys': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start text stop',
    tracks: ['0 text: polluted?'],
    stops: ['0 stop in 2'],
  },
  'legacy-function-call': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'tool-call tool-call tool-call stop',
    tracks: ['0 tool-arguments: {"to": "you"}'],
    stops: ['0 function_call in 3'],
  },
  'exception-mid-stream': {
    dialect: 'openai-chat',
    framing: 'object-list',
    kinds: 'message-start text text',
    tracks: ['0 text: Once upon a ti'],
    stops: ['0 undefined in undefined'],
  },
  exception: { dialect: 'openai-chat', framing: 'none', kinds: '', tracks: [], stops: [] },
  'not-streamed-tool-calls': {
    dialect: 'openai-chat',
    framing: 'whole',
    kinds: 'stop',
    tracks: ['0 tool-arguments: {"location": "Québec", "days": 3.0}', '0 tool-arguments: {}'],
    stops: ['0 tool_calls in 0'],
  },
  'unknown-dialect': {
    dialect: 'unknown',
    framing: 'object-list',
    kinds: 'unknown unknown',
    tracks: [],
    stops: [],
  },
  'sse-lines': {
    dialect: 'anthropic-messages',
    framing: 'sse',
    kinds: 'message-start text empty',
    tracks: ['0 text: café é'],
    stops: ['0 undefined in undefined'],
  },
  'tool-result-twice-encoded': {
    dialect: 'llama-stack-tool',
    framing: 'whole',
    kinds: 'text',
    // the tool answered with JSON that says its own escapes
    tracks: [
      '0 text: {"query": "caf\\u00e9", "top_k": [{"url": "https://example.com/a", "score": 0.98, "text": "line\\nbreak \\u00e9"}]}',
    ],
    stops: ['0 undefined in undefined'],
  },
}

describe('a recording is read as', () => {
  for (const [name, wanted] of Object.entries(SUMMARIES)) {
    it(name, () => expect(summary(name)).toEqual(wanted))
  }

  it('the same stream, however the same JSON is laid out', () => {
    const [one, ...others] = [
      'upper-case-escapes',
      'compact-raw-utf8',
      'escaped-slashes',
      'crlf',
      'bom',
      'no-trailing-newline',
    ].map(summary)
    expect(one?.tracks).toEqual(['0 text: こんにちは 👋🏽 / "ok"\\'])
    for (const other of others) expect(other).toEqual(one)
  })
})

describe('tool calls', () => {
  it('carry id, name and the track of their arguments, in the order of their first fragment', () => {
    const parts = open('parallel-tool-calls').interaction.stream.messages[0]?.parts ?? []
    const calls = parts.flatMap((part) => (part.kind === 'tool-call' ? [part] : []))
    expect(
      calls.map(({ call, firstChunk }) => [call.index, call.id?.value, call.argumentsTrack, firstChunk]),
    ).toEqual([
      [0, 'call_AAA', 0, 1],
      [1, 'call_BBB', 1, 4],
    ])
    expect(calls.map(({ call }) => call.name?.value)).toEqual(['get_weather', 'get_weather'])
  })

  it('keep each fragment of one delta as a piece of its own', () => {
    const track = open('several-fragments-in-one-delta').interaction.stream.tracks[1]
    expect([...(track?.pieceChunks ?? [])]).toEqual([1, 1, 1, 2, 2])
    expect(track && [0, 1, 2, 3].map((chunk) => lengthAt(track, chunk))).toEqual([0, 16, 20, 20])
    expect(track && spanOfChunk(track, 2)).toEqual({ start: 16, end: 20 })
  })
})

describe('exceptions', () => {
  it('carry class, message and status', () => {
    const { exception } = open('exception').interaction.response
    expect(exception?.type).toBe('BadRequestError')
    expect(exception?.message?.value).toMatch(/^Error code: 400/)
    expect(exception?.status?.value).toBe('400')
  })

  it('of before 2026 have a message only', () => {
    const { exception } = open('exception-legacy').interaction.response
    expect(exception).toMatchObject({
      type: 'exception',
      message: { value: 'Error code: 404 - model not found' },
    })
    expect(exception?.json).toBeUndefined()
  })

  it('in the middle of a stream stand beside what had arrived', () => {
    const { response, stream } = open('exception-mid-stream').interaction
    expect(response).toMatchObject({ streaming: true, exception: { type: 'ConnectionError' } })
    expect(stream.tracks[0]?.text).toBe('Once upon a ti')
  })
})

describe('requests', () => {
  const kindsOf = (parts: readonly ContentPart[]): readonly string[] => parts.map(({ kind }) => kind)

  it('keep every part, known or not', () => {
    const { conversation } = open('audio-and-file-parts').interaction
    const [developer, user] = conversation.messages
    expect([developer?.role, developer?.name?.value]).toEqual(['developer', 'boss'])
    expect(kindsOf(user?.parts ?? [])).toEqual(['text', 'audio', 'file', 'file', 'image', 'unknown'])
    expect(conversation.parameters.map(({ name }) => name)).toEqual(['model', 'stream', 'modalities', 'stop'])
  })

  it('read a conversation with tools', () => {
    const { conversation } = open('not-streamed-tool-calls').interaction
    expect(conversation.messages.map(({ role, parts }) => [role, ...kindsOf(parts)])).toEqual([
      ['system', 'text'],
      ['user', 'text'],
      ['assistant', 'text', 'tool-call'],
      ['tool', 'tool-result'],
    ])
    expect(conversation.tools.map(({ name }) => name)).toEqual(['get_weather'])
    expect(conversation.responseFormat).toMatchObject({ type: 'json_schema', name: { value: 'w' } })
  })

  it('keep numbers as they are written', () => {
    const { conversation, stream } = open('numbers').interaction
    const written = conversation.parameters.map(({ value }) => value.value)
    expect(written).toEqual([
      '"gpt-4o"',
      'true',
      '12345678901234567890123',
      '1.0',
      '1E400',
      '-0',
      '-1.5e-05',
      '0.9998443388938904',
    ])
    expect(stream.usage?.inputTokens?.value).toBe('9007199254740993')
  })

  it('of old recordings show reasoning that was sent back', () => {
    const { messages } = open('reasoning-content').interaction.conversation
    expect(kindsOf(messages[1]?.parts ?? [])).toEqual(['text', 'reasoning'])
  })
})

describe('keys that JavaScript objects are prone to', () => {
  it('change nothing outside the recording', () => {
    open('proto-keys')
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('duplicate keys', () => {
  it('are warned about; the last one counts', () => {
    const { reading, interaction } = open('duplicate-keys')
    const warnings = reading.diagnostics.filter(({ code }) => code === 'duplicate-key')
    expect(warnings.map(({ message }) => message.match(/"\w+"/)?.[0])).toEqual(['"method"', '"content"'])
    expect(interaction.request.method?.value).toBe('PUT')
  })

  it('of a delta are one text, the last', () => {
    expect(summary('duplicate-keys').tracks).toEqual(['0 text: second'])
  })

  it('are seen also when they are spelt differently', () => {
    const text =
      '{"request": {"body": {}, "b\\u006fdy": {}}, "response": {"is_streaming": false, "body": null}}'
    expect(readCassette(text).diagnostics.map(({ code }) => code)).toContain('duplicate-key')
  })
})

describe('reasoning', () => {
  it('that is there under both its names counts once', () => {
    const delta = '{"reasoning": "hm", "reasoning_content": "hm"}'
    const chunk = `{"choices": [{"index": 0, "delta": ${delta}, "finish_reason": null}]}`
    const text = `{"request": {"body": {"messages": []}}, "response": {"body": [${chunk}], "is_streaming": true}}`
    expect(readCassette(text).cassette?.interactions[0]?.stream.tracks[0]?.text).toBe('hm')
  })
})

describe('every chunk', () => {
  it('says its deltas again when asked, and they name the kind it is drawn as', () => {
    for (const name of files.keys()) {
      const { text, reading, interaction } = open(name)
      const document = JsonDocument.of(reading.projected ?? text)
      interaction.stream.chunkNodes.forEach((_, position) => {
        const kinds = deltasOfChunk(document, interaction, position).map(({ kind }) => kind)
        const drawn = CHUNK_KINDS[interaction.stream.kinds[position] ?? 0] ?? '?'
        if (drawn === 'empty') return
        expect(kinds, `${name}, chunk ${position}`).toContain(drawn)
      })
    }
  })
})
