/** A packed body (base64, gzip) stored as the readable text that it is, in the formats where strings hold bodies. */
import type { Interaction } from '../cassette/cassette.ts'
import type { Decoders } from '../encoding/compression.ts'
import { readProjection } from '../open.ts'
import { removeItems, removeItemsAt, removeMember } from '../syntax/json-list.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { setJson, setString } from '../syntax/resolve.ts'
import type { Address } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'

/** Members beside a body that say that it is packed, in the formats that have such a thing. */
const MARKS: ReadonlySet<string> = new Set(['encoding', 'bodyEncoding', '_isBinary', 'responseIsBinary'])
/** What a mark says when it says "packed". */
const PACKED: ReadonlySet<string> = new Set(['"base64"', '"hex"', 'true'])

/** Whether a body is packed at all; whether what is in it is a text is found out when it is done. */
export function isPacked({ response }: Interaction): boolean {
  return (response.encodings?.length ?? 0) > 0
}

/**
 * Edits of the file's text: the body as a text, without the marks and the content-encoding header that say otherwise,
 * and a content-length header that counts it. Throws `EditError` for a body that is no text.
 */
export function storeReadable(
  text: string,
  interaction: Interaction,
  decoders?: Decoders,
): readonly TextEdit[] {
  const projection = readProjection(text, decoders)
  const document = projection?.document
  const body = document && bodyOf(document, interaction)
  if (projection?.view === undefined || body === undefined)
    throw new EditError('there is no packed body here')
  const readable = projection.asText(body.pointer)
  if (readable === undefined) throw new EditError('this body is no text: it can only be stored as it is')
  const beside = [...marksOf(body), ...headerEdits(body.document, interaction, readable.length)]
  return readable.store(beside)
}

function bodyOf(document: JsonDocument, { response, stream }: Interaction): JsonNode | undefined {
  if (response.chunkList) return nodeAt(document, response.chunkList)
  const id = stream.chunkNodes[0]
  return id === undefined ? undefined : document.find(document.pointerOf(id))
}

function nodeAt(document: JsonDocument, at: Address): JsonNode | undefined {
  const step = at[0]
  return step?.in === 'json' ? document.find(step.pointer) : undefined
}

function holderOf(node: JsonNode): JsonNode | undefined {
  return node.document.find(node.pointer.slice(0, Math.max(0, node.pointer.lastIndexOf('/'))))
}

function marksOf(body: JsonNode): readonly TextEdit[] {
  const holder = holderOf(body)
  return [...(holder?.effectiveMembers() ?? [])].flatMap(({ key, value }) => {
    if (!MARKS.has(key) || !PACKED.has(value.raw) || holder === undefined) return []
    return value.kind === 'boolean' ? setJson(value.document, value.at, 'false') : removeMember(holder, key)
  })
}

function headerEdits(document: JsonDocument, { response }: Interaction, bytes: number): readonly TextEdit[] {
  return (response.headers ?? []).flatMap(({ name, value }) => {
    const node = nodeAt(document, value.at)
    if (node === undefined) return []
    if (name.toLowerCase() === 'content-encoding') return removeHeader(node, name)
    if (name.toLowerCase() !== 'content-length') return []
    const length = String(bytes)
    return node.kind === 'string'
      ? setString(document, value.at, length)
      : setJson(document, value.at, length)
  })
}

/** A header in any of the ways that recorders write them: its member, its item of a list, or its two items. */
function removeHeader(value: JsonNode, name: string): readonly TextEdit[] {
  const tokens = value.pointer.split('/')
  const holder = holderOf(value)
  const outer = holder && holderOf(holder)
  if (holder?.kind === 'object') {
    if (holder.get('name')?.string() === name && outer?.kind === 'array') {
      return [removeItems(outer, Number(tokens.at(-2)))]
    }
    return removeMember(holder, tokens.at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '')
  }
  const position = Number(tokens.at(-1))
  if (holder?.item(position - 1)?.string() === name) {
    return removeItemsAt(holder, [position - 1, position])
  }
  return outer?.kind === 'object' ? removeMember(outer, name) : []
}
