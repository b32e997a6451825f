import type { ContentPart, Message } from '../cassette/conversation.ts'
import type { Located } from '../text/address.ts'
import { align } from './align.ts'
import { listOf, nodeAt, nodeOf, type Side } from './side.ts'
import type { Walk } from './walk.ts'
import { change, counted, fromTo, quote, type WordedChange, withExcerpt } from './words.ts'

const MOST_SAID = 12

/** Messages that came, went, changed places or were edited; counted from 1. Claims what it speaks about. */
export function messageChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const [old, now] = [before.interaction.conversation.messages, after.interaction.conversation.messages]
  const [oldIds, newIds] = [idsOf(before, old), idsOf(after, now)]
  const rawOf =
    (side: Side, ids: readonly number[]) =>
    (at: number): string =>
      side.document.node(ids[at] ?? 0).raw
  const [oldRaw, newRaw] = [rawOf(before, oldIds), rawOf(after, newIds)]
  const changes: WordedChange[] = []
  const pairs: [number, number][] = []
  const [removed, added]: [number[], number[]] = [[], []]
  for (const { same, oldStart, oldEnd, newStart, newEnd } of align(old.length, now.length, oldRaw, newRaw)) {
    let [o, n] = [oldStart, newStart]
    // the same role at the same place is the same message, edited; what is left over came or went
    while (o < oldEnd && n < newEnd && (same || oldEnd - o === newEnd - n || old[o]?.role === now[n]?.role)) {
      pairs.push([o++, n++])
    }
    for (; o < oldEnd; o++) removed.push(o)
    for (; n < newEnd; n++) added.push(n)
  }
  const gone = new Set(removed)
  const stays = added.map((n) => {
    const found = [...gone].find((o) => oldRaw(o) === newRaw(n))
    if (found !== undefined) gone.delete(found)
    return found
  })
  added.forEach((n, at) => {
    const o = stays[at]
    if (o === undefined) changes.push(change('message', `message ${n + 1} added (${now[n]?.role})`))
    else changes.push(change('message', `message ${o + 1} moved, now message ${n + 1}`))
  })
  for (const o of removed) {
    if (!stays.includes(o))
      changes.push(change('message', `message ${o + 1} removed (${old[o]?.role}, as it was numbered)`))
  }
  for (const [o, n] of pairs) {
    const [one, other] = [old[o], now[n]]
    if (one === undefined || other === undefined || oldRaw(o) === newRaw(n)) continue
    changes.push(...editedMessage(before, after, one, other, `message ${n + 1}`, walk))
    walk.compare(oldIds[o] ?? 0, newIds[n] ?? 0, '', (pointer) => {
      changes.push(change('message', `message ${n + 1} changed at ${pointer || '/'}`))
    })
    walk.claim(oldIds[o], newIds[n])
  }
  const [oldList, newList] = [listOf(before.document, oldIds), listOf(after.document, newIds)]
  if (oldList !== undefined && newList !== undefined) {
    walk.pair(
      newList,
      pairs.map(([o, n]) => [oldIds[o] ?? 0, newIds[n] ?? 0] as const),
    )
  } else walk.claim(oldList, newList)
  return changes.length <= MOST_SAID
    ? changes
    : [
        ...changes.slice(0, MOST_SAID),
        change('message', `${counted(changes.length - MOST_SAID, 'more change')} of messages`),
      ]
}

function idsOf({ document }: Side, messages: readonly Message[]): readonly number[] {
  return messages.map(({ at }) => nodeAt(document, at) ?? 0)
}

function editedMessage(
  before: Side,
  after: Side,
  one: Message,
  other: Message,
  name: string,
  walk: Walk,
): readonly WordedChange[] {
  const changes: WordedChange[] = []
  const say = (sentence: string, was?: string, is?: string): void => {
    const said = change('message', sentence)
    changes.push(was === undefined || is === undefined ? said : withExcerpt(said, was, is))
  }
  const compare = (
    old: Located<string> | undefined,
    now: Located<string> | undefined,
    sentence: string,
  ): void => {
    const [oldId, newId] = [nodeOf(before.document, old), nodeOf(after.document, now)]
    if (oldId === undefined || newId === undefined) return
    // another spelling is left to be noted as such
    if (old?.value === now?.value || !walk.differ(oldId, newId)) return
    walk.claim(oldId, newId)
    // the letters of a picture tell nobody anything
    const tells = sentence.endsWith(' changed') && old !== undefined && now !== undefined
    if (tells) say(sentence, old.value, now.value)
    else say(sentence)
  }
  if (one.role !== other.role) {
    say(`role of ${name} ${quote(one.role)} → ${quote(other.role)}`)
    walk.claim(before.document.node(nodeAt(before.document, one.at) ?? 0).get('role')?.id, undefined)
  }
  compare(one.name, other.name, `name in ${name}${fromTo(`"${one.name?.value}"`, `"${other.name?.value}"`)}`)
  const [oldParts, newParts] = [one.parts.flatMap(flat), other.parts.flatMap(flat)]
  for (const kind of new Set([...newParts, ...oldParts].map((part) => part.kind))) {
    const olds = oldParts.filter((part) => part.kind === kind)
    const news = newParts.filter((part) => part.kind === kind)
    const noun = NOUNS[kind]
    for (let at = 0; at < Math.min(olds.length, news.length); at++) {
      const [old, now] = [olds[at], news[at]]
      const which = `${noun}${news.length > 1 ? ` ${at + 1}` : ''} of ${name}`
      if (old && now) for (const [a, b, how] of fieldsOf(old, now, which)) compare(a, b, how)
    }
    if (news.length > olds.length) say(`${counted(news.length - olds.length, noun)} added to ${name}`)
    if (olds.length > news.length) say(`${counted(olds.length - news.length, noun)} removed from ${name}`)
    // which one it was cannot be said for sure: the parts of this kind are no longer compared by place
    if (news.length !== olds.length) claimParts(before, after, olds, news, walk)
  }
  return changes
}

const NOUNS: Readonly<Record<ContentPart['kind'], string>> = {
  text: 'text',
  reasoning: 'reasoning',
  refusal: 'refusal',
  image: 'image',
  audio: 'audio',
  file: 'file',
  'tool-call': 'tool call',
  'tool-result': 'tool result',
  unknown: 'part',
}

type Compared = readonly [
  old: Located<string> | undefined,
  now: Located<string> | undefined,
  sentence: string,
]

/** What can be compared in two parts of one kind, and how a difference is said. */
function fieldsOf(old: ContentPart, now: ContentPart, which: string): readonly Compared[] {
  switch (old.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return now.kind === old.kind ? [[old.text, now.text, `${which} changed`]] : []
    case 'image':
      if (now.kind !== 'image') return []
      return [
        [old.url, now.url, `${which} replaced`],
        [old.detail, now.detail, `detail of ${which} ${old.detail?.value} → ${now.detail?.value}`],
      ]
    case 'audio':
      if (now.kind !== 'audio') return []
      return [
        [old.data, now.data, `${which} replaced`],
        [old.format, now.format, `format of ${which} ${old.format?.value} → ${now.format?.value}`],
      ]
    case 'file':
      if (now.kind !== 'file') return []
      return [
        [old.data, now.data, `${which} replaced`],
        [old.fileId, now.fileId, `id of ${which} changed`],
        [
          old.filename,
          now.filename,
          `name of ${which} ${quote(old.filename?.value ?? '')} → ${quote(now.filename?.value ?? '')}`,
        ],
      ]
    case 'tool-call':
      if (now.kind !== 'tool-call') return []
      return [
        [
          old.call.name,
          now.call.name,
          `name of ${which} ${quote(old.call.name.value)} → ${quote(now.call.name.value)}`,
        ],
        [old.call.arguments, now.call.arguments, `arguments of ${which} changed`],
        [
          old.call.id,
          now.call.id,
          `id of ${which} ${quote(old.call.id?.value ?? '')} → ${quote(now.call.id?.value ?? '')}`,
        ],
      ]
    case 'tool-result':
      return now.kind === 'tool-result' ? [[old.callId, now.callId, `call id of ${which} changed`]] : []
    case 'unknown':
      return now.kind === 'unknown' ? [[old.json, now.json, `${which} changed`]] : []
  }
}

/** A tool's result and the parts in it. */
function flat(part: ContentPart): readonly ContentPart[] {
  return part.kind === 'tool-result' ? [part, ...part.content.flatMap(flat)] : [part]
}

/** The leaves, and the list items that hold them: an added part is not to be told again as an added item. */
function claimParts(
  before: Side,
  after: Side,
  olds: readonly ContentPart[],
  news: readonly ContentPart[],
  walk: Walk,
): void {
  for (const part of olds) for (const id of idsOfPart(before, part)) walk.claim(id, undefined)
  for (const part of news) for (const id of idsOfPart(after, part)) walk.claim(undefined, id)
}

function idsOfPart({ document }: Side, part: ContentPart): readonly number[] {
  const located = fieldsOf(part, part, '').map(([one]) => one)
  return located.flatMap((one) => {
    const id = nodeOf(document, one)
    const step = one?.at.at(-1)
    if (id === undefined || step?.in !== 'json') return []
    // up to the item of `content` or `tool_calls` that is this part
    const item = /^(.*\/\d+)(?:\/[^/]+){0,2}$/.exec(step.pointer)?.[1]
    const itemId = item === undefined ? undefined : document.find(item)?.id
    return itemId === undefined || part.kind === 'tool-result' ? [id] : [id, itemId]
  })
}
