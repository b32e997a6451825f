import type { Unreadable } from '../../workspace/tree.ts'
import { noSuchFile } from './files-tree.ts'
import { FolderWalk } from './folder-walk.ts'
import type { TreeLimits } from './limits.ts'
import type { ListableTree, Looked } from './tree.ts'
import { whyUnreadable } from './tree.ts'

/** Handles of files that are kept; each holds something in the browser's own process. Others are asked for again. */
const MAX_HANDLES = 20_000
/** Files that were looked at and are about to be read. */
const MAX_LOOKED = 64

/** A folder that the browser gave a handle to. */
export function folderTree(
  name: string,
  handle: FileSystemDirectoryHandle,
  limits: TreeLimits,
): ListableTree {
  /** By path; the folder itself is "". */
  const folders = new Map<string, FileSystemDirectoryHandle>([['', handle]])
  const handles = new Map<string, FileSystemFileHandle>()
  const looked = new Map<string, File>()

  const handleOf = async (path: string): Promise<FileSystemFileHandle | undefined> => {
    const kept = handles.get(path)
    if (kept !== undefined) return kept
    const slash = path.lastIndexOf('/')
    return folders.get(slash === -1 ? '' : path.slice(0, slash))?.getFileHandle(path.slice(slash + 1))
  }

  const fileOf = async (path: string): Promise<File | Unreadable> => {
    try {
      return (await (await handleOf(path))?.getFile()) ?? noSuchFile()
    } catch (error) {
      return whyUnreadable(error)
    }
  }

  return {
    name,
    async list(hear, signal) {
      // the handles of the listing before stay: files are opened while it is listed again, and when that is stopped
      looked.clear()
      const walk = new FolderWalk(name, handle, limits, hear, signal)
      await walk.run({
        folder: (path, found) => folders.set(path, found),
        file(path, found) {
          if (handles.size < MAX_HANDLES) handles.set(path, found)
        },
      })
    },
    async look(path): Promise<Looked | Unreadable> {
      const file = await fileOf(path)
      if (!(file instanceof File)) return file
      if (looked.size >= MAX_LOOKED) looked.delete(looked.keys().next().value ?? '')
      looked.set(path, file)
      return { size: file.size, modified: file.lastModified }
    },
    async read(path) {
      // one round trip to the browser is saved, and the bytes are those whose size and time were told
      const known = looked.get(path)
      looked.delete(path)
      if (known !== undefined) {
        const bytes = await bytesOf(known)
        // it may be long since it was looked at: a file that was written meanwhile can only be had anew
        if (!('problem' in bytes)) return bytes
      }
      const file = await fileOf(path)
      return file instanceof File ? bytesOf(file) : file
    },
    async handle(path) {
      try {
        return await handleOf(path)
      } catch {
        return undefined
      }
    },
  }
}

async function bytesOf(file: File): Promise<Uint8Array | Unreadable> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    return whyUnreadable(error)
  }
}
