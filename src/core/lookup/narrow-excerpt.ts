import type { ExcerptPart } from '../compare/excerpt.ts'

/** Characters in common that are not told as different, where a word is as long as no word of a language. */
const MOST_IN_COMMON = 12

/**
 * Narrows what was replaced to the letters that differ: of long words (pictures, ids, paths), and of all where
 * `isUnseen`, since what cannot be seen is not found in a word that looks the same.
 */
export function narrowed(parts: readonly ExcerptPart[], isUnseen: boolean): readonly ExcerptPart[] {
  const all: ExcerptPart[] = []
  const add = (kind: ExcerptPart['kind'], text: string): void => {
    const last = all.at(-1)
    if (text === '') return
    // one part, or blanks between two of them would be told as their ends
    if (last?.kind === kind) all[all.length - 1] = { kind, text: last.text + text }
    else all.push({ kind, text })
  }
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at], parts[at + 1]]
    if (part === undefined) continue
    if (part.kind !== 'removed' || next?.kind !== 'added') {
      add(part.kind, part.text)
      continue
    }
    at++
    const [was, is] = [part.text, next.text]
    const start = sameStart(was, is)
    const end = sameEnd(was.slice(start), is.slice(start))
    const [gone, come] = [was.slice(start, was.length - end), is.slice(start, is.length - end)]
    if ((gone === '' && come === '') || !(isUnseen || start + end > MOST_IN_COMMON)) {
      add('removed', was)
      add('added', is)
      continue
    }
    add('same', was.slice(0, start))
    add('removed', gone)
    add('added', come)
    add('same', was.slice(was.length - end))
  }
  return all
}

/** What belongs to the letter before it. */
const JOINED = /^(?:\p{M}|\u200d)/u

function sameStart(was: string, is: string): number {
  let at = 0
  while (at < was.length && at < is.length && was[at] === is[at]) at++
  while (at > 0 && (isInside(was, at) || isInside(is, at))) at--
  return at
}

function sameEnd(was: string, is: string): number {
  let count = 0
  while (count < was.length && count < is.length && was.at(-1 - count) === is.at(-1 - count)) count++
  while (count > 0 && (isInside(was, was.length - count) || isInside(is, is.length - count))) count--
  return count
}

/** Whether a letter goes on here. */
function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    (code >= 0xdc00 && code <= 0xdfff) || text[at - 1] === '\u200d' || JOINED.test(text.slice(at, at + 2))
  )
}

/** "é ⟨U+0065 U+0301⟩": of letters that look the same. */
export function withCodes(text: string): string {
  const codes = [...text].map(
    (letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  return codes.length > MOST_CODES ? text : `${text} ⟨${codes.join(' ')}⟩`
}

const MOST_CODES = 8
