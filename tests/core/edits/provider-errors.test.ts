import { describe, expect, it, vi } from 'vitest'
import { failAfter, failWith, PROVIDER_ERRORS } from '../../../src/core/edits/provider-errors.ts'
import { decodeFile } from '../../../src/core/file-text.ts'
import { bytesOf, CORPUS_MISSING, llamaStackCorpus } from '../../support/corpus.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import { applyChecked, chunkCount, expectRefused, openRecording, rawChunks } from '../support/edit-checks.ts'
import { at, parse } from '../support/openai-sdk.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

it('there are the errors that clients must live with', () => {
  expect(PROVIDER_ERRORS.map(({ status }) => status).toSorted()).toEqual([400, 401, 429, 500])
})

/** The members of an exception as the recorder writes them. */
function expectException(response: unknown, error: (typeof PROVIDER_ERRORS)[number]): void {
  const message = at(response, 'exception_message')
  expect(String(message)).toMatch(new RegExp(`^Error code: ${error.status} - \\{'error': \\{'message': `))
  expect(at(response, 'is_exception')).toBe(true)
  expect(at(response, 'exception_data')).toEqual({
    category: 'provider_sdk',
    provider: 'openai',
    type: error.type,
    message,
    status_code: error.status,
    body: error.body,
  })
}

checkEachRecording(
  'a call that fails',
  (text, random, style) => {
    const error = random.pick(PROVIDER_ERRORS)
    const recording = openRecording(text)
    const after = applyChecked(text, failWith(recording, error), { style, aroundBody: true, emptied: true })
    const response = at(parse(after), 'response')
    const order = ['body', 'is_streaming', 'is_exception', 'exception_data', 'exception_message']
    expect(Object.keys(Object(response))).toEqual(order)
    expect([at(response, 'body'), at(response, 'is_streaming')]).toEqual([null, false])
    expectException(response, error)
    expect({ ...Object(parse(after)), response: 0 }).toEqual({ ...Object(parse(text)), response: 0 })
    const { exception } = openRecording(after).interaction.response
    expect(exception?.type).toBe(error.type)
    expect(exception?.status?.value).toBe(String(error.status))
    expect(chunkCount(openRecording(after))).toBe(0)
    // once more: the same text
    expect(applyChecked(after, failWith(openRecording(after), error), { aroundBody: true })).toBe(after)
  },
  { streamed: false },
)

checkEachRecording('a stream that fails on its way', (text, random, style) => {
  const error = random.pick(PROVIDER_ERRORS)
  const recording = openRecording(text)
  const position = random.below(chunkCount(recording))
  const plan = failAfter(recording, position, error)
  const after = applyChecked(text, plan, { style, aroundBody: true, emptied: true })
  expect(rawChunks(after)).toEqual(rawChunks(text).slice(0, position + 1))
  const response = at(parse(after), 'response')
  expectException(response, error)
  expect(at(response, 'is_streaming')).toBe(at(parse(text), 'response', 'is_streaming'))
  const { exception } = openRecording(after).interaction.response
  expect(exception?.status?.value).toBe(String(error.status))
  // another error takes its place
  const [other] = PROVIDER_ERRORS
  if (other === undefined) throw new Error('no error')
  const again = applyChecked(after, failAfter(openRecording(after), position, other), {
    style,
    aroundBody: true,
    emptied: true,
  })
  expectException(at(parse(again), 'response'), other)
  expect(rawChunks(again)).toEqual(rawChunks(after))
})

describe('an error', () => {
  const answer = '{"request": {"body": {}}, "response": {"body": {"a": 1}, "is_streaming": false}}'
  const [error] = PROVIDER_ERRORS
  if (error === undefined) throw new Error('no error')

  it('is refused in the middle of what is no stream, and where nothing was answered', () => {
    expectRefused(() => failAfter(openRecording(answer), 0, error))
    const nothing = '{"request": {"body": {}}, "response": {"body": null, "is_streaming": true}}'
    expectRefused(() => failAfter(openRecording(nothing), 0, error))
    expectRefused(() => failAfter({ ...openRecording(answer), container: 'other' }, 0, error))
    expectRefused(() => failWith({ ...openRecording(answer), container: 'other' }, error))
  })

  it('of a raw request is its status and its body', () => {
    const raw =
      '{"request": {"payload": {}}, "response": {"status": 200, "body": ["a"], "is_streaming": true}}'
    const after = applyChecked(raw, failWith(openRecording(raw), error), { aroundBody: true, emptied: true })
    expect(at(parse(after), 'response')).toEqual({
      status: error.status,
      body: { error: error.body },
      is_streaming: false,
    })
    expect(
      after.startsWith('{"request": {"payload": {}}, "response": {"status": 400, "body": {"error": {'),
    ).toBe(true)
  })

  it('is worded as Python words it', () => {
    for (const [message, repr] of [
      ['plain', "'plain'"],
      ["model's", '"model\'s"'],
      ['both \' and "', "'both \\' and \"'"],
      ['a\\b\n\t\r', "'a\\\\b\\n\\t\\r'"],
      ['é 世', "'é 世'"],
    ] as const) {
      const body = { message, n: 1, t: true, f: false, none: null, list: ['x', 2] }
      const edits = failWith(openRecording(answer), { status: 400, type: 'BadRequestError', body })
      const after = applyChecked(answer, edits, { aroundBody: true, emptied: true })
      expect(at(parse(after), 'response', 'exception_message')).toBe(
        `Error code: 400 - {'error': {'message': ${repr}, 'n': 1, 't': True, 'f': False, 'none': None, 'list': ['x', 2]}}`,
      )
    }
  })

  const samples = llamaStackCorpus().filter(({ name }) => name.includes('28a43dc8'))
  it.skipIf(samples.length === 0)(`is written as the recorder wrote a real one (${CORPUS_MISSING})`, () => {
    const [sample] = samples
    const decoded = sample && decodeFile(bytesOf(sample))
    const text = decoded && 'text' in decoded ? decoded.text : ''
    const body = at(parse(text), 'response', 'exception_data', 'body') as Record<string, string | null>
    const real = { status: 400, type: 'BadRequestError', body }
    expect(applyChecked(text, failWith(openRecording(text), real), { aroundBody: true })).toBe(text)
    // and the same out of an answer that stands in its place
    const response = text.indexOf('"response": ')
    const end = text.lastIndexOf(',\n  "id_normalization_mapping"')
    const answered = `${text.slice(0, response)}"response": {\n    "body": {},\n    "is_streaming": false\n  }${text.slice(end)}`
    expect(
      applyChecked(answered, failWith(openRecording(answered), real), { aroundBody: true, emptied: true }),
    ).toBe(text)
  })
})
