/** The last part of a path. */
export function nameOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folders of a path, with the slash at their end; empty for a file at the top. */
export function foldersOfPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** The name of a file with its hashes shortened: they say nothing in full. */
export function shortName(path: string): string {
  return nameOfPath(path).replace(/([0-9a-f]{10})[0-9a-f]{22,}/g, '$1…')
}
