import { Lexer, type Token, type Tokens } from 'marked'

/** Levels of containers and of spans; the lexer's time grows with their square, and its stack has an end. */
const MAX_DEPTH = 100
/** Characters that are read again and again while they grow. What cannot be frozen by then stays text. */
export const TAIL_LIMIT = 20_000
/** Frozen blocks are at least this long. */
const COMFORTABLE = 2000
/** Milliseconds; a tail that took longer is not read again for every character. */
const QUICK = 8

const TOO_MANY_MARKERS = new RegExp(
  `^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${MAX_DEPTH},}`,
  'm',
)

type Links = ReadonlyMap<string, Pick<Tokens.Link, 'href' | 'title'>>

const NO_LINKS: Links = new Map()

interface Lexed {
  readonly tokens: readonly Token[]
  /** The link definitions among them: `[name]: address`. */
  readonly links: Links
}

/** Reads a text as markdown; undefined when it is nested too deeply. `links` are defined elsewhere. */
export function lexMarkdown(text: string, links = NO_LINKS): Lexed | undefined {
  if (TOO_MANY_MARKERS.test(text)) return undefined
  try {
    const lexer = new Lexer()
    const known = lexer.tokens.links
    for (const [tag, link] of links) known[tag] = link as (typeof known)[string]
    const tokens: readonly Token[] = lexer.lex(text)
    if (isTooDeep(tokens)) return undefined
    return { tokens, links: new Map(Object.entries(known).filter(([tag]) => !links.has(tag))) }
  } catch {
    // a text it has no stack for, or that it takes no step in ("Infinite loop on byte")
    return undefined
  }
}

/** What stands in a token: also the items of a list and the cells of a table. */
function childrenOf(token: Token): readonly Token[] {
  const generic = token as Tokens.Generic
  if (token.type === 'list') return generic.items as readonly Token[]
  if (token.type === 'table') {
    const table = token as Tokens.Table
    return [...table.header, ...table.rows.flat()].flatMap((cell) => cell.tokens)
  }
  return generic.tokens ?? []
}

function isTooDeep(tokens: readonly Token[]): boolean {
  let level = tokens
  // a list is two levels: itself and its item
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH * 2) return true
    level = level.flatMap(childrenOf)
  }
  return false
}

/** A run of whole markdown blocks. */
export interface MarkdownBlock {
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
}

interface Frozen extends MarkdownBlock {
  /** Length of the text from which on nothing can change it. */
  readonly sureAt: number
  readonly text: string
  readonly own: Lexed
}

interface Tail {
  readonly start: number
  /** What was to be read, and what of it was: up to a line that is nested too deeply. */
  readonly asked: string
  readonly text: string
  readonly own: Lexed | undefined
  /** Milliseconds. */
  readonly cost: number
}

export interface MarkdownReading {
  /** In order; one that has not changed is the same object as before. */
  readonly blocks: readonly MarkdownBlock[]
  /** What comes behind this is shown as text. */
  readonly plainFrom: number
  /** Why, unless the rest is merely not read yet. */
  readonly trouble?: 'nested' | 'long'
}

/**
 * Reads a growing text as markdown, block by block: what later text cannot change any more is frozen, so a frame
 * costs only the tail. All of it together is what one reading of the whole text gives; only marked's link titles
 * and names that go on over a blank line (CommonMark has none) are not followed into the next block.
 */
export class MarkdownReader {
  readonly #text: string
  readonly #frozen: Frozen[] = []
  /** Frozen blocks with the links that other blocks define, and the spelling of those. */
  readonly #linked = new Map<Frozen, { readonly key: string; readonly block: MarkdownBlock }>()
  #tail: Tail = { start: 0, asked: '', text: '', own: undefined, cost: 0 }
  #tailBlock: (MarkdownBlock & { readonly key: string }) | undefined

  readonly #now: () => number

  constructor(text: string, now = () => performance.now()) {
    this.#text = text
    this.#now = now
  }

  /** The first `shown` characters. */
  read(shown: number): MarkdownReading {
    let frozen = 0
    while ((this.#frozen[frozen]?.sureAt ?? Number.POSITIVE_INFINITY) <= shown) frozen++
    for (;;) {
      const start = this.#frozen[frozen - 1]?.end ?? 0
      const tail = this.#lexTail(start, shown)
      if (
        frozen === this.#frozen.length &&
        tail.own !== undefined &&
        this.#freeze(start, tail.text, tail.own)
      ) {
        frozen++
        continue
      }
      return this.#assemble(this.#frozen.slice(0, frozen), shown)
    }
  }

  #lexTail(start: number, shown: number): Tail {
    const before = this.#tail
    const length = shown - start
    const asked = this.#text.slice(start, length > TAIL_LIMIT ? start + limitOf(this.#text, start) : shown)
    if (before.start === start) {
      if (before.asked === asked) return before
      // slow to read: not for every character
      const grown = asked.length - before.asked.length
      const isWhole = length > TAIL_LIMIT || shown === this.#text.length
      const patient = before.cost > QUICK && grown > 0 && grown < before.cost * 10 && !isWhole
      if (patient && asked.startsWith(before.asked)) return before
    }
    const began = this.#now()
    const deep = asked.search(TOO_MANY_MARKERS)
    const text = deep === -1 ? asked : asked.slice(0, deep)
    const own = text === '' && deep !== -1 ? undefined : lexMarkdown(text)
    this.#tail = { start, asked, text, own, cost: this.#now() - began }
    return this.#tail
  }

  /** Freezes the beginning of a tail; false when nothing in it is sure. */
  #freeze(start: number, text: string, own: Lexed): boolean {
    const normal = unifyLineEnds(text)
    const cut = sureCut(normal, own.tokens)
    if (cut === undefined) return false
    const end = start + originalOffset(text, cut)
    const block = this.#text.slice(start, end)
    const lexed = lexMarkdown(block)
    if (lexed === undefined) return false
    const sureAt = start + originalOffset(text, normal.indexOf('\n', cut) + 1)
    this.#frozen.push({ start, end, sureAt, text: block, own: lexed, tokens: lexed.tokens })
    return true
  }

  #assemble(frozen: readonly Frozen[], shown: number): MarkdownReading {
    const { start, asked, text, own } = this.#tail
    const links = mergeLinks([...frozen.map((block) => block.own), ...(own ? [own] : [])])
    const blocks: MarkdownBlock[] = frozen.map((block) => this.#withLinks(block, links))
    if (own === undefined) return { blocks, plainFrom: start, trouble: 'nested' }
    const end = start + text.length
    if (text !== '') blocks.push(this.#tailWithLinks(start, text, own, links))
    if (text !== asked) return { blocks, plainFrom: end, trouble: 'nested' }
    return { blocks, plainFrom: end, ...(shown - start > TAIL_LIMIT && { trouble: 'long' as const }) }
  }

  #withLinks(block: Frozen, links: Links): MarkdownBlock {
    const key = keyOf(block.text, links)
    if (key === '') return block
    const known = this.#linked.get(block)
    if (known?.key === key) return known.block
    const tokens = lexMarkdown(block.text, links)?.tokens ?? block.tokens
    const linked = { start: block.start, end: block.end, tokens }
    this.#linked.set(block, { key, block: linked })
    return linked
  }

  #tailWithLinks(start: number, text: string, own: Lexed, links: Links): MarkdownBlock {
    const key = keyOf(text, links)
    const before = this.#tailBlock
    const end = start + text.length
    if (before?.start === start && before.end === end && before.key === key) return before
    const tokens = key === '' ? own.tokens : (lexMarkdown(text, links)?.tokens ?? own.tokens)
    this.#tailBlock = { start, end, tokens, key }
    return this.#tailBlock
  }
}

/** Where a tail that is too long ends: behind a line if there is one, never inside a pair. */
function limitOf(text: string, start: number): number {
  const line = text.slice(start, start + TAIL_LIMIT).lastIndexOf('\n')
  if (line >= TAIL_LIMIT / 2) return line + 1
  return /[\ud800-\udbff]/.test(text[start + TAIL_LIMIT - 1] ?? '') ? TAIL_LIMIT - 1 : TAIL_LIMIT
}

/** As the lexer does it. */
function unifyLineEnds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** The offset in `text` of an offset of `unifyLineEnds(text)`. */
function originalOffset(text: string, offset: number): number {
  let original = offset
  for (let at = text.indexOf('\r\n'); at !== -1 && at < original; at = text.indexOf('\r\n', at + 2))
    original++
  return original
}

/**
 * The last place in a text that nothing behind the text can change any more: a block that starts behind a blank
 * line and with an unindented line that is whole. (Lists and indented code go on over blank lines, comments and
 * code fences too: there the lexer itself says that a new block starts.)
 */
function sureCut(text: string, tokens: readonly Token[]): number | undefined {
  let cut: number | undefined
  let at = 0
  for (const { type, raw } of tokens) {
    // where the lexer joined what it took apart, its pieces are no longer the text
    if (!text.startsWith(raw, at)) break
    const starts =
      type !== 'space' &&
      /\S/.test(text[at] ?? '') &&
      /\n[ \t]*\n$/.test(text.slice(Math.max(0, at - 200), at))
    if (starts && at >= COMFORTABLE && text.includes('\n', at)) cut = at
    at += raw.length
  }
  return cut
}

/** The first definition of a name counts. */
function mergeLinks(parts: readonly Lexed[]): Links {
  if (parts.every(({ links }) => links.size === 0)) return NO_LINKS
  const merged = new Map<string, Pick<Tokens.Link, 'href' | 'title'>>()
  for (const { links } of parts) {
    for (const [tag, link] of links) if (!merged.has(tag)) merged.set(tag, link)
  }
  return merged
}

/** The links that a text may refer to, spelled out; '' for none. */
function keyOf(text: string, links: Links): string {
  if (links.size === 0 || !text.includes('[')) return ''
  const folded = fold(text)
  const used = [...links].filter(([tag]) => folded.includes(`[${tag.split(' ')[0]}`))
  return used.length === 0 ? '' : JSON.stringify(used)
}

/** Names of links are compared without case and white space. */
function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('[ ', '[').toLowerCase().toUpperCase().toLowerCase()
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

/** Character references of the source, as markdown means them everywhere but in code. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const isCharacter = code > 0 && code <= 0x10ffff && (code & 0xfffff800) !== 0xd800
      return isCharacter ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}

/** Where a link leads, if it may be one: only web and mail addresses. */
export function linkTarget(href: string): { readonly href: string; readonly host: string } | undefined {
  const decoded = decodeEntities(href)
  try {
    const { protocol, host, pathname } = new URL(decoded)
    if (protocol === 'mailto:') return { href: decoded, host: pathname }
    // `http:path` is an address of this page's own host
    return /^https?:\/\//i.test(decoded) ? { href: decoded, host } : undefined
  } catch {
    return undefined
  }
}

/** A link's text already says where it leads. */
export function namesHost(text: string, host: string): boolean {
  const rest = text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:)/, '')
  const name = host.toLowerCase()
  return rest.startsWith(name) && /^(?:$|[/?#])/.test(rest.slice(name.length))
}

/** The words of a link without their marks. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      const children = childrenOf(token)
      if (children.length > 0) return plainText(children)
      return token.type === 'text' ? decodeEntities(token.raw) : ((token as Tokens.Generic).text ?? token.raw)
    })
    .join('')
}
