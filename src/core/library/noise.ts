/** What differs between two recordings of the same call, and says nothing: ids, times, the last digits of a score. */

import { detached } from './detached.ts'

/** Prefixes of ids that providers and recorders make up; what follows must hold a digit to be one. */
const ID_PREFIXES =
  'call|chatcmpl|cmpl|rec|msg|toolu|tooluse|srvtoolu|resp|fc|rs|file|vs|run|thread|asst|step|req|item|batch|msgbatch|gen|conv'

const NOISE = new RegExp(
  [
    `\\b(?:${ID_PREFIXES})[-_](?=[A-Za-z_-]*\\d)[A-Za-z0-9_-]{6,}`,
    '\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b',
    '\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?',
    '-?\\b\\d+\\.\\d{6,}',
  ].join('|'),
  'g',
)

/** A text without its noise. */
export function quiet(text: string): string {
  return mayHoldNoise(text) ? text.replace(NOISE, quietOne) : text
}

/** Whether there is a word of eight characters with a digit and a mark in it: most texts have none, and need no pattern. */
function mayHoldNoise(text: string): boolean {
  if (text.length < SHORTEST_NOISE) return false
  let length = 0
  let seen = 0
  for (let at = 0; at < text.length; at++) {
    const kind = WORD_CODES[text.charCodeAt(at)]
    if (kind === undefined || kind === 0) {
      length = 0
      seen = 0
      continue
    }
    length++
    seen |= kind
    if (seen === ALL_KINDS && length >= SHORTEST_NOISE) return true
  }
  return false
}

const SHORTEST_NOISE = 8

/** By character code below 128: 0 no part of a word, 1 a letter, 3 a digit, 5 a mark. */
const WORD_CODES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return /\d/.test(char) ? 3 : /[_.-]/.test(char) ? 5 : /[A-Za-z]/.test(char) ? 1 : 0
})
const ALL_KINDS = 7

function quietOne(noise: string): string {
  if (/^-?\d+\./.test(noise)) return String(roundNumber(Number(noise)))
  return /^\d{4}-\d\d-\d\d[T ]/.test(noise) ? '<time>' : '<id>'
}

/** As many decimals as recorders compare. */
function roundNumber(value: number): number {
  const rounded = Math.round(value * 1e5) / 1e5
  return Number.isFinite(rounded) ? rounded : value
}

/** Deeper values are taken as they are written. */
const MOST_LEVELS = 200

/** A JSON text so that what means the same reads the same: keys sorted, no nulls, no noise. Any other text quietened. */
export function canonicalJson(raw: string): string {
  if (raw.length < LONG_JSON) return canonical(raw)
  const known = MEMO.get(raw)
  if (known !== undefined) return known
  const made = canonical(raw)
  if (raw.length < LONGEST_KEPT) {
    if (MEMO.size >= MOST_KEPT) MEMO.clear()
    MEMO.set(detached(raw), made)
  }
  return made
}

/** The tools of a test suite are defined in file after file with the same characters. */
const MEMO = new Map<string, string>()
const MOST_KEPT = 200
const LONG_JSON = 100
const LONGEST_KEPT = 20_000

function canonical(raw: string): string {
  if (raw === 'true' || raw === 'false') return raw
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return quiet(raw)
  }
  return print(value, 0) ?? quiet(raw)
}

/** Undefined where it is nested too deep. */
function print(value: unknown, level: number): string | undefined {
  if (typeof value === 'string') return JSON.stringify(quiet(value))
  if (typeof value === 'number') return String(roundNumber(value))
  if (typeof value !== 'object' || value === null) return String(value)
  if (level > MOST_LEVELS) return undefined
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = print(item, level + 1)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return `[${parts.join()}]`
  }
  const entries = Object.entries(value).filter(([, member]) => member !== null)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [key, member] of entries) {
    const part = print(member, level + 1)
    if (part === undefined) return undefined
    parts.push(`${JSON.stringify(key)}:${part}`)
  }
  return `{${parts.join()}}`
}
