/** Recordings in other formats than the sample's, and answers that hold more than text. */
import type { TextFile } from './recordings.ts'
import { type Json, PNG, pythonJson, question, recorded, streamed, textChunks } from './recordings.ts'

interface Turn {
  readonly messages: readonly Json[]
  readonly answer: Json
  readonly status?: number
}

const INPUT_HOST = 'https://api.openai.com/v1/chat/completions'

/** One interaction as vcr.py writes it: block style, the bodies in quotes. */
function vcrInteraction({ messages, answer, status = 200 }: Turn): string {
  const asked = JSON.stringify({ model: 'gpt-4o', messages })
  return `- request:
    body: ${yamlQuoted(asked)}
    headers:
      content-type:
      - application/json
    method: POST
    uri: ${INPUT_HOST}
  response:
    body:
      string: ${yamlQuoted(JSON.stringify(answer))}
    headers:
      content-type:
      - application/json
      x-request-id:
      - req_${messages.length}
    status:
      code: ${status}
      message: ${status === 200 ? 'OK' : 'Too Many Requests'}
`
}

function yamlQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function vcrYaml(turns: readonly Turn[]): string {
  // a file's offsets must not be those of its JSON by accident
  return `# recorded by hand, for the browser tests of Cassette Deck: three calls of an agent\ninteractions:\n${turns.map(vcrInteraction).join('')}version: 1\n`
}

function completion(message: { readonly [key: string]: Json }, finish: string): Json {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
    usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
  }
}

const ASKED: readonly Json[] = [
  { role: 'system', content: 'You are a helpful agent.' },
  question('What is the weather in Bergen?'),
]
const CALL = {
  content: null,
  tool_calls: [
    { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Bergen"}' } },
  ],
} as const
const RESULT: Json = { role: 'tool', tool_call_id: 'call_1', content: 'Rain, 9 degrees.' }

/** Three calls of an agent, of which the second goes on from the first, and the third fails. */
export const AGENT: TextFile = {
  name: 'agent.yaml',
  text: vcrYaml([
    { messages: ASKED, answer: completion(CALL, 'tool_calls') },
    {
      messages: [...ASKED, { role: 'assistant', ...CALL }, RESULT],
      answer: completion({ content: 'It rains in Bergen, at 9 degrees.' }, 'stop'),
    },
    {
      messages: [question('And tomorrow?')],
      answer: {
        error: { message: 'Rate limit reached for gpt-4o', type: 'requests', code: 'rate_limit_exceeded' },
      },
      status: 429,
    },
  ]),
}

/** So many short calls in one file. */
export function manyCalls(count: number): TextFile {
  const turn = (at: number): Turn => ({
    messages: [question(`Question ${at + 1}?`)],
    answer: completion({ content: `Answer ${at + 1}.` }, 'stop'),
  })
  return { name: 'many.yaml', text: vcrYaml(Array.from({ length: count }, (_, at) => turn(at))) }
}

/** Half a second of a 440 Hz tone, 16 bit samples at 24 kHz. */
function tone(): Buffer {
  const samples = Buffer.alloc(24_000)
  for (let at = 0; at < 12_000; at++) {
    samples.writeInt16LE(Math.round(8000 * Math.sin((at * 440 * 2 * Math.PI) / 24_000)), at * 2)
  }
  return samples
}

/** A whole answer with an image beside its text, citations and sound. */
export const MEDIA: TextFile = {
  name: 'media.json',
  text: pythonJson(
    recorded({
      messages: [question('Draw it, say it, and name your sources.')],
      response: {
        body: {
          __type__: 'openai.types.chat.chat_completion.ChatCompletion',
          __data__: completion(
            {
              images: [
                { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG.toString('base64')}` } },
              ],
              annotations: ['Rivers of Germany', 'The Rhine'].map((title, at) => ({
                type: 'url_citation',
                url_citation: {
                  url: `https://example.org/${at}`,
                  title,
                  start_index: 0,
                  end_index: 4,
                },
              })),
              audio: {
                id: 'audio_1',
                data: tone().toString('base64'),
                format: 'pcm16',
                transcript: 'Here it is.',
              },
            },
            'stop',
          ),
        },
        is_streaming: false,
      },
    }),
  ),
}

/** Vectors around two directions: the first three inputs are alike, and the last two. */
function vectorOf(at: number, size: number): readonly number[] {
  const group = at < 3 ? 0 : 1
  return Array.from({ length: size }, (_, dimension) => {
    const noise = Math.sin(at * 12.9898 + dimension * 78.233) * 0.02
    return Number(((dimension % 2 === group ? 0.2 : 0.01) + noise).toFixed(6))
  })
}

const EMBEDDED = ['the river', 'a stream', 'the brook', 'a tax form', 'an invoice'] as const

function floats(values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeFloatLE(value, at * 4)
  return bytes.toString('base64')
}

/** Five embeddings, the last as base64. */
export function embedded(inputs: readonly string[] = EMBEDDED): TextFile {
  const size = 48
  return {
    name: 'embeddings.json',
    text: pythonJson({
      request: {
        method: 'POST',
        url: 'https://api.openai.com/v1/v1/embeddings',
        headers: {},
        body: { model: 'text-embedding-3-small', input: inputs, encoding_format: 'float' },
        endpoint: '/v1/embeddings',
        model: 'text-embedding-3-small',
      },
      response: {
        body: {
          __type__: 'openai.types.create_embedding_response.CreateEmbeddingResponse',
          __data__: {
            data: inputs.map((_, index) => ({
              embedding:
                index === inputs.length - 1 && index > 0
                  ? floats(vectorOf(index, size))
                  : vectorOf(index, size),
              index,
              object: 'embedding',
            })),
            model: 'text-embedding-3-small',
            object: 'list',
            usage: { prompt_tokens: 8, total_tokens: 8 },
          },
        },
        is_streaming: false,
      },
    }),
  }
}

/** Ollama's stream, one JSON object a line, which says when each was made. `at`: milliseconds of each piece. */
export function timed(pieces: readonly string[], at: readonly number[]): TextFile {
  const start = Date.UTC(2025, 0, 1)
  const line = (piece: string, number: number): string => {
    const done = number === pieces.length - 1
    return JSON.stringify({
      model: 'llama3.2:3b',
      created_at: new Date(start + (at[number] ?? 0)).toISOString(),
      message: { role: 'assistant', content: piece },
      done,
      ...(done && { done_reason: 'stop', prompt_eval_count: 12, eval_count: pieces.length }),
    })
  }
  return { name: 'timed.ndjson', text: `${pieces.map(line).join('\n')}\n` }
}

/** A plain streamed answer beside the others. */
export const PLAIN: TextFile = {
  name: 'plain.json',
  text: pythonJson(streamed([question('Hello?')], textChunks(['Hel', 'lo.']))),
}
