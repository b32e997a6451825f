import type { TreeSource } from './tree.ts'

/**
 * What the session needs from the browser, as a port: the platform implements it, main.tsx hands it in, and
 * nothing between has to know that there is a DOM.
 */
export interface Browser {
  /** What a drop holds. Must be called synchronously in the event. */
  filesOfDrop(transfer: DataTransfer): Promise<Dropped>
  /** What was chosen in an `<input type="file">`; with `folder`, all of it as one tree. The list may be emptied after. */
  filesOfInput(list: FileList | null, folder: boolean): Promise<Dropped>
  /** Asks for a folder that can be looked into again; undefined where the browser has no such thing. */
  pickFolder(): Promise<TreeSource | 'cancelled' | undefined>
  /** Hands a file to the browser's downloads under its own name. */
  download(name: string, bytes: Uint8Array): void
  /** Copies text; false when the browser refuses. */
  copyText(text: string): Promise<boolean>
  /** Writes a file and makes sure of it. Nothing is ever written over that was not expected. */
  save(request: SaveRequest): Promise<SaveOutcome>
  /** What a file holds on disk now; never asks for permission. */
  readDisk(handle: FileSystemFileHandle): Promise<OnDisk>
}

export interface SaveRequest {
  readonly name: string
  readonly bytes: Uint8Array
  /** The file to write; without one the person is asked where. */
  readonly handle?: FileSystemFileHandle | undefined
  /** What the file must hold for it to be written over. Unused where the person is asked: the dialog asks that. */
  readonly expected?: Uint8Array | undefined
}

/** What a person handed over: files one by one, and what is many files in one. */
export interface Dropped {
  readonly files: readonly ChosenFile[]
  /** Folders, archives, and files that are too many to be opened each. */
  readonly trees: readonly TreeSource[]
}

/** A file that a person chose, not read yet. */
export interface ChosenFile {
  /** File name without its folder. */
  readonly name: string
  readonly file: File
  /** Present where the browser lets us write the file back. */
  readonly handle?: FileSystemFileHandle
}

export type SaveOutcome =
  /** Written, read back and found to be the same. */
  | { readonly kind: 'saved'; readonly handle: FileSystemFileHandle }
  /** Written, but it could not be made sure of. */
  | { readonly kind: 'unsure'; readonly handle: FileSystemFileHandle; readonly reason: string }
  | { readonly kind: 'cancelled' }
  /** The file on disk is no longer what was expected; nothing was written. */
  | { readonly kind: 'changed-on-disk'; readonly bytes: Uint8Array }
  /** The file is no longer there; nothing was written. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unsupported' }
  /** The file on disk is as it was; `emptied` where the person has just chosen it: choosing empties a file. */
  | { readonly kind: 'failed'; readonly reason: string; readonly emptied?: true }

export type OnDisk =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  /** Neither its size nor the time of its last change is another one than when it was read last. */
  | { readonly kind: 'same' }
  | { readonly kind: 'gone' }
  /** Access was not given, or was given to an earlier visit. */
  | { readonly kind: 'closed' }
