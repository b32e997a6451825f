/** What a call answered, as text to be searched and as a digest to be compared. */
import type { Interaction } from '../cassette/cassette.ts'
import type { AssembledPart, Stream } from '../cassette/stream.ts'
import type { Digest } from './digest.ts'
import { canonicalJson, quiet } from './noise.ts'
import { plainJson, plainValue, withoutData } from './readable.ts'

/** Texts, reasoning, refusals, tool calls with their arguments and errors, in the order of the answer. */
export function answeredTexts({ stream, response, dialect }: Interaction): readonly string[] {
  if (dialect === 'model-list') return namesIn(stream)
  const texts = stream.messages.flatMap(({ parts }) => parts.flatMap((part) => textOf(part, stream) || []))
  for (const { message } of stream.errors) texts.push(message)
  const { exception } = response
  if (exception) texts.push([exception.type, exception.message?.value ?? ''].join(': '))
  return texts
}

/** Of a list of models, which can be long, what the models are called. */
function namesIn({ messages }: Stream): readonly string[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      const name =
        part.kind === 'note' ? /"(?:id|model|name)"\s*:\s*"([^"]*)"/.exec(part.json.value)?.[1] : undefined
      return name ?? []
    }),
  )
}

function textOf(part: AssembledPart, { tracks }: Stream): string {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return withoutData(tracks[part.track]?.text ?? '')
    case 'tool-call':
      return `${part.call.name?.value ?? ''}(${plainJson(argumentsOf(part, tracks))})`
    case 'media':
      // only an address can be looked for
      return part.pieces.map(({ data }) => (/^https?:/i.test(data.value) ? data.value : '')).join('')
    case 'note':
      return plainValue(part.json.value)
  }
}

function argumentsOf(
  { call }: Extract<AssembledPart, { kind: 'tool-call' }>,
  tracks: Stream['tracks'],
): string {
  return call.argumentsTrack === undefined ? '' : (tracks[call.argumentsTrack]?.text ?? '')
}

/** Texts, tool calls, stop reasons and errors, without ids, times, usage and the cutting into chunks. */
export function digestAnswered(
  { stream, response, request, dialect }: Interaction,
  status: string,
  errors: readonly string[],
  digest: Digest,
): void {
  if (dialect === 'model-list') for (const name of namesIn(stream)) digest.add(name)
  for (const { parts, stop } of dialect === 'model-list' ? [] : stream.messages) {
    digest.add('message')
    for (const part of parts) digestPart(part, stream, digest)
    if (stop !== undefined) digest.add(`stop ${stop.reason.value}`)
  }
  if (stream.vectors.length > 0) digest.add(`vectors ${stream.vectors.length}`)
  // a success is the same whether or not a recorder wrote "200"
  if (/^[45]/.test(status)) digest.add(`status ${status}`)
  for (const error of errors) digest.add(`error ${error}`)
  if (response.exception?.message) digest.add(quiet(response.exception.message.value))
  for (const { message } of stream.errors) digest.add(`said ${quiet(message)}`)
  if (stream.messages.length === 0 && request.url) digest.add('nothing')
}

function digestPart(part: AssembledPart, stream: Stream, digest: Digest): void {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const text = stream.tracks[part.track]?.text ?? ''
      if (text === '') return
      digest.add(part.kind)
      digest.add(quiet(text))
      return
    }
    case 'tool-call':
      digest.add(`call ${part.call.name?.value ?? ''} ${canonicalJson(argumentsOf(part, stream.tracks))}`)
      return
    case 'media':
      digest.add(`media ${part.media}`)
      digest.addData(part.pieces.map(({ data }) => data.value).join(''))
      return
    case 'note':
      // long lists of them are common, and one recorder writes them in one order
      digest.add(`note ${part.label} ${quiet(part.json.value)}`)
  }
}
