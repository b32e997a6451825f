/** Many files that a person chose as one thing: a folder, an archive, a handful. Can be sent to a worker. */
export type TreeSource =
  /** A folder that can be looked into again later, and written to where the person allows it. */
  | { readonly kind: 'folder'; readonly name: string; readonly handle: FileSystemDirectoryHandle }
  /** Files with their paths below what was chosen, with forward slashes. */
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly TreeFile[] }
  /** A zip, tar or tar.gz file; which one is told by its content. */
  | { readonly kind: 'archive'; readonly name: string; readonly file: File }

export interface TreeFile {
  readonly path: string
  readonly file: File
}

/** Something about a tree that a person should know: a folder that could not be read, a link that leads in a circle. */
export interface TreeNote {
  /** Kebab-case: "unreadable-folder", "link-loop", "too-deep", "too-many", "bomb", "broken-archive", "vanished", "encrypted", "permission", "memory". */
  readonly code: string
  /** A sentence: what, where, and what to do. */
  readonly message: string
  readonly path?: string
}

/** Why a file of a tree could not be read now. */
export interface Unreadable {
  readonly problem: string
  /** Kebab-case: "vanished", "permission", "encrypted", "bomb", "broken-archive", "unreadable". */
  readonly code?: string
}
