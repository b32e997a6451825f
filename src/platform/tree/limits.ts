/** Where a tree stops: what passes these is no folder of recordings, or one that a browser tab cannot hold. */
export interface TreeLimits {
  /** Files of one tree. */
  readonly files: number
  /** Levels of folders: a link that leads in a circle goes deeper for ever. */
  readonly depth: number
  /** Bytes of one member of an archive. */
  readonly member: number
  /** Bytes that an archive may inflate to ... */
  readonly total: number
  /** ... and how many times its own size, for members above `suspicious` bytes. */
  readonly ratio: number
  readonly suspicious: number
}

const MB = 1024 * 1024

export const TREE_LIMITS: TreeLimits = {
  files: 500_000,
  depth: 48,
  // as much as can be opened as one text (core/file-text.ts)
  member: 250 * MB,
  total: 2048 * MB,
  ratio: 200,
  suspicious: 50 * MB,
}

/** Bytes in words. */
export function inWords(bytes: number): string {
  return bytes >= 1024 * MB ? `${(bytes / (1024 * MB)).toFixed(1)} GB` : `${Math.ceil(bytes / MB)} MB`
}
