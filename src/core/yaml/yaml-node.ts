import type { ScalarContext } from './yaml-plain.ts'
import type { ScalarStyle } from './yaml-token.ts'

interface NodeBase {
  /** Where the node begins, with its anchor and tag. */
  readonly from: number
  /** Where its content begins. */
  readonly start: number
  readonly end: number
  /** After the `:` or `-` whose value this is; undefined at the root and between brackets. */
  readonly after: number | undefined
  readonly flow: boolean
  readonly tag: string | undefined
  readonly anchor: string | undefined
  /** About how long its JSON is. */
  readonly size: number
  /** Levels of lists and objects in it, itself included. */
  readonly height: number
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar'
  readonly value: string
  readonly style: ScalarStyle
  readonly context: ScalarContext
}

export interface SequenceItem {
  /** Where the item begins: its `-` in a block. */
  readonly start: number
  readonly node: YamlNode
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence'
  readonly items: readonly SequenceItem[]
}

export interface Pair {
  /** Where the pair begins: at its key, or at its `?`. */
  readonly start: number
  readonly key: YamlNode
  readonly value: YamlNode
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping'
  readonly pairs: readonly Pair[]
}

/** What is not shown as it stands: an alias, or what a budget forbids. */
export interface AliasNode extends NodeBase {
  readonly kind: 'alias'
  /** What it stands for; undefined when that cannot be shown. */
  readonly target: YamlNode | undefined
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode

/** The tag that aiohttp cassettes have on header names. */
const WRAPPED_TEXT = /^!!python\/object\/(?:apply|new):.*\bi?str$/

/** The scalar that a node comes down to: its own, an alias' one, or the one that a Python text class wraps. */
export function scalarOf(node: YamlNode): ScalarNode | undefined {
  if (node.kind === 'scalar') return node
  if (node.kind === 'alias') return node.target && scalarOf(node.target)
  if (node.kind === 'sequence' && node.items.length === 1 && WRAPPED_TEXT.test(node.tag ?? '')) {
    const inner = node.items[0]?.node
    return inner?.kind === 'scalar' ? inner : undefined
  }
  return undefined
}

/** A node without its aliases and Python wrappings. */
export function settled(node: YamlNode): YamlNode {
  const scalar = scalarOf(node)
  if (scalar) return scalar
  return node.kind === 'alias' && node.target ? settled(node.target) : node
}

/** The name that a key of a mapping has in JSON. */
export function keyText(key: YamlNode): string {
  const node = settled(key)
  if (node.kind === 'scalar') return node.style === 'plain' && node.value === '' ? 'null' : node.value
  if (node.kind === 'sequence') return `[${node.items.map((item) => keyText(item.node)).join(',')}]`
  if (node.kind === 'mapping') {
    return `{${node.pairs.map((pair) => `${keyText(pair.key)}:${keyText(pair.value)}`).join(',')}}`
  }
  return 'null'
}
