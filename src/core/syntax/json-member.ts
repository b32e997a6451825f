/** Members of an object that are set, renamed or taken away, whatever of them is there already. */
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { numberInHabit } from './json-habits.ts'
import { writeJson } from './json-layout.ts'
import { asElementOf, insertItems, insertMember, removeItemsAt, removeMember } from './json-list.ts'
import type { JsonNode, JsonValue } from './json-node.ts'

/** Gives a node other JSON, laid out as its holder's elements are; a number keeps its habit. */
function replaceNode(holder: JsonNode, node: JsonNode, json: string): readonly TextEdit[] {
  const content = node.kind === 'number' ? (numberInHabit(json, node.raw) ?? json) : asElementOf(holder, json)
  const splice = spliceBetween(node.raw, content)
  return splice === undefined ? [] : [{ ...splice, offset: splice.offset + node.start }]
}

/**
 * Gives a member this value (JSON text), adding it where there is none, at `position` or the end; of
 * duplicates the one that counts is changed. Undefined takes it away.
 */
export function setMember(
  object: JsonNode,
  key: string,
  json: string | undefined,
  position?: number,
): readonly TextEdit[] {
  if (json === undefined) return removeMember(object, key)
  const old = object.get(key)
  return old === undefined
    ? [insertMember(object, key, asElementOf(object, json), position)]
    : replaceNode(object, old, json)
}

/** The same with a plain value, its strings written in the file's habits. */
export function writeMember(object: JsonNode, key: string, value: JsonValue): readonly TextEdit[] {
  return setMember(object, key, writeJson(value, object.document.habits))
}

/** Gives a member, all of its duplicates included, another key. Refused when that one is taken. */
export function renameMember(object: JsonNode, from: string, to: string): readonly TextEdit[] {
  if (from === to) return []
  const members = [...object.members()]
  if (members.some(({ key }) => key === to)) throw new EditError(`there is a "${to}" already`)
  const { text, habits } = object.document
  const edits = members
    .filter(({ key }) => key === from)
    .map(({ keyStart, value }) => {
      const literal = /^"(?:[^"\\]|\\.)*"/.exec(text.slice(keyStart, value.start))?.[0] ?? ''
      return { offset: keyStart, length: literal.length, content: writeJson(to, habits) }
    })
  if (edits.length === 0) throw new EditError(`there is no "${from}" any more`)
  return edits
}

/** A list that a member holds: items are added at its end; where there is no such list, it is made. */
export function appendTo(object: JsonNode, key: string, json: string): readonly TextEdit[] {
  const list = object.get(key)
  if (list?.kind !== 'array') return setMember(object, key, `[${json}]`)
  return [insertItems(list, [...list.items()].length, [asElementOf(list, json)])]
}

/** Takes every string equal to `text` out of a list. */
export function removeStrings(list: JsonNode, text: string): readonly TextEdit[] {
  const positions = [...list.items()].flatMap((item, at) => (item.string() === text ? [at] : []))
  return removeItemsAt(list, positions)
}
