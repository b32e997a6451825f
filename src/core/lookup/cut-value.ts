/** A JSON object or a dict of Python that breaks off: copied from a log that shortens what it prints. */
import { unescaped } from './python-literal.ts'

/** What is there of it, and where it ends. */
export interface CutValue {
  /** All that stands before the break, closed where it broke off. */
  readonly json: string
  readonly python: boolean
  /** How many brackets were open, counted along the last member or item of each. */
  readonly levels: number
  /** The last text in it broke off inside. */
  readonly inText: boolean
  /** Where the break is in the text. */
  readonly end: number
}

/** Deeper values are no requests. */
const MOST_LEVELS = 256

const BLANK = /(?:\s|,)*/y
// unrolled: an alternative for each letter overflows at millions
const OPEN_TEXT = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*|'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const WORD = /None|null|True|true|False|false/y
/** What stands where a text was shortened; behind it nothing is what it was. */
const SHORTENED = /(?:\.{3}|…)[^\n]*$/
const WORDS: ReadonlyMap<string, string> = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
])

interface Open {
  readonly close: '}' | ']' | ')'
  readonly parts: string[]
  /** Of the member that is being read. */
  key?: string
}

/** Reads the object or the keyword arguments at `at` up to where they break; undefined where they do not. */
export function readCut(text: string, at: number): CutValue | undefined {
  return new CutReader(text, at).read()
}

class CutReader {
  readonly #text: string
  readonly #open: Open[] = []
  #at: number
  #python = false

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  read(): CutValue | undefined {
    if (!this.#begin()) return undefined
    for (;;) {
      const inside = this.#open.at(-1)
      if (inside === undefined || this.#open.length > MOST_LEVELS) return undefined
      this.#match(BLANK)
      if (this.#text[this.#at] === inside.close) {
        this.#at++
        if (this.#open.length === 1) return undefined
        this.#open.pop()
        this.#put(closed(inside))
        continue
      }
      if (inside.close !== ']' && inside.key === undefined) {
        const key = this.#key(inside.close === ')')
        if (key === undefined) return this.#cut(false)
        inside.key = key
        continue
      }
      if (this.#begin()) continue
      const start = this.#at
      const value = this.#textValue() ?? this.#plain()
      if (value === undefined) return this.#cut(false)
      if (value.isWhole) {
        this.#put(value.json)
        continue
      }
      if (value.json === '""') this.#at = start
      else this.#put(value.json)
      return this.#cut(value.json !== '""')
    }
  }

  /** An opening bracket. */
  #begin(): boolean {
    const opening = this.#text[this.#at]
    const close = opening === '{' ? '}' : opening === '[' ? ']' : opening === '(' ? ')' : undefined
    // inside of a call, brackets hold values together
    if (close === undefined || (close === ')' && this.#open.length > 0)) return false
    this.#open.push({ close, parts: [] })
    if (close === ')') this.#python = true
    this.#at++
    return true
  }

  #put(json: string): void {
    const inside = this.#open.at(-1)
    if (inside === undefined) return
    inside.parts.push(inside.key === undefined ? json : `${inside.key}: ${json}`)
    delete inside.key
  }

  #key(isCall: boolean): string | undefined {
    const start = this.#at
    const key = isCall ? this.#match(/[A-Za-z_]\w*/y) : this.#textValue()
    const json = typeof key === 'string' ? JSON.stringify(key) : key?.isWhole ? key.json : undefined
    this.#match(/\s*/y)
    if (json !== undefined && this.#text[this.#at] === (isCall ? '=' : ':')) {
      this.#at++
      this.#match(/\s*/y)
      return json
    }
    this.#at = start
    return undefined
  }

  #textValue(): { readonly json: string; readonly isWhole: boolean } | undefined {
    const raw = this.#match(OPEN_TEXT)
    if (raw === undefined) return undefined
    const quote = raw.charAt(0)
    if (quote === "'") this.#python = true
    const isWhole = this.#text[this.#at] === quote
    if (isWhole) this.#at++
    const inner = isWhole ? raw.slice(1) : raw.slice(1).replace(SHORTENED, '').replace(BROKEN_ESCAPE, '')
    return { json: quote === '"' ? (jsonText(inner) ?? pythonText(inner)) : pythonText(inner), isWhole }
  }

  #plain(): { readonly json: string; readonly isWhole: true } | undefined {
    const start = this.#at
    const word = this.#match(WORD)
    if (word !== undefined) {
      if (WORDS.has(word)) this.#python = true
      return { json: WORDS.get(word) ?? word, isWhole: true }
    }
    const number = this.#match(NUMBER)
    // "12" may be what is left of 128
    if (number !== undefined && /[\s,}\])]/.test(this.#text.charAt(this.#at)))
      return { json: number, isWhole: true }
    this.#at = start
    return undefined
  }

  #cut(inText: boolean): CutValue {
    const levels = this.#open.length
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      if (this.#open.length === 0) {
        return { json: closed(last), python: this.#python, levels, inText, end: this.#at }
      }
      this.#put(closed(last))
    }
    throw new Error('a value without brackets was read')
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return undefined
    this.#at += found.length
    return found
  }
}

/** An escape of which a part is missing. */
const BROKEN_ESCAPE = /\\(?:u[\da-fA-F]{0,3}|x[\da-fA-F]?)?$/

function closed({ close, parts }: Open): string {
  return close === ']' ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`
}

function jsonText(inner: string): string | undefined {
  try {
    JSON.parse(`"${inner}"`)
    return `"${inner}"`
  } catch {
    return undefined
  }
}

function pythonText(inner: string): string {
  return JSON.stringify(unescaped(inner))
}
