import type { TextKind } from '../cassette/delta.ts'
import { type AnswerFacts, answerFacts, type ChoiceFacts } from './answer-facts.ts'
import type { Renames } from './generated-ids.ts'
import { type CallPair, callReasons, pairCalls } from './meaning-calls.ts'
import { type ExtraPair, mediaPairs, notePairs, unreadReasons, vectorPairs } from './meaning-extras.ts'
import { pairText, type TextPair, textReasons } from './meaning-texts.ts'
import { type Reason, reason } from './meaning-words.ts'
import type { Side } from './side.ts'
import { sameStop, stopFamily } from './stop-family.ts'
import { quote } from './words.ts'

/** A short value on both sides: a finish reason, a status, a token count. */
export interface ValuePair {
  readonly name: string
  readonly was?: string
  readonly is?: string
  readonly same: boolean
}

/** What came back, on both sides. Plain data. */
export interface AnswerMeaning {
  readonly texts: readonly TextPair[]
  readonly calls: readonly CallPair[]
  /** Finish reasons (one a choice), status and error. */
  readonly outcome: readonly ValuePair[]
  /** Pictures, embeddings, citations and the like. */
  readonly extras: readonly ExtraPair[]
  readonly usage: readonly ValuePair[]
  readonly chunking: Chunking
  readonly reasons: readonly Reason[]
}

export interface Chunking {
  readonly was: number
  readonly is: number
  readonly streamed: readonly [was: boolean, is: boolean]
  /** The pieces of the texts are as long as before. */
  readonly sameCuts: boolean
}

const KINDS: readonly TextKind[] = ['text', 'reasoning', 'refusal']
const NOTHING: ChoiceFacts = { texts: new Map(), calls: [], media: [], notes: [] }

export function answerMeaning(before: Side, after: Side, renames: Renames): AnswerMeaning {
  const [old, now] = [answerFacts(before), answerFacts(after)]
  const structured = asksForJson(before) || asksForJson(after)
  const sameApi = before.interaction.dialect === after.interaction.dialect
  const choices = [...new Set([...old.choices.keys(), ...now.choices.keys()])].toSorted((a, b) => a - b)
  const found: {
    reasons: Reason[]
    texts: TextPair[]
    calls: CallPair[]
    outcome: ValuePair[]
    extras: ExtraPair[]
  } = {
    reasons: [...outcomeReasons(old, now)],
    texts: [],
    calls: [],
    outcome: outcomePairs(old, now),
    extras: [],
  }
  // when one side has no answer at all, that is the difference; what an answer lacks then needs no saying
  const told = found.reasons.length > 0 && (old.failed !== now.failed || old.empty !== now.empty)
  for (const choice of choices) {
    const of = choices.length > 1 ? ` of choice ${choice}` : ''
    const [one, other] = [old.choices.get(choice), now.choices.get(choice)]
    const reasons: Reason[] = []
    if (!told && (one === undefined || other === undefined))
      reasons.push(reason('behaviour', `choice ${choice} ${one === undefined ? 'added' : 'removed'}`))
    const [was, is] = [one ?? NOTHING, other ?? NOTHING]
    const texts = KINDS.flatMap((kind) => textPairs(kind, choice, was, is, structured))
    const calls = pairCalls(was.calls, is.calls, choice)
    for (const { was: a, is: b } of calls)
      if (a?.id !== undefined && b?.id !== undefined) renames.agree(a.id, b.id)
    const extras = [...mediaPairs(was, is, of), ...notePairs(was, is, of)]
    if (reasons.length === 0 && !told) {
      reasons.push(...callReasons(calls, of), ...texts.flatMap((pair) => textReasons(pair, of)))
      reasons.push(...stopReasons(was, is, of, sameApi))
      reasons.push(...extras.flatMap((extra) => extra.reasons))
      if (was.role !== undefined && is.role !== undefined && was.role.toLowerCase() !== is.role.toLowerCase())
        reasons.push(reason('behaviour', `role of the answer${of} ${quote(was.role)} → ${quote(is.role)}`))
    }
    found.reasons.push(...reasons)
    found.texts.push(...texts)
    found.calls.push(...calls)
    found.extras.push(...extras)
    if (was.stop !== undefined || is.stop !== undefined) {
      const same = was.stop !== undefined && is.stop !== undefined && sameStop(was.stop, is.stop, sameApi)
      found.outcome.push({ ...valuePair(`finish reason${of}`, was.stop, is.stop), same })
    }
  }
  const vectors = vectorPairs(old.vectors, now.vectors)
  found.extras.push(...vectors)
  if (!told)
    found.reasons.push(...vectors.flatMap((one) => one.reasons), ...unreadReasons(old.unread, now.unread))
  return { ...found, usage: usagePairs(before, after), chunking: chunkingOf(before, after) }
}

/** Whether the request wants a text that is JSON. */
function asksForJson({ interaction }: Side): boolean {
  const format = interaction.conversation.responseFormat
  return format !== undefined && format.type !== 'text'
}

function textPairs(
  kind: TextKind,
  choice: number,
  was: ChoiceFacts,
  is: ChoiceFacts,
  structured: boolean,
): readonly TextPair[] {
  const [old, now] = [was.texts.get(kind) ?? [], is.texts.get(kind) ?? []]
  const [oldText, newText] = [old.join(''), now.join('')]
  if (oldText === '' && newText === '') return []
  // as many blocks as before: each is what it was; else only what they add up to can be compared
  if (old.length === now.length && old.length > 1)
    return old.map((text, at) => pairText(kind, choice, text, now[at], structured))
  const pair = pairText(
    kind,
    choice,
    old.length === 0 ? undefined : oldText,
    now.length === 0 ? undefined : newText,
    structured,
  )
  return [pair]
}

function outcomeReasons(was: AnswerFacts, is: AnswerFacts): readonly Reason[] {
  const reasons: Reason[] = []
  if (!was.failed && is.failed) reasons.push(reason('behaviour', `the call fails now${errorWords(is)}`))
  else if (was.failed && !is.failed)
    reasons.push(reason('behaviour', `the call does not fail any more${errorWords(was)}`))
  else if (is.empty !== was.empty)
    reasons.push(
      reason('behaviour', is.empty ? 'the answer is empty now' : 'the answer is not empty any more'),
    )
  if (was.failed !== is.failed) return reasons
  if (was.status !== is.status && was.status !== undefined && is.status !== undefined) {
    const fine = was.status.startsWith('2') && is.status.startsWith('2')
    if (!fine) reasons.push(reason('behaviour', `HTTP status ${was.status} → ${is.status}`))
  }
  if (!was.failed || !is.failed) return reasons
  const [old, now] = [was.exception, is.exception]
  if (old && now && old.type !== now.type)
    reasons.push(reason('behaviour', `error ${quote(old.type)} → ${quote(now.type)}`))
  const [oldWords, newWords] = [messagesOf(was), messagesOf(is)]
  if (withoutIds(oldWords) !== withoutIds(newWords))
    reasons.push(reason('wording', `error message ${quote(oldWords)} → ${quote(newWords)}`))
  return reasons
}

function messagesOf({ exception, errors }: AnswerFacts): string {
  return [
    ...errors,
    ...(exception?.message === undefined || errors.length > 0 ? [] : [exception.message]),
  ].join(', ')
}

/** Providers put the id of the request into their messages. */
function withoutIds(message: string): string {
  return message
    .replace(/\b(?:req|request|chatcmpl|resp|run)[-_][A-Za-z0-9]{8,}\b/g, 'id')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, 'id')
    .replace(/\b\d+(?:\.\d+)?\s?(?:ms|s|seconds)\b/g, 'time')
}

function errorWords(facts: AnswerFacts): string {
  const { status, exception } = facts
  const type = exception?.type
  const words = [type, status !== undefined && /^[45]/.test(status) ? `HTTP ${status}` : undefined].filter(
    (word) => word !== undefined,
  )
  const message = messagesOf(facts)
  const said = [...words, ...(message === '' ? [] : [quote(message)])]
  return said.length === 0 ? '' : `: ${said.join(', ')}`
}

function outcomePairs(was: AnswerFacts, is: AnswerFacts): ValuePair[] {
  const pairs = [
    valuePair('status', was.status, is.status),
    valuePair('error type', was.exception?.type, is.exception?.type),
    valuePair('error', messagesOf(was) || undefined, messagesOf(is) || undefined),
  ]
  return pairs.filter((pair) => pair.was !== undefined || pair.is !== undefined)
}

function valuePair(name: string, was: string | undefined, is: string | undefined): ValuePair {
  return { name, ...(was !== undefined && { was }), ...(is !== undefined && { is }), same: was === is }
}

function stopReasons(
  { stop: was }: ChoiceFacts,
  { stop: is }: ChoiceFacts,
  of: string,
  sameApi: boolean,
): readonly Reason[] {
  if (was === is) return []
  // not every API has a word for it
  if (was === undefined || is === undefined) {
    if (!sameApi) return []
    const sentence =
      is === undefined ? `${quote(was ?? '')} removed: the answer breaks off` : `${quote(is)} added`
    return [reason('behaviour', `finish reason${of} ${sentence}`)]
  }
  if (sameStop(was, is, sameApi)) return []
  const refuses =
    stopFamily(is) === 'filter'
      ? ', the answer is filtered'
      : stopFamily(is) === 'length'
        ? ', the answer is cut off'
        : ''
  return [reason('behaviour', `finish reason${of} ${quote(was)} → ${quote(is)}${refuses}`)]
}

const USAGE = [
  ['inputTokens', 'tokens in'],
  ['outputTokens', 'tokens out'],
  ['totalTokens', 'tokens in all'],
  ['cachedInputTokens', 'cached tokens'],
  ['reasoningTokens', 'reasoning tokens'],
] as const

function usagePairs(before: Side, after: Side): readonly ValuePair[] {
  const [old, now] = [before.interaction.stream.usage, after.interaction.stream.usage]
  return USAGE.map(([key, name]) => valuePair(name, old?.[key]?.value, now?.[key]?.value)).filter(
    (pair) => pair.was !== undefined || pair.is !== undefined,
  )
}

function chunkingOf({ interaction: old }: Side, { interaction: now }: Side): Chunking {
  const cuts = ({ stream }: Side['interaction']): string =>
    stream.tracks.map(({ pieceChunks, pieceEnds }) => `${pieceChunks.join()} ${pieceEnds.join()}`).join('\n')
  const [was, is] = [old.stream.chunkNodes.length, now.stream.chunkNodes.length]
  return {
    was,
    is,
    streamed: [old.response.streaming, now.response.streaming],
    sameCuts: was === is && cuts(old) === cuts(now),
  }
}
