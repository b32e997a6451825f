import type { AssembledPart } from '../cassette/stream.ts'
import { spanOfChunk, type Track } from '../cassette/stream.ts'
import { align } from './align.ts'
import type { Side } from './side.ts'

/**
 * How a run of old chunks became a run of new ones:
 * - `paired`: as many as before, each stands for the one at its place;
 * - `recut`: they add the same as before, cut into other pieces;
 * - `other`: those on the old side were removed, those on the new side were added.
 * Chunks that are the same to the letter are in no run.
 */
export interface ChunkRun {
  readonly kind: 'paired' | 'recut' | 'other'
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

/** The same part of the same answer on both sides; undefined where a side does not have it. */
export interface PartPair {
  readonly choice: number
  readonly before: AssembledPart | undefined
  readonly after: AssembledPart | undefined
  readonly oldTrack: Track | undefined
  readonly newTrack: Track | undefined
}

/** Parts by choice, kind and number; tool calls by choice and index. In the order of the new side. */
export function pairParts(before: Side, after: Side): readonly PartPair[] {
  const [old, now] = [partsOf(before), partsOf(after)]
  const keys = new Set([...now.keys(), ...old.keys()])
  return [...keys].map((key) => {
    const [one, other] = [old.get(key), now.get(key)]
    return {
      choice: one?.choice ?? other?.choice ?? 0,
      before: one?.part,
      after: other?.part,
      oldTrack: trackOf(before, one?.part),
      newTrack: trackOf(after, other?.part),
    }
  })
}

interface NumberedPart {
  readonly choice: number
  readonly part: AssembledPart
}

function partsOf({ interaction }: Side): ReadonlyMap<string, NumberedPart> {
  const parts = new Map<string, NumberedPart>()
  for (const { choice, parts: all } of interaction.stream.messages) {
    const met = new Map<string, number>()
    for (const part of all) {
      const number = met.get(part.kind) ?? 0
      met.set(part.kind, number + 1)
      parts.set(`${choice} ${part.kind} ${part.kind === 'tool-call' ? part.call.index : number}`, {
        choice,
        part,
      })
    }
  }
  return parts
}

function trackOf({ interaction }: Side, part: AssembledPart | undefined): Track | undefined {
  if (part === undefined) return undefined
  const at = part.kind === 'tool-call' ? part.call.argumentsTrack : 'track' in part ? part.track : undefined
  return at === undefined ? undefined : interaction.stream.tracks[at]
}

/** What chunks `start` to `end` add to a track. */
export function addedBy(track: Track | undefined, start: number, end: number): string {
  if (track === undefined || start >= end) return ''
  return track.text.slice(spanOfChunk(track, start).start, spanOfChunk(track, end - 1).end)
}

/**
 * Aligns the chunks by their text; where nothing is the same to the letter (a field that changed in all of them)
 * by what they add.
 */
export function chunkRuns(before: Side, after: Side, parts: readonly PartPair[]): readonly ChunkRun[] {
  const [oldStream, newStream] = [before.interaction.stream, after.interaction.stream]
  const oldRaw = rawOf(before)
  const newRaw = rawOf(after)
  const oldTracks = parts.map(({ oldTrack }) => oldTrack)
  const newTracks = parts.map(({ newTrack }) => newTrack)
  const adds = (
    tracks: readonly (Track | undefined)[],
    kinds: Uint8Array,
    start: number,
    end: number,
  ): string =>
    `${end - start === 1 ? (kinds[start] ?? 0) : ''}\u0000${tracks.map((track) => addedBy(track, start, end)).join('\u0000')}`
  const runs: ChunkRun[] = []
  const gap = (o0: number, o1: number, n0: number, n1: number): void => {
    const [olds, news] = [o1 - o0, n1 - n0]
    if (olds === news) {
      push(runs, 'paired', o0, o1, n0, n1)
      return
    }
    if (olds > 0 && news > 0) {
      const texts = (tracks: readonly (Track | undefined)[], start: number, end: number): string =>
        tracks.map((track) => addedBy(track, start, end)).join('\u0000')
      const recut = texts(oldTracks, o0, o1)
      if (recut.replaceAll('\u0000', '') !== '' && recut === texts(newTracks, n0, n1)) {
        push(runs, 'recut', o0, o1, n0, n1)
        return
      }
    }
    // what is left over is taken for added or removed where the kinds no longer agree
    const alike = (o: number, n: number): boolean => oldStream.kinds[o] === newStream.kinds[n]
    let head = 0
    while (head < Math.min(olds, news) && alike(o0 + head, n0 + head)) head++
    let tail = 0
    while (tail < Math.min(olds, news) - head && alike(o1 - 1 - tail, n1 - 1 - tail)) tail++
    push(runs, 'paired', o0, o0 + head, n0, n0 + head)
    push(runs, 'other', o0 + head, o1 - tail, n0 + head, n1 - tail)
    push(runs, 'paired', o1 - tail, o1, n1 - tail, n1)
  }
  for (const run of align(oldStream.chunkNodes.length, newStream.chunkNodes.length, oldRaw, newRaw)) {
    if (run.same) continue
    const { oldStart, oldEnd, newStart, newEnd } = run
    const oldAdds = (at: number): string => adds(oldTracks, oldStream.kinds, oldStart + at, oldStart + at + 1)
    const newAdds = (at: number): string => adds(newTracks, newStream.kinds, newStart + at, newStart + at + 1)
    for (const inner of align(oldEnd - oldStart, newEnd - newStart, oldAdds, newAdds)) {
      const [o0, o1] = [oldStart + inner.oldStart, oldStart + inner.oldEnd]
      const [n0, n1] = [newStart + inner.newStart, newStart + inner.newEnd]
      if (inner.same) push(runs, 'paired', o0, o1, n0, n1)
      else gap(o0, o1, n0, n1)
    }
  }
  return runs
}

function push(
  runs: ChunkRun[],
  kind: ChunkRun['kind'],
  o0: number,
  o1: number,
  n0: number,
  n1: number,
): void {
  if (o0 === o1 && n0 === n1) return
  const last = runs.at(-1)
  if (last?.kind === kind && kind === 'paired' && last.oldEnd === o0 && last.newEnd === n0) {
    runs[runs.length - 1] = { ...last, oldEnd: o1, newEnd: n1 }
  } else runs.push({ kind, oldStart: o0, oldEnd: o1, newStart: n0, newEnd: n1 })
}

/** The text of each chunk as the file has it. */
export function rawOf({ interaction, document }: Side): (at: number) => string {
  const { chunkNodes } = interaction.stream
  const { nodes } = document.index
  return (at) => {
    const id = (chunkNodes[at] ?? 0) * 3
    return document.text.slice(nodes[id], nodes[id + 1])
  }
}
