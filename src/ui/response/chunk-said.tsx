import type { Delta } from '../../core/cassette/delta.ts'
import type { JsonNode } from '../../core/syntax/json-node.ts'
import { formatBytes } from '../media/media-source.ts'
import { vectorSize } from './vector-size.ts'
import { VisibleSpace } from './visible-space.tsx'

/** Characters of JSON that a line shows. */
const JSON_SHOWN = 300

/** What one chunk adds, in a line. */
export function Said({ deltas }: { readonly deltas: readonly Delta[] }) {
  const shown = deltas.filter((delta) => !isSilent(delta, deltas))
  if (shown.length === 0) return <span className="text-ink-3">nothing</span>
  // a whole answer can hold a thousand vectors or notes: a line has no room for them
  return shown.slice(0, MOST_SAID).map((delta, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what a chunk says has an order and no other identity
    <span key={at} className={at === 0 ? '' : 'ml-2.5'}>
      <SaidOne delta={delta} />
    </span>
  ))
}

const MOST_SAID = 20

/** Boilerplate beside something that matters: the role repeated in each delta, an empty text. */
function isSilent(delta: Delta, all: readonly Delta[]): boolean {
  if (all.length === 1) return false
  if (isSilentText(delta)) return true
  return (
    delta.kind === 'message-start' &&
    all.some((other) => other.kind !== 'message-start' && !isSilentText(other))
  )
}

function isSilentText(delta: Delta): boolean {
  return (delta.kind === 'text' || delta.kind === 'reasoning') && delta.text.end - delta.text.start === 2
}

function SaidOne({ delta }: { readonly delta: Delta }) {
  switch (delta.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const text = delta.text.string() ?? ''
      if (text === '') return <span className="text-ink-3">empty text</span>
      return (
        <>
          {delta.choice > 0 && <span className="mr-2 text-ink-3">choice {delta.choice}</span>}
          <VisibleSpace text={text} />
        </>
      )
    }
    case 'tool-call': {
      const name = delta.name?.string()
      const args = delta.arguments ?? delta.wholeArguments
      return (
        <>
          {delta.index !== undefined && <span className="mr-1.5 text-ink-3">#{delta.index}</span>}
          {name && <b className="mr-1.5 font-semibold text-tool">{name}</b>}
          <VisibleSpace text={args?.string() ?? (args ? jsonLine(args) : '')} />
        </>
      )
    }
    case 'media':
      return (
        <span className="text-ink-2">
          {delta.media} <span className="text-ink-3">{mediaWords(delta)}</span>
        </span>
      )
    case 'note':
      return (
        <span className="text-ink-2">
          {delta.label} <span className="text-ink-3">{jsonLine(delta.json)}</span>
        </span>
      )
    case 'vector':
      return (
        <span className="text-ink-2">
          <span className="mr-1.5 text-ink-3">#{delta.index}</span>
          {vectorSize(delta.vector).toLocaleString('en')} dimensions
        </span>
      )
    case 'message-start':
      return delta.role.string()
    case 'stop':
      return <span className="text-stop">{delta.reason.string() ?? delta.reason.raw}</span>
    case 'usage':
      return (
        <span className="text-ink-2">
          in {delta.counts.inputTokens?.raw ?? '?'} · out {delta.counts.outputTokens?.raw ?? '?'}
        </span>
      )
    case 'error':
      return <span className="text-error">{delta.message}</span>
    case 'unknown':
      return (
        <span className="text-ink-2">
          {delta.why} <span className="text-ink-3">{jsonLine(delta.json)}</span>
        </span>
      )
    case 'restated':
      return (
        <span className="text-ink-3">
          repeats the {delta.of === 'tool-arguments' ? 'arguments' : delta.of}
        </span>
      )
    default:
      return delta satisfies never
  }
}

/** A value's JSON on one line, of a long one only the beginning. */
function jsonLine({ document, start, end }: JsonNode): string {
  const raw = document.text.slice(start, Math.min(end, start + 4 * JSON_SHOWN))
  return raw.replace(/\s+/g, ' ').slice(0, JSON_SHOWN)
}

/** Type and size; the characters of a long base64 are counted, not decoded. */
function mediaWords({ data, type }: Extract<Delta, { kind: 'media' }>): string {
  const head = data.document.text.slice(data.start + 1, data.start + 61)
  const before = head.startsWith('data:') ? head.indexOf(',') + 1 : 0
  const length = Math.max(0, data.end - data.start - 2 - before)
  const isAddress = /^https?:/i.test(head)
  const kind = type ?? /^data:([a-z0-9.+/-]+)/i.exec(head)?.[1]
  const size = isAddress ? head.replace(/"$/, '') : formatBytes(Math.floor((length * 3) / 4))
  return [kind, size].filter(Boolean).join(' · ')
}
