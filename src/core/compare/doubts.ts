import { pairToolCalls } from '../cassette/conversation.ts'
import type { AssembledMessage, Track } from '../cassette/stream.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Address, Located } from '../text/address.ts'
import { changedChunks } from './answer-changes.ts'
import { chunkRuns, pairParts } from './chunk-runs.ts'
import type { Side } from './side.ts'
import { inChunks, quote, Ranges, rangeInWords } from './words.ts'

/** Something that was recorded about what has been edited since, and may no longer be so. */
export interface Doubt {
  readonly sentence: string
  /** What is in doubt. */
  readonly at?: Address
  /** What would hold again, where that is known: a content for the string or number in doubt, offered as a step. */
  readonly remedy?: { readonly label: string; readonly content: string }
}

/** What an edit makes doubtful. Only what held before is doubted: a recording may be odd in its own right. */
export function doubts(before: Side, after: Side): readonly Doubt[] {
  if (before.document.text === after.document.text && before.requestHash === after.requestHash) return []
  return [
    ...hashDoubts(before, after),
    ...usageDoubts(before, after),
    ...finishDoubts(before, after),
    ...callDoubts(before, after),
    ...logprobDoubts(before, after),
    ...streamDoubts(before, after),
    ...modelDoubts(before, after),
    ...lengthDoubts(before, after),
  ]
}

function doubt(sentence: string, located?: Located<unknown>): Doubt {
  return { sentence, ...(located && { at: located.at }) }
}

function hashDoubts(before: Side, after: Side): readonly Doubt[] {
  const [old, now] = [before.requestHash, after.requestHash]
  if (old === undefined || now === undefined || old === now) return []
  const found: Doubt[] = []
  if (after.fileName.replace(/\.\w+$/, '') === old) {
    found.push(
      doubt('The file is still named after the old request: a replay will not find it under the new hash.'),
    )
  }
  const id = after.interaction.stream.constants.find(({ name }) => name === 'id')?.raw
  if (id?.includes(old.slice(0, 12))) {
    found.push(
      doubt(`The ids of the chunks (${quote(id.slice(1, -1))}) still come from the old request hash.`),
    )
  }
  return found
}

/** All that was answered, as one text. */
function answerOf({ interaction }: Side): string {
  const { tracks, messages } = interaction.stream
  const names = messages.flatMap(({ parts }) =>
    parts.map((part) => (part.kind === 'tool-call' ? part.call.name?.value : '')),
  )
  return JSON.stringify([tracks.map(({ kind, text }) => (text === '' ? '' : [kind, text])), names])
}

function askedOf({ interaction, document }: Side): string {
  const { messages, tools, responseFormat } = interaction.conversation
  const raw = messages.map(({ at }) => {
    const step = at[0]
    return step?.in === 'json' ? compact(document.find(step.pointer)) : ''
  })
  return JSON.stringify([
    raw,
    tools.map(({ json }) => compactRaw(json.value)),
    compactRaw(responseFormat?.json.value ?? 'null'),
  ])
}

function compact(node: JsonNode | undefined): string {
  return node === undefined ? '' : compactRaw(node.raw)
}

/** Without its white space and in one spelling. */
function compactRaw(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw))
  } catch {
    return raw
  }
}

function usageDoubts(before: Side, after: Side): readonly Doubt[] {
  const [old, now] = [before.interaction.stream.usage, after.interaction.stream.usage]
  if (old === undefined || now === undefined) return []
  const found: Doubt[] = []
  const { outputTokens, inputTokens, totalTokens } = now
  if (
    outputTokens &&
    outputTokens.value === old.outputTokens?.value &&
    answerOf(before) !== answerOf(after)
  ) {
    found.push(
      doubt(
        `The recorded usage (out ${outputTokens.value} tokens) is still that of the old answer.`,
        outputTokens,
      ),
    )
  }
  if (inputTokens && inputTokens.value === old.inputTokens?.value && askedOf(before) !== askedOf(after)) {
    found.push(
      doubt(
        `The recorded usage (in ${inputTokens.value} tokens) is still that of the old request.`,
        inputTokens,
      ),
    )
  }
  const adds = (usage: typeof now): boolean =>
    Number(usage.inputTokens?.value) + Number(usage.outputTokens?.value) === Number(usage.totalTokens?.value)
  if (totalTokens && adds(old) && !adds(now)) {
    found.push(
      doubt(
        `The recorded total of ${totalTokens.value} tokens is not the sum of in and out any more.`,
        totalTokens,
      ),
    )
  }
  return found
}

/** Finish reasons that announce a tool call, in the words of several APIs. */
const CALLS = /^(?:tool_calls?|function_call|tool_use)$/

function finishDoubts(before: Side, after: Side): readonly Doubt[] {
  const old = new Map(before.interaction.stream.messages.map((message) => [message.choice, message]))
  return after.interaction.stream.messages.flatMap((message) => {
    const reason = message.stop?.reason
    const was = old.get(message.choice)
    if (was === undefined) return []
    if (reason === undefined) return was.stop ? [doubt('The answer has no finish reason any more.')] : []
    const announced = CALLS.test(reason.value)
    const fits = (one: AssembledMessage): boolean => CALLS.test(one.stop?.reason.value ?? '') === hasCall(one)
    if (fits(message) || !fits(was)) return []
    const sentence = announced
      ? `The finish reason is ${reason.value}, but no tool call is left.`
      : `There is a tool call, but the finish reason is ${reason.value}.`
    return [doubt(sentence, reason)]
  })
}

function hasCall({ parts }: AssembledMessage): boolean {
  return parts.some(({ kind }) => kind === 'tool-call')
}

function callDoubts(before: Side, after: Side): readonly Doubt[] {
  const found: Doubt[] = []
  const known = ({ interaction }: Side): ReadonlySet<string> =>
    new Set(interaction.conversation.tools.map(({ name }) => name))
  const [oldTools, newTools] = [known(before), known(after)]
  for (const { before: was, after: is, oldTrack, newTrack } of pairParts(before, after)) {
    if (is?.kind !== 'tool-call') continue
    const { name } = is.call
    const old = was?.kind === 'tool-call' ? was.call.name?.value : undefined
    if (name && newTools.size > 0 && !newTools.has(name.value) && (old === undefined || oldTools.has(old))) {
      found.push(
        doubt(`The tool ${quote(name.value)} that is called is not among the tools of the request.`, name),
      )
    }
    if (isJson(oldTrack) && !isJson(newTrack)) {
      found.push(
        doubt(`The arguments of ${quote(name?.value ?? 'the tool call')} are no JSON any more.`, name),
      )
    }
  }
  const [oldPairs, newPairs] = [before, after].map(({ interaction }) =>
    pairToolCalls(interaction.conversation.messages),
  )
  const answered = new Set(
    [...(oldPairs ?? [])].flatMap(([, { calledIn, answeredIn }]) =>
      calledIn !== undefined && answeredIn !== undefined ? [answeredIn] : [],
    ),
  )
  for (const [id, { calledIn, answeredIn }] of newPairs ?? []) {
    if (answeredIn === undefined || calledIn !== undefined || answered.size === 0) continue
    const wasLost = oldPairs?.get(id)
    if (wasLost !== undefined && wasLost.calledIn === undefined) continue
    const at = after.interaction.conversation.messages[answeredIn]?.at
    found.push({
      sentence: `The tool result in message ${answeredIn + 1} answers no call any more (${quote(id)}).`,
      ...(at && { at }),
    })
  }
  return found
}

function isJson(track: Track | undefined): boolean {
  if (track === undefined) return false
  try {
    JSON.parse(track.text)
    return true
  } catch {
    return false
  }
}

/** Log probabilities name the tokens of the text they stand beside. */
function logprobDoubts(before: Side, after: Side): readonly Doubt[] {
  const parts = pairParts(before, after).filter(({ oldTrack, newTrack }) => oldTrack?.text !== newTrack?.text)
  if (parts.length === 0) return []
  const runs = chunkRuns(before, after, pairParts(before, after))
  const { chunkNodes } = after.interaction.stream
  const found = new Set<number>()
  let known: ReadonlySet<string> | undefined
  for (const pair of parts) {
    for (const { first, last } of changedChunks(pair, runs).all) {
      for (let chunk = first; chunk <= last; chunk++) {
        const raw = logprobsOf(after.document.node(chunkNodes[chunk] ?? 0))
        if (raw === undefined) continue
        known ??= oldLogprobs(before)
        if (known.has(raw)) found.add(chunk)
      }
    }
  }
  if (found.size === 0) return []
  const ranges = new Ranges()
  for (const chunk of [...found].sort((a, b) => a - b)) ranges.add(chunk)
  const where = inChunks(ranges.all).map((word) => (typeof word === 'string' ? word : rangeInWords(word)))
  const place = after.interaction.response.streaming ? where.join('') : ''
  const first = after.document.node(chunkNodes[ranges.all[0]?.first ?? 0] ?? 0)
  return [{ sentence: `The log probabilities${place} are still those of the old text.`, at: first.at }]
}

function oldLogprobs({ interaction, document }: Side): ReadonlySet<string> {
  const raws = new Set<string>()
  for (const id of interaction.stream.chunkNodes) {
    const raw = logprobsOf(document.node(id))
    if (raw !== undefined) raws.add(raw)
  }
  return raws
}

function logprobsOf(chunk: JsonNode): string | undefined {
  for (const choice of chunk.get('choices')?.items() ?? []) {
    const logprobs = choice.get('logprobs')
    if (logprobs !== undefined && !logprobs.isNull) return logprobs.raw
  }
  return undefined
}

function parameter({ interaction }: Side, name: string): Located<string> | undefined {
  return interaction.conversation.parameters.find((one) => one.name === name)?.value
}

function streamDoubts(before: Side, after: Side): readonly Doubt[] {
  const [old, now] = [parameter(before, 'stream'), parameter(after, 'stream')]
  const asks = now?.value === 'true'
  if ((old?.value === 'true') === asks || after.interaction.response.streaming === asks) return []
  return [
    doubt(
      asks
        ? 'The request now asks for a stream, but the response is none.'
        : 'The request does not ask for a stream any more, but the response is one.',
      now,
    ),
  ]
}

/** The model is written down in several places; those that agreed before should still. */
function modelDoubts(before: Side, after: Side): readonly Doubt[] {
  const [old, now] = [before.interaction.request.model, after.interaction.request.model]
  if (old === undefined || now === undefined || old.value === now.value) return []
  const found: Doubt[] = []
  const beside = after.interaction.request.extras.find(({ name }) => name === 'model')?.value
  if (beside && compactRaw(beside.value) === JSON.stringify(old.value)) {
    found.push(
      doubt(`The model also stands beside the body of the request, still as ${quote(old.value)}.`, beside),
    )
  }
  const answered = after.interaction.stream.constants.find(({ name }) => name === 'model')?.raw
  if (answered !== undefined && compactRaw(answered) === JSON.stringify(old.value)) {
    found.push(doubt(`The response still says that it comes from ${quote(old.value)}.`))
  }
  return found
}

function lengthDoubts(before: Side, after: Side): readonly Doubt[] {
  return [...requestLengthDoubts(before, after), ...responseLengthDoubts(before, after)]
}

function contentLength({ interaction }: Side): Located<string> | undefined {
  return interaction.response.headers?.find(({ name }) => name.toLowerCase() === 'content-length')?.value
}

function responseLengthDoubts(before: Side, after: Side): readonly Doubt[] {
  const [old, now] = [contentLength(before), contentLength(after)]
  const [was, is] = [before.interaction.response.length, after.interaction.response.length]
  if (now === undefined || was === undefined || is === undefined) return []
  const isHeld = Number(old?.value) === was
  if (!isHeld || Number(now.value) === is) return []
  const sentence = `The response's content-length header says ${now.value}, its body has ${is} bytes now.`
  return [{ ...doubt(sentence, now), remedy: { label: `Set content-length to ${is}`, content: String(is) } }]
}

function requestLengthDoubts(before: Side, after: Side): readonly Doubt[] {
  const length = (side: Side): Located<string> | undefined =>
    side.interaction.request.headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value
  const [old, now] = [length(before), length(after)]
  const [was, is] = [before.interaction.request.body?.value, after.interaction.request.body?.value]
  if (now === undefined || old?.value !== now.value) return []
  if (was === undefined || is === undefined || compactRaw(was) === compactRaw(is)) return []
  return [doubt(`The content-length header (${now.value}) is still that of the old body.`, now)]
}
