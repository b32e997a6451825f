import { describe, expect, it } from 'vitest'
import { compareReadings, judgeFiles } from '../../src/core/judge.ts'
import { readCassette } from '../../src/core/open.ts'

/** A recording of vcr.py in JSON, with as many calls as wanted. */
function vcr(
  ...calls: readonly { asks: unknown; answers: unknown; url?: string; status?: number }[]
): string {
  return JSON.stringify({
    version: 1,
    interactions: calls.map(
      ({ asks, answers, url = 'https://api.openai.com/v1/chat/completions', status = 200 }) => ({
        request: { method: 'POST', uri: url, headers: {}, body: JSON.stringify(asks) },
        response: {
          status: { code: status, message: '' },
          headers: { 'Content-Type': ['application/json'] },
          body: { string: JSON.stringify(answers) },
        },
      }),
    ),
  })
}

const asks = (text: string): unknown => ({ model: 'gpt-4o', messages: [{ role: 'user', content: text }] })
const says = (text: string, finish = 'stop'): unknown => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o',
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content: text } }],
})
const calls = (...made: readonly (readonly [id: string, name: string, args: string])[]): unknown => ({
  id: 'chatcmpl-2',
  object: 'chat.completion',
  model: 'gpt-4o',
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: made.map(([id, name, args]) => ({
          id,
          type: 'function',
          function: { name, arguments: args },
        })),
      },
    },
  ],
})
const answered = (one: string, other: string): unknown => ({
  model: 'gpt-4o',
  messages: [
    { role: 'user', content: 'Add' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: one, type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
        { id: other, type: 'function', function: { name: 'add', arguments: '{"a":2}' } },
      ],
    },
    { role: 'tool', tool_call_id: one, content: '1' },
    { role: 'tool', tool_call_id: other, content: '2' },
  ],
})

function judge(before: string, after: string): ReturnType<typeof judgeFiles> {
  return judgeFiles({ name: 'a.json', text: before }, { name: 'a.json', text: after })
}

describe('files of several calls', () => {
  const one = { asks: asks('one'), answers: says('1') }
  const two = { asks: asks('two'), answers: says('2') }
  const three = { asks: asks('three'), answers: says('3') }

  it('are aligned by what they ask, so that a call more is one difference', () => {
    const verdict = judge(vcr(one, three), vcr(one, two, three))
    expect(verdict).toMatchObject({ kind: 'behaviour', requestChanged: false })
    expect(verdict.reasons).toEqual(['call 2: added: POST https://api.openai.com/v1/chat/completio…'])
  })

  it('may come in another order', () => {
    expect(judge(vcr(one, two, three), vcr(three, one, two)).kind).toBe('noise')
  })

  it('are paired by their place where they ask something else', () => {
    const other = { asks: asks('zwei'), answers: says('2') }
    const verdict = judge(vcr(one, two, three), vcr(one, other, three))
    expect(verdict).toMatchObject({ kind: 'request', requestChanged: true })
    expect(verdict.reasons).toEqual(['call 2: text of message 1 (user) differs'])
  })

  it('are as bad as the worst of them, which comes first', () => {
    const verdict = judge(
      vcr(one, two, three),
      vcr(one, { ...two, answers: says('two') }, { ...three, answers: says('3', 'length') }),
    )
    expect(verdict.kind).toBe('behaviour')
    expect(verdict.sentence).toBe('Behaviour: call 3: finish reason stop → length, the answer is cut off')
    expect(verdict.reasons[1]).toBe('call 2: answer text differs: 2 → two')
  })
})

describe('ids', () => {
  it('may be others, one for one', () => {
    const answer = says('3')
    const before = vcr({ asks: answered('call_1', 'call_2'), answers: answer })
    expect(judge(before, vcr({ asks: answered('x', 'y'), answers: answer })).kind).toBe('noise')
  })

  it('must go on linking the same results to the same calls', () => {
    const crossed = JSON.parse(JSON.stringify(answered('call_1', 'call_2'))) as {
      messages: { tool_call_id?: string }[]
    }
    const [first, second] = crossed.messages.slice(2)
    if (!first || !second) throw new Error('no results')
    ;[first.tool_call_id, second.tool_call_id] = ['call_2', 'call_1']
    const verdict = judge(
      vcr({ asks: answered('call_1', 'call_2'), answers: says('3') }),
      vcr({ asks: crossed, answers: says('3') }),
    )
    expect(verdict.kind).toBe('request')
    expect(verdict.reasons.join()).toContain('tool call ids of message 3')
  })
})

describe('tool calls', () => {
  const file = (...made: readonly (readonly [id: string, name: string, args: string])[]): string =>
    vcr({ asks: asks('x'), answers: calls(...made) })

  it('are matched by what they are called with, not by their place', () => {
    const before = file(['1', 'get', '{"city":"Rome"}'], ['2', 'get', '{"city":"Oslo"}'])
    const after = file(['7', 'get', '{"city": "Oslo"}'], ['8', 'get', '{"city":"Rome"}'])
    expect(judge(before, after).reasons).toEqual(['tool calls come in another order'])
  })

  it('say which argument differs, down to its place', () => {
    const verdict = judge(
      file(['1', 'plan', '{"days":[1,2,{"at":"noon"}],"who":"me"}']),
      file(['1', 'plan', '{"who":"me","days":[1,2,{"at":"night"}]}']),
    )
    expect(verdict.sentence).toBe('Behaviour: tool call plan has other arguments: days.2.at: noon → night')
  })

  it('without arguments are the same however that is written', () => {
    expect(judge(file(['1', 'go', '']), file(['1', 'go', '{}'])).kind).toBe('noise')
  })

  it('keep big numbers and names of Object apart', () => {
    expect(
      judge(file(['1', 'go', '{"n":9007199254740993}']), file(['1', 'go', '{"n":9007199254740992}'])).kind,
    ).toBe('behaviour')
    const verdict = judge(file(['1', 'go', '{"__proto__":1}']), file(['1', 'go', '{"__proto__":2}']))
    expect(verdict.sentence).toContain('__proto__: 1 → 2')
  })
})

describe('one question to two APIs', () => {
  const anthropic = (stop: string): string =>
    vcr({
      url: 'https://api.anthropic.com/v1/messages',
      asks: { model: 'gpt-4o', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] },
      answers: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [{ type: 'text', text: 'hi' }],
        stop_reason: stop,
      },
    })
  const openai = vcr({ asks: asks('x'), answers: says('hi') })

  it('ends alike where the kind of end is the same', () => {
    const verdict = judge(openai, anthropic('end_turn'))
    expect(verdict.kind).toBe('request')
    expect(verdict.reasons.some((reason) => reason.startsWith('URL'))).toBe(true)
    expect(verdict.reasons.some((reason) => /^(?:text of|role of)? ?message/.test(reason))).toBe(false)
  })

  it('does not where it is not', () => {
    expect(judge(openai, anthropic('max_tokens')).kind).toBe('behaviour')
  })
})

describe('what nobody understands', () => {
  it('is told by its values where it is the answer', () => {
    const url = 'https://example.org/weather'
    const file = (celsius: number): string => vcr({ url, asks: {}, answers: { celsius, id: celsius } })
    expect(judge(file(3), file(4)).reasons).toEqual(['response differs at /celsius: 3 → 4'])
  })

  it('is named where it stands beside the answer', () => {
    const answer = { ...(says('hi') as object), weather: 'fine' }
    const verdict = judge(
      vcr({ asks: asks('x'), answers: answer }),
      vcr({ asks: asks('x'), answers: { ...answer, weather: 'bad' } }),
    )
    expect(verdict).toMatchObject({
      kind: 'noise',
      sentence: 'Only fields that say nothing known differ: weather',
    })
  })

  it('is no recording on both sides, too', () => {
    expect(judge('hello', 'world').kind).toBe('unreadable')
    expect(judge('', '').kind).toBe('identical')
    expect(judge('{}', '{ }').sentence).toBe('Each of the two files is no recording that can be read whole')
  })
})

describe('the comparison for a screen', () => {
  it('has all messages, with the words of those that changed', () => {
    const long = (last: string): unknown => ({
      model: 'gpt-4o',
      messages: [...'abc']
        .map((content) => ({ role: 'user', content }))
        .concat({ role: 'user', content: last }),
    })
    const before = vcr({ asks: long('the old end'), answers: says('1') })
    const after = vcr({ asks: long('the new end'), answers: says('1') })
    const meaning = compareReadings(
      { name: 'a', text: before, reading: readCassette(before) },
      { name: 'a', text: after, reading: readCassette(after) },
    )
    if (!('calls' in meaning)) throw new Error('no recordings')
    const messages = meaning.calls[0]?.request?.messages ?? []
    expect(messages.map(({ state }) => state)).toEqual(['same', 'same', 'same', 'changed'])
    expect(messages[3]?.texts).toMatchObject([{ was: 'the old end', is: 'the new end', same: false }])
    // plain data: it crosses a worker
    expect(structuredClone(meaning)).toEqual(meaning)
  })
})
