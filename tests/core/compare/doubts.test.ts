import { describe, expect, it, vi } from 'vitest'
import { doubts } from '../../../src/core/compare/doubts.ts'
import { pythonJson, question, RIVER, streamed, textChunks, WEATHER } from '../../e2e/support/recordings.ts'
import { fixtureText, once, recordings, side } from './sides.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

function doubted(before: string, after: string): readonly string[] {
  return doubts(side(before), side(after)).map(({ sentence }) => sentence)
}

describe('what an edit makes doubtful', () => {
  it('is nothing where nothing changed, however odd the recording', () => {
    for (const { text } of recordings()) {
      expect(doubted(text, text)).toEqual([])
      expect(doubted(text, `${text} `)).toEqual([])
    }
  })

  it('is the usage of another answer or request', () => {
    const text = RIVER.text
    const [of] = doubts(side(text), side(once(text, ' Rhein', ' Main')))
    expect(of?.sentence).toBe('The recorded usage (out 9 tokens) is still that of the old answer.')
    expect(of?.at).toEqual([{ in: 'json', pointer: '/response/body/9/__data__/usage/completion_tokens' }])
    expect(doubted(text, once(text, 'Antworte kurz.', 'Lang!'))).toEqual([
      'The recorded usage (in 12 tokens) is still that of the old request.',
    ])
    // white space and escapes are no other request
    expect(doubted(text, JSON.stringify(JSON.parse(text)))).toEqual([])
    const counted = once(once(text, ' Rhein', ' Main'), '"completion_tokens": 9', '"completion_tokens": 8')
    expect(doubted(text, counted)).toEqual([
      'The recorded total of 21 tokens is not the sum of in and out any more.',
    ])
    expect(doubted(text, once(counted, '"total_tokens": 21', '"total_tokens": 20'))).toEqual([])
  })

  it('is a finish reason that no longer fits', () => {
    const text = WEATHER.text
    const file = JSON.parse(text)
    file.response.body.splice(4, 4)
    expect(doubted(text, pythonJson(file))).toEqual([
      'The finish reason is tool_calls, but no tool call is left.',
    ])
    expect(doubted(text, once(text, '"finish_reason": "tool_calls"', '"finish_reason": "stop"'))).toEqual([
      'There is a tool call, but the finish reason is stop.',
    ])
    expect(doubted(text, once(text, '"finish_reason": "tool_calls"', '"finish_reason": null'))).toEqual([
      'The answer has no finish reason any more.',
    ])
  })

  it('is a tool call that nobody can make', () => {
    const text = WEATHER.text
    expect(doubted(text, once(text, '\\"days\\": 3}', '\\"days\\": '))).toEqual([
      'The arguments of get_weather are no JSON any more.',
    ])
    const [first = '', ...rest] = text.split('get_weather')
    expect(doubted(text, [first, rest.join('get_weather')].join('get_rain'))).toEqual([
      'The tool get_weather that is called is not among the tools of the request.',
    ])
  })

  it('is a tool result whose call is gone', () => {
    const text = pythonJson(
      streamed(
        [
          question('x'),
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'call_1', content: 'y' },
        ],
        textChunks(['z']),
      ),
    )
    expect(doubted(text, once(text, '"id": "call_1"', '"id": "call_2"'))).toEqual([
      'The tool result in message 3 answers no call any more (call_1).',
    ])
  })

  it('is log probabilities of another text', () => {
    const text = fixtureText('logprobs')
    const before = side(text)
    const track = before.interaction.stream.tracks.find((one) => one.text.length > 0)
    const node = before.document.node(track?.pieceNodes[Math.floor((track.pieceNodes.length ?? 0) / 2)] ?? 0)
    const after = `${text.slice(0, node.start)}"changed"${text.slice(node.end)}`
    expect(doubted(text, after).filter((one) => one.includes('log prob'))).toHaveLength(1)
  })

  it('is a stream that was not asked for, and a model that is written down twice', () => {
    const text = RIVER.text
    expect(doubted(text, once(text, '"stream": true', '"stream": false'))).toEqual([
      'The request does not ask for a stream any more, but the response is one.',
    ])
    expect(doubted(text, text.replace('"model": "gpt-4o"', '"model": "gpt-5"'))).toEqual([
      'The model also stands beside the body of the request, still as gpt-4o.',
    ])
  })

  it('is a name that is the old hash', () => {
    const [old, now] = ['a'.repeat(64), 'b'.repeat(64)]
    const named = (name: string): readonly string[] =>
      doubts(side(RIVER.text, `${old}.json`, old), side(once(RIVER.text, 'kurz', 'lang'), name, now)).map(
        ({ sentence }) => sentence,
      )
    const still =
      'The file is still named after the old request: a replay will not find it under the new hash.'
    expect(named(`${old}.json`)).toContain(still)
    expect(named(`${now}.json`)).not.toContain(still)
    const own = side(RIVER.text, 'x.json', `0123456789ab${'0'.repeat(52)}`)
    expect(
      doubts(own, side(once(RIVER.text, 'kurz', 'lang'), 'x.json', now)).map(({ sentence }) => sentence),
    ).toContain('The ids of the chunks (rec-0123456789ab) still come from the old request hash.')
  })
})
