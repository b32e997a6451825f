import { type JsonIndex, NodeKind } from '../syntax/json-index.ts'
import type { JsonDocument } from '../syntax/json-node.ts'
import { decodeJsonString } from '../syntax/json-string.ts'
import { escapePointerToken } from '../text/address.ts'
import { align } from './align.ts'

/** Told of each value that differs; a missing side is -1. The pointer is relative to where the walk began. */
export type Differs = (pointer: string, oldId: number, newId: number) => void

/** Differences that mean nothing to a reader of JSON. */
export interface Spelling {
  whiteSpace: boolean
  escapes: boolean
  keyOrder: boolean
}

/**
 * Two JSON texts, node by node. Looks only into what is not the same to the letter, and not at all into nodes that
 * somebody has claimed to speak about. Every other difference is either told or noted in `spelling`.
 */
export class Walk {
  readonly spelling: Spelling = { whiteSpace: false, escapes: false, keyOrder: false }
  readonly #old: Text
  readonly #new: Text
  /** Items of lists that were aligned by somebody who knows what they are, by the new list's id. */
  readonly #paired = new Map<number, Iterable<readonly [oldId: number, newId: number]>>()

  constructor(before: JsonDocument, after: JsonDocument) {
    this.#old = new Text(before)
    this.#new = new Text(after)
  }

  claim(oldId: number | undefined, newId: number | undefined): void {
    if (oldId !== undefined) this.#old.claimed[oldId] = 1
    if (newId !== undefined) this.#new.claimed[newId] = 1
  }

  /** Of this list only these items are compared; what was added or removed has been said. */
  pair(newList: number, items: Iterable<readonly [oldId: number, newId: number]>): void {
    this.#paired.set(newList, items)
  }

  /** The white space before and behind the documents. */
  around(): void {
    const [old, now] = [this.#old, this.#new]
    const [oldEnd, newEnd] = [old.end(0), now.end(0)]
    const same =
      old.text.slice(0, old.start(0)) === now.text.slice(0, now.start(0)) &&
      old.text.slice(oldEnd) === now.text.slice(newEnd)
    if (!same) this.spelling.whiteSpace = true
  }

  /** Whether two values differ in more than their spelling. */
  differ(oldId: number, newId: number): boolean {
    let found = false
    this.compare(oldId, newId, '', () => {
      found = true
    })
    return found
  }

  compare(oldId: number, newId: number, pointer: string, differs: Differs): void {
    const [old, now] = [this.#old, this.#new]
    if (old.raw(oldId) === now.raw(newId)) return
    const kind = old.kind(oldId)
    if (old.claimed[oldId] || now.claimed[newId]) {
      // who speaks about a text speaks about what it reads as
      const strings = kind === NodeKind.string && now.kind(newId) === NodeKind.string
      if (strings && old.string(oldId) === now.string(newId)) this.spelling.escapes = true
      return
    }
    if (kind !== now.kind(newId)) differs(pointer, oldId, newId)
    else if (kind === NodeKind.object) this.#objects(oldId, newId, pointer, differs)
    else if (kind === NodeKind.array) this.#arrays(oldId, newId, pointer, differs)
    else if (kind === NodeKind.string && old.string(oldId) === now.string(newId)) this.spelling.escapes = true
    else differs(pointer, oldId, newId)
  }

  #objects(oldId: number, newId: number, pointer: string, differs: Differs): void {
    const [old, now] = [this.#old, this.#new]
    const [oldNext, newNext] = [old.next(oldId), now.next(newId)]
    let [oldKey, newKey] = [oldId + 1, newId + 1]
    let [oldAt, newAt] = [old.start(oldId), now.start(newId)]
    while (oldKey + 1 < oldNext && newKey + 1 < newNext && old.string(oldKey) === now.string(newKey)) {
      this.#between(oldAt, old.start(oldKey), newAt, now.start(newKey))
      this.#between(old.end(oldKey), old.start(oldKey + 1), now.end(newKey), now.start(newKey + 1))
      if (old.raw(oldKey) !== now.raw(newKey)) this.spelling.escapes = true
      oldAt = old.end(oldKey + 1)
      newAt = now.end(newKey + 1)
      oldKey = old.next(oldKey + 1)
      newKey = now.next(newKey + 1)
    }
    if (oldKey === oldNext && newKey === newNext) {
      this.#between(oldAt, old.end(oldId), newAt, now.end(newId))
      for (let [o, n] = [oldId + 1, newId + 1]; o < oldNext; o = old.next(o + 1), n = now.next(n + 1)) {
        if (old.raw(o + 1) === now.raw(n + 1)) continue
        this.compare(o + 1, n + 1, `${pointer}/${escapePointerToken(old.string(o))}`, differs)
      }
    } else this.#members(oldId, newId, pointer, differs)
  }

  /** Objects that do not have the same keys in the same order; of duplicates the last counts. */
  #members(oldId: number, newId: number, pointer: string, differs: Differs): void {
    const [before, after] = [this.#old.members(oldId), this.#new.members(newId)]
    const common = [...before.keys()].filter((key) => after.has(key))
    const inNew = [...after.keys()].filter((key) => before.has(key))
    if (common.some((key, at) => key !== inNew[at])) this.spelling.keyOrder = true
    for (const [key, value] of before) {
      const inside = `${pointer}/${escapePointerToken(key)}`
      const other = after.get(key)
      if (other !== undefined) this.compare(value, other, inside, differs)
      else if (!this.#old.claimed[value]) differs(inside, value, -1)
    }
    for (const [key, value] of after) {
      if (before.has(key) || this.#new.claimed[value]) continue
      differs(`${pointer}/${escapePointerToken(key)}`, -1, value)
    }
  }

  #arrays(oldId: number, newId: number, pointer: string, differs: Differs): void {
    const paired = this.#paired.get(newId)
    if (paired !== undefined) {
      for (const [o, n] of paired) this.compare(o, n, `${pointer}/-`, differs)
      return
    }
    const [old, now] = [this.#old, this.#new]
    const [before, after] = [old.items(oldId), now.items(newId)]
    if (before.length === after.length) {
      let [oldAt, newAt] = [old.start(oldId), now.start(newId)]
      before.forEach((o, at) => {
        const n = after[at] ?? 0
        this.#between(oldAt, old.start(o), newAt, now.start(n))
        oldAt = old.end(o)
        newAt = now.end(n)
        this.compare(o, n, `${pointer}/${at}`, differs)
      })
      this.#between(oldAt, old.end(oldId), newAt, now.end(newId))
      return
    }
    const oldKey = (at: number): string => old.raw(before[at] ?? 0)
    const newKey = (at: number): string => now.raw(after[at] ?? 0)
    for (const { same, oldStart, oldEnd, newStart, newEnd } of align(
      before.length,
      after.length,
      oldKey,
      newKey,
    )) {
      if (same) continue
      const both = Math.min(oldEnd - oldStart, newEnd - newStart)
      for (let at = 0; at < both; at++) {
        this.compare(
          before[oldStart + at] ?? 0,
          after[newStart + at] ?? 0,
          `${pointer}/${newStart + at}`,
          differs,
        )
      }
      for (let at = oldStart + both; at < oldEnd; at++) differs(`${pointer}/${at}`, before[at] ?? 0, -1)
      for (let at = newStart + both; at < newEnd; at++) differs(`${pointer}/${at}`, -1, after[at] ?? 0)
    }
  }

  /** What stands between two tokens is white space and punctuation; the latter is the same. */
  #between(oldStart: number, oldEnd: number, newStart: number, newEnd: number): void {
    if (this.spelling.whiteSpace) return
    if (this.#old.text.slice(oldStart, oldEnd) !== this.#new.text.slice(newStart, newEnd)) {
      this.spelling.whiteSpace = true
    }
  }
}

/** One document by its integers: a walk over 500,000 chunks makes no object for a node. */
class Text {
  readonly text: string
  readonly #index: JsonIndex
  readonly claimed: Uint8Array

  constructor({ text, index }: JsonDocument) {
    this.text = text
    this.#index = index
    this.claimed = new Uint8Array(index.count)
  }

  start(id: number): number {
    return this.#index.nodes[id * 3] ?? 0
  }

  end(id: number): number {
    return this.#index.nodes[id * 3 + 1] ?? 0
  }

  next(id: number): number {
    return (this.#index.nodes[id * 3 + 2] ?? 0) >> 3
  }

  kind(id: number): number {
    return (this.#index.nodes[id * 3 + 2] ?? 0) & 7
  }

  raw(id: number): string {
    return this.text.slice(this.start(id), this.end(id))
  }

  string(id: number): string {
    return decodeJsonString(this.text, this.start(id), this.end(id))
  }

  members(id: number): ReadonlyMap<string, number> {
    const found = new Map<string, number>()
    for (let key = id + 1; key + 1 < this.next(id); key = this.next(key + 1)) {
      const name = this.string(key)
      // as `JSON.parse` has it: the place of the first, the value of the last
      found.set(name, key + 1)
    }
    return found
  }

  items(id: number): readonly number[] {
    const found: number[] = []
    for (let item = id + 1; item < this.next(id); item = this.next(item)) found.push(item)
    return found
  }
}
