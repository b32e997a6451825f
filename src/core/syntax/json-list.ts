/**
 * Elements that come into a list or an object, leave it or change places. The edits touch the elements that
 * are meant and one separator; indentation, separators and line ends are the file's own, taken from the
 * element's neighbours. An element inserted and removed again leaves the identical text, but for white space inside
 * of an empty list.
 */
import { applyEdits, EditError, type TextEdit } from '../text/edit.ts'
import { hasLineBreak, type JsonLayout, laidOut, layoutOf, linePrefix, writeJson } from './json-layout.ts'
import { JsonDocument, type JsonNode, type JsonValue } from './json-node.ts'

/** The characters of one item, or of one member with its key. */
interface Element {
  readonly start: number
  readonly end: number
}

function itemsOf(array: JsonNode): readonly Element[] {
  if (array.kind !== 'array') throw new EditError(`${array.pointer || 'the document'} is no list`)
  return [...array.items()].map(({ start, end }) => ({ start, end }))
}

function membersOf(object: JsonNode): readonly (Element & { readonly key: string })[] {
  if (object.kind !== 'object') throw new EditError(`${object.pointer || 'the document'} is no object`)
  return [...object.members()].map(({ key, keyStart, value }) => ({ key, start: keyStart, end: value.end }))
}

function checkPosition(position: number, count: number): void {
  if (!(Number.isInteger(position) && position >= 0 && position < count))
    throw new EditError(`there is no element ${position} of ${count}`)
}

/** What stands between two elements, as near to `position` as there is any example. */
function gapAt(container: JsonNode, elements: readonly Element[], position: number): string {
  const { text } = container.document
  const before = Math.max(0, Math.min(position, elements.length - 1) - 1)
  const [one, other] = [elements[before], elements[before + 1]]
  if (one !== undefined && other !== undefined) return text.slice(one.end, other.start)
  const lead = text.slice(container.start + 1, one?.start)
  return hasLineBreak(lead) ? `,${lead}` : layoutOf(container).itemGap
}

function insertAt(
  container: JsonNode,
  elements: readonly Element[],
  position: number,
  raws: readonly string[],
): TextEdit {
  // nothing must not bring a separator along
  if (raws.length === 0) return { offset: container.end, length: 0, content: '' }
  const next = elements[position]
  const last = elements.at(-1)
  if (last === undefined) return fill(container, raws)
  const gap = gapAt(container, elements, position)
  const content = raws.join(gap)
  if (next !== undefined) return { offset: next.start, length: 0, content: content + gap }
  return { offset: last.end, length: 0, content: gap + content }
}

/** The first elements of an empty container. */
function fill(container: JsonNode, raws: readonly string[]): TextEdit {
  const { indent, eol, itemGap, pad } = layoutOf(container)
  const prefix = linePrefix(container.document.text, container.start)
  const offset = container.start + 1
  const length = container.end - 1 - offset
  if (indent === undefined) return { offset, length, content: pad + raws.join(itemGap) + pad }
  const line = eol + prefix + indent
  return { offset, length, content: line + raws.join(`,${line}`) + eol + prefix }
}

function removeRange(
  container: JsonNode,
  elements: readonly Element[],
  first: number,
  last: number,
): TextEdit {
  const from = elements[first]
  const to = elements[last]
  if (from === undefined || to === undefined || last < first) {
    throw new EditError(`there are no elements ${first} to ${last} of ${elements.length}`)
  }
  const before = elements[first - 1]
  const after = elements[last + 1]
  const [start, end] =
    after !== undefined
      ? [from.start, after.start]
      : before !== undefined
        ? [before.end, to.end]
        : [container.start + 1, container.end - 1]
  return { offset: start, length: end - start, content: '' }
}

/** Neighbours are removed in one go: two edits must not both take the separator between them. */
function removeEach(
  container: JsonNode,
  elements: readonly Element[],
  positions: readonly number[],
): readonly TextEdit[] {
  const runs: [number, number][] = []
  for (const at of positions) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === at - 1) run[1] = at
    else runs.push([at, at])
  }
  return runs.map(([first, last]) => removeRange(container, elements, first, last))
}

/** Inserts items, each as JSON text, before `position` (the count of items: at the end). */
export function insertItems(array: JsonNode, position: number, raws: readonly string[]): TextEdit {
  const items = itemsOf(array)
  checkPosition(position, items.length + 1)
  return insertAt(array, items, position, raws)
}

/** Removes the items `first` to `last`, both included. */
export function removeItems(array: JsonNode, first: number, last = first): TextEdit {
  return removeRange(array, itemsOf(array), first, last)
}

/** Removes the items at these positions (ascending), wherever they are. */
export function removeItemsAt(array: JsonNode, positions: readonly number[]): readonly TextEdit[] {
  return removeEach(array, itemsOf(array), positions)
}

/** Moves an item so that it stands at `to`, counted without it. Takes one separator along. */
export function moveItem(array: JsonNode, from: number, to: number): readonly TextEdit[] {
  const items = itemsOf(array)
  checkPosition(from, items.length)
  checkPosition(to, items.length)
  if (from === to) return []
  const { text } = array.document
  const [moved, target] = [items[from] as Element, items[to] as Element]
  const raw = text.slice(moved.start, moved.end)
  if (from < to) {
    const next = items[from + 1] as Element
    return [
      { offset: moved.start, length: next.start - moved.start, content: '' },
      { offset: target.end, length: 0, content: text.slice(moved.end, next.start) + raw },
    ]
  }
  const previous = items[from - 1] as Element
  return [
    { offset: target.start, length: 0, content: raw + text.slice(previous.end, moved.start) },
    { offset: previous.end, length: moved.end - previous.end, content: '' },
  ]
}

/** A member that comes into an object; its value as JSON text, laid out as it shall stand there. */
export interface NewMember {
  readonly key: string
  readonly raw: string
}

/** Adds members at the end, or in front of the member at `position`. */
export function insertMembers(object: JsonNode, added: readonly NewMember[], position?: number): TextEdit {
  const members = membersOf(object)
  const twin = added.find(({ key }) => members.some((member) => member.key === key))
  if (twin !== undefined) throw new EditError(`there is a "${twin.key}" already`)
  const { colon } = layoutOf(object)
  const { habits } = object.document
  return insertAt(
    object,
    members,
    position ?? members.length,
    added.map(({ key, raw }) => writeJson(key, habits) + colon + raw),
  )
}

/** Adds one member. */
export function insertMember(object: JsonNode, key: string, raw: string, position?: number): TextEdit {
  return insertMembers(object, [{ key, raw }], position)
}

/** Removes members, all of their duplicates included. No edits when there are none. */
export function removeMember(object: JsonNode, ...keys: readonly string[]): readonly TextEdit[] {
  const members = membersOf(object)
  const twins = members.flatMap((member, at) => (keys.includes(member.key) ? [at] : []))
  return removeEach(object, members, twins)
}

/**
 * JSON text (from somewhere else) as an element of `container` would be written: in the layout of the elements
 * that are there, indented as they are.
 */
export function asElementOf(container: JsonNode, json: string): string {
  const { text } = container.document
  const first = container.kind === 'array' ? container.item(0) : [...container.members()][0]?.value
  const layout = elementLayout(container)
  const own = layoutOf(container)
  const outer = linePrefix(text, container.start)
  const prefix =
    first !== undefined && own.indent !== undefined
      ? linePrefix(text, first.start)
      : outer + (own.indent ?? '')
  return laidOut(json, layout, prefix)
}

/** As the first element that shows a layout; as the container where none does. */
function elementLayout(container: JsonNode): JsonLayout {
  for (const child of container.children()) {
    if ((child.kind === 'object' || child.kind === 'array') && child.next > child.id + 1)
      return layoutOf(child)
  }
  return layoutOf(container)
}

/** Plans edits on the text that the plan before it has left. */
export type Change = (root: JsonNode) => readonly TextEdit[]

/**
 * The text of a node after some changes, each planned on what the one before it left. For texts that are made
 * (a copy of an element) and for an element that is changed in many places at once.
 */
export function rewritten(node: JsonNode, ...changes: readonly Change[]): string {
  return rewriter(node)(...changes)
}

/** The same for many copies of one node. */
export function rewriter(node: JsonNode): (...changes: readonly Change[]) => string {
  const { habits, text } = node.document
  // with the white space in front of its line, so that its layout is seen as it is
  const prefix = linePrefix(text, node.start)
  const original = prefix + node.raw
  return (...changes) => {
    let json = original
    for (const change of changes) {
      const { root } = JsonDocument.of(json, [], habits)
      if (root !== undefined) json = applyEdits(json, change(root))
    }
    return json.slice(prefix.length)
  }
}

/** A value as an element of `container` would be written. */
export function valueAsElementOf(container: JsonNode, value: JsonValue): string {
  return asElementOf(container, writeJson(value, container.document.habits))
}
