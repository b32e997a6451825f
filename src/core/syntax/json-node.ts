import { type Address, escapePointerToken, type Located, pointerTokens } from '../text/address.ts'
import { type JsonHabits, jsonHabits } from './json-habits.ts'
import { type JsonIndex, NodeKind, type NodeKindCode, scanJson } from './json-index.ts'
import { decodeJsonString } from './json-string.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

const KIND_NAMES: Readonly<Record<NodeKindCode, JsonKind>> = {
  [NodeKind.object]: 'object',
  [NodeKind.array]: 'array',
  [NodeKind.string]: 'string',
  [NodeKind.number]: 'number',
  [NodeKind.true]: 'boolean',
  [NodeKind.false]: 'boolean',
  [NodeKind.null]: 'null',
}

/** A JSON text with its index. `base` is the address of the text itself within the file. */
export class JsonDocument {
  readonly text: string
  readonly index: JsonIndex
  readonly base: Address
  #habits: JsonHabits | undefined

  /** `habits`: of the file that a text was taken from, where it is too short to show any. */
  constructor(text: string, index: JsonIndex, base: Address = [], habits?: JsonHabits) {
    this.text = text
    this.index = index
    this.base = base
    this.#habits = habits
  }

  /** Indexes a text that is known to be JSON. */
  static of(text: string, base: Address = [], habits?: JsonHabits): JsonDocument {
    return new JsonDocument(text, scanJson(text), base, habits)
  }

  /** Undefined for a text without any value. */
  get root(): JsonNode | undefined {
    return this.index.count > 0 ? this.node(0) : undefined
  }

  get habits(): JsonHabits {
    this.#habits ??= jsonHabits(this.text)
    return this.#habits
  }

  /** The node at an RFC 6901 pointer. Of duplicate keys the last counts, as in `JSON.parse`. */
  find(pointer: string): JsonNode | undefined {
    const tokens = pointerTokens(pointer)
    let node = tokens && this.root
    for (const token of tokens ?? []) {
      if (node === undefined) return undefined
      if (node.kind === 'array') node = /^(?:0|[1-9]\d*)$/.test(token) ? node.item(Number(token)) : undefined
      else node = node.get(token)
    }
    return node
  }

  /** The node with this id, in constant time; its pointer is found only when asked for. */
  node(id: number): JsonNode {
    return new JsonNode(this, id, undefined, '')
  }

  /** The pointer of a node: finds the way down by skipping whole subtrees, without making nodes. */
  pointerOf(target: number): string {
    const { nodes } = this.index
    const nextOf = (id: number): number => (nodes[id * 3 + 2] ?? 0) >> 3
    let pointer = ''
    let at = 0
    while (at < target && target < nextOf(at)) {
      const isObject = ((nodes[at * 3 + 2] ?? 0) & 7) === NodeKind.object
      let child = at + 1
      let position = 0
      // an object's member is two nodes: the key, which holds nothing, and the value behind it
      while (nextOf(isObject ? child + 1 : child) <= target) {
        child = nextOf(isObject ? child + 1 : child)
        position++
      }
      if (isObject) {
        const key = decodeJsonString(this.text, nodes[child * 3] ?? 0, nodes[child * 3 + 1] ?? 0)
        pointer += `/${escapePointerToken(key)}`
        if (child === target) return pointer
        at = child + 1
      } else {
        pointer += `/${position}`
        at = child
      }
    }
    return pointer
  }

  /** The innermost node that holds `offset`. */
  nodeAt(offset: number): JsonNode | undefined {
    let node = this.root
    if (node === undefined || offset < node.start || offset > node.end) return undefined
    for (;;) {
      let inner: JsonNode | undefined
      for (const child of node.children()) {
        if (child.start > offset) break
        if (offset <= child.end) inner = child
      }
      if (inner === undefined) return node
      node = inner
    }
  }
}

/**
 * A view of one node. Cheap to make and to throw away; values are decoded only when asked for. A reader never
 * computes an offset: `node.get('delta')?.get('content')?.located()` already knows where it stands.
 */
export class JsonNode {
  readonly document: JsonDocument
  readonly id: number
  readonly #parent: JsonNode | undefined
  readonly #token: string | number

  constructor(document: JsonDocument, id: number, parent: JsonNode | undefined, token: string | number) {
    this.document = document
    this.id = id
    this.#parent = parent
    this.#token = token
  }

  #word(offset: number): number {
    return this.document.index.nodes[this.id * 3 + offset] ?? 0
  }

  get start(): number {
    return this.#word(0)
  }

  get end(): number {
    return this.#word(1)
  }

  /** The id of the first node behind this one and all it holds. */
  get next(): number {
    return this.#word(2) >> 3
  }

  get kind(): JsonKind {
    return KIND_NAMES[(this.#word(2) & 7) as NodeKindCode]
  }

  /** The characters of this node in the file. */
  get raw(): string {
    return this.document.text.slice(this.start, this.end)
  }

  get pointer(): string {
    // a loop: a file can be nested deeper than the stack
    const tokens: string[] = []
    let node: JsonNode = this
    for (let parent = node.#parent; parent !== undefined; parent = node.#parent) {
      tokens.push(`/${escapePointerToken(String(node.#token))}`)
      node = parent
    }
    return node.document.pointerOf(node.id) + tokens.reverse().join('')
  }

  get at(): Address {
    return [...this.document.base, { in: 'json', pointer: this.pointer }]
  }

  /** A member of an object; the last one of duplicates. */
  get(key: string): JsonNode | undefined {
    const { index } = this.document
    const { nodes } = index
    if ((this.#word(2) & 7) !== NodeKind.object) return undefined
    const end = this.next
    let found = -1
    for (let id = this.id + 1; id + 1 < end; ) {
      const start = nodes[id * 3] ?? 0
      const value = id + 1
      const length = (nodes[id * 3 + 1] ?? 0) - start - 2
      // an escaped key is longer than what it reads as, never shorter
      const fits = length === key.length || (index.escapedKeys && length > key.length)
      if (fits && this.#keyIs(key, start, length)) found = value
      id = (nodes[value * 3 + 2] ?? 0) >> 3
    }
    return found === -1 ? undefined : new JsonNode(this.document, found, this, key)
  }

  /** Whether the key whose content starts behind `start` reads as `key`, however it is spelt. */
  #keyIs(key: string, start: number, length: number): boolean {
    const { text, index } = this.document
    if (!index.escapedKeys) return text.startsWith(key, start + 1)
    return decodeJsonString(text, start, start + length + 2) === key
  }

  /** Follows keys and positions; undefined as soon as one is missing. */
  path(...tokens: readonly (string | number)[]): JsonNode | undefined {
    let node: JsonNode | undefined = this
    for (const token of tokens) {
      node = typeof token === 'number' ? node?.item(token) : node?.get(token)
    }
    return node
  }

  /** An item of an array, counted from 0. */
  item(position: number): JsonNode | undefined {
    if ((this.#word(2) & 7) !== NodeKind.array) return undefined
    const { nodes } = this.document.index
    const end = this.next
    let id = this.id + 1
    for (let at = 0; at < position && id < end; at++) id = (nodes[id * 3 + 2] ?? 0) >> 3
    return id < end ? new JsonNode(this.document, id, this, position) : undefined
  }

  /** The ids of all items: random access to long arrays without one object each. */
  itemIds(): Int32Array {
    const ids: number[] = []
    if (this.kind === 'array') {
      const { nodes } = this.document.index
      for (let id = this.id + 1; id < this.next; id = (nodes[id * 3 + 2] ?? 0) >> 3) ids.push(id)
    }
    return Int32Array.from(ids)
  }

  *items(): Generator<JsonNode> {
    if (this.kind !== 'array') return
    const { nodes } = this.document.index
    let position = 0
    for (let id = this.id + 1; id < this.next; id = (nodes[id * 3 + 2] ?? 0) >> 3) {
      yield new JsonNode(this.document, id, this, position++)
    }
  }

  /** How many members an object has, duplicates included; 0 for every other kind. */
  get memberCount(): number {
    if ((this.#word(2) & 7) !== NodeKind.object) return 0
    const { nodes } = this.document.index
    const end = this.next
    let count = 0
    for (let id = this.id + 1; id + 1 < end; id = (nodes[id * 3 + 5] ?? 0) >> 3) count++
    return count
  }

  /** Members in file order, duplicates included. A key cut off by the end of a broken file is left out. */
  *members(): Generator<{ readonly key: string; readonly keyStart: number; readonly value: JsonNode }> {
    if (this.kind !== 'object') return
    const { nodes } = this.document.index
    for (let id = this.id + 1; id + 1 < this.next; ) {
      const keyStart = nodes[id * 3] ?? 0
      const key = decodeJsonString(this.document.text, keyStart, nodes[id * 3 + 1] ?? 0)
      const value = new JsonNode(this.document, id + 1, this, key)
      yield { key, keyStart, value }
      id = value.next
    }
  }

  /** Members as `JSON.parse` sees them: of duplicates only the last. */
  *effectiveMembers(): Generator<{ readonly key: string; readonly value: JsonNode }> {
    const all = [...this.members()]
    const last = new Map(all.map(({ key }, at) => [key, at]))
    for (const [at, member] of all.entries()) {
      if (last.get(member.key) === at) yield member
    }
  }

  *children(): Generator<JsonNode> {
    if (this.kind === 'array') yield* this.items()
    else for (const { value } of this.members()) yield value
  }

  /** Decoded content of a string node; undefined for every other kind. */
  string(): string | undefined {
    return (this.#word(2) & 7) === NodeKind.string
      ? decodeJsonString(this.document.text, this.start, this.end)
      : undefined
  }

  number(): number | undefined {
    return (this.#word(2) & 7) === NodeKind.number ? Number(this.raw) : undefined
  }

  boolean(): boolean | undefined {
    return this.kind === 'boolean' ? this.raw === 'true' : undefined
  }

  get isNull(): boolean {
    return (this.#word(2) & 7) === NodeKind.null
  }

  locatedString(): Located<string> | undefined {
    const value = this.string()
    return value === undefined ? undefined : { value, at: this.at }
  }

  /** The value's source text with its address, for showing and editing a scalar as it is written. */
  locatedRaw(): Located<string> {
    return { value: this.raw, at: this.at }
  }
}
