import type { View } from '../projection/view.ts'
import { JsonDocument, type JsonKind, type JsonNode } from '../syntax/json-node.ts'
import { applyEdits, EditError, type TextEdit } from '../text/edit.ts'
import { blockEdits, type Changes, type Entry, flowEdits } from './yaml-entries.ts'
import type { YamlFile } from './yaml-file.ts'
import { parsedJson } from './yaml-json.ts'
import type { MappingNode, SequenceNode, YamlNode } from './yaml-node.ts'
import { isLikeJson, replaceNode } from './yaml-replace.ts'
import { blockValue, inlineValue, keyTextFor } from './yaml-value.ts'

/** What a group's writers were asked for in one go: entries next to each other cannot be taken out one by one. */
export class PendingChanges {
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
export function groupView(
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
        const root = parsedJson(applyEdits(json, edits))
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

export function itemText(file: YamlFile, node: SequenceNode, json: JsonNode): string {
  const column = file.column(node.start)
  if (!node.flow) return `-${blockValue(file, json, column, '-')}`
  return inlineValue(file, json, { flow: true, column, likeJson: isLikeJson(file.text, node) })
}

export function memberText(file: YamlFile, node: MappingNode, key: string, json: JsonNode): string {
  const column = file.column(node.start)
  const spot = { flow: node.flow, column, likeJson: isLikeJson(file.text, node) }
  const name = keyTextFor(file, key, spot)
  return node.flow ? `${name} ${inlineValue(file, json, spot)}` : name + blockValue(file, json, column, ':')
}
