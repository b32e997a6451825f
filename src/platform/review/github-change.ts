/** A pull request, commit or comparison on GitHub; its files are fetched when they are judged or looked at. */
import { type GitHubChange, parseGitHubUrl } from '../../core/review/github-url.ts'
import { type GitHubClient, gitHubClient } from '../github.ts'
import { GitHubFailure } from '../github-failures.ts'
import type { GitHubOptions } from '../github-request.ts'
import { isLikelyRecording, nameOfPath } from '../tree/likely-recording.ts'
import { ByteCache } from './byte-cache.ts'
import {
  type ChangedFile,
  type FoundChange,
  ReviewFailure,
  type Side,
  type SideContent,
} from './changed-file.ts'
import { otherFiles } from './diff-change.ts'

/** What was judged is likely to be looked at next. */
const CACHED_BYTES = 64 * 1024 * 1024

export async function gitHubChange(
  url: string,
  options: GitHubOptions,
  signal?: AbortSignal,
): Promise<FoundChange> {
  const change = parseGitHubUrl(url)
  if (change === undefined) {
    throw new ReviewFailure(
      'This is no URL of a change on GitHub.',
      'Paste the URL of a pull request, a commit or a comparison, like https://github.com/owner/repo/pull/123.',
    )
  }
  if ('problem' in change) throw new ReviewFailure(change.problem)
  const client = gitHubClient(options)
  const found = await client.change(change, signal)
  const likely = found.files.filter(({ path }) => isLikelyRecording(nameOfPath(path)))
  const contents = new Contents(client, change)
  return {
    title: found.title,
    link: found.link,
    notes: [...found.notes, ...otherFiles(found.files.length - likely.length)],
    files: likely.map((file): ChangedFile => {
      const { path, oldPath = path, status } = file
      return {
        item: file,
        isCertain: true,
        read: async (side, asked = signal) => {
          if (status === (side === 'before' ? 'added' : 'removed')) return undefined
          return side === 'before'
            ? contents.of(found.before, oldPath, side, asked)
            : contents.of(found.after, path, side, asked)
        },
      }
    }),
  }
}

class Contents {
  readonly #client: GitHubClient
  readonly #change: GitHubChange
  readonly #cache = new ByteCache(CACHED_BYTES)
  /** After a refusal for too many requests no more are made: they would only make it longer. */
  #stopped: string | undefined

  constructor(client: GitHubClient, change: GitHubChange) {
    this.#client = client
    this.#change = change
  }

  async of(sha: string | undefined, path: string, side: Side, signal?: AbortSignal): Promise<SideContent> {
    if (sha === undefined) return undefined
    const key = `${sha} ${path}`
    const kept = this.#cache.get(key)
    if (kept) return kept
    if (this.#stopped !== undefined) return { problem: this.#stopped }
    try {
      const bytes = await this.#client.file(this.#change, sha, path, signal)
      if (bytes === undefined)
        return { problem: `GitHub no longer has this file as it was ${side} the change.` }
      this.#cache.set(key, bytes)
      return bytes
    } catch (error) {
      if (!(error instanceof GitHubFailure)) throw error
      const problem = error.advice === undefined ? error.message : `${error.message} ${error.advice}`
      if (error.status === 429 || error.status === 403) this.#stopped = problem
      return { problem }
    }
  }
}
