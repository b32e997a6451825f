/**
 * Pairs of recordings whose label was decided by hand, from the edit alone: real recordings, one change each. Here:
 * what means nothing, and what was asked.
 */
import type { VerdictKind } from '../../../src/core/judge.ts'
import {
  CALCULATOR,
  CONVERSE,
  EMBEDDING,
  FUNCTION_CALL,
  GEMINI,
  GO_VCR,
  HAR,
  OLLAMA,
  RUBY,
  STRUCTURED,
  TWO_CALLS,
} from './corpus-recordings.ts'
import { all, both, changed, type Edit, first, member, rewritten, SEED } from './recording-edits.ts'

export interface LabelledPair {
  readonly title: string
  readonly file: string
  readonly edit: Edit
  readonly kind: VerdictKind
  /** Words that the sentence and its reasons must have. */
  readonly says?: RegExp
  readonly requestChanged?: boolean
}

type Rows = readonly (readonly [title: string, file: string, edit: Edit, says?: RegExp])[]

export function labelled(kind: VerdictKind, rows: Rows): readonly LabelledPair[] {
  return rows.map(([title, file, edit, says]) => ({ title, file, edit, kind, ...(says && { says }) }))
}

export interface StackFile {
  test_id?: string
  request: {
    url: string
    headers: Record<string, string>
    body: { messages: Record<string, unknown>[]; tools?: unknown[] } & Record<string, unknown>
  }
  response: Record<string, unknown> & { body: unknown }
}

export interface Chunk {
  __data__: { choices: { delta: Record<string, unknown>; finish_reason: string | null }[] }
}

/** Cuts "lama" of the seed into two chunks. */
const splitChunk = changed<StackFile>(({ response }) => {
  const chunks = response.body as Chunk[]
  const copy = structuredClone(chunks[2])
  const [one, other] = [chunks[2]?.__data__.choices[0], copy?.__data__.choices[0]]
  if (!copy || !one || !other) throw new Error('no third chunk')
  one.delta.content = 'la'
  other.delta.content = 'ma'
  chunks.splice(3, 0, copy)
})

const SHORTER = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/(\d\.\d{5})\d+/g, '$1'))

export const NOISE = labelled('noise', [
  [
    'the id of all chunks',
    SEED,
    all('CEJ2NKLV5vrqrmcHJ8MuGem3fnYVV', 'ZZJ2NKLV5vrqrmcHJ8MuGem3f0000'),
    /^Only ids, times and padding differ/,
  ],
  [
    'created and fingerprint',
    SEED,
    both(all('1757525807', '1757999999'), all('fp_cbf1785567', 'fp_01234567')),
  ],
  ['obfuscation blanked', SEED, member('obfuscation', undefined, '')],
  ['JSON on several lines', SEED, rewritten(2), /white space/],
  ['keys in another order', SEED, rewritten(2, true), /order of keys/],
  ['characters without their escapes', TWO_CALLS, all('\\u00e1', 'á'), /escapes/],
  ['a chunk cut in two', SEED, splitChunk, /cutting into chunks/],
  ['ids of tool calls in the answer', TWO_CALLS, all(/call_[A-Za-z0-9]{6}/g, (at) => `call_XXXXX${at}`)],
  ['an id of a call, where it is made and where it is answered', GO_VCR, all('toolu_01', 'toolu_99')],
  ['usage', TWO_CALLS, member('completion_tokens', undefined, 7), /usage/],
  [
    'durations and times of ollama',
    OLLAMA,
    both(member('total_duration', undefined, 1), member('created_at', undefined, 'x')),
  ],
  ['this machine under another name and port', CALCULATOR, all('0.0.0.0:11434', 'localhost:8000')],
  ['the test that it was recorded for', CALCULATOR, all('round_trip', 'renamed')],
  ['a date in a header of the answer', RUBY, all(/\d\d \w{3} 20\d\d \d\d:/g, '01 Jan 2029 00:')],
  ['the client in a header of the request', FUNCTION_CALL, all('OpenAI/Python 2.2.0', 'OpenAI/Python 9.9.9')],
  ['arguments with another space', FUNCTION_CALL, all('1, \\\\\\"b', '1,\\\\\\"b')],
  ['structured output with another space', STRUCTURED, all('\\"Michael\\", ', '\\"Michael\\",')],
  [
    'structured output with keys in another order',
    STRUCTURED,
    all(
      '\\"first_name\\": \\"Michael\\", \\"last_name\\": \\"Jordan\\"',
      '\\"last_name\\": \\"Jordan\\", \\"first_name\\": \\"Michael\\"',
    ),
  ],
  ['a signature of thinking', GO_VCR, all('EqoDCkYICxgCKkBbUa2T', 'EqoDCkYICxgCKkBbXXXX')],
  ['the last digits of an embedding', EMBEDDING, member('embeddings', undefined, SHORTER), /embedding/],
  ['0.0 written as 0', FUNCTION_CALL, all('\\"temperature\\":0.0', '\\"temperature\\":0')],
  [
    'the service tier',
    TWO_CALLS,
    all('"service_tier": "default"', '"service_tier": "scale"'),
    /service tier/,
  ],
  ['the snapshot of the model that answered', SEED, all('gpt-4o-2024-08-06', 'gpt-4o-2024-11-20')],
  ['when it was recorded', CONVERSE, all('2026-05-03T20:01:48.334Z', '2026-11-03T20:01:48.334Z')],
  ['times of a HAR', HAR, member('startedDateTime', undefined, '2030-01-01T00:00:00.000Z')],
])

export const REQUEST = labelled('request', [
  [
    'the description of a tool',
    TWO_CALLS,
    first('Get current temperature', 'Fetch current temperature'),
    /description of tool get_weather differs/,
  ],
  [
    'the schema of a tool',
    TWO_CALLS,
    first('City and country', 'City'),
    /schema of tool get_weather differs/,
  ],
  [
    'a temperature',
    FUNCTION_CALL,
    all('\\"temperature\\":0.0', '\\"temperature\\":0.5'),
    /parameter temperature: 0.0 → 0.5/,
  ],
  [
    'an added null',
    TWO_CALLS,
    first('"parallel_tool_calls": true', '"parallel_tool_calls": true, "user": null'),
    /parameter user added/,
  ],
  [
    'the question, by a space',
    TWO_CALLS,
    first('or Los Angeles?', 'or  Los Angeles?'),
    /text of message 1 \(user\) differs/,
  ],
  ['the model', SEED, all('"model": "gpt-4o"', '"model": "gpt-4o-mini"'), /model gpt-4o → gpt-4o-mini/],
  [
    'a message more',
    STRUCTURED,
    changed<StackFile>(({ request }) => void request.body.messages.push({ role: 'user', content: 'Go on' })),
    /message 3 \(user\) added/,
  ],
  ['the picture', SEED, first('Llamas%2C_Vernagt', 'Alpacas%2C_Vernagt'), /message 1/],
  ['the response format', SEED, first('{ "type": "text" }', '{ "type": "json_object" }'), /response format/],
  ['the endpoint', CALCULATOR, all('/v1/messages', '/v2/messages'), /URL/],
  [
    'a beta header',
    FUNCTION_CALL,
    first('"Accept": ', '"OpenAI-Beta": "assistants=v2", "Accept": '),
    /header openai-beta added/,
  ],
  [
    'a limit of tokens',
    GEMINI,
    first('"max_output_tokens": 100', '"max_output_tokens": 101'),
    /parameter max_output_tokens: 100 → 101/,
  ],
  [
    'the role of a message',
    STRUCTURED,
    first('"role": "system"', '"role": "developer"'),
    /role of message 1 system → developer/,
  ],
  [
    'caching of a message',
    GO_VCR,
    first(',"cache_control":{"type":"ephemeral"},"type":"text"}],"role"', ',"type":"text"}],"role"'),
    /call 1: .*cache_control/,
  ],
  [
    'the schema of the response format',
    STRUCTURED,
    first('"title": "Year Of Birth",', '"title": "Born",'),
    /response format differs at/,
  ],
])
