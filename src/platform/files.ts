/** Files in and out of the browser: drops, pickers, downloads. */

import type { ChosenFile } from '../workspace/browser.ts'

/** Folders that never hold recordings a person meant. */
const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', '.git', '.venv'])
const MAX_FILES = 5000

type HandleItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

/**
 * The files of a drop, folders walked. Must be called synchronously in the event: the list is emptied as soon
 * as the handler returns. Works where the DataTransfer carries plain files only.
 */
export function filesOfDrop(transfer: DataTransfer): Promise<readonly ChosenFile[]> {
  const plain = [...transfer.files].map((file): ChosenFile => ({ name: file.name, file }))
  const items = [...transfer.items].filter((item) => item.kind === 'file')
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null)
  const handles = items.map(handleOf)
  if (!entries.some((entry) => entry?.isDirectory)) return withHandles(plain, handles)
  return collect(entries.filter((entry) => entry !== null))
}

async function handleOf(item: HandleItem): Promise<FileSystemHandle | undefined> {
  try {
    return (await item.getAsFileSystemHandle?.()) ?? undefined
  } catch {
    return undefined
  }
}

async function withHandles(
  files: readonly ChosenFile[],
  handles: readonly Promise<FileSystemHandle | undefined>[],
): Promise<readonly ChosenFile[]> {
  const found = await Promise.all(handles)
  return files.map((chosen, at) => {
    const handle = found[at]
    return handle?.kind === 'file' && handle.name === chosen.name
      ? { ...chosen, handle: handle as FileSystemFileHandle }
      : chosen
  })
}

async function collect(entries: readonly FileSystemEntry[]): Promise<readonly ChosenFile[]> {
  const found: ChosenFile[] = []
  const queue = [...entries]
  for (let entry = queue.shift(); entry !== undefined && found.length < MAX_FILES; entry = queue.shift()) {
    if (entry.isFile) {
      const file = await fileOfEntry(entry as FileSystemFileEntry)
      if (file !== undefined) found.push({ name: file.name, file })
    } else if (!SKIPPED_FOLDERS.has(entry.name)) {
      queue.push(...(await entriesOf(entry as FileSystemDirectoryEntry)))
    }
  }
  return found.filter(isLikelyRecording)
}

function fileOfEntry(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)))
}

/** `readEntries` answers at most 100 at a time; an unreadable folder counts as empty. */
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

/** In a whole folder only what could be a recording is read; a file that is named itself always is. */
function isLikelyRecording({ name }: ChosenFile): boolean {
  return !name.startsWith('.') && /\.(?:json|ya?ml|har|txt|httprr|jsonl|ndjson|sse)$/i.test(name)
}

/** The files of an `<input type="file">`; with `folder`, only what could be a recording. */
export function filesOfInput(list: FileList | null, folder: boolean): readonly ChosenFile[] {
  const chosen = [...(list ?? [])].map((file): ChosenFile => ({ name: file.name, file }))
  return folder ? chosen.filter(isLikelyRecording).slice(0, MAX_FILES) : chosen
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
