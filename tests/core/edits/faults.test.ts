import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { breakArguments, breakOff, emptyAnswer, finishAt } from '../../../src/core/edits/faults.ts'
import { chatRecording, printRecording } from '../support/chat-recordings.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import {
  applyChecked,
  chunkCount,
  expectRefused,
  openRecording,
  rawChunks,
  shownTracks,
  unlessRefused,
} from '../support/edit-checks.ts'
import { STYLES } from '../support/json-layouts.ts'
import { askTheSdk } from '../support/openai-sdk.ts'
import { addUp, addUpText, type PlainAnswer, type PlainChat, plainChunks } from '../support/plain-chat.ts'
import { withText } from '../support/tracks.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const REASONS = ['length', 'content_filter', 'stop', 'tool_calls'] as const

function byThen(text: string, position: number): PlainChat {
  return addUp(plainChunks(text).slice(0, position + 1))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

checkEachRecording('a stream broken off', (text, random, style) => {
  const recording = openRecording(text)
  const count = chunkCount(recording)
  const position = random.below(count)
  if (position === count - 1) return expectRefused(() => breakOff(recording, position))
  const after = applyChecked(text, breakOff(recording, position), { style, emptied: true })
  expect(rawChunks(after)).toEqual(rawChunks(text).slice(0, position + 1))
  expect(addUpText(after)).toEqual(byThen(text, position))
})

/** What had been said by then, with the role that comes later where nothing had. */
function finished(text: string, position: number, reason: string): PlainChat {
  const whole = addUpText(text)
  const then = byThen(text, position)
  const answers = whole.answers.map(({ choice, role, finish, ...said }): PlainAnswer => {
    const saying =
      finish !== '' || said.calls.length > 0 || said.content + said.reasoning + said.refusal !== ''
    const arrived = then.answers.find((answer) => answer.choice === choice)
    const nothing = { choice, role, content: '', reasoning: '', refusal: '', finish, calls: [] }
    return { ...nothing, ...arrived, role, finish: saying ? reason : finish }
  })
  return { answers, usage: whole.usage }
}

checkEachRecording(
  'an answer that ends early',
  (text, random, style) => {
    const recording = openRecording(text)
    const count = chunkCount(recording)
    const position = random.below(count)
    const reason = random.pick(REASONS)
    const plan = unlessRefused(() => finishAt(recording, position, reason))
    const whole = addUpText(text)
    if (plan === undefined) {
      // only an answer that has neither an end nor a place for one by then
      expect(whole.answers.some(({ finish }) => finish === '') || whole.answers.length === 0).toBe(true)
      return
    }
    const after = applyChecked(text, plan, { style })
    const expected = finished(text, position, reason)
    // an answer that only ever had a role has nothing to end
    const ends = addUpText(after).answers.map(({ finish }) => finish)
    expect(ends.filter((finish) => finish !== reason && finish !== '')).toEqual([])
    const shown = addUpText(after)
    const sameEnds = expected.answers.map((answer, at) => ({
      ...answer,
      finish: answer.finish === reason ? reason : (ends[at] ?? ''),
    }))
    expect(shown).toEqual({ ...expected, answers: sameEnds })
    // up to this chunk only the ones that say the end are changed
    const [old, now] = [rawChunks(text), rawChunks(after)]
    const changed = old.slice(0, position + 1).filter((raw, at) => raw !== now[at])
    expect(changed.length).toBeLessThanOrEqual(whole.answers.length)
  },
  { runs: 150, perFile: 2 },
)

checkEachRecording(
  'an answer of which nothing is left',
  (text, _, style) => {
    const recording = openRecording(text)
    const plan = unlessRefused(() => emptyAnswer(recording))
    if (plan === undefined) return expect(addUpText(text).answers).toEqual([])
    const after = applyChecked(text, plan, { style })
    const before = addUpText(text)
    const answers = before.answers.map(({ choice, role, finish }) => ({
      choice,
      role,
      content: '',
      reasoning: '',
      refusal: '',
      finish: /^(?:tool_calls|function_call)$/.test(finish) ? 'stop' : finish,
      calls: [],
    }))
    const known = new Set(addUpText(after).answers.map(({ choice }) => choice))
    expect(addUpText(after)).toEqual({
      ...before,
      answers: answers.filter(({ choice, role, finish }) => known.has(choice) || role + finish !== ''),
    })
    const logprobs = /"logprobs":\s*\{\s*"content":\s*\[\s*\{/
    expect(rawChunks(after).filter((raw) => logprobs.test(raw))).toEqual([])
  },
  { perFile: 1, streamed: false },
)

checkEachRecording(
  'tool arguments that are no JSON',
  (text, random, style) => {
    const recording = openRecording(text)
    for (const track of shownTracks(recording)) {
      if (track.kind !== 'tool-arguments' || track.text.trim() === '') {
        expectRefused(() => breakArguments(recording, track))
      }
    }
    const calls = shownTracks(recording).filter(
      ({ kind, text: said }) => kind === 'tool-arguments' && said !== '',
    )
    if (calls.length === 0) return
    const track = random.pick(calls)
    const after = applyChecked(text, breakArguments(recording, track), { style })
    const said = shownTracks(openRecording(after))[shownTracks(recording).indexOf(track)]?.text ?? ''
    expect(isJson(said)).toBe(false)
    expect(track.text.startsWith(said) || said === '{').toBe(true)
    expect(addUpText(after)).toEqual(withText(addUpText(text), recording, track, said))
  },
  { streamed: false },
)

describe('for the official accumulator', () => {
  it('an answer that ends early is what had come by then', async () => {
    await fc.assert(
      fc.asyncProperty(
        chatRecording,
        fc.nat(),
        fc.constantFrom(...REASONS),
        async ({ text }, seed, reason) => {
          const recording = openRecording(text)
          const position = seed % chunkCount(recording)
          const plan = unlessRefused(() => finishAt(recording, position, reason))
          if (plan === undefined) return
          const after = await askTheSdk(plainChunks(applyChecked(text, plan)))
          const before = await askTheSdk(plainChunks(text))
          const then = addUp(plainChunks(text).slice(0, position + 1)).answers
          expect(after.usage).toEqual(before.usage)
          for (const answer of after.answers) {
            const arrived = then.find(({ choice }) => choice === answer.choice)
            expect(answer.content).toBe(arrived?.content ?? '')
            expect(answer.calls).toEqual(arrived?.calls ?? [])
            expect(answer.role).toBe('assistant')
            expect([reason, '']).toContain(answer.finishReason)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

const style = STYLES[0]
if (style === undefined) throw new Error('no style')

function recordingOf(...chunks: readonly unknown[]): string {
  if (style === undefined) throw new Error('no style')
  return printRecording(chunks, style, true)
}

function choice(delta: object, finish: string | null = null, index = 0): object {
  return { index, delta, finish_reason: finish }
}

describe('an early end', () => {
  it('leaves no text in the chunk that holds the usage', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    const text = recordingOf(
      { choices: [choice({ role: 'assistant', content: 'a' })] },
      { choices: [choice({ content: 'b' })], usage },
      { choices: [choice({}, 'stop')] },
    )
    const after = applyChecked(text, finishAt(openRecording(text), 0, 'length'))
    expect(addUpText(after)).toEqual(finished(text, 0, 'length'))
    expect(addUpText(after).answers[0]?.content).toBe('a')
  })

  it('before the answer begins keeps its role', () => {
    const text = recordingOf(
      { choices: [], prompt_filter_results: [] },
      { choices: [choice({ role: 'assistant', content: 'a' })] },
      { choices: [choice({ content: 'b' }, 'stop')] },
    )
    const after = applyChecked(text, finishAt(openRecording(text), 0, 'content_filter'))
    expect(plainChunks(after)).toEqual([
      { choices: [], prompt_filter_results: [] },
      { choices: [choice({ role: 'assistant', content: '' })] },
      { choices: [choice({ content: '' }, 'content_filter')] },
    ])
  })

  it('in a stream without an end is said by the last chunk of each answer', () => {
    const text = recordingOf(
      { choices: [choice({ role: 'assistant', content: 'a' })] },
      { choices: [choice({ role: 'assistant', content: 'A' }, null, 1)] },
      { choices: [choice({ content: 'b' })] },
    )
    const after = applyChecked(text, finishAt(openRecording(text), 1, 'length'))
    expect(plainChunks(after)).toEqual([
      { choices: [choice({ role: 'assistant', content: 'a' }, 'length')] },
      { choices: [choice({ role: 'assistant', content: 'A' }, 'length', 1)] },
    ])
  })

  it('is refused at chunks that are none, and where nothing was answered', () => {
    const text = recordingOf({ choices: [choice({ role: 'assistant', content: 'a' }, 'stop')] })
    for (const position of [-1, 1, 0.5, Number.NaN]) {
      expectRefused(() => finishAt(openRecording(text), position, 'length'))
    }
    const nothing = recordingOf({ choices: [], usage: null })
    expectRefused(() => finishAt(openRecording(nothing), 0, 'length'))
    expectRefused(() => emptyAnswer(openRecording(nothing)))
    for (const position of [-2, 0.5, Number.NaN, 7]) {
      expectRefused(() => breakOff(openRecording(text), position))
    }
  })
})

describe('broken arguments', () => {
  it('end in front of a whole character', () => {
    for (const [before, then] of [
      ['{"a": 1}', '{"a": 1'],
      ['12', '{'],
      ['"👋🏽"', '"👋🏽'],
      ['"👩‍👩‍👧', '"'],
      ['x😀', 'x'],
      ['{} \n', '{'],
    ] as const) {
      const call = { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: before } }
      const text = recordingOf({ choices: [choice({ role: 'assistant', tool_calls: [call] })] })
      const recording = openRecording(text)
      const [track] = shownTracks(recording)
      if (track === undefined) throw new Error('no track')
      const after = applyChecked(text, breakArguments(recording, track))
      expect(addUpText(after).answers[0]?.calls[0]?.arguments).toBe(then)
    }
  })
})
