import { scanJson } from '../syntax/json-index.ts'
import { JsonDocument, type JsonNode } from '../syntax/json-node.ts'
import { applyEdits, EditError, orderEdits, spliceBetween, type TextEdit } from '../text/edit.ts'
import type { Span, View } from './view.ts'

/** How the items of a list come and go in the text that holds them. */
export interface ListWriter {
  /** `json` comes to stand before item `position` of now (their count: at the end). Throws `EditError`. */
  insert(position: number, json: string): readonly TextEdit[]
  remove(position: number): readonly TextEdit[]
  /**
   * Whether what has come into the place of an item can be written as that item, changed. Where it cannot (an event of
   * another name) the one goes and the other comes.
   */
  isLike?(before: string, after: string): boolean
}

/** How the members of an object come and go in the text that holds them. */
export interface ObjectWriter {
  insert(key: string, json: string): readonly TextEdit[]
  remove(key: string): readonly TextEdit[]
}

export interface MemberView {
  readonly key: string
  readonly view: View
}

interface Child {
  readonly view: View
  readonly start: number
  readonly end: number
}

/** JSON of a group, and where each child stands in it. */
function layOut(
  brackets: string,
  children: readonly { readonly lead: string; readonly view: View }[],
): { readonly json: string; readonly placed: readonly Child[] } {
  const open = brackets[0] ?? ''
  const close = brackets[1] ?? ''
  if (children.length === 0) return { json: open + close, placed: [] }
  const isShort = fitsOnOneLine(children)
  const [first, next, last] = isShort ? ['', ', ', ''] : ['\n', ',\n', '\n']
  const texts: string[] = [open]
  const placed: Child[] = []
  let length = open.length
  children.forEach(({ lead, view }, at) => {
    const before = (at === 0 ? first : next) + lead
    const start = length + before.length
    placed.push({ view, start, end: start + view.json.length })
    texts.push(before, view.json)
    length = start + view.json.length
  })
  texts.push(last, close)
  return { json: texts.join(''), placed }
}

/** Characters that a person takes in at once: arguments of a tool call for example. */
const ONE_LINE = 100

function fitsOnOneLine(children: readonly { readonly lead: string; readonly view: View }[]): boolean {
  let length = 0
  for (const { lead, view } of children) {
    length += lead.length + view.json.length + 2
    if (length > ONE_LINE || view.json.includes('\n')) return false
  }
  return true
}

/** An edit at a child's very edge may as well be one between children: it is read from what it leaves. */
function isInside(edit: TextEdit, { start, end }: Span): boolean {
  const to = edit.offset + edit.length
  if (edit.offset === start && to === end) return false
  return edit.offset >= start && to <= end && (edit.length > 0 || (edit.offset > start && to < end))
}

/** Hands edits to the children they lie in; undefined when one lies in none, or leaves more or less than one value. */
function delegate(placed: readonly Child[], edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const byChild = new Map<Child, TextEdit[]>()
  for (const edit of edits) {
    const child = childAt(placed, edit.offset)
    if (child === undefined || !isInside(edit, child)) return undefined
    const own = byChild.get(child) ?? []
    own.push({ ...edit, offset: edit.offset - child.start })
    byChild.set(child, own)
  }
  const isWhole = ([{ view }, own]: readonly [Child, TextEdit[]]): boolean =>
    scanJson(applyEdits(view.json, own)).valid
  if (![...byChild].every(isWhole)) return undefined
  return [...byChild].flatMap(([child, own]) => child.view.put(own))
}

/** The last child that begins at or before `offset`. */
function childAt(placed: readonly Child[], offset: number): Child | undefined {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return placed[low - 1]
}

function spanIn(placed: readonly Child[], start: number, end: number): Span | undefined {
  const child = childAt(placed, start)
  if (child && end <= child.end) return child.view.span(start - child.start, end - child.start)
  const spans = placed
    .filter((each) => each.start < end && each.end > start)
    .map((each) => each.view.span(0, each.view.json.length))
    .filter((span) => span !== undefined)
  if (spans.length === 0) return undefined
  return {
    start: Math.min(...spans.map((span) => span.start)),
    end: Math.max(...spans.map((span) => span.end)),
  }
}

function reread(after: string, kind: 'array' | 'object'): JsonNode {
  const { root, index } = JsonDocument.of(after)
  if (root === undefined || !index.valid) throw new EditError('this would be no JSON any more')
  if (root.kind !== kind) {
    throw new EditError(`this file can only hold ${kind === 'array' ? 'a list' : 'an object'} here`)
  }
  return root
}

function putWhole({ view }: Child, json: string): readonly TextEdit[] {
  const splice = spliceBetween(view.json, json)
  return splice === undefined ? [] : view.put([splice])
}

/** A list; without a writer its items can change but not come or go. */
export function listView(items: readonly View[], writer?: ListWriter): View {
  const { json, placed } = layOut(
    '[]',
    items.map((view) => ({ lead: '', view })),
  )
  return {
    json,
    put: (edits) => delegate(placed, edits) ?? rewriteList(json, placed, edits, writer),
    span: (start, end) => spanIn(placed, start, end),
  }
}

const FIXED_LIST = 'the items of this list can change, but not come or go'

function rewriteList(
  json: string,
  placed: readonly Child[],
  edits: readonly TextEdit[],
  writer: ListWriter | undefined,
): readonly TextEdit[] {
  const now = [...reread(applyEdits(json, edits), 'array').items()]
  const made: TextEdit[] = []
  let before = 0
  let after = 0
  /** Between two items that stayed: what stands in the place of another is that one, changed. */
  const gap = (untilBefore: number, untilAfter: number): void => {
    let [from, to] = [before, untilBefore]
    let [newFrom, newTo] = [after, untilAfter]
    const isUneven = (): boolean => to - from !== newTo - newFrom && from < to && newFrom < newTo
    while (isUneven() && placed[from]?.view.json === now[newFrom]?.raw) {
      from++
      newFrom++
    }
    while (isUneven() && placed[to - 1]?.view.json === now[newTo - 1]?.raw) {
      to--
      newTo--
    }
    for (let at = from; at < to; at++) {
      const child = placed[at]
      const node = newFrom < newTo ? now[newFrom] : undefined
      if (child && node && (writer?.isLike?.(child.view.json, node.raw) ?? true)) {
        made.push(...putWhole(child, node.raw))
        newFrom++
      } else if (writer) {
        if (node && to - at <= newTo - newFrom) made.push(...writer.insert(at, now[newFrom++]?.raw ?? ''))
        made.push(...writer.remove(at))
      } else throw new EditError(FIXED_LIST)
    }
    for (const node of now.slice(newFrom, newTo)) {
      if (writer === undefined) throw new EditError(FIXED_LIST)
      made.push(...writer.insert(to, node.raw))
    }
  }
  const byStart = new Map(now.map((node, at) => [node.start, at]))
  const ordered = orderEdits(edits, json.length)
  let passed = 0
  let shift = 0
  for (const [position, child] of placed.entries()) {
    for (
      let edit = ordered[passed];
      edit && edit.offset + edit.length <= child.start;
      edit = ordered[++passed]
    ) {
      shift += edit.content.length - edit.length
    }
    const next = ordered[passed]
    if (next !== undefined && next.offset < child.end) continue
    const at = byStart.get(child.start + shift)
    if (at === undefined || at < after || now[at]?.raw !== child.view.json) continue
    gap(position, at)
    before = position + 1
    after = at + 1
  }
  gap(placed.length, now.length)
  return made
}

/** An object; without a writer its members can change but not come or go. Of duplicate keys the last is meant. */
export function objectView(members: readonly MemberView[], writer?: ObjectWriter): View {
  const { json, placed } = layOut(
    '{}',
    members.map(({ key, view }) => ({ lead: `${JSON.stringify(key)}: `, view })),
  )
  return {
    json,
    put: (edits) => delegate(placed, edits) ?? rewriteObject(json, members, placed, edits, writer),
    span: (start, end) => spanIn(placed, start, end),
  }
}

function rewriteObject(
  json: string,
  members: readonly MemberView[],
  placed: readonly Child[],
  edits: readonly TextEdit[],
  writer: ObjectWriter | undefined,
): readonly TextEdit[] {
  const now = new Map(
    [...reread(applyEdits(json, edits), 'object').effectiveMembers()].map(({ key, value }) => [key, value]),
  )
  const made: TextEdit[] = []
  const known = new Set<string>()
  for (const [at, { key }] of members.entries()) {
    known.add(key)
    const child = placed[at]
    const value = now.get(key)
    if (child && value) made.push(...putWhole(child, value.raw))
    else if (writer) made.push(...writer.remove(key))
    else throw new EditError(`"${key}" cannot be taken out of this file`)
  }
  for (const [key, value] of now) {
    if (known.has(key)) continue
    if (writer === undefined) throw new EditError(`"${key}" cannot be written into this file`)
    made.push(...writer.insert(key, value.raw))
  }
  return made
}
