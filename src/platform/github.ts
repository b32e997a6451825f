/** Changes on GitHub through its public REST API: which files, between which two commits. */
import { type GitHubChange, nameOfChange } from '../core/review/github-url.ts'
import { pairFiles } from '../core/review/pair-files.ts'
import type { TreeNote } from '../workspace/tree.ts'
import { GitHubFailure } from './github-failures.ts'
import { type GitHubOptions, GitHubRequests, type JsonAnswer } from './github-request.ts'
import { fileOf, type GitHubFile, listOf, numberOf, objectOf, textOf, treeOf } from './github-shapes.ts'

/** All that is known of a change before its files are fetched. */
export interface GitHubFiles {
  readonly title: string
  readonly link: string
  readonly files: readonly GitHubFile[]
  readonly notes: readonly TreeNote[]
  /** Commit of each side; `before` is absent for the first commit of a repository. */
  readonly before: string | undefined
  readonly after: string
}

export interface GitHubClient {
  /** Rejects with a `GitHubFailure`, or the signal's reason. */
  change(change: GitHubChange, signal?: AbortSignal): Promise<GitHubFiles>
  /** A file at a commit; undefined where it is not there. */
  file(change: GitHubChange, sha: string, path: string, signal?: AbortSignal): Promise<Uint8Array | undefined>
}

/** GitHub lists no more files than these; beyond them the two trees are compared here. */
const MOST_OF_PULL = 3000
const MOST_OF_COMPARISON = 300
/** An answer that always names a next page must not be asked for ever. */
const MOST_PAGES = 60

export function gitHubClient(options: GitHubOptions = {}): GitHubClient {
  const requests = new GitHubRequests(options)
  return {
    change(change, signal) {
      const at = new At(requests, change, signal)
      if (change.kind === 'pull') return pullRequest(at, change.number)
      return change.kind === 'commit' ? commit(at, change.ref) : comparison(at, change)
    },
    file: (change, sha, path, signal) => requests.file(repoOf(change), sha, path, signal),
  }
}

function repoOf({ owner, repo }: GitHubChange): string {
  return `${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`
}

/** One repository, asked for one change. */
class At {
  readonly change: GitHubChange
  readonly #requests: GitHubRequests
  readonly #signal: AbortSignal | undefined

  constructor(requests: GitHubRequests, change: GitHubChange, signal: AbortSignal | undefined) {
    this.#requests = requests
    this.change = change
    this.#signal = signal
  }

  async json(path: string): Promise<unknown> {
    return (await this.#requests.json(`/repos/${repoOf(this.change)}${path}`, this.#signal)).value
  }

  /** All pages; `listIn` finds the list in each. */
  async pages(
    path: string,
    listIn: (page: unknown) => readonly unknown[],
  ): Promise<{ first: unknown; all: readonly unknown[] }> {
    const all: unknown[] = []
    let first: unknown
    let next: string | undefined = `/repos/${repoOf(this.change)}${path}`
    for (let page = 0; next !== undefined && all.length < MOST_OF_PULL && page < MOST_PAGES; page++) {
      const answer: JsonAnswer = await this.#requests.json(next, this.#signal)
      first ??= answer.value
      all.push(...listIn(answer.value))
      next = answer.next
    }
    return { first, all }
  }
}

async function pullRequest(at: At, number: number): Promise<GitHubFiles> {
  const pull = objectOf(await at.json(`/pulls/${number}`), 'pull request')
  const base = shaIn(pull.base)
  const after = shaIn(pull.head)
  // what the pull request shows is measured from where its branch parted, not from where the base is now
  const parted = await at.json(`/compare/${base}...${after}?per_page=1`)
  const before = shaIn(objectOf(parted, 'comparison').merge_base_commit)
  const { all } = await at.pages(`/pulls/${number}/files?per_page=100`, (page) =>
    listOf(page, 'list of files'),
  )
  const count = numberOf(pull.changed_files, 'number of changed files')
  const title = `${nameOfChange(at.change)} · ${textOf(pull.title, 'title')}`
  const known = { title, link: textOf(pull.html_url, 'URL'), before, after }
  return count > all.length ? fromTrees(at, known) : { ...known, files: filesIn(all), notes: [] }
}

async function commit(at: At, ref: string): Promise<GitHubFiles> {
  const { first, all } = await at.pages(`/commits/${encodeURIComponent(ref)}?per_page=100`, (page) =>
    listOf(objectOf(page, 'commit').files ?? [], 'list of files'),
  )
  const made = objectOf(first, 'commit')
  const message = textOf(objectOf(made.commit, 'commit').message, 'message')
  const [parent] = listOf(made.parents, 'list of parents')
  const known = {
    title: `${nameOfChange(at.change)} · ${message.split('\n', 1)[0] ?? ''}`,
    link: textOf(made.html_url, 'URL'),
    before: parent === undefined ? undefined : shaIn(parent),
    after: textOf(made.sha, 'sha'),
  }
  return all.length >= MOST_OF_PULL ? fromTrees(at, known) : { ...known, files: filesIn(all), notes: [] }
}

async function comparison(
  at: At,
  { base, head, direct }: Extract<GitHubChange, { kind: 'compare' }>,
): Promise<GitHubFiles> {
  const from = base ?? textOf(objectOf(await at.json(''), 'repository').default_branch, 'default branch')
  const path = `/compare/${encodeURIComponent(from)}...${encodeURIComponent(head)}`
  const compared = objectOf(await at.json(`${path}?per_page=100`), 'comparison')
  const known = {
    title: nameOfChange(at.change),
    link: textOf(compared.html_url, 'URL'),
    before: shaIn(compared[direct ? 'base_commit' : 'merge_base_commit']),
    after: await headOf(at, path, compared),
  }
  const files = listOf(compared.files ?? [], 'list of files')
  const isWhole = files.length < MOST_OF_COMPARISON && !direct
  return isWhole ? { ...known, files: filesIn(files), notes: [] } : fromTrees(at, known)
}

/** The newest of the commits, which come oldest first and in pages; without any, both sides are the same. */
async function headOf(at: At, path: string, compared: Readonly<Record<string, unknown>>): Promise<string> {
  const commits = listOf(compared.commits, 'list of commits')
  const total = numberOf(compared.total_commits, 'number of commits')
  if (total === 0) return shaIn(compared.merge_base_commit)
  if (commits.length >= total) return shaIn(commits.at(-1))
  const last = objectOf(await at.json(`${path}?per_page=1&page=${total}`), 'comparison')
  return shaIn(listOf(last.commits, 'list of commits').at(-1))
}

/** Both trees by the names of their contents: two requests, whatever has changed. Renames without edits are found. */
async function fromTrees(at: At, known: Omit<GitHubFiles, 'files' | 'notes'>): Promise<GitHubFiles> {
  const blobsOf = async (sha: string | undefined) =>
    sha === undefined
      ? { blobs: new Map<string, string>(), truncated: false }
      : treeOf(await at.json(`/git/trees/${sha}?recursive=1`))
  const [before, after] = [await blobsOf(known.before), await blobsOf(known.after)]
  const refs = (blobs: ReadonlyMap<string, string>) =>
    [...blobs].map(([path, digest]) => ({ path, size: -1, digest }))
  const { pairs, moved, added, removed } = pairFiles(refs(before.blobs), refs(after.blobs))
  const files: GitHubFile[] = [
    ...pairs
      .filter((pair) => pair.before.digest !== pair.after.digest)
      .map((pair): GitHubFile => ({ path: pair.after.path, status: 'changed' })),
    ...moved.map(
      (pair): GitHubFile => ({
        path: pair.after.path,
        oldPath: pair.before.path,
        status: 'renamed',
      }),
    ),
    ...added.map(({ path }): GitHubFile => ({ path, status: 'added' })),
    ...removed.map(({ path }): GitHubFile => ({ path, status: 'removed' })),
  ]
  const isCut = before.truncated || after.truncated
  return { ...known, files, notes: isCut ? [CUT_NOTE] : [] }
}

const CUT_NOTE: TreeNote = {
  code: 'too-many',
  message:
    'GitHub lists only a part of this repository (it has more than 100,000 files), so changed files may be missing here. Check out both sides and open the two folders to see all.',
}

function filesIn(entries: readonly unknown[]): readonly GitHubFile[] {
  return entries.flatMap((entry) => fileOf(entry) ?? [])
}

function shaIn(value: unknown): string {
  const sha = textOf(objectOf(value, 'commit').sha, 'sha')
  if (!/^[0-9a-f]{4,64}$/.test(sha))
    throw new GitHubFailure('GitHub answered with a commit that has no name.')
  return sha
}
