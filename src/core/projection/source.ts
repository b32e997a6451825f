import type { Diagnostic } from '../cassette/diagnostic.ts'
import { scanJson } from '../syntax/json-index.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { encodeJsonString, jsonStringLayer } from '../syntax/json-string.ts'
import { applyEdits, EditError, type TextEdit } from '../text/edit.ts'
import { concat, lift, opaque, part, type Region, wholeRegion } from '../text/region.ts'
import type { Span, View } from './view.ts'

/** The id of a way to write data as text. */
export type SyntaxId = 'json' | 'yaml' | 'http-trace' | 'body'

/** What a text says, as one JSON value, before anything that is packed into its strings has been unpacked. */
export interface Source {
  readonly syntax: SyntaxId
  /** JSON of all of it. */
  readonly json: string
  /** Pointers of strings that are base64 of bytes, where the syntax says so (`!!binary`). */
  readonly binary: ReadonlySet<string>
  /** Pointers of strings whose characters are bytes. */
  readonly bytes?: ReadonlySet<string>
  /**
   * The decoded text at a pointer, as a region of the source's text: the content of a string; undefined for anything
   * else.
   */
  region(pointer: string): Region | undefined
  /**
   * Writes a readable text in the place of the string at a pointer, without whatever the syntax says about its being
   * packed. Absent where a string is a string.
   */
  asText?(pointer: string, text: string): readonly TextEdit[]
  /** The same JSON with some values shown in another way: views of the source's text, by pointer. */
  view(holes: ReadonlyMap<string, View>): View
  readonly diagnostics: readonly Diagnostic[]
}

/** A JSON text is its own source. */
export function jsonSource(document: JsonDocument): Source {
  const { text } = document
  const whole = wholeRegion(text)
  return {
    syntax: 'json',
    json: text,
    binary: new Set(),
    diagnostics: [],
    region(pointer) {
      const node = document.find(pointer)
      return node?.kind === 'string' ? stringRegion(whole, node) : undefined
    },
    view(holes) {
      const found: Hole[] = []
      for (const [pointer, view] of holes) {
        const node = document.find(pointer)
        if (node) found.push({ start: node.start, end: node.end, view })
      }
      return unfolded(
        text,
        found.toSorted((a, b) => a.start - b.start),
      )
    },
  }
}

/** The content of a string node, in a region that reads the node's document. */
export function stringRegion(outer: Region, node: JsonNode): Region {
  return lift(outer, jsonStringLayer(outer.text, node.start, node.end, node.document.habits))
}

/** The strings of a list as one text; an edit writes those that are not what they were. */
export function joinedRegion(outer: Region, list: JsonNode, separator: string): Region | undefined {
  const items = [...list.items()]
  const texts = items.map((item) => item.string())
  if (texts.some((text) => text === undefined)) return undefined
  // pieces of one text stay the pieces that they are: their times may stand beside them
  if (separator === '' && items.length > 0) return concat(items.map((item) => stringRegion(outer, item)))
  const region = part(outer, list.start, list.end)
  const rawOf = new Map(items.map((item, at) => [texts[at], item.raw]))
  const first = items[0]
  const second = items[1]
  const last = items.at(-1)
  const lead = first ? outer.text.slice(list.start, first.start) : '['
  const between = first && second ? outer.text.slice(first.end, second.start) : ', '
  const tail = last ? outer.text.slice(last.end, list.end) : ']'
  const joined = texts.join(separator)
  return opaque(region, joined, (text) => {
    if (text === joined) return region.text
    const written = text
      .split(separator)
      .map((line) => rawOf.get(line) ?? `"${encodeJsonString(line, list.document.habits)}"`)
    return lead + written.join(between) + tail
  })
}

/** A list that gives its place to one string: nothing of it is read, whatever is written is written as that string. */
export function asOneString(outer: Region, list: JsonNode): Region {
  const { habits } = list.document
  return opaque(part(outer, list.start, list.end), '', (text) => `"${encodeJsonString(text, habits)}"`)
}

interface Hole extends Span {
  readonly view: View
}

/** A JSON text in which some values are shown in another way: all the rest passes as it is. */
function unfolded(text: string, holes: readonly Hole[]): View {
  const texts: string[] = []
  const placed: { readonly hole: Hole; readonly start: number; readonly end: number }[] = []
  let done = 0
  let length = 0
  for (const hole of holes) {
    const before = text.slice(done, hole.start)
    texts.push(before, hole.view.json)
    length += before.length
    placed.push({ hole, start: length, end: length + hole.view.json.length })
    length += hole.view.json.length
    done = hole.end
  }
  texts.push(text.slice(done))
  const json = texts.join('')
  /** Offset in the text of an offset that lies in no hole. */
  const toText = (offset: number): number => {
    let shift = 0
    for (const { hole, start, end } of placed) {
      if (offset >= end) shift = hole.end - end
      else if (offset > start) throw new EditError('this change reaches over the edge of a stored body')
    }
    return offset + shift
  }
  const holeAt = (start: number, end: number): (typeof placed)[number] | undefined =>
    placed.find((each) =>
      start === end ? each.start < start && end < each.end : each.start <= start && end <= each.end,
    )
  return {
    json,
    put(edits) {
      const byHole = new Map<(typeof placed)[number], TextEdit[]>()
      const made: TextEdit[] = []
      for (const edit of edits) {
        const home = holeAt(edit.offset, edit.offset + edit.length)
        if (home) {
          const own = byHole.get(home) ?? []
          own.push({ ...edit, offset: edit.offset - home.start })
          byHole.set(home, own)
          continue
        }
        const offset = toText(edit.offset)
        made.push({ ...edit, offset, length: toText(edit.offset + edit.length) - offset })
      }
      for (const [{ hole }, own] of byHole) {
        // what ends the body and begins something else is no edit of the body
        if (!scanJson(applyEdits(hole.view.json, own)).valid) {
          throw new EditError('this change reaches over the edge of a stored body, or leaves no JSON in it')
        }
        for (const edit of hole.view.put(own)) made.push(edit)
      }
      return made
    },
    span(start, end) {
      const home = holeAt(start, end)
      if (home) return home.hole.view.span(start - home.start, end - home.start)
      const from = placed.find((each) => each.start <= start && start < each.end)
      const to = placed.find((each) => each.start < end && end <= each.end)
      return { start: from ? from.hole.start : toText(start), end: to ? to.hole.end : toText(end) }
    },
  }
}
