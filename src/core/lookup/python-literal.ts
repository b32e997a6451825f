/**
 * Values as Python (and JavaScript) source writes them, as JSON text: an integer stays one and a float stays one.
 * Only literals: a name that stands for something else ends it.
 */

/** JSON text and where the literal ends. */
export interface Literal {
  readonly json: string
  readonly end: number
}

/** Deeper pastes are no requests. */
const MOST_LEVELS = 256

const WORDS: ReadonlyMap<string, string> = new Map([
  ['None', 'null'],
  ['null', 'null'],
  ['True', 'true'],
  ['true', 'true'],
  ['False', 'false'],
  ['false', 'false'],
])

/** Digits of a number in another base: to turn many of them into decimals takes long. */
const LONGEST_BASED = 1000

/** What a client leaves out of the request. */
const NOT_GIVEN = /(?:\w+\.)*(?:NOT_GIVEN|NotGiven|omit|Omit|undefined)(?:\(\))?/y

/** The literal that begins at `at`, behind white space; undefined where none does. */
export function readLiteral(text: string, at: number): Literal | undefined {
  const reader = new Reader(text, at)
  const json = reader.value(0)
  return json === undefined ? undefined : { json, end: reader.at }
}

/** `(model="x", **{...})` as an object: the keyword arguments of a call whose bracket stands at `at`. */
export function readArguments(text: string, at: number): Literal | undefined {
  const reader = new Reader(text, at)
  const json = reader.arguments()
  return json === undefined ? undefined : { json, end: reader.at }
}

class Reader {
  readonly #text: string
  at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.at = at
  }

  value(level: number): string | undefined {
    if (level > MOST_LEVELS) return undefined
    this.#skip()
    const next = this.#text[this.at]
    if (next === '{') return this.#dict(level)
    if (next === '[') {
      const list = this.#list(']', level)
      return list && `[${list.items.join(', ')}]`
    }
    if (next === '(') return this.#tuple(level)
    const text = this.#strings()
    if (text !== undefined) return JSON.stringify(text)
    const word = this.#match(/[A-Za-z_]\w*/y)
    if (word !== undefined) return WORDS.get(word)
    return this.#number()
  }

  arguments(): string | undefined {
    if (!this.#take('(')) return undefined
    const members: string[] = []
    while (!this.#take(')')) {
      if (this.#take('**')) {
        const json = this.value(1)
        if (json === undefined) return undefined
        const inner = /^\{(.*)\}$/s.exec(json)?.[1]
        if (inner) members.push(inner)
      } else {
        const name = this.#match(/[A-Za-z_]\w*(?=\s*=[^=])/y)
        if (name === undefined || !this.#take('=')) return undefined
        if (!this.#leftOut()) {
          const json = this.value(1)
          if (json === undefined) return undefined
          members.push(`${JSON.stringify(name)}: ${json}`)
        }
      }
      if (!this.#take(',') && !this.#sees(')')) return undefined
    }
    return members.length === 0 ? undefined : `{${members.join(', ')}}`
  }

  #dict(level: number): string | undefined {
    this.at++
    const members: string[] = []
    while (!this.#take('}')) {
      this.#skip()
      const key = this.#strings() ?? this.#match(/[A-Za-z_$][\w$]*(?=\s*:)/y)
      if (key === undefined || !this.#take(':')) return undefined
      if (!this.#leftOut()) {
        const value = this.value(level + 1)
        if (value === undefined) return undefined
        members.push(`${JSON.stringify(key)}: ${value}`)
      }
      if (!this.#take(',') && !this.#sees('}')) return undefined
    }
    return `{${members.join(', ')}}`
  }

  /** The items up to a bracket, and whether a comma stands behind the last. */
  #list(
    close: string,
    level: number,
  ): { readonly items: readonly string[]; readonly comma: boolean } | undefined {
    this.at++
    const items: string[] = []
    let comma = false
    while (!this.#take(close)) {
      const value = this.value(level + 1)
      if (value === undefined) return undefined
      items.push(value)
      comma = this.#take(',')
      if (!comma && !this.#sees(close)) return undefined
    }
    return { items, comma }
  }

  /** Brackets around one value without a comma only hold it together. */
  #tuple(level: number): string | undefined {
    // read once: to try it both ways doubles the work at each level
    const list = this.#list(')', level)
    if (list === undefined) return undefined
    const { items, comma } = list
    return items.length === 1 && !comma ? items[0] : `[${items.join(', ')}]`
  }

  /** One string, or several that stand one behind the other. */
  #strings(): string | undefined {
    let joined: string | undefined
    for (;;) {
      const start = this.at
      this.#skip()
      const piece = this.#string()
      if (piece === undefined) {
        this.at = start
        return joined
      }
      joined = (joined ?? '') + piece
    }
  }

  #string(): string | undefined {
    const opening = this.#match(/([rRbBuUfF]{0,2})("""|'''|"|')/y)
    if (opening === undefined) return undefined
    const quote = /["']+$/.exec(opening)?.[0] ?? ''
    const prefix = opening.slice(0, opening.length - quote.length).toLowerCase()
    const start = this.at
    let end = start
    while (end < this.#text.length && !this.#text.startsWith(quote, end)) {
      if (quote.length === 1 && this.#text[end] === '\n') return this.#fail(start - opening.length)
      end += this.#text[end] === '\\' ? 2 : 1
    }
    if (end >= this.#text.length) return this.#fail(start - opening.length)
    const raw = this.#text.slice(start, end)
    // what stands in the braces of a formatted string is not known here
    if (prefix.includes('f') && /[{}]/.test(raw)) return this.#fail(start - opening.length)
    this.at = end + quote.length
    return prefix.includes('r') ? raw : unescaped(raw)
  }

  #fail(at: number): undefined {
    this.at = at
    return undefined
  }

  #number(): string | undefined {
    const token = this.#match(
      /[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][-+]?\d+)?)/y,
    )
    if (token === undefined) return undefined
    const plain = token.replaceAll('_', '').replace(/^\+/, '')
    if (/^-?0[xob]/i.test(plain)) {
      // "0x_" is none; and nobody writes so many digits of a base
      if (!/^-?0.[\da-f]+$/i.test(plain) || plain.length > LONGEST_BASED) return undefined
      const negative = plain.startsWith('-')
      return `${negative ? '-' : ''}${BigInt(plain.replace('-', ''))}`
    }
    const number = plain.replace(/^(-?)\./, '$10.').replace(/\.(?=$|[eE])/, '.0')
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(number) ? number : undefined
  }

  #leftOut(): boolean {
    this.#skip()
    return this.#match(NOT_GIVEN) !== undefined
  }

  #skip(): void {
    // one after the other: a repeated group overflows at millions
    while (this.#match(/\s+|#[^\n]*|\\\n/y) !== undefined);
  }

  #sees(token: string): boolean {
    this.#skip()
    return this.#text.startsWith(token, this.at)
  }

  #take(token: string): boolean {
    if (!this.#sees(token)) return false
    this.at += token.length
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return undefined
    this.at += found.length
    return found
  }
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\x07'],
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
])

/** The text between the quotes of a Python string. */
export function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (all, hex: string | undefined, unit?: string, point?: string, octal?: string, letter?: string) => {
      const code = hex ?? unit ?? point
      if (code !== undefined) {
        const value = Number.parseInt(code, 16)
        return value > 0x10ffff ? all : String.fromCodePoint(value)
      }
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
      // an escape that Python does not know is two characters
      return SHORT_ESCAPES.get(letter ?? '') ?? all
    },
  )
}
