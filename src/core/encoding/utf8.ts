import { EditError } from '../text/edit.ts'
import { lift, type Region } from '../text/region.ts'
import { byteString, bytesOf } from './byte-string.ts'

const encoder = new TextEncoder()

/** Bytes read as UTF-8; undefined when they are not. */
export function utf8Region(bytes: Region): Region | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(bytes.text))
  } catch {
    return undefined
  }
  const isAscii = text.length === bytes.text.length
  const offsetOf = (offset: number): number =>
    isAscii ? offset : encoder.encode(text.slice(0, offset)).length
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
