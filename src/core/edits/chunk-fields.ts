import type { JsonNode } from '../syntax/json-node.ts'
import { setJson } from '../syntax/resolve.ts'
import { pointerTokens } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import { chunkData, type Recording } from './recording.ts'

/** A scalar somewhere in a chunk. `path` is its pointer (RFC 6901) from the chunk's data. */
export interface ChunkField {
  readonly path: string
  readonly node: JsonNode
}

/** More are not shown in a form; a chunk of an embedding has thousands. */
const MOST_FIELDS = 200

/** All scalars of a chunk in file order, at most 200; of duplicate keys the one that counts. */
export function fieldsOf(data: JsonNode): readonly ChunkField[] {
  const fields: ChunkField[] = []
  const queue: JsonNode[] = [data]
  const from = data.pointer.length
  for (let node = queue.pop(); node !== undefined && fields.length < MOST_FIELDS; node = queue.pop()) {
    if (node.kind === 'object' || node.kind === 'array') queue.push(...firstValues(node).toReversed())
    else fields.push({ path: node.pointer.slice(from), node })
  }
  return fields
}

/** Never more than are shown: a list can have more items than a call can have arguments. */
function firstValues(node: JsonNode): readonly JsonNode[] {
  const values: JsonNode[] = []
  for (const value of node.kind === 'array' ? node.items() : effectiveValues(node)) {
    values.push(value)
    if (values.length === MOST_FIELDS) break
  }
  return values
}

function* effectiveValues(node: JsonNode): Generator<JsonNode> {
  for (const { value } of node.effectiveMembers()) yield value
}

/** The chunks that have a value at `path`, with it. */
export function* holdersOf(recording: Recording, path: string): Generator<JsonNode> {
  const { stream } = recording.interaction
  const tokens = pointerTokens(path)
  if (tokens === undefined) throw new EditError(`"${path}" is no path to a field`)
  for (let position = 0; position < stream.chunkNodes.length; position++) {
    let node: JsonNode | undefined = chunkData(recording, position)
    for (const token of tokens) node = childOf(node, token)
    if (node !== undefined) yield node
  }
}

function childOf(node: JsonNode | undefined, token: string): JsonNode | undefined {
  if (node?.kind !== 'array') return node?.get(token)
  return /^(?:0|[1-9]\d*)$/.test(token) ? node.item(Number(token)) : undefined
}

/** Gives a field the same value (JSON as it is typed) in every chunk that has it. */
export function setInAllChunks(recording: Recording, path: string, json: string): readonly TextEdit[] {
  const edits: TextEdit[] = []
  let held = 0
  for (const node of holdersOf(recording, path)) {
    held++
    edits.push(...setNode(node, json))
  }
  if (held === 0) throw new EditError(`no chunk has a field ${path}`)
  return edits
}

/** The address of a node is found by walking; here the node is at hand, so only the value is planned. */
function setNode(node: JsonNode, json: string): readonly TextEdit[] {
  const local = setJson(node.raw, [{ in: 'json', pointer: '' }], json)
  return local.map((edit) => ({ ...edit, offset: edit.offset + node.start }))
}
