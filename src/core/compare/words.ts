import { type ExcerptPart, excerptOf } from './excerpt.ts'

/** Chunks from the first to the last, as they are numbered on screen: from 0. */
export interface ChunkRange {
  readonly first: number
  readonly last: number
}

/** What kind of change it is; the most important first. */
export const CHANGE_KINDS = [
  'answer-text',
  'reasoning',
  'refusal',
  'tool-call',
  'tool-name',
  'tool-arguments',
  'finish-reason',
  'error',
  'usage',
  'chunks',
  'chunk-field',
  'message',
  'parameter',
  'tool',
  'response-format',
  'request',
  'test-id',
  'request-hash',
  'file-name',
  'other',
  'spelling',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** One change in the field's own terms. Plain data. */
export interface WordedChange {
  readonly kind: ChangeKind
  readonly sentence: string
  /** The sentence, with the chunks of the new side that it names kept apart. */
  readonly words: readonly (string | ChunkRange)[]
  /** From the first to the last of them. */
  readonly chunks?: ChunkRange
  /** For texts: the words that were replaced, and some around them. */
  readonly excerpt?: readonly ExcerptPart[]
}

export function withExcerpt(one: WordedChange, before: string, after: string): WordedChange {
  return { ...one, excerpt: excerptOf(before, after) }
}

export function change(kind: ChangeKind, ...words: readonly (string | ChunkRange)[]): WordedChange {
  const ranges = words.filter((word) => typeof word !== 'string')
  const [first, last] = [ranges[0], ranges.at(-1)]
  return {
    kind,
    sentence: words.map((word) => (typeof word === 'string' ? word : rangeInWords(word))).join(''),
    words,
    ...(first && last && { chunks: { first: first.first, last: last.last } }),
  }
}

/** "chunk 3", "chunks 3-5". */
export function rangeInWords({ first, last }: ChunkRange): string {
  return first === last ? `chunk ${first}` : `chunks ${first}-${last}`
}

/** More than these are given as the span that they lie in. */
const MOST_RANGES = 4

/** " in chunks 3-5, chunk 8 and chunks 11-12"; nothing for no chunk. */
export function inChunks(ranges: readonly ChunkRange[]): readonly (string | ChunkRange)[] {
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (first === undefined || last === undefined) return []
  if (ranges.length > MOST_RANGES) {
    const count = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0)
    return [` in ${number(count)} of `, { first: first.first, last: last.last }]
  }
  return [' in ', ...listed(ranges)]
}

/** Ranges with commas and "and" between them. */
export function listed(ranges: readonly ChunkRange[]): readonly (string | ChunkRange)[] {
  return ranges.flatMap((range, at) => {
    if (at === 0) return [range]
    return [at === ranges.length - 1 ? ' and ' : ', ', range]
  })
}

/** Collects ascending numbers as ranges. */
export class Ranges {
  readonly #ranges: { first: number; last: number }[] = []
  count = 0

  add(at: number): void {
    const last = this.#ranges.at(-1)
    this.count++
    if (last !== undefined && last.last + 1 === at) last.last = at
    else this.#ranges.push({ first: at, last: at })
  }

  get last(): number | undefined {
    return this.#ranges.at(-1)?.last
  }

  get all(): readonly ChunkRange[] {
    return this.#ranges
  }
}

export function number(value: number): string {
  return value.toLocaleString('en')
}

/** "1 chunk", "3 chunks". */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`
}

const LONGEST_VALUE = 40

/** A recorded text inside a sentence: in quotes where it would not be seen as one word. */
export function quote(value: string): string {
  const short =
    value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE).replace(/[\ud800-\udbff]$/, '')}…` : value
  return /^[^\s"]+$/.test(short) ? short : JSON.stringify(short)
}

/** A recorded JSON value inside a sentence. */
export function quoteRaw(raw: string): string {
  if (!raw.startsWith('"')) return quote(raw)
  try {
    return quote(String(JSON.parse(raw)))
  } catch {
    return quote(raw)
  }
}

/** Whether a value is short enough to be said in full. */
export function isScalar(raw: string): boolean {
  return !raw.startsWith('{') && !raw.startsWith('[')
}

/** ": 0.0 → 1.0", where both can be said. */
export function fromTo(before: string, after: string): string {
  return isScalar(before) && isScalar(after) ? `: ${quoteRaw(before)} → ${quoteRaw(after)}` : ''
}
