/**
 * Answers of GitHub's REST API with the members that its published OpenAPI description (github/rest-api-description,
 * version 2022-11-28) requires of each schema; `REQUIRED` is that list, so that a test can hold the stub to it.
 */

export const REQUIRED = {
  'basic-error': [],
  'diff-entry': [
    'additions',
    'blob_url',
    'changes',
    'contents_url',
    'deletions',
    'filename',
    'raw_url',
    'sha',
    'status',
  ],
  commit: ['url', 'sha', 'node_id', 'html_url', 'comments_url', 'commit', 'author', 'committer', 'parents'],
  'commit-comparison': [
    'url',
    'html_url',
    'permalink_url',
    'diff_url',
    'patch_url',
    'base_commit',
    'merge_base_commit',
    'status',
    'ahead_by',
    'behind_by',
    'total_commits',
    'commits',
  ],
  'git-tree': ['sha', 'tree', 'truncated'],
  'simple-user': [
    'avatar_url',
    'events_url',
    'followers_url',
    'following_url',
    'gists_url',
    'gravatar_id',
    'html_url',
    'id',
    'node_id',
    'login',
    'organizations_url',
    'received_events_url',
    'repos_url',
    'site_admin',
    'starred_url',
    'subscriptions_url',
    'type',
    'url',
  ],
  'pull-request': [
    '_links',
    'assignee',
    'labels',
    'base',
    'body',
    'closed_at',
    'comments_url',
    'commits_url',
    'created_at',
    'diff_url',
    'head',
    'html_url',
    'id',
    'node_id',
    'issue_url',
    'merge_commit_sha',
    'merged_at',
    'milestone',
    'number',
    'patch_url',
    'review_comment_url',
    'review_comments_url',
    'statuses_url',
    'state',
    'locked',
    'title',
    'updated_at',
    'url',
    'user',
    'author_association',
    'auto_merge',
    'additions',
    'changed_files',
    'comments',
    'commits',
    'deletions',
    'mergeable',
    'mergeable_state',
    'merged',
    'maintainer_can_modify',
    'merged_by',
    'review_comments',
  ],
} as const

/** Where a repository's URLs begin. */
export interface Urls {
  /** "https://api.github.com/repos/o/r" */
  readonly api: string
  /** "https://github.com/o/r" */
  readonly html: string
}

const TIME = '2026-01-01T00:00:00Z'

function simpleUser(login: string): object {
  const url = `https://api.github.com/users/${login}`
  return {
    login,
    id: 1,
    node_id: 'MDQ6VXNlcjE=',
    avatar_url: 'https://avatars.githubusercontent.com/u/1',
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    site_admin: false,
  }
}

export interface CommitFacts {
  readonly sha: string
  readonly tree: string
  readonly message: string
  readonly parents: readonly string[]
}

export function commitShape({ api, html }: Urls, facts: CommitFacts, files?: readonly object[]): object {
  const { sha, tree, message, parents } = facts
  const person = { name: 'A', email: 'a@example.com', date: TIME }
  return {
    url: `${api}/commits/${sha}`,
    sha,
    node_id: `C_${sha}`,
    html_url: `${html}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: person,
      committer: person,
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      verification: {
        verified: false,
        reason: 'unsigned',
        payload: null,
        signature: null,
        verified_at: null,
      },
    },
    author: simpleUser('octocat'),
    committer: simpleUser('octocat'),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${html}/commit/${parent}`,
    })),
    ...(files && { stats: { additions: 0, deletions: 0, total: 0 }, files }),
  }
}

export interface EntryFacts {
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied'
  readonly filename: string
  readonly previous?: string
  readonly sha: string
  readonly additions: number
  readonly deletions: number
  readonly patch?: string
}

export function diffEntry({ api, html }: Urls, ref: string, facts: EntryFacts): object {
  const { filename, previous, sha, status, additions, deletions, patch } = facts
  const path = filename.split('/').map(encodeURIComponent).join('/')
  return {
    sha,
    filename,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${html}/blob/${ref}/${path}`,
    raw_url: `${html}/raw/${ref}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${ref}`,
    ...(patch !== undefined && { patch }),
    ...(previous !== undefined && { previous_filename: previous }),
  }
}

export interface ComparisonFacts {
  readonly name: string
  readonly base: object
  readonly mergeBase: object
  readonly ahead: number
  readonly behind: number
  /** Of this page. */
  readonly commits: readonly object[]
  /** On the first page only. */
  readonly files?: readonly object[]
}

export function comparisonShape({ api, html }: Urls, facts: ComparisonFacts): object {
  const { name, ahead, behind } = facts
  const status = ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical'
  return {
    url: `${api}/compare/${name}`,
    html_url: `${html}/compare/${name}`,
    permalink_url: `${html}/compare/${name}`,
    diff_url: `${html}/compare/${name}.diff`,
    patch_url: `${html}/compare/${name}.patch`,
    base_commit: facts.base,
    merge_base_commit: facts.mergeBase,
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: facts.commits,
    ...(facts.files && { files: facts.files }),
  }
}

export interface PullFacts {
  readonly number: number
  readonly title: string
  readonly base: string
  readonly head: string
  /** Owner of the fork that it comes from; null where that was deleted since. */
  readonly fork?: string | null
  readonly changedFiles: number
  readonly commits: number
}

export function pullShape({ api, html }: Urls, owner: string, repo: string, facts: PullFacts): object {
  const { number, fork } = facts
  const url = `${api}/pulls/${number}`
  const issue = `${api}/issues/${number}`
  const from = fork === undefined ? owner : fork
  const side = (login: string | null, sha: string, ref: string): object => ({
    label: `${login ?? 'unknown repository'}:${ref}`,
    ref,
    sha,
    user: login === null ? null : simpleUser(login),
    repo: login === null ? null : { full_name: `${login}/${repo}`, name: repo, private: false },
  })
  return {
    url,
    id: number,
    node_id: `PR_${number}`,
    html_url: `${html}/pull/${number}`,
    diff_url: `${html}/pull/${number}.diff`,
    patch_url: `${html}/pull/${number}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${api}/statuses/${facts.head}`,
    number,
    state: 'open',
    locked: false,
    title: facts.title,
    user: simpleUser('octocat'),
    body: null,
    labels: [],
    milestone: null,
    assignee: null,
    created_at: TIME,
    updated_at: TIME,
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
    head: side(from, facts.head, 'topic'),
    base: side(owner, facts.base, 'main'),
    _links: Object.fromEntries(
      ['comments', 'commits', 'statuses', 'html', 'issue', 'review_comments', 'review_comment', 'self'].map(
        (name) => [name, { href: url }],
      ),
    ),
    author_association: 'OWNER',
    auto_merge: null,
    merged: false,
    mergeable: true,
    mergeable_state: 'clean',
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: facts.commits,
    additions: 0,
    deletions: 0,
    changed_files: facts.changedFiles,
  }
}
