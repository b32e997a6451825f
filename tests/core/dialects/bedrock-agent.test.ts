import { describe, expect, it } from 'vitest'
import { bedrockAgent } from '../../../src/core/dialects/bedrock-agent.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const text = (value: unknown): string => JSON.stringify(value)
const TRACE = { agentId: 'A', sessionId: 's', trace: { guardrailTrace: { action: 'INTERVENED' } } }

describe('a Bedrock agent', () => {
  it('says decoded text, traces, calls and files', () => {
    const control = {
      invocationId: 'i1',
      invocationInputs: [
        {
          functionInvocationInput: {
            actionGroup: 'g',
            function: 'f',
            parameters: [{ name: 'a', value: '1' }],
          },
        },
      ],
    }
    const payloads = [
      text(TRACE),
      text('Sorry, '),
      text('no.'),
      text(control),
      text({ files: [{ name: 'a.png', type: 'image/png', bytes: 'iVBO' }] }),
    ]
    const events = ['trace', 'chunk', 'chunk', 'returnControl', 'files']
    const { stream, deltas } = foldPayloads(bedrockAgent, payloads, events)
    expect(answerOfStream(stream).blocks).toEqual([
      { kind: 'text', text: 'Sorry, no.' },
      { kind: 'call', id: 'i1', name: 'f', arguments: '[{"name":"a","value":"1"}]' },
    ])
    expect(stream.messages[0]?.parts[0]).toMatchObject({ kind: 'note', label: 'trace: guardrailTrace' })
    expect(stream.messages[0]?.parts.at(-1)).toMatchObject({
      kind: 'media',
      media: 'image',
      type: 'image/png',
    })
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    editEveryTrack(bedrockAgent, payloads, events)
  })

  it.each([
    ['as a payload', text({ bytes: 'U29ycnk=', p: 'abc' }), ['chunk']],
    ['named in the payload', text({ chunk: { bytes: 'U29ycnk=' } }), undefined],
  ] as const)('shows text that is still encoded as the file it is, %s', (_, payload, events) => {
    const { stream } = foldPayloads(bedrockAgent, [payload], events)
    expect(stream.messages[0]?.parts).toMatchObject([
      { kind: 'media', media: 'file', type: 'text/plain', pieces: [{ data: { value: 'U29ycnk=' } }] },
    ])
  })

  it('reads the answer of a knowledge base', () => {
    const payload = text({
      output: { text: 'Because.' },
      citations: [{ a: 1 }],
      sessionId: 's',
      guardrailAction: 'NONE',
    })
    const { stream } = foldPayloads(bedrockAgent, [payload])
    expect(stream.messages[0]?.parts.map(({ kind }) => kind)).toEqual(['text', 'note'])
    editEveryTrack(bedrockAgent, [payload])
  })

  it('tells exceptions', () => {
    const { stream } = foldPayloads(bedrockAgent, [text({ message: 'no' })], ['accessDeniedException'])
    expect(stream.errors).toMatchObject([{ message: 'no' }])
  })

  it('is recognised, and reads its request', () => {
    const url =
      'https://bedrock-agent-runtime.us-east-2.amazonaws.com/agents/G/agentAliases/T/sessions/s/text'
    const sniff = (first: unknown, event?: string, at?: string): number =>
      bedrockAgent.sniff(
        { headers: [], extras: [], ...(at && { url: { value: at, at: [] } }) },
        undefined,
        JsonDocument.of(text(first)).root,
        event,
      ).confidence
    expect(sniff({}, undefined, url)).toBe(1)
    expect(sniff(TRACE, 'trace')).toBe(0.9)
    expect(sniff({ choices: [{ delta: {} }] })).toBe(0)
    expect(sniff({ bytes: 'eyJ9', p: 'a' }, 'chunk')).toBe(0)
    const root = JsonDocument.of(text({ enableTrace: true, inputText: 'q' })).root
    expect(root && bedrockAgent.readRequest(root)).toMatchObject({
      messages: [{ role: 'user', parts: [{ text: { value: 'q' } }] }],
      parameters: [{ name: 'enableTrace' }],
    })
  })
})
