/**
 * httprr traces: a line `httprr trace v1`, then for each call a line with the byte counts of request and response and
 * both HTTP/1.1 messages (RFC 9112) as they were sent.
 * Spec: https://pkg.go.dev/golang.org/x/oscar/internal/httprr. The counts are rewritten when an edit changes them.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { chunkedRegion } from '../encoding/chunked.ts'
import { utf8Region } from '../encoding/utf8.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { applyEdits, EditError, type TextEdit } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { listView, type MemberView, objectView } from './group-view.ts'
import type { Source } from './source.ts'
import { fixedView, partOf, type Span, textView, type View, valueView } from './view.ts'

interface Message extends Span {
  readonly startLine: readonly Span[]
  readonly headers: readonly { readonly name: string; readonly value: Span }[]
  readonly body: Span
}

interface Call {
  /** The digits of the two byte counts. */
  readonly counts: readonly [Span, Span]
  readonly messages: readonly [Message, Message]
}

const encoder = new TextEncoder()

/**
 * A trace, or why it is none. One with raw bytes in it was opened as bytes, a character each; which it is, the counts
 * tell: they lead to the very end.
 */
export function readHttpTrace(text: string): Source | { readonly problem: Diagnostic } {
  const asText = readCalls(text, false)
  const canBeBytes = asText.diagnostics.length > 0 && !/[^\0-\xff]/.test(text)
  const asBytes = canBeBytes ? readCalls(text, true) : undefined
  const isBytes =
    asBytes !== undefined && (asBytes.diagnostics.length === 0 || asBytes.calls.length > asText.calls.length)
  const { calls, diagnostics } = isBytes ? asBytes : asText
  if (calls.length === 0 && diagnostics[0]) return { problem: { ...diagnostics[0], severity: 'error' } }
  return traceSource(text, calls, isBytes, diagnostics)
}

interface Calls {
  readonly calls: readonly Call[]
  readonly diagnostics: readonly Diagnostic[]
}

function readCalls(text: string, isBytes: boolean): Calls {
  const calls: Call[] = []
  const diagnostics: Diagnostic[] = []
  const bytes = isBytes ? undefined : encoder.encode(text)
  /** Offset in the text behind `count` bytes from `from`. */
  let byteAt = 0
  const skip = (from: number, count: number): number => {
    if (bytes === undefined) return from + count
    if (byteAt + count > bytes.length) return Number.POSITIVE_INFINITY
    const piece = bytes.subarray(byteAt, byteAt + count)
    byteAt += count
    return from + new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece).length
  }
  let at = text.indexOf('\n') + 1
  byteAt = at
  while (at > 0 && at < text.length) {
    const line = /^(\d+) (\d+)\n/.exec(text.slice(at, at + 64))
    if (line === null) {
      diagnostics.push(broken(at, 'the byte counts of the next call are missing'))
      break
    }
    const [whole, first = '', second = ''] = line
    const counts: Call['counts'] = [
      { start: at, end: at + first.length },
      { start: at + first.length + 1, end: at + first.length + 1 + second.length },
    ]
    at += whole.length
    byteAt += whole.length
    const middle = skip(at, Number(first))
    const end = skip(middle, Number(second))
    if (end > text.length || middle > text.length) {
      diagnostics.push(broken(at, 'a call breaks off before the end that its byte counts give'))
      break
    }
    calls.push({ counts, messages: [readMessage(text, at, middle), readMessage(text, middle, end)] })
    at = end
  }
  return { calls, diagnostics }
}

function broken(offset: number, what: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'broken-trace',
    message: `This trace is damaged: ${what}.`,
    advice: 'Check that no editor has changed it without its byte counts.',
    span: { start: offset, end: offset + 1 },
  }
}

function readMessage(text: string, start: number, end: number): Message {
  const lines: Span[] = []
  let at = start
  while (at < end) {
    const found = text.indexOf('\n', at)
    const stop = found === -1 || found >= end ? end : found
    const lineEnd = text[stop - 1] === '\r' ? stop - 1 : stop
    const next = Math.min(end, stop + 1)
    if (lineEnd <= at) {
      at = next
      break
    }
    lines.push({ start: at, end: lineEnd })
    at = next
  }
  const [first, ...rest] = lines
  return {
    start,
    end,
    startLine: first ? wordsOf(text, first) : [],
    headers: rest.flatMap((line) => {
      const colon = text.indexOf(':', line.start)
      if (colon === -1 || colon >= line.end) return []
      const value = text.slice(colon + 1, line.end)
      const lead = value.length - value.trimStart().length
      return [
        {
          name: text.slice(line.start, colon),
          value: { start: colon + 1 + lead, end: line.end },
        },
      ]
    }),
    body: { start: at, end },
  }
}

/** A start line has three parts, of which the last may hold spaces. */
function wordsOf(text: string, { start, end }: Span): readonly Span[] {
  const first = text.indexOf(' ', start)
  const second = text.indexOf(' ', first + 1)
  if (first === -1 || first > end) return [{ start, end }]
  if (second === -1 || second > end) {
    return [
      { start, end: first },
      { start: first + 1, end },
    ]
  }
  return [
    { start, end: first },
    { start: first + 1, end: second },
    { start: second + 1, end },
  ]
}

function traceSource(
  text: string,
  calls: readonly Call[],
  isBytes: boolean,
  diagnostics: readonly Diagnostic[],
): Source {
  const messages = new Map<string, Message>()
  calls.forEach((call, at) => {
    messages.set(`/interactions/${at}/request/body`, call.messages[0])
    messages.set(`/interactions/${at}/response/body`, call.messages[1])
  })
  const region = (pointer: string): Region | undefined => {
    const message = messages.get(pointer)
    return message && bodyRegion(text, message, isBytes)
  }
  const isRaw = (pointer: string): boolean => {
    const message = messages.get(pointer)
    return message !== undefined && utf8Region(plainRegion(text, message, isBytes)) === undefined
  }
  const view = (holes: ReadonlyMap<string, View>): View => {
    const inner = objectView([
      { key: 'httprr', view: fixedView('"v1"', 'the version of the trace is fixed') },
      {
        key: 'interactions',
        view: listView(calls.map((call, at) => callView(text, call, isBytes, `/interactions/${at}`, holes))),
      },
    ])
    return { ...inner, put: (edits) => withCounts(text, calls, isBytes, inner.put(edits)) }
  }
  return {
    syntax: 'http-trace',
    json: view(new Map()).json,
    binary: new Set(),
    bytes: new Set(isBytes ? [...messages.keys()].filter((pointer) => isRaw(pointer)) : []),
    diagnostics,
    region,
    view,
  }
}

/** The body without its transfer coding. */
function bodyRegion(text: string, message: Message, isBytes: boolean): Region {
  const plain = plainRegion(text, message, isBytes)
  return (isBytes ? utf8Region(plain) : undefined) ?? plain
}

function plainRegion(text: string, { headers, body }: Message, isBytes: boolean): Region {
  const stored = partOf(text, body.start, body.end)
  const coding = headers.find(({ name }) => name.toLowerCase() === 'transfer-encoding')
  const isChunked = coding && /\bchunked\b/i.test(text.slice(coding.value.start, coding.value.end))
  return (isChunked ? chunkedRegion(stored, isBytes) : undefined) ?? stored
}

function callView(
  text: string,
  call: Call,
  isBytes: boolean,
  at: string,
  holes: ReadonlyMap<string, View>,
): View {
  const [request, response] = call.messages
  const word = (message: Message, position: number): View => {
    const span = message.startLine[position]
    return span
      ? lineView(partOf(text, span.start, span.end), position < 2)
      : fixedView('""', 'there is no such word')
  }
  const body = (message: Message, side: string): View =>
    holes.get(`${at}/${side}/body`) ?? textView(bodyRegion(text, message, isBytes))
  const code = response.startLine[1]
  return objectView([
    {
      key: 'request',
      view: objectView([
        { key: 'method', view: word(request, 0) },
        { key: 'uri', view: word(request, 1) },
        { key: 'headers', view: headersView(text, request) },
        { key: 'body', view: body(request, 'request') },
      ]),
    },
    {
      key: 'response',
      view: objectView([
        {
          key: 'status',
          view: objectView([
            {
              key: 'code',
              view: code
                ? valueView(text.slice(code.start, code.end), partOf(text, code.start, code.end), digits)
                : fixedView('0', 'there is no status'),
            },
            { key: 'message', view: word(response, 2) },
          ]),
        },
        { key: 'headers', view: headersView(text, response) },
        { key: 'body', view: body(response, 'response') },
      ]),
    },
  ])
}

/** A word or a header ends with its line. */
function lineView(region: Region, isWord: boolean): View {
  const view = textView(region)
  return {
    ...view,
    put(edits) {
      const planned = view.put(edits)
      const value = JsonDocument.of(applyEdits(view.json, edits)).root?.string() ?? ''
      if (isWord && !/^\S+$/.test(value)) {
        throw new EditError(
          'this is one word of an HTTP message: it cannot be empty, and no space can stand in it',
        )
      }
      if (!isWord && (/[\r\n]/.test(value) || value !== value.trim())) {
        throw new EditError(
          'this is one line of an HTTP message: no line break can stand in it, and no space around it',
        )
      }
      return planned
    },
  }
}

function digits(json: string): string {
  if (!/^[1-9]\d\d$/.test(json)) throw new EditError('a status is a number of three digits')
  return json
}

function headersView(text: string, { headers }: Message): View {
  const last = new Map(headers.map((header) => [header.name, header]))
  return objectView(
    [...last.values()].map(
      ({ name, value }): MemberView => ({
        key: name,
        view: lineView(partOf(text, value.start, value.end), false),
      }),
    ),
  )
}

/** The edits, and those of the byte counts that they make wrong. */
function withCounts(
  text: string,
  calls: readonly Call[],
  isBytes: boolean,
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  const size = (piece: string): number => (isBytes ? piece.length : encoder.encode(piece).length)
  const made = [...edits]
  for (const { counts, messages } of calls) {
    messages.forEach((message, side) => {
      let grown = 0
      for (const { offset, length, content } of edits) {
        const isHere = offset >= message.start && offset + length <= message.end
        // between two messages an insertion belongs to the one that ends there, as a body is edited
        const isBehind = side === 1 && length === 0 && offset === message.start
        if (isHere && !isBehind) grown += size(content) - size(text.slice(offset, offset + length))
      }
      const count = counts[side]
      if (grown === 0 || count === undefined) return
      const content = String(Number(text.slice(count.start, count.end)) + grown)
      made.push({ offset: count.start, length: count.end - count.start, content })
    })
  }
  return made
}
