import type { TreeFile } from '../../workspace/tree.ts'
import { isSkippedFolder } from './likely-recording.ts'
import { TREE_LIMITS, type TreeLimits } from './limits.ts'

/** Files whose `File` is asked for at the same time. */
const AT_ONCE = 32

/**
 * The files of a dropped folder, in a browser that gives no handle to it. Unreadable folders count as empty here:
 * this way of asking does not say why.
 */
export async function walkEntry(
  root: FileSystemEntry,
  limits: TreeLimits = TREE_LIMITS,
): Promise<readonly TreeFile[]> {
  const found: { path: string; entry: FileSystemFileEntry }[] = []
  const waiting: { path: string; entry: FileSystemEntry; depth: number }[] = [
    { path: '', entry: root, depth: 0 },
  ]
  // one more than a tree takes, which then says that there are more; links in circles have no files, only folders
  const most = limits.files + 1
  for (let next = 0; next < waiting.length && next < 2 * most && found.length < most; next++) {
    const here = waiting[next]
    if (here === undefined) break
    const { path, entry, depth } = here
    if (isFileEntry(entry)) found.push({ path, entry })
    else if (isFolderEntry(entry) && depth <= limits.depth && (depth === 0 || !isSkippedFolder(entry.name))) {
      for (const inside of await entriesOf(entry)) {
        waiting.push({
          path: path === '' ? inside.name : `${path}/${inside.name}`,
          entry: inside,
          depth: depth + 1,
        })
      }
    }
  }
  const files: TreeFile[] = []
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const some = await Promise.all(
      found.slice(at, at + AT_ONCE).map(async ({ path, entry }) => ({ path, file: await fileOf(entry) })),
    )
    for (const { path, file } of some) if (file !== undefined) files.push({ path, file })
  }
  return files
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)))
}

/** `readEntries` answers at most 100 at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
