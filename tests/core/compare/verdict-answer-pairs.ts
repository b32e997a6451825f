/** Pairs of recordings labelled by hand, continued: what was answered, and files that are none any more. */
import {
  CALCULATOR,
  CONVERSE,
  COUNTING,
  EMBEDDING,
  FAILED,
  FILTERED,
  FUNCTION_CALL,
  GEMINI,
  GO_VCR,
  HTTPRR,
  MODELS,
  OLLAMA,
  REFUSED,
  RESPONSES_API,
  RUBY,
  STRUCTURED,
  TWO_CALLS,
} from './corpus-recordings.ts'
import { all, both, changed, first, member, SEED } from './recording-edits.ts'
import { type Chunk, type LabelledPair, labelled, type StackFile } from './verdict-pairs.ts'

export const WORDING = labelled('wording', [
  ['a piece of a streamed answer', SEED, first('"lama"', '"ynx"'), /answer text differs: Llama → Lynx/],
  ['a piece of a stream in YAML', RUBY, first('{"content":"2"}', '{"content":"two"}'), /answer text differs/],
  [
    'the reasoning of a stream of lines',
    COUNTING,
    first('\\"thinking\\":\\" need\\"', '\\"thinking\\":\\" want\\"'),
    /reasoning differs/,
  ],
  [
    'the text of a stream of lines',
    COUNTING,
    first('\\"text\\":\\"3\\"', '\\"text\\":\\"three\\"'),
    /answer text/,
  ],
  [
    'the thinking before a call',
    CALCULATOR,
    first('The user wants 15 * 7.', 'They want 15 * 7.'),
    /reasoning/,
  ],
  ['a gemini stream', GEMINI, first('" 5 Ds"', '" five Ds"'), /answer text/],
  [
    'ollama, whole',
    OLLAMA,
    member('response', undefined, (text: unknown) => `${String(text)} Indeed.`, {
      below: /__data__\/response$/,
    }),
    /answer text/,
  ],
  [
    'lines of JSON in chunked bytes',
    HTTPRR,
    first('"response":" here"', '"response":" Here"'),
    /answer text/,
  ],
  ['the second of two calls', GO_VCR, first('quite warm!', 'very warm!'), /call 2: answer text differs/],
  [
    'the words of a refusal',
    REFUSED,
    member('refusal', undefined, 'No.', { below: /response/, at: -1 }),
    /refusal differs/,
  ],
  ['the words of an error', FAILED, all('invalid image input', 'the image is broken'), /error message/],
])

export const BEHAVIOUR = labelled('behaviour', [
  [
    'an argument in a piece of a call',
    TWO_CALLS,
    first('"ranci"', '"ransi"'),
    /tool call get_weather has other arguments: location/,
  ],
  [
    'an argument sent whole',
    CALCULATOR,
    all('"expression": "15 * 7"', '"expression": "15 + 7"'),
    /tool call calculator has other arguments: expression/,
  ],
  [
    'arguments that are no JSON any more',
    FUNCTION_CALL,
    all('\\\\\\"b\\\\\\": 1}', '\\\\\\"b\\\\\\": 1'),
    /no JSON any more/,
  ],
  [
    'the name of a call',
    FUNCTION_CALL,
    first('\\"name\\": \\"add\\"', '\\"name\\": \\"sum\\"'),
    /tool call add is now sum/,
  ],
  [
    'a call less',
    TWO_CALLS,
    changed<StackFile>(({ response }) => {
      const chunks = response.body as {
        __data__: { choices: { delta: { tool_calls?: { index: number }[] } }[] }
      }[]
      response.body = chunks.filter(({ __data__ }) => __data__.choices[0]?.delta.tool_calls?.[0]?.index !== 1)
    }),
    /tool call get_weather removed/,
  ],
  [
    'an argument in binary frames',
    CONVERSE,
    member('input', undefined, (piece: unknown) => String(piece).replace('Paris', 'Rome'), {
      below: /response.*toolUse/,
    }),
    /call 1: tool call get_weather/,
  ],
  [
    'the arguments of a stream of items',
    RESPONSES_API,
    all('{\\\\\\"city\\\\\\":\\\\\\"Paris\\\\\\"}', '{\\\\\\"city\\\\\\":\\\\\\"Rome\\\\\\"}'),
  ],
  [
    'stop to length',
    SEED,
    first('"finish_reason": "stop"', '"finish_reason": "length"'),
    /finish reason stop → length, the answer is cut off/,
  ],
  [
    'end_turn to stop_sequence',
    COUNTING,
    first('end_turn', 'stop_sequence'),
    /finish reason end_turn → stop_sequence/,
  ],
  [
    'the end of a stream',
    SEED,
    changed<StackFile>(({ response }) => void (response.body as unknown[]).pop()),
    /the answer breaks off/,
  ],
  [
    'a filtered answer let through',
    FILTERED,
    member('finish_reason', 'content_filter', 'stop', { at: 0 }),
    /finish reason content_filter → stop/,
  ],
  [
    'a value of structured output',
    STRUCTURED,
    first(': 1963}', ': 1964}'),
    /structured output differs at \/year_of_birth: 1963 → 1964/,
  ],
  [
    'structured output that is no JSON',
    STRUCTURED,
    first(': 1963}', ': 1963'),
    /structured output is no JSON any more/,
  ],
  [
    'an answer instead of a refusal',
    REFUSED,
    both(
      member('content', null, '{"rating":1,"joke":"No"}', { below: /response.*message/, at: -1 }),
      member('refusal', undefined, null, { below: /response/, at: -1 }),
    ),
    /does not refuse any more/,
  ],
  [
    'a refusal',
    SEED,
    changed<StackFile>(({ response }) => {
      for (const { __data__ } of response.body as Chunk[]) {
        const delta = __data__.choices[0]?.delta
        if (delta && typeof delta.content === 'string') {
          delta.refusal = delta.content
          delta.content = null
        }
      }
    }),
    /the model refuses/,
  ],
  [
    'another exception',
    FAILED,
    first('"type": "BadRequestError"', '"type": "RateLimitError"'),
    /BadRequestError → RateLimitError/,
  ],
  ['another status', FAILED, first('"status_code": 400', '"status_code": 429')],
  [
    'an error instead of an answer',
    CALCULATOR,
    both(
      first('"status": 200', '"status": 503'),
      changed<StackFile>(({ response }) => {
        response.body = {
          type: 'error',
          error: { type: 'overloaded_error', message: 'Overloaded' },
        }
      }),
    ),
    /the call fails now.*503/,
  ],
  [
    'an answer instead of an error',
    GO_VCR,
    both(first('status: 200 OK', 'status: 529 Overloaded'), first('code: 200', 'code: 529')),
    /call 1: the call fails now/,
  ],
  [
    'an empty answer',
    STRUCTURED,
    changed<StackFile>(({ response }) => {
      const body = response.body as { __data__: { choices: { message: { content: string } }[] } }
      const [choice] = body.__data__.choices
      if (choice) choice.message.content = ''
    }),
    /the answer is empty now/,
  ],
  [
    'an embedding of something else',
    EMBEDDING,
    member('embeddings', undefined, (rows: unknown) => (rows as number[][]).map((row) => row.toReversed())),
    /embedding 0 points elsewhere/,
  ],
  [
    'fewer dimensions',
    EMBEDDING,
    member('embeddings', undefined, (rows: unknown) => (rows as number[][]).map((row) => row.slice(1))),
    /dimensions/,
  ],
  [
    'a call of the file less',
    GO_VCR,
    (text) => text.slice(0, text.indexOf('- id: 1')),
    /call 2: removed: POST/,
  ],
  ['two finish words of ollama', HTTPRR, first('"done_reason":"stop"', '"done_reason":"load"')],
])

export const UNREADABLE = labelled('unreadable', [
  ['a file that breaks off', SEED, (text) => text.slice(0, 1500), /new file is no recording/],
  ['something else altogether', SEED, () => '{"hello": "world"}', /new file is no recording/],
  ['no JSON any more', TWO_CALLS, first('"choices": [', '"choices": [,'), /new file/],
])

const BOTH: readonly LabelledPair[] = [
  {
    title: 'question and answer',
    file: SEED,
    edit: both(first("the letter 'L'", "the letter 'G'"), first('"lama"', '"oat"')),
    kind: 'wording',
    says: /text of message 1/,
    requestChanged: true,
  },
  {
    title: 'a tool and its call',
    file: CALCULATOR,
    edit: both(
      first('"name": "calculator"', '"name": "calc"'),
      all('"expression": "15 * 7"', '"expression": "105"'),
    ),
    kind: 'behaviour',
    says: /tool calculator is now calc/,
    requestChanged: true,
  },
]

export const LISTED: readonly LabelledPair[] = [
  ...labelled('wording', [
    ['a model of a list', MODELS, first('"id": "Qwen/Qwen3-0.6B"', '"id": "Qwen/Qwen3-8B"')],
  ]),
  ...labelled('noise', [['times in a list of models', MODELS, all('1762375065', '1762375999')]]),
]

export { BOTH }
