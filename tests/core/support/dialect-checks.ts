/** What every dialect must keep, asked of one stream. */
import { expect } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import type { Stream } from '../../../src/core/cassette/stream.ts'
import type { Dialect, DialectSniff } from '../../../src/core/dialects/dialect.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { type Folded, foldPayloads } from '../dialects/fold-payloads.ts'

/** The parts of an answer in a few words: `text "…"`, `call f(…)`, `note label`, `media type`. */
export function inWords({ stream }: { readonly stream: Stream }, choice = 0): readonly string[] {
  const message = stream.messages.find((one) => one.choice === choice)
  return (message?.parts ?? []).map((part) => {
    switch (part.kind) {
      case 'tool-call': {
        const { id, name, argumentsTrack } = part.call
        return `call ${id?.value ?? '-'} ${name?.value ?? '-'}(${stream.tracks[argumentsTrack ?? -1]?.text ?? ''})`
      }
      case 'note':
        return `note ${part.label}: ${part.json.value}`
      case 'media':
        return `${part.media} ${part.type ?? '-'}: ${part.pieces.map(({ data }) => data.value).join('+')}`
      default:
        return `${part.kind}: ${stream.tracks[part.track]?.text ?? ''}`
    }
  })
}

/** What nobody read, by why. */
export function unknowns({ deltas }: Folded): readonly string[] {
  return deltas.flat().flatMap((delta) => (delta.kind === 'unknown' ? [delta.why] : []))
}

/** Replaces each text of a stream in turn and reads it again: it is the new text, and all others are as they were. */
export function expectEditable(
  dialect: Dialect,
  payloads: readonly string[],
  events?: readonly string[],
): void {
  const { document, stream } = foldPayloads(dialect, payloads, events)
  expect(stream.tracks.length).toBeGreaterThan(0)
  stream.tracks.forEach((track, at) => {
    if (track.pieceNodes.length === 0) return
    const isRaw = document.node(track.pieceNodes[0] ?? 0).kind !== 'string'
    const value = isRaw ? '{"other":[1]}' : `«${track.text}» "\\\n😀`
    const text = applyEdits(document.text, setTrackText(document, track, value))
    const edited = JsonDocument.of(text)
    const again = foldPayloads(
      dialect,
      [...(edited.root?.items() ?? [])].map(({ raw }) => raw),
      events,
    ).stream
    const expected = stream.tracks.map((one, other) => (other === at ? value : one.text))
    expect(again.tracks.map((one) => one.text)).toEqual(expected)
  })
}

/** Recognises a payload without any request. */
export function sniffPayload(dialect: Dialect, payload: unknown, event?: string): DialectSniff {
  const { root } = JsonDocument.of(JSON.stringify(payload))
  return dialect.sniff({ headers: [], extras: [] }, undefined, root, event)
}

/** Recognises a request by its URL and body alone. */
export function sniffRequest(dialect: Dialect, url: string, body: unknown): DialectSniff {
  const { root } = JsonDocument.of(JSON.stringify(body))
  return dialect.sniff({ url: { value: url, at: [] }, headers: [], extras: [] }, root, undefined)
}

export function readBody(dialect: Dialect, body: unknown): ReturnType<Dialect['readRequest']> {
  const { root } = JsonDocument.of(JSON.stringify(body))
  if (root === undefined) throw new Error('no body')
  return dialect.readRequest(root)
}

/** What other APIs send: none of it is this dialect's. */
const OTHERS: readonly unknown[] = [
  { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'a' } }] },
  { object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'a' } }] },
  { type: 'message_start', message: { role: 'assistant', content: [] } },
  { id: 'x', type: 'message', role: 'assistant', content: [{ type: 'text', text: 'a' }] },
  { candidates: [{ content: { parts: [{ text: 'a' }] } }] },
  { model: 'llama', message: { role: 'assistant', content: 'a' }, done: false },
  { model: 'llama', response: 'a', done: false },
  { contentBlockDelta: { delta: { text: 'a' } } },
  { generated_text: 'a' },
  { results: [{ generated_text: 'a' }] },
  { completion: 'a', stop_reason: null },
  'text',
  [1, 2],
]

export function expectNoTheft(dialect: Dialect): void {
  for (const payload of OTHERS) {
    expect(sniffPayload(dialect, payload).confidence, JSON.stringify(payload)).toBe(0)
  }
}

/** Odd but legal JSON in every place: nothing throws. */
export function expectCalm(dialect: Dialect, payloads: readonly unknown[]): void {
  const odd = [null, 0, '', [], {}, true, [null], { type: 1 }, 'x']
  for (const payload of payloads) {
    foldPayloads(dialect, [JSON.stringify(payload)])
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) continue
    for (const key of Object.keys(payload)) {
      for (const value of odd) {
        const changed = { ...payload, [key]: value }
        foldPayloads(dialect, [JSON.stringify(changed)])
        readBody(dialect, changed)
        sniffPayload(dialect, changed)
      }
    }
  }
}
