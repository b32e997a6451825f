import { listView, objectView } from '../projection/group-view.ts'
import { fixedView, type View } from '../projection/view.ts'
import { applyEdits, EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { JsonDocument, type JsonKind, type JsonNode } from './json-node.ts'
import { base64Of, binaryRegion } from './yaml-binary.ts'
import { blockEdits, type Changes, type Entry, flowEdits } from './yaml-entries.ts'
import type { YamlFile } from './yaml-file.ts'
import { membersOf } from './yaml-members.ts'
import {
  keyText,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  settled,
  type YamlNode,
} from './yaml-node.ts'
import { scalarRegion } from './yaml-region.ts'
import { isLikeJson, replaceNode } from './yaml-replace.ts'
import { jsonOfPlain, meaningOf } from './yaml-resolve.ts'
import { blockValue, inlineValue, keyTextFor } from './yaml-value.ts'

/** Views to be put in the place of values, by the way to them. */
export interface Holes {
  view?: View
  readonly inner: Map<string, Holes>
}

/** The nodes of a file as views of it. */
export class YamlViews {
  private readonly file: YamlFile
  private readonly known = new Map<YamlNode, View>()
  private readonly regions = new Map<ScalarNode, Region>()

  constructor(file: YamlFile) {
    this.file = file
  }

  of(given: YamlNode, holes?: Holes): View {
    if (holes?.view) return holes.view
    const node = settled(given)
    const known = holes === undefined ? this.known.get(node) : undefined
    if (known) return known
    const view = this.made(node, holes)
    if (holes === undefined) this.known.set(node, view)
    return view
  }

  /** The decoded text of a scalar that is one; base64 of binary ones. */
  region(node: ScalarNode): Region | undefined {
    const known = this.regions.get(node)
    if (known) return known
    const meaning = meaningOf(node)
    if (meaning !== 'string' && meaning !== 'binary') return undefined
    const region = meaning === 'binary' ? binaryRegion(this.file, node) : scalarRegion(this.file, node)
    this.regions.set(node, region)
    return region
  }

  private made(node: YamlNode, holes: Holes | undefined): View {
    if (node.kind === 'scalar') return scalarView(this.file, node, () => this.region(node))
    if (node.kind === 'alias') return fixedView('null', 'this cannot be shown, so it cannot be changed')
    return node.kind === 'sequence' ? this.list(node, holes) : this.object(node, holes)
  }

  private list(node: SequenceNode, holes: Holes | undefined): View {
    const { file } = this
    const changes = new PendingChanges()
    const items = node.items.map((item, at) => this.of(item.node, holes?.inner.get(String(at))))
    const view = listView(items, {
      insert: (position, json) => changes.insert(position, itemText(file, node, parsed(json))),
      remove: (position) => changes.remove(position),
    })
    const entries = node.items.map((item) => ({ start: item.start, end: item.node.end }))
    return groupView(file, node, view, changes, entries)
  }

  private object(node: MappingNode, holes: Holes | undefined): View {
    const { file } = this
    const changes = new PendingChanges()
    const members = membersOf(node).shown.map(({ key, value, merged }) => {
      const view = this.of(value, holes?.inner.get(key))
      return { key, view: merged ? fixedView(view.json, `"${key}" comes from another place by "<<"`) : view }
    })
    const view = objectView(members, {
      insert: (key, json) => changes.insert(node.pairs.length, memberText(file, node, key, parsed(json))),
      remove(key) {
        const own = node.pairs.flatMap((pair, at) => (keyText(pair.key) === key ? [at] : []))
        if (own.length === 0) throw new EditError(`"${key}" cannot be taken out here`)
        return own.flatMap((at) => changes.remove(at))
      },
    })
    const entries = node.pairs.map(({ start, key, value }) => ({ start, end: Math.max(key.end, value.end) }))
    return groupView(file, node, view, changes, entries)
  }
}

function parsed(json: string): JsonNode {
  const { root, index } = JsonDocument.of(json)
  if (root === undefined || !index.valid) throw new EditError('this would be no JSON any more')
  return root
}

function scalarView(file: YamlFile, node: ScalarNode, regionOf: () => Region | undefined): View {
  const meaning = meaningOf(node)
  const isText = meaning === 'string' || meaning === 'binary'
  const text = meaning === 'binary' ? base64Of(node) : node.value
  const json = isText ? JSON.stringify(text) : jsonOfPlain(node.value, meaning)
  return {
    json,
    put(edits) {
      const after = applyEdits(json, edits)
      if (after === json) return []
      const root = parsed(after)
      const value = isText ? root.string() : undefined
      if (value === undefined) return root.raw === json ? [] : replaceNode(file, node, root)
      const region = regionOf()
      return value === text || region === undefined ? [] : wholly(region, value)
    },
    span: () => ({ start: node.start, end: node.end }),
  }
}

function wholly(region: Region, value: string): readonly TextEdit[] {
  const splice = spliceBetween(region.text, value)
  return splice ? region.toOuter(splice) : []
}

/** What a group's writers were asked for in one go: entries next to each other cannot be taken out one by one. */
class PendingChanges {
  private removed = new Set<number>()
  private inserted: { position: number; text: string }[] = []

  insert(position: number, text: string): readonly TextEdit[] {
    this.inserted.push({ position, text })
    return []
  }

  remove(position: number): readonly TextEdit[] {
    this.removed.add(position)
    return []
  }

  take(): Changes {
    const { removed, inserted } = this
    this.removed = new Set()
    this.inserted = []
    return { removed, inserted }
  }
}

const SMALL = 400

/** A group that can also become empty, or something else. */
function groupView(
  file: YamlFile,
  node: SequenceNode | MappingNode,
  view: View,
  changes: PendingChanges,
  entries: readonly Entry[],
): View {
  const { json } = view
  return {
    json,
    put(edits) {
      const length = edits.reduce((sum, edit) => sum + edit.content.length - edit.length, json.length)
      if (length < SMALL || edits.some(({ offset }) => offset === 0)) {
        const root = parsed(applyEdits(json, edits))
        if (!isKind(root.kind, node) || (isEmpty(root) && entries.length > 0))
          return replaceNode(file, node, root)
      }
      const made = putIn(view, changes, edits)
      const asked = changes.take()
      if (asked.removed.size === 0 && asked.inserted.length === 0) return made
      return [...made, ...entryEdits(file, node, entries, asked)]
    },
    span(start, end) {
      return start === 0 && end === json.length ? { start: node.start, end: node.end } : view.span(start, end)
    },
  }
}

/** An edit can lie in one child and yet write two: then all of the group is compared. */
function putIn(view: View, changes: PendingChanges, edits: readonly TextEdit[]): readonly TextEdit[] {
  changes.take()
  try {
    return view.put(edits)
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const after = applyEdits(view.json, edits)
    if (!JsonDocument.of(after).index.valid) throw error
    changes.take()
    return view.put([{ offset: 0, length: view.json.length, content: after }])
  }
}

function isKind(kind: JsonKind, node: YamlNode): boolean {
  return kind === (node.kind === 'sequence' ? 'array' : 'object')
}

function isEmpty(root: JsonNode): boolean {
  return root.item(0) === undefined && root.memberCount === 0
}

function entryEdits(
  file: YamlFile,
  node: SequenceNode | MappingNode,
  entries: readonly Entry[],
  changes: Changes,
): readonly TextEdit[] {
  if (!node.flow) return blockEdits(file, entries, file.column(node.start), changes)
  const isBracketed = /^[[{]/.test(file.text.charAt(node.start))
  if (!isBracketed) throw new EditError('this object between brackets has room for one member only')
  return flowEdits(file, entries, node, changes)
}

function itemText(file: YamlFile, node: SequenceNode, json: JsonNode): string {
  const column = file.column(node.start)
  if (!node.flow) return `-${blockValue(file, json, column, '-')}`
  return inlineValue(file, json, { flow: true, column, likeJson: isLikeJson(file.text, node) })
}

function memberText(file: YamlFile, node: MappingNode, key: string, json: JsonNode): string {
  const column = file.column(node.start)
  const spot = { flow: node.flow, column, likeJson: isLikeJson(file.text, node) }
  const name = keyTextFor(file, key, spot)
  return node.flow ? `${name} ${inlineValue(file, json, spot)}` : name + blockValue(file, json, column, ':')
}
