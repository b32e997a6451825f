/**
 * How to reach a piece of text through layers: the text is a JSON document (the file, or what its projection makes of
 * it) and `pointer` (RFC 6901) names a node in it. When that node is a string, the next step reads its decoded content.
 * Plain data: cloneable, comparable, printable in a URL.
 */
export interface Step {
  readonly in: 'json'
  readonly pointer: string
}

export type Address = readonly Step[]

/** A value and the address it was read from. */
export interface Located<T> {
  readonly value: T
  readonly at: Address
}

/** One reference token of a JSON pointer, escaped (RFC 6901 section 3). */
export function escapePointerToken(token: string): string {
  // hardly any key has one: a folder of thousands asks this a million times
  if (!token.includes('~') && !token.includes('/')) return token
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The unescaped reference tokens of a pointer; undefined when it does not start with "/". */
export function pointerTokens(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The address of something inside the JSON value at `address`, by keys and positions. */
export function within(address: Address, ...tokens: readonly (string | number)[]): Address {
  const step = address.at(-1)
  const inner = tokens.map((token) => `/${escapePointerToken(String(token))}`).join('')
  if (step?.in !== 'json') return [...address, { in: 'json', pointer: inner }]
  return [...address.slice(0, -1), { in: 'json', pointer: step.pointer + inner }]
}

/** The list or object that holds the addressed value, with its key or position there; none for a document. */
export function holderOf(address: Address): { readonly at: Address; readonly token: string } | undefined {
  const step = address.at(-1)
  const token = step?.in === 'json' ? pointerTokens(step.pointer)?.at(-1) : undefined
  if (step?.in !== 'json' || token === undefined) return undefined
  const pointer = step.pointer.slice(0, step.pointer.lastIndexOf('/'))
  return { at: [...address.slice(0, -1), { in: 'json', pointer }], token }
}

/** Text form for URLs and keys: `json:/response/body/3;json:/a`. The inverse of `parseAddress`. */
export function formatAddress(address: Address): string {
  return address
    .map(({ pointer }) => `json:${pointer.replaceAll('%', '%25').replaceAll(';', '%3B')}`)
    .join(';')
}

/** Reads what `formatAddress` wrote; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  if (text === '') return []
  const steps: Step[] = []
  for (const part of text.split(';')) {
    if (!part.startsWith('json:')) return undefined
    const pointer = part.slice(5).replaceAll('%3B', ';').replaceAll('%25', '%')
    if (pointerTokens(pointer) === undefined) return undefined
    steps.push({ in: 'json', pointer })
  }
  return steps
}
