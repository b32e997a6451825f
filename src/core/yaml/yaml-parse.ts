import type { Diagnostic } from '../cassette/diagnostic.ts'
import { YamlError } from './yaml-chars.ts'
import type {
  AliasNode,
  MappingNode,
  Pair,
  ScalarNode,
  SequenceItem,
  SequenceNode,
  YamlNode,
} from './yaml-node.ts'
import { YamlScanner } from './yaml-scan.ts'
import type { Token, TokenKind } from './yaml-token.ts'

/** What a text may cost. */
export const YAML_LIMITS = {
  depth: 512,
  nodes: 1_000_000,
  /** Characters of JSON that aliases may add: a share of the text, and this. */
  aliasShare: 3,
  aliasLength: 1_000_000,
} as const

export interface YamlTree {
  readonly root: YamlNode
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the first document of a text. Throws `YamlError` only. */
export function parseYaml(text: string): YamlTree {
  return new YamlParser(text).document()
}

interface Place {
  readonly after: number | undefined
  readonly flow: boolean
}

interface Properties {
  readonly from: number
  readonly tag: string | undefined
  readonly anchor: string | undefined
}

const TOO_DEEP = `This is nested more than ${YAML_LIMITS.depth} levels deep: it is not shown.`

/** Of what is not written: it is never edited, only replaced. */
const NOWHERE = { indent: -1, flow: false }

const ENDS: Partial<Record<TokenKind, number>> = {
  'block-sequence': 1,
  'block-mapping': 1,
  'flow-sequence': 1,
  'flow-mapping': 1,
  'block-end': -1,
  'flow-sequence-end': -1,
  'flow-mapping-end': -1,
}

/** Tokens to nodes, in the manner of PyYAML's parser and composer. */
class YamlParser {
  private readonly scanner: YamlScanner
  private readonly anchors = new Map<string, YamlNode | undefined>()
  private readonly diagnostics: Diagnostic[] = []
  private depth = 0
  private nodes = 0
  private aliasBudget: number

  constructor(text: string) {
    this.scanner = new YamlScanner(text)
    this.aliasBudget = text.length * YAML_LIMITS.aliasShare + YAML_LIMITS.aliasLength
  }

  document(): YamlTree {
    let after = 0
    while (this.is('directive', 'document-end')) this.scanner.next()
    if (this.is('document-start')) after = this.scanner.next().end
    const root = this.is('document-start', 'document-end', 'directive', 'stream-end')
      ? this.empty({ after: undefined, flow: false }, after)
      : this.node({ after: undefined, flow: false }, false)
    if (!this.is('document-start', 'document-end', 'directive', 'stream-end')) {
      throw new YamlError(this.scanner.peek().start, 'this fits nowhere in the document')
    }
    this.tellOfMore()
    return { root, diagnostics: this.diagnostics }
  }

  private tellOfMore(): void {
    while (this.is('document-end', 'directive')) this.scanner.next()
    if (!this.is('document-start')) return
    const { start, end } = this.scanner.peek()
    this.tell('info', 'yaml-more-documents', 'Only the first document of this file is shown.', start, end)
  }

  private tell(
    severity: Diagnostic['severity'],
    code: string,
    message: string,
    start: number,
    end: number,
  ): void {
    this.diagnostics.push({ severity, code, message, span: { start, end } })
  }

  private is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind)
  }

  private expect(kind: TokenKind, sentence: string): Token {
    const token = this.scanner.next()
    if (token.kind !== kind) throw new YamlError(token.start, sentence)
    return token
  }

  private node(place: Place, indentless: boolean): YamlNode {
    this.count(this.scanner.peek().start)
    if (this.is('alias')) return this.alias(place)
    let tag: string | undefined
    let anchor: string | undefined
    let from: number | undefined
    let end = 0
    while ((tag === undefined && this.is('tag')) || (anchor === undefined && this.is('anchor'))) {
      const token = this.scanner.next()
      if (token.kind === 'tag') tag = token.text
      else anchor = token.text
      from ??= token.start
      end = token.end
    }
    const first = this.scanner.peek()
    const properties = { from: from ?? first.start, tag, anchor }
    // an anchor within itself names nothing yet
    if (anchor !== undefined) this.anchors.set(anchor, undefined)
    const made = this.content(place, properties, indentless)
    const node = made ?? (from === undefined ? undefined : this.empty(place, end, properties))
    if (node === undefined) throw new YamlError(first.start, sentenceFor(first.kind))
    if (anchor !== undefined) this.anchors.set(anchor, node)
    return node
  }

  private content(place: Place, properties: Properties, indentless: boolean): YamlNode | undefined {
    const { kind, start, end, text, style, context } = this.scanner.peek()
    if (kind === 'scalar' && style && context) {
      this.scanner.next()
      const size = text.length + 2
      return { kind, ...place, ...properties, start, end, value: text, style, context, size, height: 0 }
    }
    if (kind === 'block-entry' && indentless) return this.blockSequence(place, properties, true)
    const isGroup = kind === 'flow-sequence' || kind === 'flow-mapping'
    const isBlock = !place.flow && (kind === 'block-sequence' || kind === 'block-mapping')
    if (!isGroup && !isBlock) return undefined
    if (this.depth >= YAML_LIMITS.depth) return this.tooDeep(place, properties)
    this.depth++
    const node =
      kind === 'block-sequence'
        ? this.blockSequence(place, properties, false)
        : kind === 'block-mapping'
          ? this.blockMapping(place, properties)
          : kind === 'flow-sequence'
            ? this.flowSequence(place, properties)
            : this.flowMapping(place, properties)
    this.depth--
    return node
  }

  private count(at: number): void {
    if (++this.nodes > YAML_LIMITS.nodes)
      throw new YamlError(at, 'this file holds more than a million values')
  }

  private empty(place: Place, at: number, properties?: Properties): ScalarNode {
    this.count(at)
    const { from, tag, anchor } = properties ?? { from: at, tag: undefined, anchor: undefined }
    const range = { start: at, end: at, size: 4, height: 0 }
    return {
      kind: 'scalar',
      ...place,
      from,
      tag,
      anchor,
      ...range,
      value: '',
      style: 'plain',
      context: NOWHERE,
    }
  }

  private tooDeep(place: Place, properties: Properties): AliasNode {
    const { start } = this.scanner.peek()
    let level = 0
    let end = start
    do {
      const token = this.scanner.next()
      if (token.kind === 'stream-end')
        throw new YamlError(token.start, 'the text breaks off inside a list or an object')
      level += ENDS[token.kind] ?? 0
      end = token.end
    } while (level > 0)
    this.tell('error', 'yaml-too-deep', TOO_DEEP, start, end)
    return { kind: 'alias', ...place, ...properties, start, end, target: undefined, size: 4, height: 0 }
  }

  private alias(place: Place): AliasNode {
    const { start, end, text } = this.scanner.next()
    const base = {
      kind: 'alias',
      ...place,
      from: start,
      tag: undefined,
      anchor: undefined,
      start,
      end,
    } as const
    const target = this.anchors.get(text)
    if (target === undefined) {
      const message = this.anchors.has(text)
        ? `"*${text}" stands inside what it names: it is shown as null.`
        : `"*${text}" names nothing in this file: it is shown as null.`
      this.tell('error', 'yaml-alias', message, start, end)
      return { ...base, target: undefined, size: 4, height: 0 }
    }
    if (target.size > this.aliasBudget) {
      const message = `"*${text}" would make this file too large to show: it is shown as null.`
      this.tell('error', 'yaml-alias-budget', message, start, end)
      return { ...base, target: undefined, size: 4, height: 0 }
    }
    if (this.depth + target.height > YAML_LIMITS.depth) {
      this.tell('error', 'yaml-too-deep', TOO_DEEP, start, end)
      return { ...base, target: undefined, size: 4, height: 0 }
    }
    this.aliasBudget -= target.size
    return { ...base, target, size: target.size, height: target.height }
  }

  private blockSequence(place: Place, properties: Properties, indentless: boolean): SequenceNode {
    const { start } = indentless ? this.scanner.peek() : this.scanner.next()
    const items: SequenceItem[] = []
    let end = start
    let size = 2
    while (this.is('block-entry')) {
      const dash = this.scanner.next()
      const inside = { after: dash.end, flow: false }
      const isEmpty = this.is('block-entry', 'block-end') || (indentless && this.is('key', 'value'))
      const node = isEmpty ? this.empty(inside, dash.end) : this.node(inside, false)
      items.push({ start: dash.start, node })
      end = node.end
      size += node.size + 2
    }
    if (!indentless)
      this.expect('block-end', 'this is neither an item of the list above nor indented like its holder')
    return {
      kind: 'sequence',
      ...place,
      ...properties,
      start,
      end,
      items,
      size,
      height: tallest(items.map(({ node }) => node)),
    }
  }

  private blockMapping(place: Place, properties: Properties): MappingNode {
    const { start } = this.scanner.next()
    const pairs: Pair[] = []
    let end = start
    while (this.is('key')) {
      const key = this.scanner.next()
      const pair = this.pair(key, { after: undefined, flow: false }, ['key', 'value', 'block-end'])
      pairs.push(pair)
      end = Math.max(pair.key.end, pair.value.end)
    }
    this.expect('block-end', 'a key with ":" is missing here, or the indent is not that of the lines above')
    return { kind: 'mapping', ...place, ...properties, start, end, pairs, ...measured(pairs) }
  }

  /** What follows a `key` token; `ends` are the tokens that leave a key or a value empty. */
  private pair(token: Token, place: Place, ends: readonly TokenKind[]): Pair {
    const key = this.is(...ends)
      ? this.empty({ ...place, after: token.end }, token.end)
      : this.node(place, !place.flow)
    const colon = this.is('value') ? this.scanner.next() : undefined
    const inside = { after: colon?.end, flow: place.flow }
    const isEmpty = colon === undefined || this.is(...ends.filter((kind) => kind !== 'value' || !place.flow))
    const value = isEmpty ? this.empty(inside, colon?.end ?? key.end) : this.node(inside, !place.flow)
    return { start: Math.min(token.start, key.from), key, value }
  }

  private flowSequence(place: Place, properties: Properties): SequenceNode {
    const { start } = this.scanner.next()
    const items: SequenceItem[] = []
    let size = 2
    while (!this.is('flow-sequence-end')) {
      if (items.length > 0) this.expect('flow-entry', 'a "," or "]" is missing here')
      if (this.is('flow-sequence-end')) break
      const node = this.is('key') ? this.singlePair() : this.node({ after: undefined, flow: true }, false)
      items.push({ start: node.from, node })
      size += node.size + 2
    }
    const { end } = this.scanner.next()
    return {
      kind: 'sequence',
      ...place,
      ...properties,
      flow: true,
      start,
      end,
      items,
      size,
      height: tallest(items.map(({ node }) => node)),
    }
  }

  /** `[a: 1]` is a list of an object. */
  private singlePair(): MappingNode {
    const token = this.scanner.next()
    const pair = this.pair(token, { after: undefined, flow: true }, [
      'value',
      'flow-entry',
      'flow-sequence-end',
    ])
    const range = { from: pair.start, start: pair.start, end: Math.max(pair.key.end, pair.value.end) }
    const none = { after: undefined, tag: undefined, anchor: undefined }
    return { kind: 'mapping', flow: true, ...none, ...range, pairs: [pair], ...measured([pair]) }
  }

  private flowMapping(place: Place, properties: Properties): MappingNode {
    const { start } = this.scanner.next()
    const pairs: Pair[] = []
    while (!this.is('flow-mapping-end')) {
      if (pairs.length > 0) this.expect('flow-entry', 'a "," or "}" is missing here')
      if (this.is('flow-mapping-end')) break
      const inside = { after: undefined, flow: true }
      if (this.is('key')) {
        pairs.push(this.pair(this.scanner.next(), inside, ['value', 'flow-entry', 'flow-mapping-end']))
      } else {
        const key = this.node(inside, false)
        pairs.push({ start: key.from, key, value: this.empty(inside, key.end) })
      }
    }
    const { end } = this.scanner.next()
    return { kind: 'mapping', ...place, ...properties, flow: true, start, end, pairs, ...measured(pairs) }
  }
}

function measured(pairs: readonly Pair[]): { readonly size: number; readonly height: number } {
  const size = pairs.reduce((sum, { key, value }) => sum + key.size + value.size + 6, 2)
  return { size, height: tallest(pairs.flatMap(({ key, value }) => [key, value])) }
}

function tallest(nodes: readonly YamlNode[]): number {
  return nodes.reduce((height, node) => Math.max(height, node.height), 0) + 1
}

function sentenceFor(kind: TokenKind): string {
  return kind === 'stream-end'
    ? 'the text breaks off where a value should stand'
    : 'a value should stand here'
}
