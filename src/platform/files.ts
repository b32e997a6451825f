/** Files in and out of the browser: drops, pickers, downloads. */
import type { ChosenFile, Dropped } from '../workspace/browser.ts'
import type { TreeSource } from '../workspace/tree.ts'
import { isArchive } from './tree/archive-kind.ts'
import { walkEntry } from './tree/entry-walk.ts'
import { isSkippedFolder } from './tree/likely-recording.ts'

/** More files than these are no longer opened each. */
const MOST_SINGLE_FILES = 40

type HandleItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }
type FolderPicker = (options: {
  readonly id: string
  readonly mode: 'read'
}) => Promise<FileSystemDirectoryHandle>

/**
 * What a drop holds. Must be called synchronously in the event: the list is emptied as soon as the handler returns.
 * Works where the DataTransfer carries plain files only.
 */
export function filesOfDrop(transfer: DataTransfer): Promise<Dropped> {
  const plain = [...transfer.files]
  const items = [...transfer.items].filter((item) => item.kind === 'file')
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null)
  return sortOut(plain, entries, items.map(handleOf))
}

async function handleOf(item: HandleItem): Promise<FileSystemHandle | undefined> {
  try {
    return (await item.getAsFileSystemHandle?.()) ?? undefined
  } catch {
    return undefined
  }
}

async function sortOut(
  plain: readonly File[],
  entries: readonly (FileSystemEntry | null)[],
  asked: readonly Promise<FileSystemHandle | undefined>[],
): Promise<Dropped> {
  const handles = await Promise.all(asked)
  const trees: TreeSource[] = []
  for (const [at, entry] of entries.entries()) {
    const handle = handles[at]
    if (handle !== undefined && isFolder(handle)) trees.push({ kind: 'folder', name: handle.name, handle })
    else if (entry?.isDirectory) {
      trees.push({ kind: 'files', name: entry.name, files: await walkEntry(entry) })
    }
  }
  // a dropped folder stands among the files as well, as one that cannot be read
  const chosen = plain.flatMap((file, at): readonly ChosenFile[] => {
    const handle = handles[at]
    if (entries[at]?.isDirectory || handle?.kind === 'directory') return []
    return handle !== undefined && isFile(handle) && handle.name === file.name
      ? [{ name: file.name, file, handle }]
      : [{ name: file.name, file }]
  })
  const rest = await withoutArchives(chosen)
  return { files: rest.files, trees: [...trees, ...rest.trees] }
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory'
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}

/** Archives are trees, and so is everything together where it is too much to be opened file by file. */
async function withoutArchives(chosen: readonly ChosenFile[]): Promise<Dropped> {
  const few = chosen.length <= MOST_SINGLE_FILES
  const kinds = await Promise.all(
    // looking into thousands takes seconds: among so many only those that are called so
    chosen.map(({ name, file }) => (few || /\.(?:zip|tar|t?gz)$/i.test(name) ? isArchive(file) : undefined)),
  )
  const trees = chosen
    .filter((_, at) => kinds[at] !== undefined)
    .map(({ name, file }): TreeSource => ({ kind: 'archive', name, file }))
  const files = chosen.filter((_, at) => kinds[at] === undefined)
  if (files.length <= MOST_SINGLE_FILES) return { files, trees }
  const together: TreeSource = {
    kind: 'files',
    name: `${files.length.toLocaleString('en')} files`,
    files: files.map(({ name, file }) => ({ path: name, file })),
  }
  return { files: [], trees: [together, ...trees] }
}

/** What was chosen in an `<input type="file">`; with `folder`, all of it as one tree. */
export function filesOfInput(list: FileList | null, folder: boolean): Promise<Dropped> {
  // at once: the list is emptied when the input is
  const chosen = [...(list ?? [])]
  if (!folder) return withoutArchives(chosen.map((file) => ({ name: file.name, file })))
  const [first] = chosen
  if (first === undefined) return Promise.resolve({ files: [], trees: [] })
  const name = first.webkitRelativePath.split('/')[0] || 'Folder'
  const files = chosen
    .map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/') || file.name, file }))
    .filter(({ path }) => !path.split('/').slice(0, -1).some(isSkippedFolder))
  return Promise.resolve({ files: [], trees: [{ kind: 'files', name, files }] })
}

/** Asks for a folder that can be looked into again; undefined where the browser has no such thing. */
export async function pickFolder(): Promise<TreeSource | 'cancelled' | undefined> {
  const pick = (window as { showDirectoryPicker?: FolderPicker }).showDirectoryPicker
  if (pick === undefined) return undefined
  try {
    const handle = await pick.call(window, { id: 'recordings', mode: 'read' })
    return { kind: 'folder', name: handle.name, handle }
  } catch (error) {
    // in a frame of another origin, or where an administrator forbids it, the other way may be open
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : undefined
  }
}

/** Reads a file; undefined when it cannot be read (moved, permission withdrawn). */
export async function readBytes(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}

/** Hands a file to the browser's downloads under its own name. */
export function download(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(
    new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the download starts in a later task and still needs the URL
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
