/** Recordings made for the browser tests, written as the recorder writes them: Python's `json.dumps(indent=2)`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../support/corpus.ts'
import type { DroppedFile } from '../../support/deck-test.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
const FIXTURES = join(PROJECT_ROOT, 'tests/fixtures/containers/llama-stack-json')

type JsonObject = { readonly [key: string]: Json }

/** A recording as text, so that a test can say what its bytes become. */
export type TextFile = DroppedFile & { readonly name: string; readonly text: string }

const CHUNK_TYPE = 'openai.types.chat.chat_completion_chunk.ChatCompletionChunk'

/** Pretty-printed, everything beyond ASCII escaped with lower-case digits, no newline at the end. */
export function pythonJson(value: Json): string {
  return asciiOnly(JSON.stringify(value, null, 2))
}

function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** One stored chunk that adds `delta`. */
export function chunk(delta: JsonObject, finish: string | null = null): Json {
  return chunkOf([{ delta, finish_reason: finish, index: 0, logprobs: null }])
}

/** The last chunk of a stream that was asked for its usage. */
function usageChunk(prompt: number, completion: number): Json {
  return chunkOf([], {
    completion_tokens: completion,
    prompt_tokens: prompt,
    total_tokens: prompt + completion,
  })
}

function chunkOf(choices: readonly Json[], usage: Json = null): Json {
  return {
    __type__: CHUNK_TYPE,
    __data__: {
      id: 'rec-0123456789ab',
      choices,
      created: 0,
      model: 'gpt-4o-2024-08-06',
      object: 'chat.completion.chunk',
      usage,
    },
  }
}

export const FIRST = chunk({ content: '', role: 'assistant' })
export const STOP = chunk({ content: null }, 'stop')

export function textChunks(pieces: readonly string[]): readonly Json[] {
  return [FIRST, ...pieces.map((content) => chunk({ content })), STOP]
}

export function question(text: string): Json {
  return { role: 'user', content: text }
}

interface Call {
  readonly messages: readonly Json[]
  /** What else the request's body holds. */
  readonly parameters?: JsonObject
  readonly url?: string
  readonly headers?: JsonObject
  readonly response: JsonObject
}

/** A stored call of the chat completions API. */
export function recorded({ messages, parameters = {}, url, headers = {}, response }: Call): JsonObject {
  return {
    test_id: 'tests/integration/made/test_made.py::test_it[txt=openai/gpt-4o]',
    request: {
      method: 'POST',
      url: url ?? 'https://api.openai.com/v1/v1/chat/completions',
      headers,
      body: { model: 'gpt-4o', messages, ...parameters },
      endpoint: '/v1/chat/completions',
      model: 'gpt-4o',
    },
    response,
  }
}

export function streamed(
  messages: readonly Json[],
  chunks: readonly Json[],
  parameters: JsonObject = {},
): JsonObject {
  return recorded({
    messages,
    parameters: { ...parameters, stream: true },
    response: { body: chunks, is_streaming: true },
  })
}

/** The pieces that the answer of `RIVER` came in. */
export const RIVER_PIECES = ['Grü', 'ße aus', ' Köln', ': der Fluss', ' heißt', ' Rhein', '.'] as const
export const RIVER_ANSWER = RIVER_PIECES.join('')

/** A streamed answer with umlauts, a float parameter and a usage-only last chunk: 10 chunks. */
export const RIVER: TextFile = {
  name: 'river.json',
  text: `${pythonJson(
    streamed(
      [{ role: 'system', content: 'Antworte kurz.' }, question('Welcher Fluss?')],
      [...textChunks(RIVER_PIECES), usageChunk(12, 9)],
      { temperature: 0, max_tokens: 64 },
    ),
  ).replace('"temperature": 0,', '"temperature": 0.0,')}\n`,
}

function callChunk(id: string | null, name: string | null, argument: string): Json {
  return chunk({
    content: null,
    tool_calls: [
      { index: 0, id, function: { arguments: argument, name }, type: id === null ? null : 'function' },
    ],
  })
}

/** Reasoning, then text, then a tool call: 9 chunks with a marker at 1, 4 and 8. */
export const WEATHER: TextFile = {
  name: 'weather.json',
  text: pythonJson(
    streamed(
      [question('Weather in Bergen?')],
      [
        FIRST,
        chunk({ content: null, reasoning: 'The person ' }),
        chunk({ content: null, reasoning: 'wants a forecast.' }),
        chunk({ content: 'I look it up.' }),
        callChunk('call_AAA', 'get_weather', ''),
        callChunk(null, null, '{"city": '),
        callChunk(null, null, '"Bergen", '),
        callChunk(null, null, '"days": 3}'),
        chunk({ content: null }, 'tool_calls'),
      ],
      {
        tools: [
          {
            type: 'function',
            function: {
              name: 'get_weather',
              description: 'The forecast of a place',
              parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            },
          },
        ],
      },
    ),
  ),
}

/** A stream of `count` chunks in all: "w1 w2 w3 ..." between a first and a last one. */
export function words(count: number): { readonly file: TextFile; readonly pieces: readonly string[] } {
  const pieces = Array.from({ length: count - 2 }, (_, at) => `w${at + 1} `)
  const text = pythonJson(streamed([question('Count.')], textChunks(pieces)))
  return { file: { name: 'words.json', text }, pieces }
}

/** One of the project's own fixtures. */
export function fixture(name: string): DroppedFile & { readonly bytes: Buffer } {
  return { name, bytes: readFileSync(join(FIXTURES, name)) }
}

/** A red square of 2 by 2 pixels. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
)
