import { applyEdits, spliceBetween } from '../text/edit.ts'
import { opaque, type Region } from '../text/region.ts'

interface Piece {
  /** The size as written, with extensions. */
  readonly head: string
  readonly eol: string
  readonly content: string
}

const encoder = new TextEncoder()

/**
 * A body in HTTP/1.1 chunked coding (RFC 9112 section 7.1) as what it adds up to; undefined when it is none. An edit
 * stays in the piece in which it begins; only sizes that change are written. `isBytes`: a character is a byte.
 */
export function chunkedRegion(coded: Region, isBytes: boolean): Region | undefined {
  const { text } = coded
  const size = (content: string): number => (isBytes ? content.length : encoder.encode(content).length)
  const pieces: Piece[] = []
  let at = 0
  let lastLine = 0
  let lastEol = '\r\n'
  for (;;) {
    const match = /^([0-9a-fA-F]+)([^\r\n]*)(\r?\n)/.exec(text.slice(at, at + 256))
    if (match === null) return undefined
    const [line, digits = '', extension = '', eol = ''] = match
    const bytes = Number.parseInt(digits, 16)
    lastLine = at
    lastEol = eol
    at += line.length
    if (bytes === 0) break
    const content = take(text.slice(at, at + bytes), bytes, size)
    at += content.length
    if (size(content) !== bytes || !text.startsWith(eol, at)) return undefined
    pieces.push({ head: digits + extension, eol, content })
    at += eol.length
  }
  const tail = text.slice(lastLine)
  const whole = pieces.map(({ content }) => content).join('')
  return opaque(coded, whole, (now) => {
    const splice = spliceBetween(whole, now)
    if (splice === undefined) return text
    if (pieces.length === 0) return `${size(now).toString(16)}${lastEol}${now}${lastEol}${tail}`
    let start = 0
    let isHome = true
    const written = pieces.map(({ head, eol, content }) => {
      const end = start + content.length
      const from = Math.max(splice.offset, start)
      const length = Math.max(0, Math.min(splice.offset + splice.length, end) - from)
      const holds = isHome && splice.offset <= end
      const after = applyEdits(
        content,
        holds || length > 0
          ? [{ offset: Math.min(from, end) - start, length, content: holds ? splice.content : '' }]
          : [],
      )
      if (holds) isHome = false
      start = end
      if (after === '') return ''
      const digits = size(after) === size(content) ? head : size(after).toString(16)
      return `${digits}${eol}${after}${eol}`
    })
    return written.join('') + tail
  })
}

/** The characters that `bytes` bytes are, from a slice that is at least as long. */
function take(slice: string, bytes: number, size: (content: string) => number): string {
  if (size(slice) === bytes) return slice
  let low = 0
  let high = slice.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (size(slice.slice(0, middle)) < bytes) low = middle + 1
    else high = middle
  }
  return slice.slice(0, low)
}
