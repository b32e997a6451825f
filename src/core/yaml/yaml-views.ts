import { listView, objectView } from '../projection/group-view.ts'
import { fixedView, type View } from '../projection/view.ts'
import { EditError } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { binaryRegion } from './yaml-binary.ts'
import type { YamlFile } from './yaml-file.ts'
import { groupView, itemText, memberText, PendingChanges } from './yaml-group.ts'
import { parsedJson } from './yaml-json.ts'
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
import { meaningOf } from './yaml-resolve.ts'
import { ScalarView } from './yaml-scalar-view.ts'

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
    if (holes === undefined && node.kind !== 'scalar') this.known.set(node, view)
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
    if (node.kind === 'scalar') return new ScalarView(this.file, node, this)
    if (node.kind === 'alias') return fixedView('null', 'this cannot be shown, so it cannot be changed')
    return node.kind === 'sequence' ? this.list(node, holes) : this.object(node, holes)
  }

  private list(node: SequenceNode, holes: Holes | undefined): View {
    const { file } = this
    const changes = new PendingChanges()
    const items = node.items.map((item, at) => this.of(item.node, holes?.inner.get(String(at))))
    const view = listView(items, {
      insert: (position, json) => changes.insert(position, itemText(file, node, parsedJson(json))),
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
      insert: (key, json) => changes.insert(node.pairs.length, memberText(file, node, key, parsedJson(json))),
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
