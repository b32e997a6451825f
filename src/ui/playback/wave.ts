import { CHUNK_KINDS } from '../../core/cassette/delta.ts'

/** One bar of the waveform: a chunk, or several where there are more chunks than room. */
export interface Bar {
  readonly x: number
  readonly width: number
  /** 0 to 1. */
  readonly height: number
  /** Code of the kind, see `CHUNK_KINDS`. */
  readonly kind: number
}

/** Narrower bars than this (CSS pixels) are drawn together. */
const NARROWEST = 3

/**
 * The shape of a stream: one bar a chunk, its height the characters it adds (square root, so that single
 * characters are seen beside whole sentences). Where chunks outnumber the room, one bar stands for several and
 * shows the tallest and the most telling of them.
 */
export function waveBars(added: Uint32Array, kinds: Uint8Array, width: number): readonly Bar[] {
  const count = kinds.length
  if (count === 0 || width <= 0) return []
  const slots = Math.min(count, Math.max(1, Math.floor(width / NARROWEST)))
  const slot = width / slots
  let most = 1
  for (const characters of added) if (characters > most) most = characters
  const bars: Bar[] = []
  for (let at = 0; at < slots; at++) {
    const from = Math.floor((at * count) / slots)
    const to = Math.max(from + 1, Math.floor(((at + 1) * count) / slots))
    let tallest = 0
    let kind = 0
    for (let chunk = from; chunk < to; chunk++) {
      tallest = Math.max(tallest, added[chunk] ?? 0)
      kind = Math.max(kind, kinds[chunk] ?? 0)
    }
    bars.push({
      x: at * slot,
      width: Math.min(slot * 0.68, 12),
      height: tallest === 0 ? 0.16 : 0.16 + 0.84 * Math.sqrt(tallest / most),
      kind,
    })
  }
  return bars
}

/** A passage of chunks of one kind, for the words beneath the waveform. */
export interface Passage {
  readonly kind: (typeof CHUNK_KINDS)[number]
  readonly chunk: number
}

/** Passages shorter than this share of the width have no room for their word. */
const WORD_SHARE = 0.09

/** Where text, reasoning, tool calls and so on begin; words that would overlap are left out. */
export function passages(kinds: Uint8Array): readonly Passage[] {
  const found: Passage[] = []
  let before = -1
  let lastShown = Number.NEGATIVE_INFINITY
  for (let chunk = 0; chunk < kinds.length; chunk++) {
    const code = kinds[chunk] ?? 0
    const kind = CHUNK_KINDS[code] ?? 'empty'
    if (
      code === before ||
      kind === 'empty' ||
      kind === 'unknown' ||
      kind === 'message-start' ||
      kind === 'usage' ||
      kind === 'note'
    ) {
      continue
    }
    before = code
    if (chunk - lastShown < kinds.length * WORD_SHARE) continue
    found.push({ kind, chunk })
    lastShown = chunk
  }
  return found
}
