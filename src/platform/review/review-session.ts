/** One review from its source to its last verdict. Takes its effects, so that it runs without a worker. */
import type { ChangedLines, ReviewEvent, ReviewSource } from '../../workspace/review-port.ts'
import { GitHubFailure } from '../github-failures.ts'
import type { GitHubOptions } from '../github-request.ts'
import {
  type ChangedFile,
  type FoundChange,
  ReviewFailure,
  type Side,
  type SideContent,
} from './changed-file.ts'
import { diffChange } from './diff-change.ts'
import { gitHubChange } from './github-change.ts'
import { type JudgeEffects, judgeChanges } from './judge-changes.ts'
import { type OpenTree, treeChange } from './tree-change.ts'

export interface SessionEffects extends JudgeEffects {
  readonly openTree: OpenTree
  readonly gitHub?: Omit<GitHubOptions, 'token'>
}

export class ReviewSession {
  readonly #effects: SessionEffects
  readonly #files = new Map<string, ChangedFile>()

  constructor(effects: SessionEffects) {
    this.#effects = effects
  }

  /** Resolves when everything has been heard; expected failures are events. */
  async open(source: ReviewSource, hear: (event: ReviewEvent) => void, signal?: AbortSignal): Promise<void> {
    try {
      const found = await this.#find(source, signal)
      hear({ kind: 'title', title: found.title, ...(found.link !== undefined && { link: found.link }) })
      if (found.notes.length > 0) hear({ kind: 'notes', notes: found.notes })
      for (const file of found.files) this.#files.set(file.item.path, file)
      // a path that is there twice (a file taken away, another put in its place) is asked for once
      const files = [...this.#files.values()]
      const same = await judgeChanges(files, hear, this.#effects, signal)
      if (same > 0) hear({ kind: 'notes', notes: [unchanged(same)] })
      hear({ kind: 'done' })
    } catch (error) {
      if (signal?.aborted) return
      if (!(error instanceof ReviewFailure || error instanceof GitHubFailure)) throw error
      const { message: problem, advice } = error
      hear({ kind: 'failed', problem, ...(advice !== undefined && { advice }) })
    }
  }

  async read(path: string, side: Side): Promise<SideContent> {
    const file = this.#files.get(path)
    return file ? file.read(side) : { problem: 'This file is no part of the change.' }
  }

  lines(path: string): ChangedLines | undefined {
    return this.#files.get(path)?.lines?.()
  }

  #find(source: ReviewSource, signal: AbortSignal | undefined): Promise<FoundChange> {
    const { openTree, gitHub } = this.#effects
    switch (source.kind) {
      case 'trees':
        return treeChange(source.before, source.after, openTree, signal)
      case 'diff':
        return diffChange(source.name, source.text, source.base ?? [], openTree, signal)
      case 'github':
        return gitHubChange(source.url, { ...gitHub, ...(source.token && { token: source.token }) }, signal)
    }
  }
}

function unchanged(count: number) {
  const what = count === 1 ? '1 file is' : `${count.toLocaleString('en')} files are`
  return { code: 'unchanged', message: `${what} the same on both sides, byte for byte.` }
}
