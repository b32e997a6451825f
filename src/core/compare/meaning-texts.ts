import type { TextKind } from '../cassette/delta.ts'
import { canonicalOf, differencesOf, jsonOf, type ValueDifference } from './json-values.ts'
import { type Reason, reason } from './meaning-words.ts'
import { wordDiff } from './word-diff.ts'
import { fromTo, quote } from './words.ts'

/** One growing text of an answer on both sides; a side without it is absent. */
export interface TextPair {
  readonly kind: TextKind
  readonly choice: number
  readonly was?: string
  readonly is?: string
  readonly same: boolean
  /** Where the text is JSON that was asked for: how its values differ. */
  readonly values?: StructuredPair
}

export interface StructuredPair {
  readonly differences: readonly ValueDifference[]
  /** The side on which it is no JSON. */
  readonly broken?: 'before' | 'after' | 'both'
}

export function pairText(
  kind: TextKind,
  choice: number,
  was: string | undefined,
  is: string | undefined,
  structured: boolean,
): TextPair {
  const pair = {
    kind,
    choice,
    ...(was !== undefined && { was }),
    ...(is !== undefined && { is }),
    same: (was ?? '') === (is ?? ''),
  }
  const asked = structured && kind === 'text' && was !== undefined && is !== undefined
  return asked ? { ...pair, values: pairValues(was, is) } : pair
}

/** What models put around JSON. */
function unfenced(text: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text
}

function pairValues(was: string, is: string): StructuredPair {
  const [old, now] = [jsonOf(unfenced(was)), jsonOf(unfenced(is))]
  if (old === undefined || now === undefined) {
    const broken = old !== undefined ? 'after' : now !== undefined ? 'before' : 'both'
    return { differences: [], broken }
  }
  return { differences: canonicalOf(old) === canonicalOf(now) ? [] : differencesOf(old, now) }
}

const NOUNS: Readonly<Record<TextKind, string>> = {
  text: 'answer text',
  reasoning: 'reasoning',
  refusal: 'refusal',
}

/** Why a text of an answer is not the same. */
export function textReasons(pair: TextPair, of: string): readonly Reason[] {
  const { kind, was = '', is = '', same, values } = pair
  if (same) return []
  const noun = `${NOUNS[kind]}${of}`
  if (kind === 'refusal') {
    if (was.trim() === '') return [reason('behaviour', `the model refuses${of}`)]
    if (is.trim() === '') return [reason('behaviour', `the model does not refuse any more${of}`)]
  }
  if (values !== undefined && values.broken !== 'both') {
    if (values.broken === 'after') return [reason('behaviour', `structured output${of} is no JSON any more`)]
    if (values.broken === 'before') return [reason('behaviour', `structured output${of} is JSON now`)]
    const [first] = values.differences
    // the same value, written otherwise
    if (first === undefined) return []
    return [reason('behaviour', `structured output${of} differs ${placeWords(first)}`)]
  }
  if (was.trim() === '' || is.trim() === '')
    return [reason('wording', `${noun} ${was.trim() === '' ? 'added' : 'removed'}`)]
  return [reason('wording', `${noun} differs${briefly(was, is)}`)]
}

function placeWords({ pointer, was, is }: ValueDifference): string {
  const at = `at ${pointer || '/'}`
  if (was === undefined) return `${at}, added`
  if (is === undefined) return `${at}, removed`
  return `${at}${fromTo(was, is)}`
}

/** Longer texts are not compared for a sentence about them. */
const LONGEST = 20_000

/** ": Llama → Alpaca" where that is all; else in how many places. */
function briefly(was: string, is: string): string {
  if (was.replace(/\s+/g, '') === is.replace(/\s+/g, '')) return ' in white space only'
  if (was.length + is.length > LONGEST) return ''
  const pieces = wordDiff(was, is)
  const removed = pieces.filter(({ kind }) => kind === 'removed')
  const added = pieces.filter(({ kind }) => kind === 'added')
  const places = Math.max(removed.length, added.length)
  if (removed.length === 1 && added.length === 1)
    return `: ${quote(removed[0]?.text ?? '')} → ${quote(added[0]?.text ?? '')}`
  return places > 1 ? ` in ${places} places` : ''
}
