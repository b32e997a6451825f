import { type ChunkRun, rawOf } from './chunk-runs.ts'
import { listOf, type Side } from './side.ts'
import type { Walk } from './walk.ts'
import {
  type ChunkRange,
  change,
  counted,
  fromTo,
  inChunks,
  isScalar,
  listed,
  number,
  quoteRaw,
  Ranges,
  type WordedChange,
} from './words.ts'

/** Chunks that came, went, moved or were cut otherwise, and fields of those that stayed. Claims the chunks. */
export function chunkChanges(
  before: Side,
  after: Side,
  runs: readonly ChunkRun[],
  walk: Walk,
): readonly WordedChange[] {
  const streamed = before.interaction.response.streaming || after.interaction.response.streaming
  const changes = [...fieldChanges(before, after, runs, walk, streamed)]
  if (streamed) changes.push(...countChanges(before, after, runs))
  claimChunks(before, after, runs, walk)
  return changes
}

interface Field {
  readonly ranges: Ranges
  readonly from: string | undefined
  readonly to: string | undefined
  /** The same change in each chunk. */
  uniform: boolean
}

/** Fields deeper down are said by what holds them. */
const FIELD_DEPTH = 4
const MOST_FIELDS = 8

function fieldChanges(
  before: Side,
  after: Side,
  runs: readonly ChunkRun[],
  walk: Walk,
  streamed: boolean,
): readonly WordedChange[] {
  const fields = new Map<string, Field>()
  const [oldNodes, newNodes] = [before.interaction.stream.chunkNodes, after.interaction.stream.chunkNodes]
  const rawAt = (side: Side, id: number): string | undefined =>
    id < 0 ? undefined : side.document.node(id).raw
  for (const { kind, oldStart, newStart, newEnd } of runs) {
    if (kind !== 'paired') continue
    for (let at = newStart; at < newEnd; at++) {
      walk.compare(
        oldNodes[oldStart + at - newStart] ?? 0,
        newNodes[at] ?? 0,
        '',
        (pointer, oldId, newId) => {
          const tokens = pointer.split('/')
          const deep = tokens.length - 1 > FIELD_DEPTH
          const name = deep ? tokens.slice(0, FIELD_DEPTH + 1).join('/') : pointer
          const from = deep ? undefined : rawAt(before, oldId)
          const to = deep ? undefined : rawAt(after, newId)
          const field = fields.get(name) ?? { ranges: new Ranges(), from, to, uniform: !deep }
          if (field.from !== from || field.to !== to) field.uniform = false
          if (field.ranges.last !== at) field.ranges.add(at)
          fields.set(name, field)
        },
      )
    }
  }
  const said = [...fields].slice(0, MOST_FIELDS).map(([pointer, field]) => {
    const name = pointer === '' ? 'the whole chunk' : pointer.slice(1).replaceAll('/', '.')
    const all = field.ranges.count === newNodes.length && newNodes.length > 1
    const where = !streamed
      ? [' in the response']
      : all
        ? [` in all ${number(newNodes.length)} chunks`]
        : inChunks(field.ranges.all)
    return change('chunk-field', ...verb(name, field, where))
  })
  const more = fields.size - said.length
  return more > 0
    ? [...said, change('chunk-field', `${counted(more, 'more field')} of chunks changed`)]
    : said
}

function verb(
  name: string,
  { from, to, uniform }: Field,
  where: readonly (string | ChunkRange)[],
): readonly (string | ChunkRange)[] {
  if (!uniform) return [`${name} changed`, ...where]
  if (from === undefined)
    return [`${name} added`, ...where, to !== undefined && isScalar(to) ? `: ${quoteRaw(to)}` : '']
  if (to === undefined) return [`${name} removed`, ...where]
  return [`${name} changed`, ...where, fromTo(from, to)]
}

function countChanges(before: Side, after: Side, runs: readonly ChunkRun[]): readonly WordedChange[] {
  const changes: WordedChange[] = []
  const [removed, added]: [number[], number[]] = [[], []]
  for (const { kind, oldStart, oldEnd, newStart, newEnd } of runs) {
    if (kind === 'recut') changes.push(recutChange(oldStart, oldEnd, newStart, newEnd))
    if (kind !== 'other') continue
    for (let at = oldStart; at < oldEnd; at++) removed.push(at)
    for (let at = newStart; at < newEnd; at++) added.push(at)
  }
  const moved = movedChunks(rawOf(before), rawOf(after), removed, added)
  const gone = new Ranges()
  const come = new Ranges()
  for (const at of removed) if (!moved.has(at)) gone.add(at)
  const arrived = new Set(moved.values())
  for (const at of added) if (!arrived.has(at)) come.add(at)
  changes.push(...movedChanges(moved))
  if (come.count > 0) {
    const range = come.all.length > MOST_PLACES ? inChunks(come.all) : [': ', ...listed(come.all)]
    changes.push(change('chunks', `${counted(come.count, 'chunk')} added`, ...range))
  }
  if (gone.count > 0) {
    changes.push(change('chunks', `${counted(gone.count, 'chunk')} removed: ${oldNumbers(gone)}`))
  }
  return changes
}

const MOST_PLACES = 4

/** Numbers of the old side lead nowhere any more: they are words. */
function oldNumbers(gone: Ranges): string {
  const [first, last] = [gone.all[0], gone.all.at(-1)]
  if (first === undefined || last === undefined) return ''
  if (gone.count === 1) return `it was chunk ${first.first}`
  if (gone.all.length > MOST_PLACES) return `they were between chunks ${first.first} and ${last.last}`
  const spans = gone.all.map((one) => (one.first === one.last ? `${one.first}` : `${one.first}-${one.last}`))
  return `they were chunks ${spans.join(', ')}`
}

function recutChange(oldStart: number, oldEnd: number, newStart: number, newEnd: number): WordedChange {
  const now = { first: newStart, last: newEnd - 1 }
  const olds = oldEnd - oldStart
  const old = olds === 1 ? `chunk ${oldStart}` : `chunks ${oldStart}-${oldEnd - 1}`
  if (olds === 1) return change('chunks', `${old} split into ${newEnd - newStart}: `, now)
  if (newEnd - newStart === 1) return change('chunks', `${old} joined into `, now)
  return change('chunks', `${old} cut otherwise into `, now, ', the text is the same')
}

/** Chunks that went in one place and stand, to the letter, in another: old number to new. */
function movedChunks(
  oldRaw: (at: number) => string,
  newRaw: (at: number) => string,
  removed: readonly number[],
  added: readonly number[],
): ReadonlyMap<number, number> {
  const places = new Map<string, number[]>()
  for (const at of removed) {
    const raw = oldRaw(at)
    const known = places.get(raw)
    if (known === undefined) places.set(raw, [at])
    else known.push(at)
  }
  const moved = new Map<number, number>()
  for (const at of added) {
    const from = places.get(newRaw(at))?.shift()
    if (from !== undefined) moved.set(from, at)
  }
  return moved
}

function movedChanges(moved: ReadonlyMap<number, number>): readonly WordedChange[] {
  const runs: { from: number; to: number; count: number }[] = []
  for (const [from, to] of [...moved].toSorted((a, b) => a[1] - b[1])) {
    const last = runs.at(-1)
    if (last !== undefined && last.from + last.count === from && last.to + last.count === to) last.count++
    else runs.push({ from, to, count: 1 })
  }
  if (runs.length > MOST_PLACES) return [change('chunks', `${counted(moved.size, 'chunk')} moved`)]
  return runs.map(({ from, to, count }) => {
    const old = count === 1 ? `chunk ${from}` : `chunks ${from}-${from + count - 1}`
    return change('chunks', `${old} moved, now `, { first: to, last: to + count - 1 })
  })
}

/** What stands around the chunks (a recorder's wrapping) is compared along the same pairs. */
function claimChunks(before: Side, after: Side, runs: readonly ChunkRun[], walk: Walk): void {
  const [oldNodes, newNodes] = [before.interaction.stream.chunkNodes, after.interaction.stream.chunkNodes]
  for (const id of oldNodes) walk.claim(id, undefined)
  for (const id of newNodes) walk.claim(undefined, id)
  const oldList = before.interaction.response.streaming ? listOf(before.document, oldNodes) : undefined
  const newList = after.interaction.response.streaming ? listOf(after.document, newNodes) : undefined
  if (oldList === undefined || newList === undefined) {
    // one side has no chunks: that they all came or went has been said
    if (oldNodes.length === 0 || newNodes.length === 0) walk.claim(oldList, newList)
    return
  }
  const [oldItems, newItems] = [
    before.document.node(oldList).itemIds(),
    after.document.node(newList).itemIds(),
  ]
  walk.pair(newList, pairsOf(oldItems, newItems, runs))
}

/** All chunks that are on both sides: those between the runs, and those of runs that are paired. */
function* pairsOf(
  oldItems: Int32Array,
  newItems: Int32Array,
  runs: readonly ChunkRun[],
): Generator<readonly [number, number]> {
  let old = 0
  let at = 0
  const pair = function* (until: number): Generator<readonly [number, number]> {
    for (; at < until; at++, old++) yield [oldItems[old] ?? 0, newItems[at] ?? 0]
  }
  for (const { kind, oldEnd, newStart, newEnd } of runs) {
    yield* pair(newStart)
    if (kind === 'paired') yield* pair(newEnd)
    old = oldEnd
    at = newEnd
  }
  yield* pair(newItems.length)
}
