import { readBlock } from './yaml-block.ts'
import {
  breakLength,
  isBlank,
  isBreak,
  isDocumentMark,
  isFlowIndicator,
  isSpaceOrEnd,
  lineEndAt,
  lineStartOf,
  YamlError,
} from './yaml-chars.ts'
import { TextSink } from './yaml-pieces.ts'
import { readPlain, type ScalarContext, startsPlain } from './yaml-plain.ts'
import { readQuoted } from './yaml-quoted.ts'
import type { Token, TokenKind } from './yaml-token.ts'

/** A key that may still turn out to be one: `:` has to follow on its line. */
interface PossibleKey {
  readonly token: number
  readonly start: number
  readonly lineStart: number
  /** Where it stands nothing but a key can. */
  readonly required: boolean
}

/** Nobody nests deeper; every open level costs memory. */
const MAX_LEVELS = 200_000
const TOO_MANY_LEVELS = 'this is nested too deep'

/** As far as PyYAML and libyaml look back for the key of a `:`. */
const MAX_KEY_LENGTH = 1024

/**
 * Cuts a YAML text into tokens, in the manner of PyYAML's scanner: no recursion, no look back further than a line, so
 * time and stack stay linear for any text.
 */
export class YamlScanner {
  private readonly text: string
  private at = 0
  private lineStart = 0
  private indent = -1
  private readonly indents: number[] = []
  private flowLevel = 0
  private context: ScalarContext = { indent: -1, flow: false }
  private mayBeKey = true
  /** By flow level. */
  private readonly keys: (PossibleKey | undefined)[] = []
  /** No level below this one has a possible key. */
  private firstKeyLevel = 0
  private queue: Token[] = []
  private head = 0
  private taken = 0
  private done = false

  constructor(text: string) {
    this.text = text
    if (text.charCodeAt(0) === 0xfeff) this.at = this.lineStart = 1
  }

  peek(): Token {
    while (this.needsMore()) this.fetch()
    const token = this.queue[this.head]
    if (token === undefined) throw new YamlError(this.at, 'nothing is left to read')
    return token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind === 'stream-end') return token
    this.head++
    this.taken++
    // half of it: what is moved has been paid for
    if (this.head > 4096 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
    return token
  }

  private needsMore(): boolean {
    if (this.done) return false
    if (this.head >= this.queue.length) return true
    return this.firstPossibleKey()?.token === this.taken
  }

  private isStale(key: PossibleKey): boolean {
    return key.lineStart !== this.lineStart || this.at - key.start > MAX_KEY_LENGTH
  }

  private firstPossibleKey(): PossibleKey | undefined {
    for (; this.firstKeyLevel <= this.flowLevel; this.firstKeyLevel++) {
      const key = this.keys[this.firstKeyLevel]
      if (key !== undefined && !this.isStale(key)) return key
    }
    return undefined
  }

  private saveKey(): void {
    if (!this.mayBeKey) return
    this.dropKey()
    const token = this.taken + this.queue.length - this.head
    const required = this.flowLevel === 0 && this.indent === this.column()
    this.keys[this.flowLevel] = { token, start: this.at, lineStart: this.lineStart, required }
    this.firstKeyLevel = Math.min(this.firstKeyLevel, this.flowLevel)
  }

  private dropKey(): void {
    const key = this.keys[this.flowLevel]
    if (key?.required) throw new YamlError(key.start, 'a ":" is missing behind this key')
    this.keys[this.flowLevel] = undefined
  }

  private add(kind: TokenKind, start: number, end: number, text = ''): void {
    this.queue.push({ kind, start, end, text })
  }

  private column(): number {
    return this.at - this.lineStart
  }

  private unwind(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1
      this.add('block-end', this.at, this.at)
    }
  }

  private deepen(column: number): boolean {
    if (this.indent >= column) return false
    if (this.indents.push(this.indent) > MAX_LEVELS) throw new YamlError(this.at, TOO_MANY_LEVELS)
    this.indent = column
    return true
  }

  private skip(): void {
    const { text } = this
    for (;;) {
      let unit = text.charCodeAt(this.at)
      while (unit === 32 || (unit === 9 && (this.flowLevel > 0 || !this.mayBeKey))) {
        unit = text.charCodeAt(++this.at)
      }
      if (unit === 35) this.at = lineEndAt(text, this.at)
      if (!isBreak(text.charCodeAt(this.at))) {
        // a line of nothing but a tab is a blank line
        if (unit === 9 && isBreak(text.charCodeAt(this.blanksEnd()))) this.at = this.blanksEnd()
        else return
      }
      this.at += breakLength(text, this.at)
      this.lineStart = this.at
      if (this.flowLevel === 0) this.mayBeKey = true
    }
  }

  private blanksEnd(): number {
    let end = this.at
    while (isBlank(this.text.charCodeAt(end))) end++
    return end
  }

  private fetch(): void {
    this.skip()
    const { text, at } = this
    const key = this.keys[0]
    if (this.flowLevel === 0 && key?.required && this.isStale(key)) this.dropKey()
    this.unwind(this.column())
    if (at >= text.length) {
      if (this.flowLevel === 0) this.dropKey()
      this.unwind(-1)
      this.add('stream-end', at, at)
      this.done = true
      return
    }
    if (this.column() !== 0 || !this.fetchLineSign()) this.fetchSign(text.charAt(at))
  }

  /** What means something at the very start of a line only. */
  private fetchLineSign(): boolean {
    const { text, at } = this
    const isMark = isDocumentMark(text, at)
    if (text.charCodeAt(at) === 37) this.documentSign('directive', lineEndAt(text, at))
    else if (isMark) this.documentSign(text.charCodeAt(at) === 45 ? 'document-start' : 'document-end', at + 3)
    return isMark || text.charCodeAt(at) === 37
  }

  private fetchSign(sign: string): void {
    const { text, at } = this
    const isFlow = this.flowLevel > 0
    const isAlone = isSpaceOrEnd(text.charCodeAt(at + 1))
    if (sign === '[') this.open('flow-sequence')
    else if (sign === '{') this.open('flow-mapping')
    else if (sign === ']') this.close('flow-sequence-end')
    else if (sign === '}') this.close('flow-mapping-end')
    else if (sign === ',' && isFlow) this.flowEntry()
    else if (sign === '-' && isAlone) this.entry()
    else if (sign === '?' && isAlone) this.explicitKey()
    else if (sign === ':' && (isFlow || isAlone)) this.value()
    else if (sign === '*') this.name('alias')
    else if (sign === '&') this.name('anchor')
    else if (sign === '!') this.tag()
    else if ((sign === '|' || sign === '>') && !isFlow) this.block(sign === '|')
    else if (sign === "'" || sign === '"') this.quoted(sign === '"')
    else if (startsPlain(text, at, isFlow)) this.plain()
    else throw new YamlError(at, 'nothing in YAML can begin with this character')
  }

  private flowEntry(): void {
    this.mayBeKey = true
    this.dropKey()
    this.sign('flow-entry')
  }

  private sign(kind: TokenKind): void {
    this.add(kind, this.at, this.at + 1)
    this.at++
  }

  private documentSign(kind: TokenKind, end: number): void {
    this.unwind(-1)
    this.dropKey()
    this.mayBeKey = false
    this.add(kind, this.at, end)
    this.at = end
  }

  private open(kind: TokenKind): void {
    this.saveKey()
    if (++this.flowLevel > MAX_LEVELS) throw new YamlError(this.at, TOO_MANY_LEVELS)
    this.keys[this.flowLevel] = undefined
    this.mayBeKey = true
    this.sign(kind)
  }

  private close(kind: TokenKind): void {
    this.dropKey()
    if (this.flowLevel === 0) throw new YamlError(this.at, 'this closes what was never opened')
    this.flowLevel--
    this.mayBeKey = false
    this.firstKeyLevel = Math.min(this.firstKeyLevel, this.flowLevel)
    this.sign(kind)
  }

  private entry(): void {
    if (this.flowLevel === 0) {
      if (!this.mayBeKey) throw new YamlError(this.at, 'no list item can begin here')
      if (this.deepen(this.column())) this.add('block-sequence', this.at, this.at)
    }
    this.mayBeKey = true
    this.dropKey()
    this.sign('block-entry')
  }

  private explicitKey(): void {
    if (this.flowLevel === 0) {
      if (!this.mayBeKey) throw new YamlError(this.at, 'no key can begin here')
      if (this.deepen(this.column())) this.add('block-mapping', this.at, this.at)
    }
    this.mayBeKey = this.flowLevel === 0
    this.dropKey()
    this.sign('key')
  }

  private value(): void {
    const key = this.keys[this.flowLevel]
    if (key !== undefined && !this.isStale(key)) {
      this.keys[this.flowLevel] = undefined
      const { start } = key
      const made: Token[] = [{ kind: 'key', start, end: start, text: '' }]
      if (this.flowLevel === 0 && this.deepen(start - key.lineStart)) {
        made.unshift({ kind: 'block-mapping', start, end: start, text: '' })
      }
      this.queue.splice(this.head + key.token - this.taken, 0, ...made)
      this.mayBeKey = false
    } else {
      if (this.flowLevel === 0) {
        if (!this.mayBeKey)
          throw new YamlError(this.at, 'no value can begin here: a ":" stands in a text without quotes')
        if (this.deepen(this.column())) this.add('block-mapping', this.at, this.at)
      }
      this.mayBeKey = this.flowLevel === 0
      this.dropKey()
    }
    this.sign('value')
  }

  private name(kind: TokenKind): void {
    this.saveKey()
    this.mayBeKey = false
    let end = this.at + 1
    while (!isSpaceOrEnd(this.text.charCodeAt(end)) && !isFlowIndicator(this.text.charCodeAt(end))) end++
    if (end === this.at + 1) throw new YamlError(this.at, `this ${kind} has no name`)
    this.add(kind, this.at, end, this.text.slice(this.at + 1, end))
    this.at = end
  }

  private tag(): void {
    this.saveKey()
    this.mayBeKey = false
    const { text, at } = this
    let end = at + 1
    const ends = (unit: number): boolean =>
      isSpaceOrEnd(unit) || (this.flowLevel > 0 && isFlowIndicator(unit))
    while (!ends(text.charCodeAt(end))) end++
    const written = text.slice(at, end)
    this.add(
      'tag',
      at,
      end,
      written.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1').replace(/^!<(.*)>$/, '$1'),
    )
    this.at = end
  }

  private block(isLiteral: boolean): void {
    const sink = new TextSink(this.text)
    const { end, next } = readBlock(this.text, this.at, this.indent, sink)
    this.mayBeKey = true
    this.dropKey()
    this.scalar(isLiteral ? 'literal' : 'folded', end, next, sink.text)
  }

  private quoted(isDouble: boolean): void {
    this.saveKey()
    this.mayBeKey = false
    const sink = new TextSink(this.text)
    const end = readQuoted(this.text, this.at, sink)
    this.scalar(isDouble ? 'double' : 'single', end, end, sink.text)
  }

  private plain(): void {
    this.saveKey()
    this.mayBeKey = false
    const sink = new TextSink(this.text)
    const { end, next, broken } = readPlain(this.text, this.at, this.scalarContext(), sink)
    if (broken) this.mayBeKey = true
    this.scalar('plain', end, next, sink.text)
  }

  /** One object for scalars next to each other. */
  private scalarContext(): ScalarContext {
    const { indent, context } = this
    const flow = this.flowLevel > 0
    if (context.indent !== indent || context.flow !== flow) this.context = { indent, flow }
    return this.context
  }

  private scalar(style: Token['style'] & string, end: number, next: number, text: string): void {
    this.queue.push({ kind: 'scalar', start: this.at, end, text, style, context: this.scalarContext() })
    const lineStart = lineStartOf(this.text, next, this.at)
    if (lineStart > this.at) this.lineStart = lineStart
    this.at = next
  }
}
