/**
 * A fast digest of text that comes in pieces (cyrb53: two 32-bit lanes). It tells equal from different among the files
 * of a folder; it is no protection against somebody who wants two to be equal.
 */
export class Digest {
  #one = 0xdeadbeef
  #two = 0x41c6ce57

  /** Where a piece ends counts: "ab", "c" is not "a", "bc". */
  add(piece: string): void {
    let one = this.#one
    let two = this.#two
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      one = Math.imul(one ^ code, 2654435761)
      two = Math.imul(two ^ code, 1597334677)
    }
    this.#one = Math.imul(one ^ END_OF_PIECE, 2654435761)
    this.#two = Math.imul(two ^ END_OF_PIECE, 1597334677)
  }

  /** Of data that is long and random a part is enough: its length, and every so manieth character. */
  addData(data: string): void {
    if (data.length <= MOST_OF_DATA) {
      this.add(data)
      return
    }
    const step = data.length / MOST_OF_DATA
    let part = `${data.length} `
    for (let at = 0; at < MOST_OF_DATA; at++) part += data.charAt(Math.floor(at * step))
    this.add(part + data.slice(-100))
  }

  /** 13 hex digits: 52 bits. */
  hex(): string {
    let one = this.#one
    let two = this.#two
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
    const high = (two >>> 0) & 0xfffff
    return high.toString(16).padStart(5, '0') + (one >>> 0).toString(16).padStart(8, '0')
  }
}

const MOST_OF_DATA = 4096

/** No character of a text. */
const END_OF_PIECE = 0x10001
