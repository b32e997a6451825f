/**
 * A stored body, unpacked: base64, hex, gzip and the like are taken off as long as the bytes say so, and what is left
 * is cut into chunks. By content only: extensions, content types and encodings each lie somewhere in real files.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { base64Region, hexRegion, piecesRegion } from '../encoding/base64.ts'
import { byteString } from '../encoding/byte-string.ts'
import { type Decoders, inflatedRegion } from '../encoding/compression.ts'
import { looksLikeEventStream } from '../encoding/event-stream-head.ts'
import { utf8Region } from '../encoding/utf8.ts'
import { inside, textView, type View, verbatim } from '../projection/view.ts'
import { scanJson } from '../syntax/json-index.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { applyEdits, EditError, spliceBetween } from '../text/edit.ts'
import { part, type Region, wholeRegion } from '../text/region.ts'
import { eventStreamView } from './aws-event-stream.ts'
import type { BodyInfo } from './framing.ts'
import { ndjsonView } from './ndjson.ts'
import { looksLikeSse, sseView } from './sse.ts'

/** How a container says that a body is written. */
export interface BodyHint {
  /** `bytes`: the text is a byte string. Absent: plain text, unless it can only be something else. */
  readonly encoding?: 'base64' | 'hex' | 'bytes'
  /** The content-encoding header, for what cannot be told by its first bytes. */
  readonly contentEncoding?: string
}

type Info = Omit<BodyInfo, 'length'>

interface Unpacked {
  readonly text: string | undefined
  readonly view: View
  readonly info: Info
}

export interface UnpackedBody {
  /** The text that the body is when all is taken off; undefined for bytes that are none. */
  readonly text: string | undefined
  /** A view of the text that `region` reads from. */
  readonly view: View
  readonly info: BodyInfo
}

/** Unpacks the body that `region` reads. Never throws for any text. */
export function unpackBody(region: Region, hint: BodyHint = {}, decoders: Decoders = {}): UnpackedBody {
  const encodings: string[] = []
  const diagnostics: Diagnostic[] = []
  const bytes = bytesIn(region, hint, encodings)
  const { view, info, text } =
    bytes === undefined
      ? frameText(region, encodings, diagnostics)
      : frameBytes(region, bytes, hint.contentEncoding, encodings, diagnostics, decoders)
  const length = bytes?.text.length ?? new TextEncoder().encode(region.text).length
  return { view, text, info: { ...info, length } }
}

/** A body that comes to be something else, an error instead of a stream, is written as the text that it is then. */
function orWhole(view: View, region: Region, write: (json: string) => string = (json) => json): View {
  return {
    ...view,
    put(edits) {
      try {
        return view.put(edits)
      } catch (error) {
        const { root, index } = JsonDocument.of(applyEdits(view.json, edits))
        if (!(error instanceof EditError) || root === undefined || !index.valid) throw error
        if (root.kind !== 'object') throw error
        const splice = spliceBetween(region.text, write(root.raw))
        return splice === undefined ? [] : region.toOuter(splice)
      }
    },
  }
}

function bytesIn(region: Region, hint: BodyHint, encodings: string[]): Region | undefined {
  const { text } = region
  const isList = /^\s*\[\s*"/.test(text)
  const take = (how: string, found: Region | undefined): Region | undefined => {
    if (found) encodings.push(how)
    return found
  }
  if (hint.encoding === 'bytes') return region
  if (hint.encoding === 'base64') return take('base64', isList ? piecesRegion(region) : base64Region(region))
  if (hint.encoding === 'hex') return take('hex', isList ? piecesRegion(region) : hexRegion(region))
  // nobody says so: only what is unmistakable
  if (/^[0-9a-fA-F]{32,}$/.test(text)) {
    const found = hexRegion(region)
    return found && isPacked(found.text) ? take('hex', found) : undefined
  }
  if (/^(?:H4sI|AAA)[A-Za-z0-9+/\s]{20,}={0,2}\s*$/.test(text)) {
    const found = base64Region(region)
    return found && isPacked(found.text) ? take('base64', found) : undefined
  }
  if (isList) {
    const found = piecesRegion(region)
    return found && isPacked(found.text) ? take('pieces', found) : undefined
  }
  return undefined
}

function isPacked(bytes: string): boolean {
  return bytes.startsWith('\x1f\x8b\x08') || looksLikeEventStream(bytes)
}

function frameBytes(
  outer: Region,
  bytes: Region,
  contentEncoding: string | undefined,
  encodings: string[],
  diagnostics: Diagnostic[],
  decoders: Decoders,
): Unpacked {
  let region = bytes
  // a body may be compressed twice, no more
  for (let round = 0; round < 2; round++) {
    const inflated = inflatedRegion(region, round === 0 ? contentEncoding : undefined, decoders)
    if (inflated === undefined) break
    if ('problem' in inflated) {
      diagnostics.push({
        severity: 'warning',
        code: inflated.needs ? 'needs-brotli' : 'not-inflated',
        message: `A compressed body cannot be unpacked: ${inflated.problem}.`,
      })
      return asStored(outer, encodings, diagnostics)
    }
    encodings.push(inflated.how)
    region = inflated.region
  }
  if (looksLikeEventStream(region.text)) {
    const stream = eventStreamView(region.text)
    const info: Info = {
      framing: 'aws-event-stream',
      events: stream.events,
      encodings,
      diagnostics: [...diagnostics, ...stream.diagnostics],
    }
    const asBytes = (json: string): string => byteString(new TextEncoder().encode(json))
    return { view: orWhole(inside(region, stream.view), region, asBytes), text: undefined, info }
  }
  const text = utf8Region(region)
  if (text === undefined) return asStored(outer, encodings, diagnostics)
  return frameText(text, encodings, diagnostics)
}

/** A body is JSON as long as it is an object or a list: any other text is a text. */
function asStructure(view: View): View {
  return {
    ...view,
    put(edits) {
      const after = edits.length > 0 ? applyEdits(view.json, edits) : view.json
      if (!/^\s*[[{]/.test(after)) throw new EditError('this body can only hold an object or a list')
      if (!scanJson(after).valid) throw new EditError('this would be no JSON any more')
      return view.put(edits)
    },
  }
}

/** Bytes that are no text (an image, a sound): shown as they are stored. */
function asStored(
  region: Region,
  encodings: readonly string[],
  diagnostics: readonly Diagnostic[],
): Unpacked {
  return { view: textView(region), text: undefined, info: { framing: 'text', encodings, diagnostics } }
}

function frameText(
  region: Region,
  encodings: readonly string[],
  diagnostics: readonly Diagnostic[],
): Unpacked {
  const { text } = region
  const start = text.length - text.trimStart().length
  const end = text.trimEnd().length
  if (start >= end)
    return {
      view: orWhole(textView(region), region),
      text,
      info: { framing: 'none', encodings, diagnostics },
    }
  const opens = text[start] === '{' || text[start] === '['
  if (opens && scanJson(text.slice(start, end)).valid) {
    const isList = /^\[\s*\{/.test(text.slice(start, start + 200))
    const framing = isList ? 'object-list' : 'whole'
    return {
      view: asStructure(verbatim(part(region, start, end))),
      text,
      info: { framing, encodings, diagnostics },
    }
  }
  const lines = opens ? ndjsonView(text) : undefined
  if (lines)
    return {
      view: orWhole(inside(region, lines), region),
      text,
      info: { framing: 'ndjson', encodings, diagnostics },
    }
  if (looksLikeSse(text)) {
    const { view, events } = sseView(text)
    return {
      view: orWhole(inside(region, view), region),
      text,
      info: { framing: 'sse', encodings, diagnostics, ...(events.length > 0 && { events }) },
    }
  }
  return { view: orWhole(textView(region), region), text, info: { framing: 'text', encodings, diagnostics } }
}

/** The body that is a whole text. */
export function unpackText(text: string, hint: BodyHint = {}, decoders: Decoders = {}): UnpackedBody {
  return unpackBody(wholeRegion(text), hint, decoders)
}
