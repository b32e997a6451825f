import { describe, expect, it } from 'vitest'
import type { ProviderError } from '../../../src/core/containers/container.ts'
import { failAfter, failWith, PROVIDER_ERRORS } from '../../../src/core/edits/provider-errors.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { viewOf } from '../../../src/core/open.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import {
  awsFrame,
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  gzipped,
  openStored,
} from '../support/stored-recordings.ts'

const [tooLong, , rateLimit, internal] = PROVIDER_ERRORS
const ERRORS: readonly ProviderError[] = [tooLong, rateLimit, internal].filter((error) => error !== undefined)

const FIRST = tooLong as ProviderError

function recordingOf(text: string): Recording {
  const stored = openStored(text)
  return { container: stored.container, document: stored.document, interaction: callOf(stored) }
}

function applied(text: string, plan: (recording: Recording) => readonly TextEdit[]): string {
  const planned = plan(recordingOf(text))
  const edits = viewOf(text)?.put(planned) ?? planned
  const after = applyEdits(text, edits)
  expect(applyEdits(after, invertEdits(text, edits))).toBe(text)
  return after
}

function chunksOf(text: string): readonly unknown[] {
  const { document, interaction } = recordingOf(text)
  return [...interaction.stream.chunkNodes].map((id) => JSON.parse(document.node(id).raw) as unknown)
}

interface Api {
  readonly url: string
  readonly request: object
  readonly answer: object
  readonly stream: string | Uint8Array
  readonly error: (message: unknown) => unknown
}

const named = (...events: readonly object[]): string =>
  events
    .map((event) => `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('')

const APIS: Readonly<Record<string, Api>> = {
  'openai-chat': {
    url: 'https://api.openai.com/v1/chat/completions',
    request: CHAT_REQUEST,
    answer: CHAT_ANSWER,
    stream: CHAT_STREAM,
    error: (message) => ({ error: expect.objectContaining({ message }) as unknown }),
  },
  'anthropic-messages': {
    url: 'https://api.anthropic.com/v1/messages',
    request: { model: 'claude-x', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] },
    answer: {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 1 },
    },
    stream: named(
      {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          model: 'claude-x',
          content: [],
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_stop' },
    ),
    error: (message) => ({ type: 'error', error: { type: expect.any(String) as unknown, message } }),
  },
  gemini: {
    url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent',
    request: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
    answer: {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP' }],
    },
    stream: ['Hel', 'lo']
      .map(
        (text) =>
          `data: ${JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] } }] })}\r\n\r\n`,
      )
      .join(''),
    error: (message) => ({
      error: { code: expect.any(Number) as unknown, message, status: expect.any(String) as unknown },
    }),
  },
  'bedrock-converse': {
    url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse-stream',
    request: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
    answer: {
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    },
    stream: CONVERSE_STREAM,
    error: (message) => ({ message }),
  },
}

function har({ url, request }: Api, body: string | Uint8Array, statusText = 'OK'): string {
  const content =
    typeof body === 'string'
      ? { mimeType: 'text/event-stream', text: body }
      : { text: base64(body), encoding: 'base64' }
  const entry = {
    request: {
      method: 'POST',
      url,
      headers: [],
      postData: { mimeType: 'application/json', text: JSON.stringify(request) },
    },
    response: {
      status: 200,
      statusText,
      headers: [{ name: 'Content-Type', value: 'text/event-stream' }],
      content,
    },
  }
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry] } },
    null,
    2,
  )
}

function vcr({ url, request }: Api, body: string | Uint8Array): string {
  const stored = typeof body === 'string' ? JSON.stringify(body) : `!!binary |\n        ${base64(body)}`
  return `interactions:
- request:
    body: ${JSON.stringify(JSON.stringify(request))}
    headers:
      accept:
      - '*/*'
    method: POST
    uri: ${url}
  response:
    body:
      string: ${stored}
    headers:
      Content-Type:
      - text/event-stream
    status:
      code: 200
      message: OK
version: 1
`
}

function httprr({ url, request }: Api, body: string | Uint8Array, reason = ' OK'): string {
  const asked = `POST ${url} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(request)}`
  const answered = `HTTP/2.0 200${reason}\r\nContent-Type: text/event-stream\r\n\r\n${String(body)}`
  return `httprr trace v1\n${Buffer.byteLength(asked)} ${Buffer.byteLength(answered)}\n${asked}${answered}`
}

const FORMATS = { har, vcr, httprr }

describe('a call fails', () => {
  for (const [dialect, api] of Object.entries(APIS)) {
    for (const [format, write] of Object.entries(FORMATS)) {
      if (format === 'httprr' && typeof api.stream !== 'string') continue
      it(`of ${dialect} in ${format}, with the error in the provider's shape`, () => {
        for (const body of [JSON.stringify(api.answer), api.stream]) {
          const text = write(api, body)
          expect(callOf(openStored(text)).dialect).toBe(dialect)
          for (const error of ERRORS) {
            const special = { ...error, body: { ...error.body, message: 'Grüße “世界” \\ \n' } }
            for (const each of [error, special]) {
              const after = applied(text, (recording) => failWith(recording, each))
              expect(chunksOf(after)).toEqual([api.error(each.body.message)])
              const { response } = callOf(openStored(after))
              expect(response.status?.value).toBe(String(error.status))
              expect(response.headers?.find(({ name }) => name === 'Content-Type')?.value.value).toBe(
                'application/json',
              )
              expect(after).not.toMatch(/200 OK|"OK"|message: OK/)
              expect(openStored(after).container).toBe(openStored(text).container)
            }
          }
        }
      })
    }
  }

  it('with a body that is packed, empty, or words', () => {
    const api = APIS['openai-chat'] as Api
    for (const body of [gzipped(CHAT_STREAM), '', '<html>Bad gateway</html>', 'plain words']) {
      for (const write of [har, vcr]) {
        const text = write(api, body)
        const stored = openStored(text)
        if (callOf(stored).stream.chunkNodes.length === 0) continue
        const after = applied(text, (recording) => failWith(recording, FIRST))
        expect(JSON.stringify(chunksOf(after))).toContain('maximum context length')
        // a recorder's body is a text
        if (write === har) {
          const file = JSON.parse(after) as {
            log: { entries: { response: { content: { text: unknown } } }[] }
          }
          expect(typeof file.log.entries[0]?.response.content.text).toBe('string')
        }
      }
    }
  })

  it('where the status has no words, and gets none', () => {
    const api = APIS['openai-chat'] as Api
    for (const text of [
      har(api, CHAT_STREAM, ''),
      httprr(api, CHAT_STREAM, ''),
      httprr(api, CHAT_STREAM, ' '),
    ]) {
      for (const error of ERRORS) {
        const after = applied(text, (recording) => failWith(recording, error))
        expect(callOf(openStored(after)).response.status?.value).toBe(String(error.status))
        expect(after).not.toContain('Bad Request')
      }
    }
  })
})

describe('headers of a call that fails', () => {
  const api = APIS['openai-chat'] as Api
  const file = (headers: unknown, body: string, encoding?: string): string => {
    const all = JSON.parse(har(api, 'x')) as {
      log: { entries: { response: { headers: unknown; content: unknown } }[] }
    }
    const response = all.log.entries[0]?.response ?? { headers: undefined, content: undefined }
    response.headers = headers
    response.content = { text: body, ...(encoding && { encoding }) }
    return JSON.stringify(all, null, 2)
  }
  const lengthOf = (text: string): string | undefined =>
    callOf(openStored(text)).response.headers?.find(({ name }) => name === 'Content-Length')?.value.value

  it('count its body', () => {
    const headers = [{ name: 'Content-Length', value: '7' }]
    const answer = JSON.stringify(api.answer)
    const error = { ...FIRST, body: { message: 'é 世' } }
    const json = JSON.stringify({ error: error.body })
    for (const [text, length] of [
      [file(headers, answer), Buffer.byteLength(json)],
      [file(headers, ` ${answer}\n`), Buffer.byteLength(json) + 2],
      [file(headers, CHAT_STREAM), Buffer.byteLength(json)],
      [file(headers, base64(CHAT_STREAM), 'base64'), Buffer.byteLength(json)],
      // what gzip makes of it is not known beforehand
      [file(headers, base64(gzipped(CHAT_STREAM)), 'base64'), 7],
    ] as const)
      expect(lengthOf(applied(text, (recording) => failWith(recording, error)))).toBe(String(length))
  })
})

describe('a stream fails in the middle', () => {
  for (const [dialect, api] of Object.entries(APIS)) {
    for (const [format, write] of Object.entries(FORMATS)) {
      if (format === 'httprr' && typeof api.stream !== 'string') continue
      it(`of ${dialect} in ${format}, after any chunk, with an event of the right name`, () => {
        const text = write(api, api.stream)
        const before = chunksOf(text)
        const events = callOf(openStored(text)).stream.events
        for (let position = 0; position < before.length; position++) {
          for (const error of ERRORS) {
            const after = applied(text, (recording) => failAfter(recording, position, error))
            expect(chunksOf(after)).toEqual([...before.slice(0, position + 1), api.error(error.body.message)])
            const call = callOf(openStored(after))
            expect(call.stream.errors.length).toBe(1)
            expect(call.response.status?.value).toBe('200')
            if (events === undefined) expect(call.stream.events).toBeUndefined()
            else if (dialect === 'anthropic-messages') expect(call.stream.events?.at(-1)).toBe('error')
            else expect(call.stream.events?.at(-1)).toMatch(/Exception$/)
          }
        }
      })
    }
  }

  it('and not where there is no stream', () => {
    const api = APIS['openai-chat'] as Api
    for (const text of [har(api, JSON.stringify(api.answer)), vcr(api, JSON.stringify(api.answer))])
      expect(() => failAfter(recordingOf(text), 0, FIRST)).toThrow(EditError)
    const single = har(APIS['bedrock-converse'] as Api, awsFrame('messageStart', '{"role":"assistant"}'))
    expect(chunksOf(applied(single, (recording) => failAfter(recording, 0, FIRST))).length).toBe(2)
  })
})
