/** File names as git writes them: plain, or in quotes with C escapes for everything that is not plain ASCII. */

const LETTERS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['"', 34],
  ['\\', 92],
])

/** A name in quotes at `start`, and where it ends; undefined where the quotes are not closed. */
function readQuoted(
  text: string,
  start: number,
): { readonly name: string; readonly end: number } | undefined {
  const bytes: number[] = []
  for (let at = start + 1; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '"') return { name: decoded(bytes), end: at + 1 }
    if (letter !== '\\') {
      const point = text.codePointAt(at) ?? 0
      const character = String.fromCodePoint(point)
      bytes.push(...new TextEncoder().encode(character))
      at += character.length - 1
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))?.[0]
    const byte = octal === undefined ? LETTERS.get(text.charAt(at + 1)) : Number.parseInt(octal, 8)
    if (byte === undefined) return undefined
    bytes.push(byte)
    at += octal?.length ?? 1
  }
  return undefined
}

/** Names that are no UTF-8 keep their place with replacement characters. */
function decoded(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** The name on a line that holds nothing else ("rename from ..."). */
export function readName(text: string): string {
  return (text.startsWith('"') ? readQuoted(text, 0)?.name : undefined) ?? text
}

/** The name on a `---` or `+++` line; undefined for /dev/null. What stands behind a tab is a time, or nothing. */
export function readFileLine(text: string): string | undefined {
  const name = text.startsWith('"') ? readName(text) : text.replace(/\t.*$/, '')
  return name === '/dev/null' ? undefined : name
}

/** The two names of `diff --git`, as they stand there; undefined where the line alone does not tell them apart. */
export function readGitLine(text: string): readonly [string, string] | undefined {
  if (text.startsWith('"')) {
    const first = readQuoted(text, 0)
    return first && text.charAt(first.end) === ' '
      ? [first.name, readName(text.slice(first.end + 1))]
      : undefined
  }
  const quote = text.indexOf(' "')
  if (quote > 0) return [text.slice(0, quote), readName(text.slice(quote + 1))]
  // without a rename both are the same but for the letter in front, so the space between them is in the middle
  const middle = (text.length - 1) / 2
  const names = [text.slice(0, middle), text.slice(middle + 1)] as const
  return text.charAt(middle) === ' ' && sameName(...names) ? names : undefined
}

function sameName(one: string, other: string): boolean {
  return one === other || (hasPrefixes(one, other) && one.slice(2) === other.slice(2))
}

/** The prefixes that git writes: "a/ b/", and with `diff.mnemonicPrefix` "i/" "w/" "c/" "o/", in either direction. */
export function hasPrefixes(one: string, other: string): boolean {
  const pair = `${one.slice(0, 2)}${other.slice(0, 2)}`
  return /^(?:a\/b\/|b\/a\/|[icow]\/[icow]\/|1\/2\/|2\/1\/)$/.test(pair) && one.charAt(0) !== other.charAt(0)
}
