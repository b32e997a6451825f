/** A recorded HTTP answer made to fail: status, reason and body, as the provider of the recording would answer. */
import type { ProviderError } from '../containers/container.ts'
import { dialectOf } from '../dialects/index.ts'
import { insertItems, removeItems } from '../syntax/json-list.ts'
import type { JsonNode, JsonValue } from '../syntax/json-node.ts'
import { setJson, setString } from '../syntax/resolve.ts'
import type { Address } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import { chunkList, type Recording } from './recording.ts'

/** Reason phrases of RFC 9110 and RFC 6585. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

/** Members beside a status that say it in words. */
const WORDS: ReadonlySet<string> = new Set(['message', 'statusText', 'reason'])

/** What the provider answers: the error in the shape of its own API. */
function answerOf({ interaction }: Recording, error: ProviderError): JsonValue {
  return dialectOf(interaction.dialect).errorAnswer?.(error) ?? { error: error.body }
}

/** Whether there is a status and a body that can say so. */
export function isHttpAnswer(recording: Recording): boolean {
  return recording.interaction.response.status !== undefined && bodyOf(recording) !== undefined
}

function at({ document }: Recording, address: Address): JsonNode | undefined {
  const step = address[0]
  return step?.in === 'json' ? document.find(step.pointer) : undefined
}

function bodyOf(recording: Recording): JsonNode | undefined {
  const { response, stream } = recording.interaction
  if (response.chunkList) return at(recording, response.chunkList)
  const id = stream.chunkNodes[0]
  return id === undefined ? undefined : recording.document.node(id)
}

/** The call fails with an error instead of an answer. */
export function failHttp(recording: Recording, error: ProviderError): readonly TextEdit[] {
  const { document, interaction } = recording
  const body = bodyOf(recording)
  const status = interaction.response.status
  if (body === undefined || status === undefined)
    throw new EditError('this recording has no status or no body')
  const type = interaction.response.headers?.find(({ name }) => name.toLowerCase() === 'content-type')?.value
  return [
    ...statusEdits(recording, status.at, error.status),
    ...(type && type.value !== 'application/json' && at(recording, type.at)?.kind === 'string'
      ? setString(document, type.at, 'application/json')
      : []),
    ...setJson(document, body.at, JSON.stringify(answerOf(recording, error))),
  ]
}

function statusEdits(recording: Recording, address: Address, status: number): readonly TextEdit[] {
  const { document } = recording
  const node = at(recording, address)
  if (node === undefined) return []
  const holder = document.find(node.pointer.slice(0, node.pointer.lastIndexOf('/')))
  const reason = REASONS[status] ?? ''
  const words = [...(holder?.effectiveMembers() ?? [])].flatMap(({ key, value }) => {
    const text = value.string()
    if (text === undefined || value.id === node.id) return []
    if (WORDS.has(key)) return setString(document, value.at, reason)
    return key === 'status' && /^\d{3}\b/.test(text)
      ? setString(document, value.at, `${status} ${reason}`)
      : []
  })
  const text = node.string()
  if (text === undefined) return [...setJson(document, address, String(status)), ...words]
  return [
    ...setString(document, address, /^\d{3} ./.test(text) ? `${status} ${reason}` : String(status)),
    ...words,
  ]
}

/** An error in the stream in the place of all that comes behind chunk `position`. */
export function failHttpAfter(
  recording: Recording,
  position: number,
  error: ProviderError,
): readonly TextEdit[] {
  const list = chunkList(recording)
  const json = JSON.stringify(answerOf(recording, error))
  const next = list.item(position + 1)
  if (next === undefined) return [insertItems(list, position + 1, [json])]
  const last = list.itemIds().length - 1
  const rest = position + 2 <= last ? [removeItems(list, position + 2, last)] : []
  return [{ offset: next.start, length: next.end - next.start, content: json }, ...rest]
}
