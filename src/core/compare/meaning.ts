/** Two recordings compared by what they mean, as plain data for a screen. */

import { Renames } from './generated-ids.ts'
import { listWords } from './list-words.ts'
import { type AnswerMeaning, answerMeaning } from './meaning-answer.ts'
import { type Noise, type NoiseGroup, noiseOf } from './meaning-noise.ts'
import { pairInteractions } from './meaning-pairs.ts'
import { type RequestMeaning, requestMeaning } from './meaning-request.ts'
import { type Reason, reason, type Weight, worstFirst, worstOf } from './meaning-words.ts'
import type { Side } from './side.ts'
import { type FileVerdict, IDENTICAL, verdictFor } from './verdict.ts'
import { counted, quote } from './words.ts'

export type { AnswerMeaning, ValuePair } from './meaning-answer.ts'
export type { ArgumentPair, CallPair } from './meaning-calls.ts'
export type { MessagePair } from './meaning-messages.ts'
export type { Noise } from './meaning-noise.ts'
export type { FieldDifference, RequestMeaning, ToolDifference } from './meaning-request.ts'
export type { TextPair } from './meaning-texts.ts'
export type { Reason, Weight } from './meaning-words.ts'

/** A call on both sides; one that is on one side only has neither request nor answer to compare. */
export interface CallMeaning {
  /** Positions in their files, counted from 0. */
  readonly before?: number
  readonly after?: number
  readonly weight: Weight
  /** The worst first. */
  readonly reasons: readonly Reason[]
  readonly request?: RequestMeaning
  readonly answer?: AnswerMeaning
}

export interface Meaning {
  readonly verdict: FileVerdict
  /** In the order of the new file. */
  readonly calls: readonly CallMeaning[]
  /** What differs and means nothing, in all calls; counted only where it was asked for or nothing else differs. */
  readonly noise?: Noise
}

/** All calls of two files, each with the document of its file. */
export function compareMeaning(
  before: readonly Side[],
  after: readonly Side[],
  { countNoise = true }: { readonly countNoise?: boolean } = {},
): Meaning {
  const [old, now] = [before[0], after[0]]
  if (old && now && (old.fileText ?? old.document.text) === (now.fileText ?? now.document.text))
    return { verdict: IDENTICAL, calls: sameCalls(before.length) }
  const renames = new Renames()
  const pairs = pairInteractions(before, after)
  const several = Math.max(before.length, after.length) > 1
  const compared: (readonly [Side, Side])[] = []
  const calls = pairs.map(({ before: o, after: n, moved }): CallMeaning => {
    const [one, other] = [o === undefined ? undefined : before[o], n === undefined ? undefined : after[n]]
    const place = { ...(o !== undefined && { before: o }), ...(n !== undefined && { after: n }) }
    if (one === undefined || other === undefined) {
      const reasons = [reason('behaviour', one === undefined ? `added${asks(other)}` : `removed${asks(one)}`)]
      return { ...place, weight: 'behaviour', reasons }
    }
    compared.push([one, other])
    const request = requestMeaning(one, other, renames)
    const answer = answerMeaning(one, other, renames)
    const order = moved ? [reason('noise', `was call ${(o ?? 0) + 1}`)] : []
    const reasons = worstFirst([...answer.reasons, ...request.reasons, ...order])
    return { ...place, weight: worstOf(reasons.map(({ weight }) => weight)), reasons, request, answer }
  })
  const reasons = calls.flatMap((call) =>
    call.reasons.map(({ weight, sentence }) =>
      reason(weight, several ? `call ${(call.after ?? call.before ?? 0) + 1}: ${sentence}` : sentence),
    ),
  )
  const worst = worstOf(reasons.map(({ weight }) => weight))
  const noise = countNoise || worst === 'noise' || worst === 'request' ? noiseOf(compared) : undefined
  const unread = (noise?.texts ?? []).map((field) =>
    reason(
      field === 'arguments' ? 'behaviour' : 'wording',
      `${quote(field)} differs in a part of the answer that is not understood`,
    ),
  )
  return {
    verdict: verdictFor([...reasons, ...unread], noise ? noiseWords(noise) : { sentence: '', reasons: [] }),
    calls,
    ...(noise && { noise }),
  }
}

function sameCalls(count: number): readonly CallMeaning[] {
  return Array.from({ length: count }, (_, at) => ({ before: at, after: at, weight: 'noise', reasons: [] }))
}

/** ": POST /v1/chat/completions". */
function asks(side: Side | undefined): string {
  const { method, url } = side?.interaction.request ?? {}
  const words = [method?.value, url && quote(url.value)].filter((word) => word !== undefined)
  return words.length === 0 ? '' : `: ${words.join(' ')}`
}

/** What a difference that means nothing is, in a sentence. */
function noiseWords({ groups, count, spelling }: Noise): {
  readonly sentence: string
  readonly reasons: readonly string[]
} {
  const spelt = [
    spelling.keyOrder && 'the order of keys',
    spelling.escapes && 'escapes',
    spelling.whiteSpace && 'white space',
  ].filter((word) => word !== false)
  const unread = groups.filter(({ known }) => !known)
  const reasons = [...groups.map(groupWords), ...(spelt.length > 0 ? [`${listWords(spelt)} differ`] : [])]
  if (unread.length > 0) {
    const fields = unread.flatMap(({ fields: names }) => names)
    return {
      sentence: `Only fields that say nothing known differ: ${listWords(fields.slice(0, 4).map(quote))}`,
      reasons,
    }
  }
  if (count === 0 && spelt.length === 0)
    return {
      sentence: 'Only how the recorder writes it differs',
      reasons: ['the recorder writes it otherwise'],
    }
  if (count === 0) return { sentence: `Only ${listWords(spelt)} differ`, reasons }
  return { sentence: 'Only ids, times and padding differ', reasons }
}

function groupWords({ name, count, fields }: NoiseGroup): string {
  const named = fields.filter((field) => field !== name)
  const which = named.length > 0 ? ` (${named.slice(0, 4).map(quote).join(', ')})` : ''
  return `${counted(count, 'difference')} in ${name}${which}`
}
