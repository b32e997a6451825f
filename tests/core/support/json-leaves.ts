/** JSON documents seen through `JSON.parse` alone: what the harness compares the project's readers with. */

export interface Leaf {
  readonly pointer: string
  readonly value: unknown
}

function escaped(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Every scalar of a parsed document, in order; written without recursion, as files can be deep. */
export function leavesOf(document: unknown): readonly Leaf[] {
  const leaves: Leaf[] = []
  const waiting: Leaf[] = [{ pointer: '', value: document }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { pointer, value } = next
    if (typeof value !== 'object' || value === null) {
      leaves.push(next)
      continue
    }
    const children = Object.entries(value).map(([key, child]) => ({
      pointer: `${pointer}/${escaped(key)}`,
      value: child as unknown,
    }))
    waiting.push(...children.reverse())
  }
  return leaves
}

/**
 * Replaces the value at a pointer inside a parsed document. Goes by own properties only, since a recording
 * may have a key named `__proto__`.
 */
export function patch(holder: { root: unknown }, pointer: string, value: unknown): void {
  const tokens = pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  tokens[0] = 'root'
  let inside: object = holder
  tokens.forEach((token, depth) => {
    const own = Object.getOwnPropertyDescriptor(inside, token)
    if (own === undefined) throw new Error(`the harness itself is wrong: no ${pointer}`)
    if (depth === tokens.length - 1) Object.defineProperty(inside, token, { ...own, value })
    else inside = own.value as object
  })
}
