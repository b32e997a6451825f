import type { OnDisk, SaveOutcome, SaveRequest } from '../workspace/browser.ts'

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>
type Mode = { readonly mode: 'read' | 'readwrite' }
/** Chromium's; a file system that the page owns needs no permission and may not have them. */
type Asking = {
  queryPermission?(mode: Mode): Promise<PermissionState>
  requestPermission?(mode: Mode): Promise<PermissionState>
}

/** Size and time of each file when it was last read: a file whose both are the same is not read again. */
const stamps = new WeakMap<FileSystemFileHandle, string>()

/**
 * Writes a file: looks what is there, writes into the browser's swap file, looks again, closes, reads back. The
 * swap file takes the file's place in one go, so whatever fails before that leaves the old content.
 */
export async function save({ name, bytes, handle, expected }: SaveRequest): Promise<SaveOutcome> {
  const pick = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker
  if (handle === undefined) return saveAsChosen(name, bytes, pick)
  try {
    if (!(await mayWrite(handle))) {
      return { kind: 'failed', reason: 'The browser was not allowed to write the file.' }
    }
    return await writeTo(handle, bytes, expected)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return { kind: 'gone' }
    return { kind: 'failed', reason: reasonOf(error) }
  }
}

/** The picker empties the file that is chosen at once; only before that nothing has happened yet. */
async function saveAsChosen(
  name: string,
  bytes: Uint8Array,
  pick: SavePicker | undefined,
): Promise<SaveOutcome> {
  if (pick === undefined) return { kind: 'unsupported' }
  let chosen: FileSystemFileHandle
  try {
    chosen = await pick({ suggestedName: name })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return { kind: 'cancelled' }
    return { kind: 'failed', reason: reasonOf(error) }
  }
  try {
    return await writeTo(chosen, bytes, undefined)
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error), emptied: true }
  }
}

async function writeTo(
  target: FileSystemFileHandle,
  bytes: Uint8Array,
  expected: Uint8Array | undefined,
): Promise<SaveOutcome> {
  const isAsExpected = async (): Promise<Uint8Array | undefined> => {
    if (expected === undefined) return undefined
    const found = await contentOf(target)
    return sameBytes(found, expected) ? undefined : found
  }
  const before = await isAsExpected()
  if (before !== undefined) return { kind: 'changed-on-disk', bytes: before }
  const writable = await openForWriting(target)
  try {
    await writable.write(bytes as Uint8Array<ArrayBuffer>)
    // large files take a while: somebody else may have written in between
    const meanwhile = await isAsExpected()
    if (meanwhile !== undefined) {
      await writable.abort()
      return { kind: 'changed-on-disk', bytes: meanwhile }
    }
    await writable.close()
  } catch (error) {
    // throws the swap file away; after a failed close there is none
    await writable.abort().catch(() => {})
    throw error
  }
  return verify(target, bytes)
}

async function verify(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<SaveOutcome> {
  try {
    if (sameBytes(await contentOf(handle), bytes)) return { kind: 'saved', handle }
    return { kind: 'unsure', handle, reason: 'the file holds something else than was written.' }
  } catch (error) {
    return { kind: 'unsure', handle, reason: `it could not be read back. ${reasonOf(error)}` }
  }
}

/** Exclusive where the browser knows that: of two writers in the default mode the last one wins. */
async function openForWriting(handle: FileSystemFileHandle): Promise<FileSystemWritableFileStream> {
  try {
    const exclusive = { mode: 'exclusive' } as FileSystemCreateWritableOptions
    return await handle.createWritable(exclusive)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NoModificationAllowedError') {
      throw new Error('Another tab is writing it right now; try again.')
    }
    if (!(error instanceof TypeError)) throw error
    return handle.createWritable()
  }
}

/** What a file holds on disk now. Asks for nothing: it is called when a window gets the focus. */
export async function readDisk(handle: FileSystemFileHandle): Promise<OnDisk> {
  try {
    const asking = handle as Asking
    const state = (await asking.queryPermission?.({ mode: 'read' })) ?? 'granted'
    if (state !== 'granted') return { kind: 'closed' }
    const file = await handle.getFile()
    if (stamps.get(handle) === stampOf(file)) return { kind: 'same' }
    return { kind: 'read', bytes: await contentOf(handle) }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') {
      stamps.delete(handle)
      return { kind: 'gone' }
    }
    // being written right now, or access was withdrawn: nothing is known
    return { kind: 'closed' }
  }
}

async function contentOf(handle: FileSystemFileHandle): Promise<Uint8Array> {
  const file = await handle.getFile()
  const bytes = new Uint8Array(await file.arrayBuffer())
  stamps.set(handle, stampOf(file))
  return bytes
}

function stampOf({ size, lastModified }: File): string {
  return `${size} ${lastModified}`
}

async function mayWrite(handle: FileSystemFileHandle): Promise<boolean> {
  const asking = handle as Asking
  const mode = { mode: 'readwrite' } as const
  const state = (await asking.queryPermission?.(mode)) ?? 'granted'
  if (state === 'granted') return true
  return (await asking.requestPermission?.(mode)) === 'granted'
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return /[.!?]$/.test(reason) ? reason : `${reason}.`
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
