/** A diff of two folders (`git diff --no-index`, `diff -r`) names both folders: a file is the same one below them. */
import type { DiffFile } from './git-diff.ts'

interface Roots {
  readonly old: string
  readonly now: string
}

/** The files as they are named below the two folders; as they are where there are no such folders. */
export function withoutRoots(files: readonly DiffFile[]): readonly DiffFile[] {
  const roots = rootsOf(files)
  if (roots === undefined) return files
  return files.map((file) => {
    const oldPath = below(roots.old, file.oldPath)
    const newPath = below(roots.now, file.newPath)
    return {
      ...file,
      ...(oldPath !== undefined && { oldPath }),
      ...(newPath !== undefined && { newPath }),
      ...(file.status === 'renamed' && oldPath === newPath && { status: 'changed' as const }),
    }
  })
}

/** What stands before the end that both names have, where it is the same for all files. */
function rootsOf(files: readonly DiffFile[]): Roots | undefined {
  let found: Roots | undefined
  for (const { oldPath, newPath, status, similarity } of files) {
    if (oldPath === undefined || newPath === undefined) continue
    // a rename that git found says how similar the two are, and that both lie in one folder or in two
    if (status === 'copied' || (status === 'renamed' && similarity !== undefined)) continue
    const roots = apart(oldPath, newPath)
    if (roots === undefined) return undefined
    if (found !== undefined && (found.old !== roots.old || found.now !== roots.now)) return undefined
    found = roots
  }
  return found
}

/** Undefined where the names are the same, or have no end in common. */
function apart(one: string, other: string): Roots | undefined {
  const [old, now] = [one.split('/'), other.split('/')]
  let same = 0
  while (same < Math.min(old.length, now.length) && old.at(-1 - same) === now.at(-1 - same)) same++
  if (same === 0 || one === other) return undefined
  const root = (parts: readonly string[]): string =>
    parts
      .slice(0, parts.length - same)
      .map((part) => `${part}/`)
      .join('')
  return { old: root(old), now: root(now) }
}

function below(root: string, path: string | undefined): string | undefined {
  return path?.startsWith(root) ? path.slice(root.length) : path
}
