/** The calls that every recorder records, and what each of them must answer once its recording was edited. */
import { gzipSync } from 'node:zlib'
import { awsFrame, sse } from '../core/support/stored-recordings.ts'

/** What is said in a call: when it was recorded, or after an edit. */
export interface Said {
  /** In the question. */
  readonly asked: string
  /** In the middle of the answer. */
  readonly text: string
  /** In a chunk of its own right behind that, where the answer is a stream. */
  readonly inserted?: string
}

export interface Call {
  readonly path: string
  readonly type: string
  readonly isGzip?: true
  readonly question: (said: Said) => string
  /** The body as the client reads it, unpacked. */
  readonly answer: (said: Said) => Uint8Array
}

export const RECORDED: Said = { asked: 'Hi there', text: 'brave' }

/** One edit of every call each: what a file's syntax, JSON or a stream's framing could stumble over. */
export const EDITS: readonly Said[] = [
  { asked: 'what is new', text: 'new' },
  { asked: '', text: '' },
  { asked: 'Grüße, “世界” 👋🏽', text: 'Grüße, “世界” 👋🏽', inserted: 'größer 🎉' },
  { asked: 'two\nlines', text: 'two\nlines\n\nand  more \n\n\n - a list:\n\t# x', inserted: '\n' },
  { asked: 'a\r\nb\rc', text: 'a\r\nb\rc', inserted: '  ' },
  {
    asked: `say "hi" \\ and: # 'it's' {{x}}`,
    text: `say "hi" \\ \\n and: # 'it's' - {x} %y &z *w !v |u >t \`s\` @r <%= q %> \${p}`,
    inserted: 'data: [DONE]\n\nevent: x',
  },
  {
    asked: 'spaces   ',
    text: `   ${'many words that a line of YAML must fold somewhere, '.repeat(20)}   `,
    inserted: ' x ',
  },
  { asked: 'odd \0\x07\x1b\x7f', text: 'odd \0\x07\x1b\x7f', inserted: '\x08\x0b\x0c' },
  { asked: 'breaks \x85\u2028\u2029', text: 'breaks \x85 \u2028 \u2029', inserted: '\u2028' },
  {
    asked: 'rare \u00a0\ufeff\u200b\ue000',
    text: 'rare \u00a0\ufeff\u200b\ue000\u{10ffff}',
    inserted: '\u00ad',
  },
]

/** Longer than a line of YAML, with what a line must not end or begin with. */
const BEFORE = `${'Once upon a time: there was # a long line - of words, '.repeat(4)}Hello`
const AFTER = `world.${" And 'more' of it was yet to come.".repeat(4)}`

/** What the whole answer says, but for what is inserted. */
export function answerText({ text }: Said): string {
  return `${BEFORE} ${text} ${AFTER}`
}

function piecesOf({ text, inserted }: Said): readonly string[] {
  return [BEFORE, ` ${text} `, ...(inserted === undefined ? [] : [inserted]), AFTER]
}

/** A name outside ASCII: a file says by it how it spells such characters. */
const MODEL = 'gpt-ö🦊'

function chatAnswer(said: Said): object {
  const message = { role: 'assistant', content: answerText(said) }
  const choices = [{ index: 0, message, finish_reason: 'stop' }]
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: MODEL, choices }
}

function chatStream(said: Said): string {
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: MODEL }
  const chunk = (delta: object, finish: string | null = null): string =>
    JSON.stringify({ ...base, choices: [{ index: 0, delta, finish_reason: finish }] })
  return sse(
    chunk({ role: 'assistant', content: '' }),
    ...piecesOf(said).map((content) => chunk({ content })),
    chunk({}, 'stop'),
    '[DONE]',
  )
}

function ollamaStream(said: Said): string {
  const pieces = [...piecesOf(said), '']
  return pieces
    .map((content, at) => {
      const message = { role: 'assistant', content }
      const line = {
        model: MODEL,
        created_at: '2024-01-01T00:00:00Z',
        message,
        done: at === pieces.length - 1,
      }
      return `${JSON.stringify(line)}\n`
    })
    .join('')
}

function chatQuestion({ asked }: Said): string {
  return JSON.stringify({
    model: MODEL,
    messages: [{ role: 'user', content: `Well, ${asked}!` }],
    stream: true,
  })
}

function converseQuestion({ asked }: Said): string {
  return JSON.stringify({ messages: [{ role: 'user', content: [{ text: `Well, ${asked}!` }] }] })
}

/** Calls whose JSON is spelled by `spell`. */
function callsIn(spell: (json: string) => string): readonly Call[] {
  const text = (type: string, path: string, answer: (said: Said) => string): Call => ({
    path,
    type,
    question: (said) => spell(chatQuestion(said)),
    answer: (said) => new TextEncoder().encode(spell(answer(said))),
  })
  const json = text('application/json', '/json', (said) => JSON.stringify(chatAnswer(said)))
  const stream = text('text/event-stream; charset=utf-8', '/sse', chatStream)
  return [
    json,
    text('application/json', '/pretty', (said) => `${JSON.stringify(chatAnswer(said), null, 2)}\n`),
    stream,
    text('text/event-stream', '/sse-crlf', (said) => chatStream(said).replaceAll('\n', '\r\n')),
    text('application/x-ndjson', '/ndjson', ollamaStream),
    { ...json, path: '/json-gzip', isGzip: true },
    { ...stream, path: '/sse-gzip', isGzip: true },
    {
      path: '/model/claude/converse-stream',
      type: 'application/vnd.amazon.eventstream',
      question: (said) => spell(converseQuestion(said)),
      answer: (said) => {
        const piece = (text: string): string =>
          spell(JSON.stringify({ contentBlockIndex: 0, delta: { text } }))
        return new Uint8Array(
          Buffer.concat([
            awsFrame('messageStart', '{"role":"assistant"}'),
            ...piecesOf(said).map((text) => awsFrame('contentBlockDelta', piece(text))),
            awsFrame('messageStop', '{"stopReason":"end_turn"}'),
          ]),
        )
      },
    },
  ]
}

/** As Python's json writes it. */
function inAscii(json: string): string {
  return json.replaceAll(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** An edit follows a file's habits: these are the two that there are. */
export const SPELLINGS: readonly { readonly spelling: string; readonly calls: readonly Call[] }[] = [
  { spelling: 'plain UTF-8', calls: callsIn((json) => json) },
  { spelling: 'escapes', calls: callsIn(inAscii) },
]

/** Whether a body is text as it is sent. */
export function isText({ isGzip, type }: Call): boolean {
  return !isGzip && !type.includes('amazon')
}

/** The body as it is sent. */
export function sentBody({ answer, isGzip }: Call, said: Said): Uint8Array {
  return isGzip ? new Uint8Array(gzipSync(answer(said))) : answer(said)
}
