/** What a diff of one or many commits comes to, file by file. */
import type { DiffFile, GitDiff } from './git-diff.ts'

/** One file over all commits of a diff. */
export interface DiffChange {
  readonly oldPath?: string
  readonly newPath?: string
  readonly status: 'added' | 'removed' | 'changed' | 'renamed' | 'copied'
  /** The oldest first; one for most diffs. */
  readonly steps: readonly DiffFile[]
  /** Lines; of all steps. */
  readonly added: number
  readonly removed: number
}

/** Files in order of their first appearance; one that came and went in between is left out. */
export function changesOf(diff: GitDiff): readonly DiffChange[] {
  const chains: DiffFile[][] = []
  const byPath = new Map<string, DiffFile[]>()
  for (const file of inOrder(diff)) {
    const { oldPath, newPath } = file
    const found = file.status === 'copied' ? undefined : byPath.get(oldPath ?? newPath ?? '')
    // a file that is added where one is already is another file (a diff put together by hand)
    const chain = found && follows(found.at(-1), file) ? found : []
    if (chain.length === 0) chains.push(chain)
    chain.push(file)
    if (oldPath !== undefined && file.status === 'renamed') byPath.delete(oldPath)
    byPath.set(newPath ?? oldPath ?? '', chain)
  }
  return chains.flatMap((steps) => changeOf(steps) ?? [])
}

/** The oldest first. The names of the contents know it best; else it is as such a text is usually written. */
function inOrder({ files, newestFirst }: GitDiff): readonly DiffFile[] {
  const seen = new Map<string, DiffFile>()
  for (const file of files) {
    const earlier = seen.get(file.oldPath ?? '') ?? seen.get(file.newPath ?? '')
    if (earlier) {
      if (meets(earlier.newBlob, file.oldBlob)) return files
      if (meets(file.newBlob, earlier.oldBlob)) return files.toReversed()
    }
    for (const path of [file.oldPath, file.newPath]) if (path !== undefined) seen.set(path, file)
  }
  return newestFirst ? files.toReversed() : files
}

/** Whether two names of contents, each perhaps shortened, are of the same. */
export function meets(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  return one.startsWith(other) || other.startsWith(one)
}

function follows(earlier: DiffFile | undefined, later: DiffFile): boolean {
  return (earlier?.newPath === undefined) === (later.oldPath === undefined)
}

function changeOf(steps: readonly DiffFile[]): DiffChange | undefined {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const { oldPath } = first
  const { newPath } = last
  if (oldPath === undefined && newPath === undefined) return undefined
  return {
    ...(oldPath !== undefined && { oldPath }),
    ...(newPath !== undefined && { newPath }),
    status: statusOf(oldPath, newPath, first.status === 'copied'),
    steps,
    added: countOf(steps, '+'),
    removed: countOf(steps, '-'),
  }
}

function statusOf(
  oldPath: string | undefined,
  newPath: string | undefined,
  isCopy: boolean,
): DiffChange['status'] {
  if (oldPath === undefined) return 'added'
  if (newPath === undefined) return 'removed'
  if (isCopy) return 'copied'
  return oldPath === newPath ? 'changed' : 'renamed'
}

function countOf(steps: readonly DiffFile[], sign: '+' | '-'): number {
  let count = 0
  for (const { hunks } of steps) {
    for (const { lines } of hunks) for (const line of lines) if (line.startsWith(sign)) count++
  }
  return count
}
