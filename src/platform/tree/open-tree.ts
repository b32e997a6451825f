import type { TreeSource } from '../../workspace/tree.ts'
import { archiveTree } from './archive-tree.ts'
import { filesTree } from './files-tree.ts'
import { folderTree } from './folder-tree.ts'
import { TREE_LIMITS, type TreeLimits } from './limits.ts'
import type { ListableTree, Tree, TreeListener } from './tree.ts'

/** The tree of a source; nothing is looked at before it is listed. */
export function treeOf(source: TreeSource, limits: TreeLimits = TREE_LIMITS): ListableTree {
  switch (source.kind) {
    case 'folder':
      return folderTree(source.name, source.handle, limits)
    case 'files':
      return filesTree(source.name, [source.files], limits)
    case 'archive':
      return archiveTree(source.name, source.file, limits)
  }
}

/** Lists all of a tree; what is found is heard at once, the tree itself is there when everything has been. */
export async function openTree(source: TreeSource, hear: TreeListener, signal?: AbortSignal): Promise<Tree> {
  const tree = treeOf(source)
  await tree.list(hear, signal)
  return tree
}
