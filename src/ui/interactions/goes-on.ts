import type { Interaction } from '../../core/cassette/cassette.ts'
import type { ContentPart, Message } from '../../core/cassette/conversation.ts'

/** How an interaction's request goes on from an earlier one, as the requests of agents do. */
export interface GoesOn {
  /** Position of the earlier interaction. */
  readonly from: number
  /** How many messages at the beginning are those of the earlier request, and its answer where that is repeated. */
  readonly known: number
  /** The last of them is the earlier interaction's answer. */
  readonly answered: boolean
}

/** Interactions further back are not looked at: other conversations may lie between, but not so many. */
const REACH = 50

/** Undefined for a request that begins a conversation. */
export function goesOnFrom(interactions: readonly Interaction[], position: number): GoesOn | undefined {
  const messages = interactions[position]?.conversation.messages ?? []
  for (let from = position - 1; from >= Math.max(0, position - REACH); from--) {
    const earlier = interactions[from]
    const before = earlier?.conversation.messages ?? []
    if (earlier === undefined || before.length === 0 || before.length >= messages.length) continue
    if (!before.every((message, at) => isSameMessage(message, messages[at]))) continue
    const answered = isAnswer(earlier, messages[before.length])
    return { from, known: before.length + (answered ? 1 : 0), answered }
  }
  return undefined
}

/** "12 messages · 2 new since interaction 3" */
export function goesOnWords(count: number, { from, known }: GoesOn): string {
  return `${count} messages · ${count - known} new since interaction ${from + 1}`
}

function isSameMessage(one: Message, other: Message | undefined): boolean {
  return other !== undefined && one.role === other.role && isSameContent(one.parts, other.parts)
}

function isSameContent(one: readonly ContentPart[], other: readonly ContentPart[]): boolean {
  return one.length === other.length && one.every((part, at) => isSamePart(part, other[at]))
}

function isSamePart(one: ContentPart, other: ContentPart | undefined): boolean {
  if (one.kind === 'tool-result') {
    return (
      other?.kind === 'tool-result' &&
      one.callId?.value === other.callId?.value &&
      isSameContent(one.content, other.content)
    )
  }
  const [mine, theirs] = [saidBy(one), other && saidBy(other)]
  return one.kind === other?.kind && mine.every((text, at) => text === theirs?.[at])
}

/** What a part says, without the places that it stands at: those differ in each request. */
function saidBy(part: ContentPart): readonly (string | undefined)[] {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return [part.text.value]
    case 'image':
      return [part.url.value]
    case 'audio':
      return [part.data.value]
    case 'file':
      return [part.filename?.value, part.fileId?.value, part.data?.value]
    case 'tool-call':
      return [part.call.id?.value, part.call.name.value, part.call.arguments?.value]
    case 'tool-result':
      return [part.callId?.value]
    case 'unknown':
      return [part.json.value]
    default:
      return part satisfies never
  }
}

const ANSWERERS: readonly string[] = ['assistant', 'model', 'ai']

/** Whether a message is what the interaction answered: the same text and calls; what stands beside them may be left out. */
function isAnswer({ stream }: Interaction, message: Message | undefined): boolean {
  if (message === undefined || !ANSWERERS.includes(message.role.toLowerCase())) return false
  const [answer] = stream.messages
  if (answer === undefined) return false
  const said = answer.parts.map((part) =>
    part.kind === 'text' ? (stream.tracks[part.track]?.text ?? '') : '',
  )
  const called = answer.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call.name?.value] : []))
  const text = message.parts.map((part) => (part.kind === 'text' ? part.text.value : ''))
  const calls = message.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call.name.value] : []))
  const isSame = squeezed(said) === squeezed(text) && called.join('\n') === calls.join('\n')
  return isSame && (squeezed(said) !== '' || called.length > 0)
}

/** Clients trim answers and join their blocks. */
function squeezed(texts: readonly string[]): string {
  return texts.join('').replace(/\s+/g, '')
}
