/**
 * What a reader of scalars tells while it reads: `copy` for source that is read as it stands, `put` for source that
 * means something else (an escape, a fold, an indent). Pieces come in order and never overlap.
 */
export interface Sink {
  copy(start: number, end: number): void
  put(text: string, start: number, end: number): void
}

/** The decoded text. */
export class TextSink implements Sink {
  text = ''
  readonly source: string

  constructor(source: string) {
    this.source = source
  }

  copy(start: number, end: number): void {
    this.text += this.source.slice(start, end)
  }

  put(text: string): void {
    this.text += text
  }
}

/** A range of decoded text and the source that says it. */
export interface Place {
  /** Decoded range: may be wider than asked for, never through the middle of an escape or a fold. */
  readonly from: number
  readonly to: number
  /** Source range. */
  readonly start: number
  readonly end: number
}

/** Which decoded range comes from which source range. */
export class PieceMap implements Sink {
  private readonly decoded: number[] = []
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  private readonly verbatim: boolean[] = []
  private length = 0

  copy(start: number, end: number): void {
    this.add(end - start, start, end, true)
  }

  put(text: string, start: number, end: number): void {
    this.add(text.length, start, end, false)
  }

  private add(length: number, start: number, end: number, verbatim: boolean): void {
    this.decoded.push(this.length)
    this.starts.push(start)
    this.ends.push(end)
    this.verbatim.push(verbatim)
    this.length += length
  }

  /** The source of the decoded range `from..to`; `empty` is where the content of an empty scalar would stand. */
  place(from: number, to: number, empty: number): Place {
    if (this.decoded.length === 0) return { from, to, start: empty, end: empty }
    if (from === to) return this.caret(from)
    const first = this.holding(from)
    const last = this.holding(to - 1)
    const low = this.at(this.decoded, first)
    const high = this.at(this.decoded, last)
    const isLowVerbatim = this.verbatim[first] === true
    const isHighVerbatim = this.verbatim[last] === true
    return {
      from: isLowVerbatim ? from : low,
      to: isHighVerbatim ? to : this.endOf(last),
      start: this.at(this.starts, first) + (isLowVerbatim ? from - low : 0),
      end: isHighVerbatim ? this.at(this.starts, last) + to - high : this.at(this.ends, last),
    }
  }

  /** An insertion continues what ends there. */
  private caret(at: number): Place {
    if (at === 0) {
      const start = this.at(this.starts, 0)
      return { from: 0, to: 0, start, end: start }
    }
    const piece = this.holding(at - 1)
    const from = this.at(this.decoded, piece)
    const to = this.endOf(piece)
    if (this.verbatim[piece] === true) {
      const start = this.at(this.starts, piece) + at - from
      return { from: at, to: at, start, end: start }
    }
    const end = this.at(this.ends, piece)
    if (at === to) return { from: at, to: at, start: end, end }
    return { from, to, start: this.at(this.starts, piece), end }
  }

  /** The piece that says the decoded character at `offset`. */
  private holding(offset: number): number {
    let low = 0
    let high = this.decoded.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.at(this.decoded, middle) <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  private endOf(piece: number): number {
    return this.decoded[piece + 1] ?? this.length
  }

  private at(list: readonly number[], index: number): number {
    return list[index] ?? 0
  }
}
