import { isSkippedFolder } from './likely-recording.ts'
import type { TreeLimits } from './limits.ts'
import { gone, linkLoop, noPermission, tooDeep, tooMany, unreadableFolder } from './notes.ts'
import type { ListedFile, TreeListener } from './tree.ts'

/** Files that are told at a time: the first rows are to be there at once. */
const BATCH = 200
/** Levels that have nothing but the same folders in them: deeper than any that somebody made. */
const SAME_FOLDERS = 3

/** What is remembered of a folder below which others are listed. */
interface Ancestor {
  readonly listing: string
  readonly firstFile: FileSystemFileHandle | undefined
  readonly above: Ancestor | undefined
}

interface Waiting {
  readonly path: string
  readonly handle: FileSystemDirectoryHandle
  readonly depth: number
  readonly above: Ancestor | undefined
}

interface Found {
  folder(path: string, handle: FileSystemDirectoryHandle): void
  file(path: string, handle: FileSystemFileHandle): void
}

/** Lists a folder and those in it, breadth first: what lies on top is seen first. */
export class FolderWalk {
  readonly #name: string
  readonly #limits: TreeLimits
  readonly #hear: TreeListener
  readonly #signal: AbortSignal | undefined
  readonly #waiting: Waiting[]
  #batch: ListedFile[] = []
  #files = 0
  #folders = 0

  constructor(
    name: string,
    root: FileSystemDirectoryHandle,
    limits: TreeLimits,
    hear: TreeListener,
    signal: AbortSignal | undefined,
  ) {
    this.#name = name
    this.#limits = limits
    this.#hear = hear
    this.#signal = signal
    this.#waiting = [{ path: '', handle: root, depth: 0, above: undefined }]
  }

  async run(found: Found): Promise<void> {
    // by place, not by shift(): a queue of many thousands would be moved each time
    for (let next = 0; next < this.#waiting.length; next++) {
      const folder = this.#waiting[next]
      if (folder === undefined) break
      if (!(await this.#list(folder, found))) break
    }
    this.#flush()
  }

  /** False when there are too many files to go on. */
  async #list({ path, handle, depth, above }: Waiting, found: Found): Promise<boolean> {
    const files: [string, FileSystemFileHandle][] = []
    const folders: [string, FileSystemDirectoryHandle][] = []
    let told = 0
    try {
      for await (const [name, entry] of entriesOf(handle)) {
        this.#signal?.throwIfAborted()
        if (isFile(entry)) files.push([name, entry])
        else if (!isSkippedFolder(name)) folders.push([name, entry])
        // of a folder with 100,000 files the first are not held back until the last is known, unless it may be a loop
        if (above === undefined && files.length - told === BATCH) {
          this.#tell(path, files.slice(told), found)
          told = files.length
        }
        if (this.#files + files.length - told > this.#limits.files) break
      }
    } catch (error) {
      if (this.#signal?.aborted) throw error
      this.#sayWhy(path, error)
    }
    // what leads back to a folder above has a folder in it: the one that it is in
    const here = folders.length === 0 ? undefined : ancestorOf(files, folders, above)
    if (here !== undefined && (await isLoop(here))) {
      this.#hear.note(linkLoop(path))
      return true
    }
    this.#tell(path, files.slice(told), found)
    for (const [name, folder] of folders) {
      const inside = below(path, name)
      if (depth >= this.#limits.depth) {
        this.#hear.note(tooDeep(inside, depth))
        break
      }
      found.folder(inside, folder)
      this.#waiting.push({
        path: inside,
        handle: folder,
        depth: depth + 1,
        above: here,
      })
    }
    if (this.#files <= this.#limits.files && ++this.#folders <= this.#limits.files) return true
    this.#hear.note(tooMany(this.#name, this.#limits.files))
    return false
  }

  #tell(path: string, files: readonly [string, FileSystemFileHandle][], found: Found): void {
    for (const [name, file] of files) {
      if (++this.#files > this.#limits.files) break
      const whole = below(path, name)
      found.file(whole, file)
      // asking each file for its size takes longer than all the listing
      this.#batch.push({ path: whole, size: -1, modified: -1 })
      if (this.#batch.length >= BATCH) this.#flush()
    }
    // folders that hold a few files each would be kept waiting for a full batch
    this.#flush()
  }

  #flush(): void {
    if (this.#batch.length > 0) this.#hear.files(this.#batch)
    this.#batch = []
  }

  #sayWhy(path: string, error: unknown): void {
    const shown = path === '' ? this.#name : path
    const kind = error instanceof DOMException ? error.name : ''
    if (kind === 'NotAllowedError' || kind === 'SecurityError') this.#hear.note(noPermission(shown))
    else if (kind === 'NotFoundError') this.#hear.note(gone(shown))
    else this.#hear.note(unreadableFolder(shown, error instanceof Error ? error.message : String(error)))
  }
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`
}

type Handle = FileSystemDirectoryHandle | FileSystemFileHandle

/** The names and handles in a folder; TypeScript's DOM types do not have it everywhere. */
function entriesOf(folder: FileSystemDirectoryHandle): AsyncIterable<[string, Handle]> {
  return (folder as unknown as { entries(): AsyncIterable<[string, Handle]> }).entries()
}

function isFile(handle: Handle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}

function ancestorOf(
  files: readonly [string, FileSystemFileHandle][],
  folders: readonly [string, unknown][],
  above: Ancestor | undefined,
): Ancestor {
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = [...sorted.map(([name]) => name), '', ...folders.map(([name]) => name).toSorted()]
  return { listing: names.join('/'), firstFile: sorted[0]?.[1], above }
}

/**
 * A link that leads to a folder above shows the same names there, and the same first file. Where there are no files
 * the names have to be the same several times.
 */
async function isLoop(folder: Ancestor): Promise<boolean> {
  let same = 0
  for (let other = folder.above; other !== undefined; other = other.above) {
    if (other.listing !== folder.listing || folder.listing === '') continue
    if (folder.firstFile === undefined) {
      same++
      if (same >= SAME_FOLDERS) return true
    } else if (await isSameFile(folder.firstFile, other.firstFile)) return true
  }
  return false
}

async function isSameFile(
  one: FileSystemFileHandle,
  other: FileSystemFileHandle | undefined,
): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([one.getFile(), other?.getFile()])
    return b !== undefined && a.size === b.size && a.lastModified === b.lastModified
  } catch {
    return false
  }
}
