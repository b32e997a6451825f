/**
 * What the session needs from the browser, as a port: the platform implements it, main.tsx hands it in, and
 * nothing between has to know that there is a DOM.
 */
export interface Browser {
  /** The files of a drop, folders walked. Must be called synchronously in the event. */
  filesOfDrop(transfer: DataTransfer): Promise<readonly ChosenFile[]>
  /** The files of an `<input type="file">`; with `folder`, only what could be a recording. */
  filesOfInput(list: FileList | null, folder: boolean): readonly ChosenFile[]
  /** Hands a file to the browser's downloads under its own name. */
  download(name: string, bytes: Uint8Array): void
  /** Copies text; false when the browser refuses. */
  copyText(text: string): Promise<boolean>
  /**
   * Writes bytes into a file, asking where when there is no handle yet. `expected` is what the file should hold
   * now: when it holds something else nothing is written.
   */
  save(
    name: string,
    bytes: Uint8Array,
    handle: FileSystemFileHandle | undefined,
    expected: Uint8Array | undefined,
  ): Promise<SaveOutcome>
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
  | { readonly kind: 'saved'; readonly handle: FileSystemFileHandle }
  | { readonly kind: 'cancelled' }
  /** The file on disk is no longer what was opened; nothing was written. */
  | { readonly kind: 'changed-on-disk'; readonly handle: FileSystemFileHandle }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly reason: string }
