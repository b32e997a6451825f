import { isSkippedFolder } from './likely-recording.ts'

/**
 * The path under which a member of an archive is shown: relative, with forward slashes, never above the archive
 * itself, whatever the archive says. Undefined for what is no file that a person put there.
 */
export function memberPath(written: string): string | undefined {
  const parts = written
    // no file system has it in a name, and some readers stop at it
    .replaceAll('\0', '')
    .replace(/^[A-Za-z]:(?=[\\/])/, '')
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  const name = parts.at(-1)
  if (name === undefined || name === '.DS_Store' || name.startsWith('._')) return undefined
  return parts.slice(0, -1).some(isSkippedFolder) ? undefined : parts.join('/')
}

/** Gives out each path once: the second "a.json" becomes "a (2).json". */
export class DistinctPaths {
  readonly #given = new Set<string>()
  /** The number that comes next: counted from two each time, 100,000 members of one name would take for ever. */
  readonly #next = new Map<string, number>()

  give(path: string): string {
    let free = path
    if (this.#given.has(path)) {
      let count = this.#next.get(path) ?? 2
      for (free = numbered(path, count); this.#given.has(free); free = numbered(path, count)) count++
      this.#next.set(path, count + 1)
    }
    this.#given.add(free)
    return free
  }
}

function numbered(path: string, count: number): string {
  const slash = path.lastIndexOf('/')
  const dot = path.lastIndexOf('.')
  const end = dot > slash + 1 ? dot : path.length
  return `${path.slice(0, end)} (${count})${path.slice(end)}`
}
