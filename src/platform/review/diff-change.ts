/** What a git diff changes, with the folder that it was made from where that is open. */

import type { FileVerdict } from '../../core/judge.ts'
import { type Rebuilt, rebuild } from '../../core/review/apply-diff.ts'
import { changesOf, type DiffChange } from '../../core/review/diff-changes.ts'
import { parseGitDiff } from '../../core/review/git-diff.ts'
import { judgeLines } from '../../core/review/judge-lines.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { ChangedLines } from '../../workspace/review-port.ts'
import type { TreeNote, TreeSource } from '../../workspace/tree.ts'
import { isLikelyRecording, nameOfPath } from '../tree/likely-recording.ts'
import { blobName } from './blob-name.ts'
import {
  type ChangedFile,
  type FoundChange,
  isUnreadable,
  ReviewFailure,
  type SideContent,
} from './changed-file.ts'
import { type OpenTree, openSide, type SideFile } from './tree-change.ts'

export async function diffChange(
  name: string,
  text: string,
  base: readonly TreeSource[],
  open: OpenTree,
  signal?: AbortSignal,
): Promise<FoundChange> {
  const diff = parseGitDiff(text)
  const [problem] = diff.problems
  if (diff.files.length === 0 && problem !== undefined) throw new ReviewFailure(problem.message)
  const changes = changesOf(diff)
  const likely = changes.filter(({ oldPath, newPath }) =>
    isLikelyRecording(nameOfPath(newPath ?? oldPath ?? '')),
  )
  const side = await openSide(base, open, signal)
  const bases = new Bases(side.files)
  return {
    title: name,
    files: likely.map((change) => new DiffedFile(change, bases)),
    notes: [
      ...diff.problems.map(({ code, message, path }): TreeNote => ({ code, message, ...(path && { path }) })),
      ...side.notes,
      ...otherFiles(changes.length - likely.length),
    ],
  }
}

/** Files whose names say that they are no recordings are counted, not listed. */
export function otherFiles(count: number): readonly TreeNote[] {
  if (count === 0) return []
  const message =
    count === 1
      ? '1 other file changed too; by its name it is no recording and is not listed.'
      : `${count.toLocaleString('en')} other files changed too; by their names they are no recordings and are not listed.`
  return [{ code: 'other-files', message }]
}

/** The files of the folder, found by as much of the path as both have: the folder may be one inside of the repository. */
class Bases {
  readonly #byName = new Map<string, SideFile[]>()

  constructor(files: readonly SideFile[]) {
    for (const file of files) {
      const name = nameOfPath(file.path)
      const found = this.#byName.get(name)
      if (found) found.push(file)
      else this.#byName.set(name, [file])
    }
  }

  find(path: string | undefined): SideFile | undefined {
    if (path === undefined) return undefined
    return this.#byName
      .get(nameOfPath(path))
      ?.filter((file) => isBelow(path, file.path) || isBelow(file.path, path))
      .toSorted((one, other) => other.path.length - one.path.length)[0]
  }
}

function isBelow(whole: string, part: string): boolean {
  return whole === part || whole.endsWith(`/${part}`)
}

class DiffedFile implements ChangedFile {
  readonly item: ReviewItem
  readonly isCertain = true
  readonly #change: DiffChange
  readonly #bases: Bases

  constructor(change: DiffChange, bases: Bases) {
    const { oldPath, newPath, status, added, removed } = change
    this.#change = change
    this.#bases = bases
    this.item = {
      path: newPath ?? oldPath ?? '',
      // a copy leaves the other file where it was: for who reads the change it is a new one
      status: status === 'copied' ? 'added' : status,
      ...(status === 'renamed' && oldPath !== undefined && { oldPath }),
      added,
      removed,
    }
  }

  async read(side: 'before' | 'after'): Promise<SideContent> {
    if (side === 'before' && this.item.status === 'added') return undefined
    const rebuilt = await this.#rebuilt()
    if ('problem' in rebuilt) return { problem: rebuilt.problem }
    const text = rebuilt[side]
    return text === undefined ? undefined : new TextEncoder().encode(text)
  }

  byLines() {
    const { steps } = this.#change
    // lines that are not there say nothing
    if (steps.some(({ binary, broken }) => binary || broken)) return undefined
    return steps.some(({ hunks }) => hunks.length > 0) ? judgeLines(steps) : SAME_CONTENT
  }

  lines(): ChangedLines {
    return this.#change.steps.map(({ hunks }) => hunks)
  }

  async #rebuilt(): Promise<Rebuilt> {
    const { oldPath, newPath } = this.#change
    const blobOf = (text: string): string => blobName(new TextEncoder().encode(text))
    const alone = rebuild(this.#change, { blobOf })
    if (!('problem' in alone)) return alone
    let rebuilt: Rebuilt = alone
    // the folder is as it was before, or as it is after
    for (const file of new Set([this.#bases.find(newPath), this.#bases.find(oldPath)])) {
      const content = await file?.read()
      if (content === undefined || isUnreadable(content)) continue
      rebuilt = rebuild(this.#change, { base: textOf(content), blobOf })
      if (!('problem' in rebuilt)) return rebuilt
    }
    return rebuilt
  }
}

const SAME_CONTENT: FileVerdict = {
  kind: 'identical',
  sentence: 'Its name or its rights changed, its content did not',
  reasons: [],
  requestChanged: false,
}

/** A byte order mark is a character of the first line for git. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
