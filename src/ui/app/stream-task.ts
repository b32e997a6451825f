/** What is asked before a stream is changed. */
export type StreamTask =
  /** A new chunk before this position. */
  | { readonly kind: 'insert'; readonly position: number }
  | { readonly kind: 'split'; readonly chunk: number }
  /** One field of every chunk; `path` is its pointer from the chunk's data. */
  | { readonly kind: 'set-in-all'; readonly path: string }
  /** A whole new text; `track` is its position among the stream's tracks. */
  | { readonly kind: 'replace'; readonly track: number }
