import type { TextKind } from '../cassette/delta.ts'
import type { AssembledMessage, Usage } from '../cassette/stream.ts'
import type { Located } from '../text/address.ts'
import { addedBy, type ChunkRun, type PartPair } from './chunk-runs.ts'
import { nodeOf, type Side } from './side.ts'
import type { Walk } from './walk.ts'
import { type ChangeKind, change, inChunks, quote, Ranges, type WordedChange, withExcerpt } from './words.ts'

const NOUNS: Readonly<Record<TextKind, readonly [kind: ChangeKind, noun: string]>> = {
  text: ['answer-text', 'answer text'],
  reasoning: ['reasoning', 'reasoning'],
  refusal: ['refusal', 'refusal'],
}

/** What the response adds up to: texts, tool calls, finish reasons, usage, errors. Claims what it speaks about. */
export function answerChanges(
  before: Side,
  after: Side,
  parts: readonly PartPair[],
  runs: readonly ChunkRun[],
  walk: Walk,
): readonly WordedChange[] {
  const several = new Set(parts.map(({ choice }) => choice)).size > 1
  const streamed = after.interaction.response.streaming
  const changes: WordedChange[] = []
  for (const pair of parts) {
    for (const id of pair.oldTrack?.pieceNodes ?? []) walk.claim(id, undefined)
    for (const id of pair.newTrack?.pieceNodes ?? []) walk.claim(undefined, id)
    for (const id of pair.oldTrack?.restated ?? []) walk.claim(id, undefined)
    for (const id of pair.newTrack?.restated ?? []) walk.claim(undefined, id)
    const of = several ? ` of choice ${pair.choice}` : ''
    const isCall = (pair.after ?? pair.before)?.kind === 'tool-call'
    changes.push(
      ...(isCall
        ? callChanges(before, after, pair, runs, walk, of, streamed)
        : textChanges(pair, runs, of, streamed)),
    )
  }
  // that an answer that is not there at all has no finish reason and no usage needs no saying
  const [olds, news] = [before, after].map(({ interaction }) => interaction.stream.chunkNodes.length)
  if ((olds === 0) === (news === 0)) {
    changes.push(...messageChanges(before, after, walk, several))
    changes.push(...usageChanges(before, after, walk))
  }
  changes.push(...errorChanges(before, after, walk))
  return changes
}

function textChanges(
  pair: PartPair,
  runs: readonly ChunkRun[],
  of: string,
  streamed: boolean,
): readonly WordedChange[] {
  const part = pair.after ?? pair.before
  if (part === undefined || !('track' in part)) return []
  const [kind, noun] = NOUNS[part.kind]
  return trackChanges(kind, noun + of, pair, runs, streamed)
}

/** Where the new side's chunks add something else to a track than the old ones did. */
export function changedChunks({ oldTrack, newTrack }: PartPair, runs: readonly ChunkRun[]): Ranges {
  const ranges = new Ranges()
  for (const { kind, oldStart, newStart, newEnd } of runs) {
    if (kind === 'recut') continue
    for (let at = newStart; at < newEnd; at++) {
      const old = oldStart + at - newStart
      const was = kind === 'paired' ? addedBy(oldTrack, old, old + 1) : ''
      if (addedBy(newTrack, at, at + 1) !== was) ranges.add(at)
    }
  }
  return ranges
}

function trackChanges(
  kind: ChangeKind,
  noun: string,
  pair: PartPair,
  runs: readonly ChunkRun[],
  streamed: boolean,
): readonly WordedChange[] {
  const [was, is] = [pair.oldTrack?.text ?? '', pair.newTrack?.text ?? '']
  const ranges = changedChunks(pair, runs)
  const where = streamed ? inChunks(ranges.all) : []
  if (was !== is && streamed && ranges.count === 0 && is !== '')
    return [withExcerpt(change(kind, `${noun} changed with the removed chunks`), was, is)]
  if (was !== is) {
    const done = was === '' ? 'added' : is === '' ? 'removed' : 'changed'
    return [withExcerpt(change(kind, `${noun} ${done}`, ...where), was, is)]
  }
  if (ranges.count === 0 || !streamed || runs.some(({ kind }) => kind === 'other')) return []
  return [change('chunks', `${noun} is cut otherwise`, ...where, ', its letters are the same')]
}

function callChanges(
  before: Side,
  after: Side,
  pair: PartPair,
  runs: readonly ChunkRun[],
  walk: Walk,
  of: string,
  streamed: boolean,
): readonly WordedChange[] {
  const old = pair.before?.kind === 'tool-call' ? pair.before.call : undefined
  const now = pair.after?.kind === 'tool-call' ? pair.after.call : undefined
  const name = quote(now?.name?.value ?? old?.name?.value ?? 'without a name')
  if (now === undefined) return [change('tool-call', `tool call ${name} removed${of}`)]
  const where = (at: number | undefined): readonly (string | { first: number; last: number })[] =>
    streamed && at !== undefined ? [' in ', { first: at, last: at }] : []
  if (old === undefined)
    return [change('tool-call', `tool call ${name} added${of}`, ...where(pair.after?.firstChunk))]
  walk.claim(nodeOf(before.document, old.name), nodeOf(after.document, now.name))
  walk.claim(nodeOf(before.document, old.id), nodeOf(after.document, now.id))
  return [
    ...valueChange('tool-name', `tool name${of}`, old.name, now.name),
    ...valueChange('tool-call', `id of tool call ${name}${of}`, old.id, now.id),
    ...trackChanges('tool-arguments', `arguments of ${name}${of}`, pair, runs, streamed),
  ]
}

/** "tool name get_weather → get_forecast". */
function valueChange(
  kind: ChangeKind,
  noun: string,
  before: Located<string> | undefined,
  after: Located<string> | undefined,
  ...where: Parameters<typeof change>[1][]
): readonly WordedChange[] {
  if (before?.value === after?.value) return []
  if (before === undefined) return [change(kind, `${noun} added: ${quote(after?.value ?? '')}`, ...where)]
  if (after === undefined) return [change(kind, `${noun} removed: it was ${quote(before.value)}`)]
  return [change(kind, `${noun} ${quote(before.value)} → ${quote(after.value)}`, ...where)]
}

function messageChanges(before: Side, after: Side, walk: Walk, several: boolean): readonly WordedChange[] {
  const [old, now] = [byChoice(before), byChoice(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((choice) => {
    const [one, other] = [old.get(choice), now.get(choice)]
    const of = several ? ` of choice ${choice}` : ''
    walk.claim(nodeOf(before.document, one?.stop?.reason), nodeOf(after.document, other?.stop?.reason))
    walk.claim(nodeOf(before.document, one?.role), nodeOf(after.document, other?.role))
    const chunk = other?.stop?.chunk ?? 0
    const where =
      after.interaction.response.streaming && other?.stop ? [' in ', { first: chunk, last: chunk }] : []
    return [
      ...valueChange('finish-reason', `finish reason${of}`, one?.stop?.reason, other?.stop?.reason, ...where),
      ...valueChange('other', `role of the answer${of}`, one?.role, other?.role),
    ]
  })
}

function byChoice({ interaction }: Side): ReadonlyMap<number, AssembledMessage> {
  return new Map(interaction.stream.messages.map((message) => [message.choice, message]))
}

/** In the order in which they are said. */
const USAGE: readonly (readonly [key: Exclude<keyof Usage, 'chunk'>, word: string])[] = [
  ['inputTokens', 'in'],
  ['outputTokens', 'out'],
  ['totalTokens', 'total'],
  ['cachedInputTokens', 'cached'],
  ['reasoningTokens', 'reasoning'],
]

function usageChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const [old, now] = [before.interaction.stream.usage, after.interaction.stream.usage]
  const said = USAGE.flatMap(([key, word]) => {
    walk.claim(nodeOf(before.document, old?.[key]), nodeOf(after.document, now?.[key]))
    const [was, is] = [old?.[key]?.value, now?.[key]?.value]
    return was === is ? [] : [`${word} ${was ?? 'not recorded'} → ${is ?? 'not recorded'}`]
  })
  if (said.length === 0) return []
  return [change('usage', `usage changed: ${said.join(', ')}`)]
}

function errorChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const [old, now] = [before.interaction.response, after.interaction.response]
  const changes: WordedChange[] = []
  walk.claim(nodeOf(before.document, old.status), nodeOf(after.document, now.status))
  changes.push(...valueChange('error', 'status', old.status, now.status))
  const [was, is] = [old.exception, now.exception]
  for (const key of ['message', 'status', 'json'] as const) {
    walk.claim(nodeOf(before.document, was?.[key]), nodeOf(after.document, is?.[key]))
  }
  if (was === undefined && is !== undefined) {
    changes.push(
      change(
        'error',
        `the response is now an error: ${[is.type, is.status?.value].filter(Boolean).join(' ')}`,
      ),
    )
  } else if (was !== undefined && is === undefined) {
    changes.push(change('error', `the response is no error any more: it was ${was.type}`))
  } else if (was !== undefined && is !== undefined) {
    const [one, other] = [
      JSON.stringify([was.type, was.message?.value, was.status?.value]),
      JSON.stringify([is.type, is.message?.value, is.status?.value]),
    ]
    if (one !== other) changes.push(change('error', `error changed: ${errorWords(was)} → ${errorWords(is)}`))
  }
  const errors = (side: Side): readonly string[] =>
    side.interaction.stream.errors.map(({ message }) => message)
  const known = new Set(errors(before))
  for (const { chunk, message } of after.interaction.stream.errors) {
    if (known.has(message)) continue
    changes.push(
      change(
        'error',
        `error ${quote(message)} added`,
        ...(now.streaming ? [' in ', { first: chunk, last: chunk }] : []),
      ),
    )
  }
  const left = new Set(errors(after))
  for (const message of errors(before)) {
    if (!left.has(message)) changes.push(change('error', `error ${quote(message)} removed`))
  }
  return changes
}

function errorWords({
  type,
  status,
  message,
}: NonNullable<Side['interaction']['response']['exception']>): string {
  return [type, status?.value, message && quote(message.value)].filter(Boolean).join(' ')
}
