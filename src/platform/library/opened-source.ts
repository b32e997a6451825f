import type { TreeNote, TreeSource } from '../../workspace/tree.ts'
import { DistinctPaths } from '../tree/member-path.ts'
import type { ListableTree } from '../tree/tree.ts'

/** A source of a library, with the paths that its files have in there. */
export interface OpenedSource {
  readonly source: TreeSource
  readonly tree: ListableTree
  /** Empty where the library has this source only. */
  readonly prefix: string
}

/** Several sources keep apart by their names, made distinct. */
export function openSources(
  sources: readonly TreeSource[],
  treeOf: (source: TreeSource) => ListableTree,
): readonly OpenedSource[] {
  const distinct = new DistinctPaths()
  return sources.map((source) => ({
    source,
    tree: treeOf(source),
    prefix: sources.length === 1 ? '' : `${distinct.give(source.name)}/`,
  }))
}

/** Notes after which a file that was not listed may be there all the same. */
const INCOMPLETE: ReadonlySet<string> = new Set([
  'permission',
  'unreadable-folder',
  'too-many',
  'too-deep',
  'bomb',
  'broken-archive',
])

export function leavesOut({ code }: TreeNote): boolean {
  return INCOMPLETE.has(code)
}
