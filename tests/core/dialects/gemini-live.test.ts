import { describe, expect, it } from 'vitest'
import { geminiLive } from '../../../src/core/dialects/gemini-live.ts'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const turn = (...parts: readonly object[]): string =>
  JSON.stringify({ serverContent: { modelTurn: { parts } } })

const SERVER = [
  '{"setupComplete":{}}',
  '{"serverContent":{"inputTranscription":{"text":"Hi"}}}',
  turn({ text: 'Hm', thought: true }),
  turn({ text: 'Hel' }),
  turn({ text: 'lo' }, { inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'AAAA' } }),
  turn({ inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'BBBB' } }),
  '{"serverContent":{"outputTranscription":{"text":"Hello"}}}',
  '{"toolCall":{"functionCalls":[{"id":"c1","name":"f","args":{"a":1}},{"id":"c2","name":"f","args":{}}]}}',
  '{"serverContent":{"generationComplete":true}}',
  '{"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":187,"responseTokenCount":3,"totalTokenCount":190}}',
]

describe('gemini live', () => {
  it('adds up', () => {
    const { stream, deltas } = foldPayloads(geminiLive, SERVER)
    const told = stream.messages[0]?.parts.map((part) => {
      if (part.kind === 'tool-call')
        return `${part.call.id?.value} ${stream.tracks[part.call.argumentsTrack ?? -1]?.text}`
      if (part.kind === 'media') return part.pieces.map(({ data }) => data.value).join('+')
      return part.kind === 'note' ? part.label : `${part.kind} ${stream.tracks[part.track]?.text}`
    })
    expect(told).toEqual([
      'what was heard',
      'reasoning Hm',
      'text Hello',
      'AAAA+BBBB',
      'text Hello',
      'c1 {"a":1}',
      'c2 {}',
    ])
    expect(stream.messages[0]?.stop).toMatchObject({ chunk: 9, reason: { value: 'true' } })
    expect(stream.usage?.outputTokens?.value).toBe('3')
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    expect(editEveryText(geminiLive, SERVER)).toBe(5)
  })

  it('is recognised', () => {
    for (const payload of SERVER) expect(surest(DIALECTS, JSON.parse(payload))).toBe('gemini-live')
    expect(surest(DIALECTS, undefined, [{ setup: { model: 'm' } }])).toBe('gemini-live')
  })

  it("reads the client's messages, one or all", () => {
    const read = (body: object) =>
      geminiLive.readRequest(JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable())
    const setup = {
      setup: {
        model: 'models/live',
        generationConfig: { responseModalities: ['AUDIO'] },
        systemInstruction: { parts: [{ text: 'Be brief' }], role: 'user' },
        tools: [{ functionDeclarations: [{ name: 'f' }] }],
      },
    }
    expect(read(setup).messages.map(({ role }) => role)).toEqual(['system'])
    const { messages, tools, parameters } = read([
      setup,
      { client_content: { turns: [{ role: 'user', parts: [{ text: 'Hi' }] }], turnComplete: true } },
      { realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/pcm' } } },
      { realtimeInput: { mediaChunks: [{ data: 'AAAA', mimeType: 'image/jpeg' }] } },
      { toolResponse: { functionResponses: [{ id: 'c1', name: 'f', response: { output: '42' } }] } },
    ])
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['system', 'text'],
      ['user', 'text'],
      ['user', 'audio'],
      ['user', 'image'],
      ['function', 'tool-result'],
    ])
    expect(tools.map(({ name }) => name)).toEqual(['f'])
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'responseModalities'])
  })
})
