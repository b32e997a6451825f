/** Folders that never hold recordings a person meant. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  '__pycache__',
  '.git',
  '.venv',
  '__MACOSX',
])

export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name)
}

/**
 * In a whole folder only what could be a recording is read, by its name; a file that is named itself always is.
 * A name that begins with a dot belongs to a tool: ".DS_Store", "._x" of macOS, an editor's swap file.
 */
export function isLikelyRecording(name: string): boolean {
  return (
    !name.startsWith('.') &&
    /\.(?:json|ya?ml|har|txt|httprr|http|jsonl|ndjson|sse|responses)(?:\.gz|\.zst)?$/i.test(name)
  )
}

/** The part of a path behind its last slash. */
export function nameOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
