import { describe, expect, it, vi } from 'vitest'
import { readCassette, viewOf } from '../../../src/core/open.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { CHAT_ANSWER, CHAT_REQUEST, CHAT_STREAM, chatChunk, sse } from '../support/stored-recordings.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const ASKED = JSON.stringify(CHAT_REQUEST)
const HTTP = { method: 'POST', headers: { a: ['b'], c: 'd' }, body: ASKED }
const STATUS = { code: 200, message: 'OK' }
const message = (direction: string, data: unknown): object => ({ kind: 'message', direction, data })

/** One of each format that can be JSON, with every member that is read. */
const RECORDINGS: Readonly<Record<string, unknown>> = {
  'vcrpy-json': {
    version: 1,
    interactions: [
      {
        request: { ...HTTP, uri: 'https://x/y' },
        response: {
          status: STATUS,
          headers: { 'content-encoding': ['gzip'] },
          body: { string: CHAT_STREAM },
        },
      },
    ],
  },
  betamax: {
    http_interactions: [
      {
        request: { ...HTTP, uri: 'https://x', body: { encoding: 'utf-8', string: ASKED } },
        response: { status: STATUS, headers: {}, body: { encoding: null, base64_string: 'e30=' } },
        recorded_at: 'now',
      },
    ],
    recorded_with: 'betamax/1',
  },
  'ddapm-testagent-vcr-json': {
    request: { ...HTTP, url: 'https://x' },
    response: { status: STATUS, headers: {}, body: CHAT_STREAM },
  },
  'har-1.2': {
    log: {
      creator: { name: 'x' },
      entries: [
        {
          request: {
            method: 'GET',
            url: 'https://x',
            headers: [{ name: 'a', value: 'b' }],
            postData: { text: ASKED },
          },
          response: {
            status: 200,
            headers: [],
            content: { size: 2, mimeType: 'text/event-stream', text: 'e30=', encoding: 'base64' },
          },
          _webSocketMessages: [
            { type: 'send', time: 1, opcode: 1, data: '{}' },
            { type: 'receive', time: 2, opcode: 2, data: 'e30=' },
          ],
          _eventSourceMessages: [{ time: 1, eventName: 'e', data: '{}' }],
        },
      ],
    },
  },
  'nock-json': [
    {
      scope: 'https://x:443',
      method: 'POST',
      path: '/y',
      body: CHAT_REQUEST,
      status: 200,
      response: ['1f8b', '08'],
      rawHeaders: ['content-encoding', 'gzip'],
      responseIsBinary: true,
    },
  ],
  'wiremock-mapping': {
    mappings: [
      {
        request: {
          url: '/x',
          method: 'POST',
          headers: { a: { equalTo: 'b' } },
          bodyPatterns: [{ equalToJson: ASKED }],
        },
        response: { status: 200, headers: {}, body: CHAT_STREAM, bodyFileName: 'x.json' },
      },
    ],
  },
  'opencode-http-recorder': {
    version: 1,
    interactions: [
      {
        transport: 'http',
        request: { ...HTTP, url: 'https://x' },
        response: { status: 200, headers: {}, body: 'e30=', bodyEncoding: 'base64' },
      },
      {
        transport: 'websocket',
        open: { url: 'wss://x', headers: {} },
        events: [{ direction: 'client', kind: 'text', body: '{}' }],
      },
      {
        transport: 'websocket',
        open: { url: 'wss://x' },
        client: ['{}'],
        server: [{ kind: 'binary', body: 'e30=' }],
      },
    ],
  },
  'mastra-llm-recorder-json': {
    meta: { name: 'x' },
    recordings: [
      {
        hash: 'abc',
        request: { url: 'https://x', method: 'POST', body: CHAT_REQUEST },
        response: {
          status: 200,
          headers: {},
          chunks: [sse(chatChunk('a')), sse(chatChunk('b'))],
          chunkTimings: [1, 2],
          isStreaming: true,
        },
      },
    ],
  },
  'azure-test-proxy-json': {
    Entries: [
      {
        RequestUri: 'https://x',
        RequestMethod: 'POST',
        RequestHeaders: {},
        RequestBody: CHAT_REQUEST,
        StatusCode: 200,
        ResponseHeaders: { 'Content-Type': 'text/event-stream' },
        ResponseBody: [sse(chatChunk('a')), sse(chatChunk('b'))],
      },
    ],
  },
  'req_llm-json': {
    request: {
      method: 'POST',
      url: 'https://x',
      headers: {},
      body: { b64: 'e30=' },
      canonical_json: CHAT_REQUEST,
    },
    response: { status: 200, headers: {}, body: null },
    chunks: [{ b64: Buffer.from(CHAT_STREAM).toString('base64'), decoded: CHAT_STREAM }],
  },
  'cassetter-yaml-v1': {
    version: 1,
    interactions: [
      {
        request: { ...HTTP, uri: 'https://x', body: { type: 'json', content: CHAT_REQUEST } },
        response: { status: 200, headers: {}, body: { type: 'binary', content: '7b7d' } },
      },
    ],
    grpc_interactions: [
      {
        request: { method: '/a/b', metadata: {}, body: { type: 'binary', content: '00' } },
        response: { status_code: 0, metadata: {}, body: { type: 'none' } },
        json_debug: { request: {}, response: {} },
      },
    ],
    ws_interactions: [
      {
        uri: 'wss://x',
        headers: {},
        frames: [
          { direction: 'recv', frame_type: 'text', body: { type: 'text', content: '{}' }, offset_ms: 1 },
        ],
      },
    ],
  },
  'gemini-cli-responses-ndjson': { method: 'generateContentStream', response: [{ candidates: [] }] },
  'pydantic-ai-ws-yaml': {
    version: 1,
    interactions: [message('sent', { setup: {} }), message('received', { setupComplete: {} })],
  },
  'pydantic-ai-xai-grpc-yaml': {
    interactions: [
      { request_sample: { json: {}, raw: 'e30=' }, response_stream: [{ json: {}, raw: 'e30=' }] },
    ],
  },
  'claude-agent-sdk-transcript-yaml': {
    messages: [
      { direction: 'send', message: { type: 'user' } },
      { direction: 'receive', message: { type: 'result', session_id: 's' } },
    ],
  },
  'response-only-json': { status: 200, headers: {}, body: CHAT_STREAM },
  'bare-json-response': CHAT_ANSWER,
  tolerant: {
    calls: [
      {
        req: { uri: 'https://x', json: CHAT_REQUEST },
        res: { code: 200, chunks: [{ data: sse(chatChunk('a')), offset_ms: 1 }] },
      },
    ],
  },
}

const VALUES = [
  'null',
  '0',
  '"x"',
  '[]',
  '{}',
  '[1, "a", {}, null]',
  '{"a": {"b": []}}',
  '"e30="',
  '["data: 1\\n\\n", 2]',
  '[[]]',
]

function nodesOf(node: JsonNode): readonly JsonNode[] {
  return [node, ...[...node.children()].flatMap(nodesOf)]
}

describe('recordings of every format', () => {
  for (const [id, value] of Object.entries(RECORDINGS)) {
    const text = JSON.stringify(value, null, 1)

    it(`${id}: is told from all others, and says by what`, () => {
      const { cassette } = readCassette(text)
      expect(cassette?.container).toBe(id)
      expect(cassette?.because.length).toBeGreaterThan(10)
    })

    it(`${id}: is read whatever stands at any place`, () => {
      const { root } = JsonDocument.of(text)
      for (const { start, end } of root ? nodesOf(root) : []) {
        for (const other of VALUES) {
          const changed = text.slice(0, start) + other + text.slice(end)
          expect(() => readCassette(changed)).not.toThrow()
          expect(viewOf(changed)?.put([]) ?? []).toEqual([])
        }
      }
    })

    it(`${id}: is read wherever it breaks off`, () => {
      for (let end = 0; end < text.length; end++) readCassette(text.slice(0, end))
    })
  }
})
