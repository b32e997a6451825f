/** A curl command line, as a shell reads it. */

export interface CurlCommand {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** What is sent; undefined for none. A file (`-d @x`) is not here. */
  readonly data: string | undefined
  /** Where the command ends in the text. */
  readonly end: number
}

const WITH_VALUE = new Set([
  '-o',
  '--output',
  '-u',
  '--user',
  '-A',
  '--user-agent',
  '-b',
  '--cookie',
  '-c',
  '--cookie-jar',
  '-e',
  '--referer',
  '-m',
  '--max-time',
  '--connect-timeout',
  '-x',
  '--proxy',
  '--retry',
  '--cacert',
  '--cert',
  '--key',
  '-w',
  '--write-out',
  '-F',
  '--form',
  '--resolve',
  '--retry-delay',
  '-E',
  '-T',
  '--upload-file',
])
const DATA = new Set([
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--json',
  '--data-urlencode',
])

/** The first curl command in a text. */
export function readCurl(text: string): (CurlCommand & { readonly start: number }) | undefined {
  const found = /(?:^|[\s;&|$(])curl(?:\.exe)?(?=[\s^\\`])/m.exec(text)
  if (found === null) return undefined
  const start = found.index + found[0].search(/curl/)
  const { words, end } = shellWords(text, start)
  return { ...commandOf(words.slice(1)), start, end }
}

function commandOf(words: readonly string[]): Omit<CurlCommand, 'end'> {
  let method: string | undefined
  let url = ''
  let isGet = false
  const headers: (readonly [string, string])[] = []
  const data: string[] = []
  for (let at = 0; at < words.length; at++) {
    const { name, value, took } = optionOf(words, at)
    if (took) at++
    if (name === undefined) url = value
    else if (name === '-X' || name === '--request') method = value
    else if (name === '-H' || name === '--header') {
      const colon = value.indexOf(':')
      if (colon > 0) headers.push([value.slice(0, colon).trim(), value.slice(colon + 1).trim()])
    } else if (name === '--url') url = value
    else if (name === '-G' || name === '--get') isGet = true
    else if (DATA.has(name)) data.push(value)
  }
  const body = data.length === 0 || isGet ? undefined : data.join('&')
  return { method: (method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase(), url, headers, data: body }
}

/** An option with its value: the next word, what follows "=", or what is joined to one letter. */
function optionOf(
  words: readonly string[],
  at: number,
): { readonly name: string | undefined; readonly value: string; readonly took: boolean } {
  const word = words[at] ?? ''
  const next = words[at + 1] ?? ''
  if (!word.startsWith('-') || word === '-') return { name: undefined, value: word, took: false }
  const takes = (name: string): boolean =>
    WITH_VALUE.has(name) || DATA.has(name) || ['-X', '--request', '-H', '--header', '--url'].includes(name)
  if (takes(word)) return { name: word, value: next, took: true }
  const equals = /^(--[\w-]+)=([\s\S]*)$/.exec(word)
  if (equals?.[1] !== undefined && takes(equals[1])) {
    return { name: equals[1], value: equals[2] ?? '', took: false }
  }
  const joined = word.startsWith('--') ? '' : word.slice(0, 2)
  if (joined !== '' && takes(joined)) return { name: joined, value: word.slice(2), took: false }
  // "-sSX POST": letters without a value before one with it
  const last = `-${word.slice(-1)}`
  if (/^-[a-zA-Z]{2,}$/.test(word) && takes(last)) return { name: last, value: next, took: true }
  return { name: word, value: '', took: false }
}

const ENDS = new Set(['\n', ';', '|', '&', ')'])

/** The words of one command line: sh, bash's `$'..'`, and the carets of Windows. */
function shellWords(text: string, from: number): { readonly words: readonly string[]; readonly end: number } {
  const windows = /\^(?:\n|")/.test(text.slice(from))
  const words: string[] = []
  let word: string | undefined
  let at = from
  const put = (more: string): void => {
    word = (word ?? '') + more
  }
  const close = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  while (at < text.length) {
    const next = text.charAt(at)
    const continues = '\\^`'.includes(next) ? /^.[ \t]*\n/.exec(text.slice(at, at + 8))?.[0] : undefined
    if (continues !== undefined) {
      close()
      at += continues.length
    } else if (windows && next === '^') {
      // `^"` is a quote to curl's own reading, `^^` a caret
      if (text[at + 1] === '"') at = quotedOnWindows(text, at, put)
      else {
        put(text.charAt(at + 1))
        at += 2
      }
    } else if (next === ' ' || next === '\t') {
      close()
      at++
    } else if (ENDS.has(next)) break
    else if (next === "'") {
      const end = text.indexOf("'", at + 1)
      put(text.slice(at + 1, end === -1 ? text.length : end))
      at = end === -1 ? text.length : end + 1
    } else if (next === '$' && text[at + 1] === "'") at = dollarQuoted(text, at + 2, put)
    else if (next === '"') at = doubleQuoted(text, at + 1, put)
    else if (next === '\\') {
      put(text.charAt(at + 1))
      at += 2
    } else {
      put(next)
      at++
    }
  }
  close()
  return { words, end: at }
}

function doubleQuoted(text: string, from: number, put: (more: string) => void): number {
  let end = from
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  put(text.slice(from, end).replace(/\\([$`"\\\n])/g, (_, kept: string) => (kept === '\n' ? '' : kept)))
  return end + 1
}

const DOLLAR_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
])

function dollarQuoted(text: string, from: number, put: (more: string) => void): number {
  let end = from
  while (end < text.length && text[end] !== "'") end += text[end] === '\\' ? 2 : 1
  put(
    text
      .slice(from, end)
      .replace(
        /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/gs,
        (_, unit?: string, hex?: string, kept = '') => {
          const code = unit ?? hex
          return code === undefined
            ? (DOLLAR_ESCAPES.get(kept) ?? kept)
            : String.fromCharCode(Number.parseInt(code, 16))
        },
      ),
  )
  return end + 1
}

/** What a browser copies "as cURL (cmd)": `^"{^\^"model^\^": ...}^"`. */
function quotedOnWindows(text: string, from: number, put: (more: string) => void): number {
  let at = from + 2
  let inner = ''
  while (at < text.length && !text.startsWith('^"', at)) {
    if (text.startsWith('^\\^"', at)) {
      inner += '"'
      at += 4
    } else if (text[at] === '^') {
      inner += text[at + 1] ?? ''
      at += 2
    } else inner += text.charAt(at++)
  }
  put(inner)
  return at + 2
}
