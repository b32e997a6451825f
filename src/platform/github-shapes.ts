/** What GitHub answers, as far as it is used here: checked, since a proxy or a change of the API may answer otherwise. */
import { GitHubFailure } from './github-failures.ts'

export interface GitHubFile {
  readonly path: string
  readonly oldPath?: string
  readonly status: 'added' | 'removed' | 'changed' | 'renamed'
  readonly added?: number
  readonly removed?: number
}

type Shape = Readonly<Record<string, unknown>>

export function objectOf(value: unknown, what: string): Shape {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Shape
  throw strange(what)
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw strange(what)
}

export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  throw strange(what)
}

export function numberOf(value: unknown, what: string): number {
  if (typeof value === 'number') return value
  throw strange(what)
}

function strange(what: string): GitHubFailure {
  return new GitHubFailure(
    `GitHub's answer has no ${what} where one belongs.`,
    'Try again; if it stays so, drop the .diff of the change here.',
  )
}

/** A `diff-entry`. */
export function fileOf(value: unknown): GitHubFile | undefined {
  const entry = objectOf(value, 'changed file')
  const path = textOf(entry.filename, 'file name')
  const old = entry.previous_filename
  const common = {
    path,
    ...(typeof entry.additions === 'number' && { added: entry.additions }),
    ...(typeof entry.deletions === 'number' && { removed: entry.deletions }),
  }
  switch (entry.status) {
    case 'added':
    // a copy leaves the other file where it was: for who reads the change it is a new one
    case 'copied':
      return { ...common, status: 'added' }
    case 'removed':
      return { ...common, status: 'removed' }
    case 'renamed':
      return { ...common, status: 'renamed', ...(typeof old === 'string' && { oldPath: old }) }
    case 'unchanged':
      return undefined
    default:
      return { ...common, status: 'changed' }
  }
}

/** Blobs of a recursive `git-tree` by path, and whether GitHub left some out. */
export function treeOf(value: unknown): {
  readonly blobs: ReadonlyMap<string, string>
  readonly truncated: boolean
} {
  const tree = objectOf(value, 'tree')
  const blobs = new Map<string, string>()
  for (const one of listOf(tree.tree, 'list of a tree')) {
    const entry = objectOf(one, 'entry of a tree')
    if (entry.type === 'blob') blobs.set(textOf(entry.path, 'path'), textOf(entry.sha, 'sha'))
  }
  return { blobs, truncated: tree.truncated === true }
}
