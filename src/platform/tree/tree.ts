import type { TreeNote, Unreadable } from '../../workspace/tree.ts'

/** A file of a tree, not read yet. */
export interface ListedFile {
  /** Below what was opened, with forward slashes; unique in its tree. */
  readonly path: string
  /** Bytes; -1 where only a look at the file itself would tell. */
  readonly size: number
  /** Milliseconds since the epoch; 0 where unknown, -1 where only a look would tell. */
  readonly modified: number
  /** What tells two files apart that have the same path, size and time: a checksum, a place in an archive. */
  readonly mark?: string
}

/** What is known of a file without reading it. */
export interface Looked {
  readonly size: number
  readonly modified: number
}

/** What was opened, with the way to each of its files. */
export interface Tree {
  readonly name: string
  /** Size and time of a file now. */
  look(path: string): Promise<Looked | Unreadable>
  read(path: string): Promise<Uint8Array | Unreadable>
  /** The file itself, where the browser lets us write it back. */
  handle?(path: string): Promise<FileSystemFileHandle | undefined>
}

/** Hears what is found while a tree is listed: soon, and in pieces. */
export interface TreeListener {
  files(batch: readonly ListedFile[]): void
  note(note: TreeNote): void
}

/** A tree that can be listed, again where it may have changed. Files can be read while it still is. */
export interface ListableTree extends Tree {
  /** Rejects only with the signal's reason; everything else is a note. */
  list(hear: TreeListener, signal?: AbortSignal): Promise<void>
}

/** Why a file cannot be read now: plain data, so that it crosses a worker. */
export function unreadable(code: string, problem: string): Unreadable {
  return { code, problem }
}

/**
 * What reading a file failed with that was chosen on its own, in a list or as an archive. The browser knows such a file as
 * it was then: once it was written to, no second look helps.
 */
export function whyChosenUnreadable(error: unknown): Unreadable {
  return error instanceof DOMException && error.name === 'NotReadableError'
    ? unreadable(
        'vanished',
        'This file was changed or taken away after it was chosen. Open it again to read it as it is now.',
      )
    : whyUnreadable(error)
}

/** What reading a file failed with, in a sentence. */
export function whyUnreadable(error: unknown): Unreadable {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotFoundError') return unreadable('vanished', 'This file is gone: it was moved or deleted.')
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return unreadable('permission', 'The browser may no longer read this folder. Open it again to allow it.')
  }
  if (name === 'NotReadableError') {
    return unreadable(
      'vanished',
      'This file was changed or taken away while it was read. Refresh to read it again.',
    )
  }
  const reason = error instanceof Error ? error.message : String(error)
  return unreadable('unreadable', `This file cannot be read: ${reason}`)
}
