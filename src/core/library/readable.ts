/** What of a recorded value a person might look for: words, not base64 and not vectors. */
import { LONGEST_WORDS } from './entry.ts'

/** The first words of a text on one line. */
export function firstWords(text: string): string {
  // long texts are not read to their end for a line of them
  const line = text
    .trimStart()
    .slice(0, 3 * LONGEST_WORDS)
    .replace(/\s+/g, ' ')
    .trimEnd()
  if (line.length <= LONGEST_WORDS) return line
  return line.slice(0, LONGEST_WORDS).replace(/[\ud800-\udbff]$/, '')
}

/** A text without long runs of base64 in it. */
export function withoutData(text: string): string {
  if (text.length < STRIDE) return text
  let kept = ''
  let from = 0
  // a look at every so manieth character: a run that is long enough cannot lie between two of them
  for (let at = STRIDE - 1; at < text.length; at += STRIDE) {
    if (!isData(text.charCodeAt(at))) continue
    let start = at
    while (start > from && isData(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (end < text.length && isData(text.charCodeAt(end))) end++
    if (end - start >= LONGEST_RUN) {
      kept += `${text.slice(from, start)}…`
      from = end
    }
    at = Math.max(at, end - 1)
  }
  return from === 0 ? text : kept + text.slice(from)
}

const STRIDE = 128
const LONGEST_RUN = 200

/** The characters of base64, of either alphabet. */
function isData(code: number): boolean {
  if (code > 0x7a) return false
  return (
    code >= 0x61 ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x3d ||
    code === 0x5f
  )
}

/** JSON as one would type it: `\u00fc` is ü. What is no JSON stays as it is. */
export function plainJson(raw: string): string {
  if (!/\\u[0-9a-fA-F]{4}/.test(raw)) return withoutData(raw)
  try {
    return withoutData(JSON.stringify(JSON.parse(raw)))
  } catch {
    return withoutData(raw)
  }
}

/** The JSON of a parameter or of a body that nobody reads: no lists of numbers. */
export function plainValue(raw: string): string {
  if (raw.length > LONGEST_VALUE) return plainJson(raw.replace(NUMBERS, '…').slice(0, LONGEST_VALUE))
  return plainJson(raw)
}

const LONGEST_VALUE = 4000
const NUMBERS = /(?:-?\d[\d.eE+-]*\s*,\s*){20,}/g
