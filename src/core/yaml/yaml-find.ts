import type { Diagnostic } from '../cassette/diagnostic.ts'
import { escapePointerToken, pointerTokens } from '../text/address.ts'
import { membersOf } from './yaml-members.ts'
import { keyText, type Pair, settled, type YamlNode } from './yaml-node.ts'
import { meaningOf } from './yaml-resolve.ts'

/** The node at a pointer, aliases followed. */
export function findNode(root: YamlNode, pointer: string): YamlNode | undefined {
  let node: YamlNode | undefined = settled(root)
  for (const token of pointerTokens(pointer) ?? [undefined]) {
    if (token === undefined || node === undefined) return undefined
    const child = childOf(node, token)
    node = child && settled(child)
  }
  return node
}

function childOf(node: YamlNode, token: string): YamlNode | undefined {
  if (node.kind === 'sequence')
    return /^(?:0|[1-9][0-9]*)$/.test(token) ? node.items[Number(token)]?.node : undefined
  if (node.kind !== 'mapping') return undefined
  return membersOf(node).shown.find(({ key }) => key === token)?.value
}

export interface Survey {
  /** Pointers of `!!binary` scalars. */
  readonly binary: ReadonlySet<string>
  readonly diagnostics: readonly Diagnostic[]
}

/** One walk over all that is shown. */
export function surveyOf(root: YamlNode): Survey {
  const binary = new Set<string>()
  const hidden = new Set<Pair>()
  const walk = (given: YamlNode, pointer: string): void => {
    const node = settled(given)
    if (node.kind === 'scalar') {
      if (meaningOf(node) === 'binary') binary.add(pointer)
    } else if (node.kind === 'sequence') {
      node.items.forEach((item, at) => {
        walk(item.node, `${pointer}/${at}`)
      })
    } else if (node.kind === 'mapping') {
      const members = membersOf(node)
      for (const pair of members.hidden) hidden.add(pair)
      for (const { key, value } of members.shown) walk(value, `${pointer}/${escapePointerToken(key)}`)
    }
  }
  walk(root, '')
  return { binary, diagnostics: [...hidden].map(duplicateKey) }
}

function duplicateKey({ start, key }: Pair): Diagnostic {
  return {
    severity: 'warning',
    code: 'duplicate-key',
    message: `The key "${keyText(key)}" stands twice in one object; the last one is meant.`,
    advice: 'Delete one of them: some readers refuse such a file.',
    span: { start, end: key.end },
  }
}
