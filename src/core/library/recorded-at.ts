/** When a call was made, where a file says so. */
import type { Interaction } from '../cassette/cassette.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'

/** Milliseconds since the epoch. Times at the epoch itself are what recorders write to hide the real one. */
export function recordedAt(interaction: Interaction, document: JsonDocument | undefined): number | undefined {
  const { response, extras, request, stream } = interaction
  for (const { name, value } of [...extras, ...request.extras]) {
    if (!WRITTEN_BY_RECORDERS.has(name)) continue
    const time = timeOf(unquoted(value.value))
    if (time !== undefined) return time
  }
  const header = response.headers?.find(({ name }) => name.toLowerCase() === 'date')
  const sent = header && timeOf(header.value.value)
  if (sent !== undefined) return sent
  const first = stream.chunkNodes[0]
  return document && first !== undefined ? createdIn(document.node(first)) : undefined
}

const WRITTEN_BY_RECORDERS: ReadonlySet<string> = new Set([
  'recorded_at',
  'captured_at',
  'startedDateTime',
  'timestamp',
])

/** OpenAI's chunks wrap what they say in `__data__` where the recorder kept their class. */
function createdIn(chunk: JsonNode): number | undefined {
  const data = chunk.get('__data__') ?? chunk
  for (const name of ['created', 'created_at', 'createTime', 'create_time']) {
    const node = data.get(name) ?? data.path('response', name)
    const time = node && timeOf(node.string() ?? node.raw)
    if (time !== undefined) return time
  }
  return undefined
}

function unquoted(raw: string): string {
  return raw.replace(/^"|"$/g, '')
}

/** Of a date as text, or of seconds or milliseconds as digits. */
function timeOf(written: string): number | undefined {
  const number = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : undefined
  const time = number === undefined ? Date.parse(written) : number > 1e11 ? number : number * 1000
  // nobody recorded a call to a language model in the last century
  return time > EARLIEST && time < LATEST ? Math.floor(time) : undefined
}

const EARLIEST = Date.UTC(2015, 0)
const LATEST = Date.UTC(2100, 0)
