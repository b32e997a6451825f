import type { Span, View } from '../projection/view.ts'
import { applyEdits, spliceBetween, type TextEdit } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { base64Of } from './yaml-binary.ts'
import type { YamlFile } from './yaml-file.ts'
import { parsedJson } from './yaml-json.ts'
import type { ScalarNode } from './yaml-node.ts'
import { replaceNode } from './yaml-replace.ts'
import { jsonOfPlain, meaningOf } from './yaml-resolve.ts'

/** Who knows the decoded text of a scalar. */
export interface Regions {
  region(node: ScalarNode): Region | undefined
}

/** A scalar as JSON. A class, not closures: a file can have a million of them. */
export class ScalarView implements View {
  readonly json: string
  private readonly file: YamlFile
  private readonly node: ScalarNode
  private readonly views: Regions

  constructor(file: YamlFile, node: ScalarNode, views: Regions) {
    const meaning = meaningOf(node)
    this.file = file
    this.node = node
    this.views = views
    if (meaning === 'string') this.json = JSON.stringify(node.value)
    else if (meaning === 'binary') this.json = JSON.stringify(base64Of(node))
    else this.json = jsonOfPlain(node.value, meaning)
  }

  put(edits: readonly TextEdit[]): readonly TextEdit[] {
    const after = applyEdits(this.json, edits)
    if (after === this.json) return []
    const root = parsedJson(after)
    if (root.raw === this.json) return []
    const value = root.string()
    const region = value === undefined ? undefined : this.views.region(this.node)
    if (value === undefined || region === undefined) return replaceNode(this.file, this.node, root)
    const splice = spliceBetween(region.text, value)
    return splice ? region.toOuter(splice) : []
  }

  span(): Span {
    return { start: this.node.start, end: this.node.end }
  }
}
