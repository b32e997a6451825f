import { followKey } from '../naming.ts'
import { asElementOf, insertMember, removeItemsAt, removeMember } from '../syntax/json-list.ts'
import { JsonDocument, type JsonNode } from '../syntax/json-node.ts'
import { encodeJsonString } from '../syntax/json-string.ts'
import { holderOf } from '../text/address.ts'
import { applyEdits, EditError, invertEdits, mapOffset, spliceBetween, type TextEdit } from '../text/edit.ts'
import type { Offer, OfferedEdit } from './answer.ts'
import { LLAMA_STACK } from './candidate.ts'

/** The edits of a recording's text that an offer comes to, as one step; throws `EditError` where it fits no more. */
export function editsOfOffer(text: string, offer: Offer): readonly TextEdit[] {
  const document = JsonDocument.of(text)
  const edits = offer.kind === 'rename' ? [] : requestEdits(document, offer.edits)
  const edited = edits.length === 0 ? document : JsonDocument.of(applyEdits(text, edits))
  // the ids that are made from the hash stand in the response, which the edits of the request do not touch
  const back = invertEdits(text, edits)
  const ids = followKey(LLAMA_STACK, edited)?.edits ?? []
  return [...edits, ...ids.map((edit) => ({ ...edit, offset: mapOffset(edit.offset, back) }))]
}

/** The edits of the request alone, as one: neighbours that come and go share a comma. */
export function requestEdits(
  { text, habits }: JsonDocument,
  edits: readonly OfferedEdit[],
): readonly TextEdit[] {
  let edited = text
  for (const edit of edits) edited = applyEdits(edited, editOne(JsonDocument.of(edited, [], habits), edit))
  const splice = spliceBetween(text, edited)
  return splice === undefined ? [] : [splice]
}

function editOne(document: JsonDocument, { pointer, json }: OfferedEdit): readonly TextEdit[] {
  const place = holderOf([{ in: 'json', pointer }])
  const holder = place?.at[0] && document.find(place.at[0].pointer)
  if (place === undefined || holder === undefined) throw new EditError(`there is no ${pointer} any more`)
  const node = document.find(pointer)
  if (json === undefined) {
    if (node === undefined) return []
    return holder.kind === 'array'
      ? removeItemsAt(holder, [Number(place.token)])
      : removeMember(holder, place.token)
  }
  const content = asElementOf(holder, inHabits(json, document))
  if (node !== undefined) return replaced(node, content)
  if (holder.kind !== 'object') throw new EditError(`there is no ${pointer} any more`)
  // a test's id comes first in the file
  return [insertMember(holder, place.token, content, pointer === '/test_id' ? 0 : undefined)]
}

/** Exactly this, where `setMember` would keep the habit of a number: 0 for 0.0 is what is meant here. */
function replaced(node: JsonNode, content: string): readonly TextEdit[] {
  const splice = spliceBetween(node.raw, content)
  return splice === undefined ? [] : [{ ...splice, offset: splice.offset + node.start }]
}

/** JSON with its strings escaped as the file escapes them. */
function inHabits(json: string, { habits }: JsonDocument): string {
  const document = JsonDocument.of(json)
  const edits: TextEdit[] = []
  for (let id = 0; id < document.index.count; id++) {
    const { start, end } = document.node(id)
    if (document.text[start] !== '"') continue
    const written = `"${encodeJsonString(String(JSON.parse(document.text.slice(start, end))), habits)}"`
    edits.push({ offset: start, length: end - start, content: written })
  }
  return applyEdits(json, edits)
}
