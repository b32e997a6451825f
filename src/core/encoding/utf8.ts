import { EditError } from '../text/edit.ts'
import { lift, type Region } from '../text/region.ts'
import { byteString, bytesOf } from './byte-string.ts'

const encoder = new TextEncoder()

/** Units between two places whose offsets in bytes are kept: many edits at once must not each count from the beginning. */
const STEP = 1024

function marksOf(text: string): readonly number[] {
  const marks = [0]
  for (let at = 0; at + STEP <= text.length; at += STEP) {
    marks.push((marks.at(-1) ?? 0) + widthOf(text, at, at + STEP))
  }
  return marks
}

/** Bytes of the units `from..to`; a pair counts with its first half. */
function widthOf(text: string, from: number, to: number): number {
  let width = 0
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) width++
    else if (unit < 0x800) width += 2
    else if (unit < 0xd800 || unit > 0xdfff) width += 3
    else if (unit < 0xdc00) width += 4
  }
  return width
}

/** Bytes read as UTF-8; undefined when they are not. */
export function utf8Region(bytes: Region): Region | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(bytes.text))
  } catch {
    return undefined
  }
  const isAscii = text.length === bytes.text.length
  let marks: readonly number[] | undefined
  const offsetOf = (offset: number): number => {
    if (isAscii) return offset
    marks ??= marksOf(text)
    const from = Math.floor(offset / STEP)
    return (marks[from] ?? 0) + widthOf(text, from * STEP, offset)
  }
  return lift(bytes, {
    text,
    toInner(edit) {
      if (/\p{Cs}/u.test(edit.content)) throw new EditError('half a character cannot be written as UTF-8')
      const offset = offsetOf(edit.offset)
      const length = offsetOf(edit.offset + edit.length) - offset
      return { offset, length, content: byteString(encoder.encode(edit.content)) }
    },
  })
}
