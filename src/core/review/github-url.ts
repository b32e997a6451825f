/** What a person pastes to name a change on GitHub: URLs as the site has them, and its own short forms. */

/** A change on github.com. */
export type GitHubChange =
  | { readonly kind: 'pull'; readonly owner: string; readonly repo: string; readonly number: number }
  | { readonly kind: 'commit'; readonly owner: string; readonly repo: string; readonly ref: string }
  | {
      readonly kind: 'compare'
      readonly owner: string
      readonly repo: string
      /** Branch, tag or commit, perhaps with "user:" before it; absent: the default branch. */
      readonly base?: string
      readonly head: string
      /** "a..b": from a itself, not from where b parted from it. */
      readonly direct?: true
    }

/** It is a GitHub URL, but of something else, or of another host: a sentence. */
export interface NoGitHubChange {
  readonly problem: string
}

const WHAT_WORKS =
  'Paste the URL of a pull request, a commit or a comparison, like https://github.com/owner/repo/pull/123.'

/** Reads what was pasted; undefined where it is nothing of GitHub at all. */
export function parseGitHubUrl(text: string): GitHubChange | NoGitHubChange | undefined {
  const pasted = text.trim()
  const short = /^([\w-]+)\/([\w.-]+)(?:#(\d+)|@([0-9a-f]{7,40}))$/.exec(pasted)
  if (short) {
    const [, owner = '', repo = '', number, ref = ''] = short
    return number === undefined
      ? { kind: 'commit', owner, repo, ref }
      : { kind: 'pull', owner, repo, number: Number(number) }
  }
  const url = urlOf(pasted)
  if (url === undefined) return undefined
  const parts = partsOf(url)
  if (parts === undefined) return { problem: `This URL has a broken percent sign in it. ${WHAT_WORKS}` }
  const host = url.hostname.replace(/^www\./, '')
  if (host === 'github.com') return changeAt(parts) ?? { problem: notOne(parts) }
  if (changeAt(parts) === undefined && !/(?:^|\.)github\b/.test(host)) return undefined
  return {
    problem: `Changes can be read from github.com only, not from ${host}. Download the change instead (add .diff to the URL of the pull request) and drop the file here.`,
  }
}

function urlOf(pasted: string): URL | undefined {
  if (/\s/.test(pasted)) return undefined
  const withScheme = /^(?:www\.)?github\.com\//i.test(pasted) ? `https://${pasted}` : pasted
  if (!/^https?:\/\//i.test(withScheme)) return undefined
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined
}

function partsOf({ pathname }: URL): readonly string[] | undefined {
  try {
    return pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
  } catch {
    return undefined
  }
}

function changeAt([owner, repo, kind, ...rest]: readonly string[]): GitHubChange | undefined {
  if (owner === undefined || repo === undefined || !isName(owner) || !isName(repo)) return undefined
  const place = { owner, repo: repo.replace(/\.git$/, '') }
  const [first = '', second, third] = rest
  switch (kind) {
    case 'pull':
    case 'pulls':
      return pullAt(place, first.replace(/\.(?:diff|patch)$/, ''), second, third)
    case 'commit': {
      const ref = rest.join('/').replace(/\.(?:diff|patch)$/, '')
      return ref === '' ? undefined : { kind: 'commit', ...place, ref }
    }
    case 'compare':
      return comparisonAt(place, rest.join('/').replace(/\.(?:diff|patch)$/, ''))
    default:
      return undefined
  }
}

interface Place {
  readonly owner: string
  readonly repo: string
}

/** Below a pull request: "commits/<sha>", "files/<sha>" (one commit), "files/<sha>..<sha>" (some), "changes" (of today). */
function pullAt(place: Place, number: string, tab?: string, ref?: string): GitHubChange | undefined {
  if (!/^\d+$/.test(number)) return undefined
  const range = /^([0-9a-f]{7,40})\.\.([0-9a-f]{7,40})$/.exec(ref ?? '')
  if (range?.[1] && range[2])
    return { kind: 'compare', ...place, base: range[1], head: range[2], direct: true }
  const isOfCommit =
    (tab === 'commits' || tab === 'files' || tab === 'changes') && /^[0-9a-f]{7,40}$/.test(ref ?? '')
  if (isOfCommit && ref !== undefined) return { kind: 'commit', ...place, ref }
  return { kind: 'pull', ...place, number: Number(number) }
}

/** Names of branches may have single dots and slashes; two dots are in none. */
function comparisonAt(place: Place, names: string): GitHubChange | undefined {
  const [base, head, ...more] = names.split(/\.{2,3}/)
  if (base === undefined || base === '' || more.length > 0 || head === '') return undefined
  if (head === undefined) return { kind: 'compare', ...place, head: base }
  const direct = !names.includes('...')
  return { kind: 'compare', ...place, base, head, ...(direct && { direct }) }
}

function isName(name: string): boolean {
  return /^[\w.-]+$/.test(name) && !/^\.+$/.test(name)
}

function notOne([owner, repo, kind]: readonly string[]): string {
  const what =
    owner === undefined || repo === undefined
      ? 'This GitHub URL names no repository.'
      : `This GitHub URL is ${kind === undefined ? 'a whole repository' : `of "${kind}"`}, not of a change.`
  return `${what} ${WHAT_WORKS}`
}

/** As people write it: "owner/repo#123". */
export function nameOfChange(change: GitHubChange): string {
  const repo = `${change.owner}/${change.repo}`
  if (change.kind === 'pull') return `${repo}#${change.number}`
  if (change.kind === 'commit') return `${repo}@${shortRef(change.ref)}`
  const dots = change.direct ? '..' : '...'
  return `${repo} ${change.base === undefined ? '' : `${shortRef(change.base)}${dots}`}${shortRef(change.head)}`
}

function shortRef(ref: string): string {
  return /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 7) : ref
}
