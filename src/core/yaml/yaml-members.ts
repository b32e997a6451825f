import { keyText, type MappingNode, type Pair, settled, type YamlNode } from './yaml-node.ts'

/** A member of an object, as it is shown. */
export interface Member {
  readonly key: string
  readonly value: YamlNode
  /** Whether it comes from a mapping that this one takes in with `<<`: it stands elsewhere. */
  readonly merged: boolean
}

export interface Members {
  readonly shown: readonly Member[]
  /** Pairs that a later one of the same key hides. */
  readonly hidden: readonly Pair[]
}

/** The members of a mapping: of equal keys the last one, and what `<<` takes in. */
export function membersOf(node: MappingNode): Members {
  const last = new Map<string, Pair>()
  const hidden: Pair[] = []
  const merges: MappingNode[] = []
  for (const pair of node.pairs) {
    const taken = mergedBy(pair)
    if (taken) {
      merges.push(...taken)
      continue
    }
    const key = keyText(pair.key)
    const before = last.get(key)
    if (before) hidden.push(before)
    last.delete(key)
    last.set(key, pair)
  }
  const shown: Member[] = [...last].map(([key, { value }]) => ({ key, value, merged: false }))
  const known = new Set(last.keys())
  for (const source of merges) {
    for (const { key, value } of membersOf(source).shown) {
      if (known.has(key)) continue
      known.add(key)
      shown.push({ key, value, merged: true })
    }
  }
  return { shown, hidden }
}

/** The mappings that a `<<` pair takes in; undefined for every other pair. */
function mergedBy({ key, value }: Pair): readonly MappingNode[] | undefined {
  if (key.kind !== 'scalar' || key.style !== 'plain' || key.value !== '<<' || key.tag !== undefined)
    return undefined
  const sources = value.kind === 'sequence' ? value.items.map(({ node }) => node) : [value]
  const mappings = sources.map((source) => (source.kind === 'alias' ? settled(source) : source))
  const isMerge = sources.length > 0 && sources.every(({ kind }) => kind === 'alias')
  return isMerge && mappings.every((mapping) => mapping.kind === 'mapping') ? mappings : undefined
}
