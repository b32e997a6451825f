import { describe, expect, it } from 'vitest'
import { claudeAgentSdk } from '../../../src/core/dialects/claude-agent-sdk.ts'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const said = (uuid: string, ...content: readonly object[]): object => ({
  type: 'assistant',
  uuid,
  session_id: 's',
  message: {
    id: 'msg_1',
    role: 'assistant',
    content,
    stop_reason: null,
    usage: { input_tokens: 3, output_tokens: 1 },
  },
})

const LINES = [
  { type: 'control_response', response: { subtype: 'success', request_id: 'r' } },
  { type: 'system', subtype: 'init', session_id: 's', tools: ['Bash'] },
  said('u1', { type: 'thinking', thinking: 'Hm', signature: 'sig' }),
  said(
    'u2',
    { type: 'text', text: 'Let me look. ' },
    { type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } },
  ),
  {
    type: 'user',
    session_id: 's',
    message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'a.txt' }] },
  },
  said('u3', { type: 'text', text: 'Done.' }),
  {
    type: 'result',
    subtype: 'success',
    is_error: false,
    session_id: 's',
    result: 'Done.',
    stop_reason: null,
    usage: { input_tokens: 9, output_tokens: 4, cache_read_input_tokens: 17 },
  },
].map((line) => JSON.stringify(line))

describe('claude agent sdk', () => {
  it('adds up the messages of a session, each text for itself', () => {
    const { stream, deltas } = foldPayloads(claudeAgentSdk, LINES)
    expect(neutralOf(stream)).toEqual({
      answers: [
        {
          choice: 0,
          text: 'Let me look. Done.',
          reasoning: 'Hm',
          calls: [{ id: 't', name: 'Bash', arguments: '{"command":"ls"}' }],
          stop: 'success',
        },
      ],
      usage: {
        inputTokens: '9',
        outputTokens: '4',
        totalTokens: '',
        cachedInputTokens: '17',
        reasoningTokens: '',
      },
    })
    expect(stream.messages[0]?.parts.map((part) => (part.kind === 'note' ? part.label : part.kind))).toEqual([
      'control response',
      'system init',
      'reasoning',
      'signature',
      'text',
      'tool-call',
      'user',
      'text',
    ])
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    expect(editEveryText(claudeAgentSdk, LINES)).toBe(4)
  })

  it('says errors', () => {
    const failed = { type: 'result', subtype: 'error_max_turns', is_error: true, session_id: 's' }
    const { errors } = foldPayloads(claudeAgentSdk, [JSON.stringify(failed)]).stream
    expect(errors[0]?.message).toBe('error_max_turns')
  })

  it('is recognised, and takes no message of the API', () => {
    for (const line of LINES) expect(surest(DIALECTS, JSON.parse(line))).toBe('claude-agent-sdk')
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [{ type: 'text', text: 'x' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1 },
    }
    expect(surest(DIALECTS, message)).toBe('anthropic-messages')
  })
})
