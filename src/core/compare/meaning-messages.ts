import type { ContentPart, Message } from '../cassette/conversation.ts'
import { align } from './align.ts'
import { type Renames, withoutId } from './generated-ids.ts'
import { canonicalOf, differencesOf, jsonOf, type Reading, type ValueDifference } from './json-values.ts'
import { pairText, type TextPair } from './meaning-texts.ts'
import { type Reason, reason } from './meaning-words.ts'
import { isEcho } from './noise-names.ts'
import { nodeAt, type Side } from './side.ts'
import { counted, quote } from './words.ts'

/** A message of the request and what stands for it on the other side. */
export interface MessagePair {
  readonly state: 'same' | 'changed' | 'added' | 'removed' | 'moved'
  /** Of the new side; of the old one where it was removed. */
  readonly role: string
  readonly oldRole?: string
  /** Positions, counted from 0. */
  readonly before?: number
  readonly after?: number
  /** Beginning of what it says. */
  readonly preview: string
  /** Texts of a changed message, part by part, those that are the same as well. */
  readonly texts: readonly TextPair[]
  /** What else differs in it: pictures, tool calls, fields. */
  readonly places: readonly MessagePlace[]
}

export interface MessagePlace extends ValueDifference {
  /** "image", "tool call get_weather", "field". */
  readonly what: string
}

/** Without what a client only sends back. */
const ASKED: Reading = { drops: isEcho, string: (value, key) => (IDS.test(key) ? withoutId(value) : value) }
/** Strings under these names are ids and no text that somebody wrote. */
const IDS = /(?:^|_)(?:file_id|id|ids)$|Id$/

export function messagePairs(before: Side, after: Side, renames: Renames): readonly MessagePair[] {
  const [old, now] = [before.interaction.conversation.messages, after.interaction.conversation.messages]
  const sameApi = before.interaction.dialect === after.interaction.dialect
  const [oldKeys, newKeys] = [keysOf(before, old, sameApi), keysOf(after, now, sameApi)]
  const partner = new Map<number, number>()
  const moved = new Set<number>()
  const removed: number[] = []
  const added: number[] = []
  for (const { same, oldStart, oldEnd, newStart, newEnd } of align(
    old.length,
    now.length,
    (at) => oldKeys[at] ?? '',
    (at) => newKeys[at] ?? '',
  )) {
    let [o, n] = [oldStart, newStart]
    // the same role at the same place is the same message, edited; what is left over came or went
    while (o < oldEnd && n < newEnd && (same || oldEnd - o === newEnd - n || old[o]?.role === now[n]?.role))
      partner.set(n++, o++)
    for (; o < oldEnd; o++) removed.push(o)
    for (; n < newEnd; n++) added.push(n)
  }
  for (const n of added) {
    const at = removed.findIndex((o) => oldKeys[o] === newKeys[n])
    const [o] = at === -1 ? [] : removed.splice(at, 1)
    if (o === undefined) continue
    partner.set(n, o)
    moved.add(n)
  }
  const pairs = now.map((message, n): MessagePair => {
    const o = partner.get(n)
    const was = o === undefined ? undefined : old[o]
    const base = { role: message.role, after: n, preview: previewOf(message) }
    if (o === undefined || was === undefined) return { ...base, state: 'added', texts: [], places: [] }
    const links = linksAgree(was, message, renames)
    const both = { ...base, before: o }
    if (oldKeys[o] === newKeys[n] && links)
      return { ...both, state: moved.has(n) ? 'moved' : 'same', texts: [], places: [] }
    return {
      ...both,
      state: 'changed',
      ...(was.role !== message.role && { oldRole: was.role }),
      ...differencesIn(before, after, was, message, links),
    }
  })
  return withRemoved(
    pairs,
    removed.map((o) => ({
      state: 'removed',
      role: old[o]?.role ?? '',
      before: o,
      preview: previewOf(old[o]),
      texts: [],
      places: [],
    })),
  )
}

/** Removed messages stand where they were. */
function withRemoved(pairs: readonly MessagePair[], removed: readonly MessagePair[]): readonly MessagePair[] {
  const all = [...pairs]
  for (const one of removed) {
    const at = all.findIndex(
      ({ before, state }) => state !== 'moved' && before !== undefined && before > (one.before ?? 0),
    )
    all.splice(at === -1 ? all.length : at, 0, one)
  }
  return all
}

/** What a message says; across APIs only what all of them can say. */
function keysOf({ document }: Side, messages: readonly Message[], sameApi: boolean): readonly string[] {
  return messages.map((message) => {
    const id = sameApi ? nodeAt(document, message.at) : undefined
    const whole = id === undefined ? '' : canonicalOf(document.node(id), ASKED)
    // a message can be gathered from several places: a question here, its documents there
    const said = [whole, ...message.parts.map(partKey)].join('\u0001')
    return `${message.role}\u0000${said}`
  })
}

function partKey(part: ContentPart): string {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return `${part.kind} ${part.text.value}`
    case 'image':
      return `image ${part.url.value}`
    case 'audio':
      return `audio ${part.data.value}`
    case 'file':
      return `file ${part.filename?.value ?? ''} ${part.data?.value ?? ''}`
    case 'tool-call':
      return `call ${part.call.name.value} ${canonicalText(part.call.arguments?.value ?? '{}')}`
    case 'tool-result':
      return `result ${part.content.map(partKey).join(' ')}`
    case 'unknown':
      return `unknown ${canonicalText(part.json.value)}`
  }
}

function canonicalText(text: string): string {
  const node = jsonOf(text)
  return node === undefined ? text : canonicalOf(node, ASKED)
}

/** Whether calls and results still belong together: their ids may be others, each for one. */
function linksAgree(was: Message, is: Message, renames: Renames): boolean {
  const [old, now] = [idsOf(was), idsOf(is)]
  return old.length !== now.length || old.every((id, at) => renames.agree(id, now[at] ?? ''))
}

function idsOf({ parts }: Message): readonly string[] {
  return parts.flatMap((part) => {
    const id =
      part.kind === 'tool-call' ? part.call.id : part.kind === 'tool-result' ? part.callId : undefined
    return id === undefined ? [] : [id.value]
  })
}

function differencesIn(
  before: Side,
  after: Side,
  was: Message,
  is: Message,
  links: boolean,
): Pick<MessagePair, 'texts' | 'places'> {
  const [old, now] = [was.parts.flatMap(flat), is.parts.flatMap(flat)]
  const textsOf = (parts: readonly ContentPart[], kind: TextPair['kind']): readonly string[] =>
    parts.flatMap((part) => (part.kind === kind ? [part.text.value] : []))
  const texts = (['text', 'reasoning', 'refusal'] as const).flatMap((kind) => {
    const [olds, news] = [textsOf(old, kind), textsOf(now, kind)]
    return Array.from({ length: Math.max(olds.length, news.length) }, (_, at) =>
      pairText(kind, 0, olds[at], news[at], false),
    )
  })
  const [oldId, newId] = [nodeAt(before.document, was.at), nodeAt(after.document, is.at)]
  const sameApi = before.interaction.dialect === after.interaction.dialect
  const changed = new Set(texts.filter(({ same }) => !same).flatMap((pair) => [pair.was, pair.is]))
  const places =
    oldId === undefined || newId === undefined || !sameApi
      ? []
      : differencesOf(before.document.node(oldId), after.document.node(newId), (key, a, b) => {
          if (isEcho(key)) return true
          const [one, other] = [a?.string(), b?.string()]
          // the texts tell it
          return (
            changed.has(one) ||
            changed.has(other) ||
            (IDS.test(key) && one !== undefined && other !== undefined && withoutId(one) === withoutId(other))
          )
        })
  const told: MessagePlace[] = places.map((place) => ({ what: whatAt(place.pointer, is), ...place }))
  if (!links) told.push({ what: 'tool call ids', pointer: '' })
  return { texts, places: told }
}

/** Parts of a tool result are read as those of its message. */
function flat(part: ContentPart): readonly ContentPart[] {
  return part.kind === 'tool-result' ? [part, ...part.content.flatMap(flat)] : [part]
}

/** A word for the part that a place in a message belongs to. */
function whatAt(pointer: string, message: Message): string {
  if (/image|source\/data|inlineData|inline_data/i.test(pointer)) return 'image'
  if (/audio/i.test(pointer)) return 'audio'
  if (/tool_calls|functionCall|toolUse|\/input(?:\/|$)|\/arguments/.test(pointer)) return 'tool call'
  if (/file/.test(pointer)) return 'file'
  if (message.parts.some(({ kind }) => kind === 'tool-result')) return 'tool result'
  return 'field'
}

const LONGEST_PREVIEW = 80

function previewOf(message: Message | undefined): string {
  const part = message?.parts.flatMap(flat).find(({ kind }) => kind !== 'tool-result')
  if (part === undefined) return ''
  const text =
    'text' in part
      ? part.text.value
      : part.kind === 'tool-call'
        ? `calls ${part.call.name.value}`
        : part.kind === 'unknown'
          ? part.json.value
          : part.kind
  const line = text
    .slice(0, 4 * LONGEST_PREVIEW)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > LONGEST_PREVIEW
    ? `${line.slice(0, LONGEST_PREVIEW).replace(/[\ud800-\udbff]$/, '')}…`
    : line
}

const MOST_SAID = 6

/** Why what was said before the answer is not the same. */
export function messageReasons(pairs: readonly MessagePair[]): readonly Reason[] {
  const all = pairs
    .filter(({ state }) => state !== 'same')
    .map((pair) => reason('request', messageWords(pair)))
  if (all.length <= MOST_SAID) return all
  return [
    ...all.slice(0, MOST_SAID),
    reason('request', `${counted(all.length - MOST_SAID, 'more message')} differ`),
  ]
}

function messageWords(pair: MessagePair): string {
  const { state, role, oldRole, before = 0, after = 0, texts, places } = pair
  const number = (state === 'removed' ? before : after) + 1
  if (state === 'moved') return `message ${before + 1} is now message ${number}`
  if (state !== 'changed') return `message ${number} (${role}) ${state}`
  if (oldRole !== undefined) return `role of message ${number} ${quote(oldRole)} → ${quote(role)}`
  const [place] = places
  if (texts.every(({ same }) => same) && place !== undefined)
    return `${place.what}${place.pointer === '' ? '' : ` at ${place.pointer}`} of message ${number} (${role}) ${place.what.endsWith('s') ? 'differ' : 'differs'}`
  return `text of message ${number} (${role}) differs`
}
