/** A recorded HTTP answer made to fail: status, reason and body, as the provider of the recording would answer. */
import type { Header } from '../cassette/cassette.ts'
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
  // a stream without a list came in pieces, of which the first is not the body
  const isStream = response.framing === 'sse' || response.framing === 'ndjson'
  if (isStream || stream.chunkNodes.length > 1) return undefined
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
  const json = JSON.stringify(answerOf(recording, error))
  const headers = interaction.response.headers ?? []
  return [
    ...statusEdits(recording, status.at, error.status),
    ...headers.flatMap((header) => headerEdits(recording, header, body, json)),
    // where a body is a text, so is the error
    ...(body.kind === 'string' ? setString(document, body.at, json) : setJson(document, body.at, json)),
  ]
}

const encoder = new TextEncoder()
/** What leaves a body as it was sent; of the others nobody knows the length before it is written. */
const AS_SENT: ReadonlySet<string> = new Set(['base64', 'hex', 'pieces'])

/** The headers that speak of the body: its type, and its length where that can be told. */
function headerEdits(
  recording: Recording,
  { name, value }: Header,
  body: JsonNode,
  json: string,
): readonly TextEdit[] {
  const { document, interaction } = recording
  const { framing, length, encodings = [] } = interaction.response
  const node = at(recording, value.at)
  const key = name.toLowerCase()
  const isCounted = key === 'content-length' && encodings.every((encoding) => AS_SENT.has(encoding))
  if (node === undefined || (key !== 'content-type' && !isCounted)) return []
  const bytes = encoder.encode(json).length
  // white space around JSON stays
  const around = framing === 'whole' && length !== undefined ? length - encoder.encode(body.raw).length : 0
  const wanted = isCounted ? String(bytes + Math.max(0, around)) : 'application/json'
  if (node.kind !== 'string') return isCounted ? setJson(document, value.at, wanted) : []
  // in a list of lines a value stands with its name
  const lead = value.value.startsWith(`${name}:`) ? `${name}: ` : ''
  return setString(document, value.at, lead + wanted)
}

function statusEdits(recording: Recording, address: Address, status: number): readonly TextEdit[] {
  const { document } = recording
  const node = at(recording, address)
  if (node === undefined) return []
  const holder = document.find(node.pointer.slice(0, node.pointer.lastIndexOf('/')))
  const reason = REASONS[status] ?? ''
  const words = [...(holder?.effectiveMembers() ?? [])].flatMap(({ key, value }) => {
    const text = value.string()
    // HTTP/2 has no words
    if (text === undefined || text === '' || value.id === node.id) return []
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
