/**
 * A stand-in for api.github.com and raw.githubusercontent.com over real HTTP, which answers from a git repository in a
 * folder: what changed is what git says. Raw files lie under "/raw".
 */
import { execFileSync } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CommitFacts,
  commitShape,
  comparisonShape,
  diffEntry,
  type EntryFacts,
  pullShape,
  type Urls,
} from './github-shapes.ts'

export interface StubOptions {
  /** A folder with a git repository in it. */
  readonly folder: string
  readonly owner?: string
  readonly repo?: string
  readonly pulls?: readonly StubPull[]
  /** Only who shows this token sees the repository. */
  readonly privateToken?: string
  /** Requests that the API still answers. */
  remaining?: number
  /** Seconds since the epoch. */
  readonly reset?: number
  /** Answered instead of everything that `when` fits. */
  fault?: {
    readonly when: RegExp
    readonly status: number
    readonly headers?: Record<string, string>
    readonly message?: string
  }
  /** GitHub's own limits, which a test may lower. */
  readonly mostOfComparison?: number
  readonly mostOfPull?: number
}

export interface StubPull {
  readonly number: number
  readonly title: string
  readonly base: string
  readonly head: string
  readonly fork?: string | null
}

export interface StubAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

export interface StubRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

/** As the real API says it to every page. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-GitHub-SSO, X-GitHub-Request-Id',
}

export class GitHubStub {
  readonly options: StubOptions
  readonly requests: StubRequest[] = []
  #server: Server | undefined

  constructor(options: StubOptions) {
    this.options = options
  }

  get url(): string {
    const address = this.#server?.address() as AddressInfo | undefined
    return `http://127.0.0.1:${address?.port}`
  }

  async listen(): Promise<this> {
    const server = createServer(({ method = 'GET', url = '/', headers }, response) => {
      const { status, headers: given, body } = this.answer({ method, path: url, headers })
      response.writeHead(status, given).end(body)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return this
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  answer(request: StubRequest): StubAnswer {
    this.requests.push(request)
    const { method, path, headers } = request
    if (method === 'OPTIONS') {
      const allowed = {
        'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
        'access-control-allow-headers':
          'Authorization, Content-Type, If-Match, X-Requested-With, User-Agent, X-GitHub-Api-Version',
        'access-control-max-age': '86400',
      }
      return { status: 204, headers: { ...CORS, ...allowed }, body: '' }
    }
    const { fault, privateToken } = this.options
    if (fault?.when.test(path)) return error(fault.status, fault.message ?? 'Fault', fault.headers)
    const [route = '', query = ''] = path.split('?', 2)
    const parts = route.split('/').slice(1).map(decodeURIComponent)
    const isOpen = privateToken === undefined || headers.authorization === `Bearer ${privateToken}`
    if (parts[0] === 'raw')
      return isOpen ? this.#raw(parts.slice(1)) : { status: 404, headers: CORS, body: '404: Not Found' }
    if (headers.authorization !== undefined && privateToken !== undefined && !isOpen)
      return error(401, 'Bad credentials')
    if (this.options.remaining !== undefined && this.options.remaining-- <= 0) return this.#limited()
    if (headers['x-github-api-version'] !== '2022-11-28') return error(400, 'The stub wants a version')
    return isOpen
      ? this.#api(parts, new URLSearchParams(query), headers.accept ?? '')
      : error(404, 'Not Found')
  }

  #limited(): StubAnswer {
    return error(403, "API rate limit exceeded for 1.2.3.4. (But here's the good news: ...)", {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(this.options.reset ?? 0),
    })
  }

  get #place(): { readonly owner: string; readonly repo: string; readonly urls: Urls } {
    const { owner = 'octo', repo = 'deck' } = this.options
    const urls = {
      api: `https://api.github.com/repos/${owner}/${repo}`,
      html: `https://github.com/${owner}/${repo}`,
    }
    return { owner, repo, urls }
  }

  #api([repos, owner, repo, ...rest]: readonly string[], query: URLSearchParams, accept: string): StubAnswer {
    if (repos !== 'repos' || owner !== this.#place.owner || repo !== this.#place.repo)
      return error(404, 'Not Found')
    const [kind, ...names] = rest
    try {
      if (kind === undefined) return json({ full_name: `${owner}/${repo}`, default_branch: 'main' })
      if (kind === 'pulls') return this.#pull(names, query)
      if (kind === 'compare') return this.#compare(names.join('/'), query)
      if (kind === 'commits') return this.#commit(names.join('/'), query)
      if (kind === 'git' && names[0] === 'trees') return this.#tree(names[1] ?? '')
      if (kind === 'contents' && accept.includes('raw')) {
        return file(this.#git('show', `${query.get('ref')}:${names.join('/')}`))
      }
    } catch {
      // a ref or a path that git does not know
    }
    return error(404, 'Not Found')
  }

  #raw([owner, repo, sha = '', ...path]: readonly string[]): StubAnswer {
    try {
      if (owner === this.#place.owner && repo === this.#place.repo)
        return file(this.#git('show', `${sha}:${path.join('/')}`))
    } catch {
      // not there
    }
    return { status: 404, headers: CORS, body: '404: Not Found' }
  }

  #pull([number, tab]: readonly string[], query: URLSearchParams): StubAnswer {
    const pull = this.options.pulls?.find((one) => String(one.number) === number)
    if (pull === undefined) return error(404, 'Not Found')
    const { owner, repo, urls } = this.#place
    const parted = this.#text('merge-base', pull.base, pull.head)
    const files = this.#entries(parted, pull.head)
    if (tab === 'files')
      return this.#page(
        files.slice(0, this.options.mostOfPull ?? 3000),
        query,
        (page) => page,
        `/pulls/${number}/files`,
      )
    const commits = Number(this.#text('rev-list', '--count', `${pull.base}..${pull.head}`))
    return json(pullShape(urls, owner, repo, { ...pull, changedFiles: files.length, commits }))
  }

  #commit(ref: string, query: URLSearchParams): StubAnswer {
    const facts = this.#facts(ref)
    const empty = this.#text('hash-object', '-t', 'tree', '/dev/null')
    const files = this.#entries(facts.parents[0] ?? empty, facts.sha)
    return this.#page(files, query, (page) => commitShape(this.#place.urls, facts, page), `/commits/${ref}`)
  }

  #compare(name: string, query: URLSearchParams): StubAnswer {
    const [from = '', to = ''] = name.split('...').map((ref) => ref.replace(/^.*:/, ''))
    const [base, head] = [this.#facts(from), this.#facts(to)]
    const parted = this.#facts(this.#text('merge-base', base.sha, head.sha))
    const count = (range: string): number => Number(this.#text('rev-list', '--count', range))
    const shas = this.#text('rev-list', '--reverse', `${base.sha}..${head.sha}`).split('\n').filter(Boolean)
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 250)]
    const { urls } = this.#place
    const files = this.#entries(parted.sha, head.sha).slice(0, this.options.mostOfComparison ?? 300)
    return json(
      comparisonShape(urls, {
        name,
        base: commitShape(urls, base),
        mergeBase: commitShape(urls, parted),
        ahead: shas.length,
        behind: count(`${head.sha}..${base.sha}`),
        commits: shas.slice((page - 1) * size, page * size).map((sha) => commitShape(urls, this.#facts(sha))),
        ...(page === 1 && { files }),
      }),
    )
  }

  #tree(sha: string): StubAnswer {
    const tree = this.#text('ls-tree', '-rtz', sha)
      .split('\0')
      .flatMap((line) => {
        const [, mode, type, blob, path] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? []
        return path === undefined
          ? []
          : [{ path, mode, type, sha: blob, url: `${this.#place.urls.api}/git/blobs/${blob}` }]
      })
    return json({ sha, url: `${this.#place.urls.api}/git/trees/${sha}`, tree, truncated: false })
  }

  #page(
    all: readonly object[],
    query: URLSearchParams,
    shape: (page: readonly object[]) => object,
    path: string,
  ): StubAnswer {
    const [page, size] = [Number(query.get('page') ?? 1), Math.min(100, Number(query.get('per_page') ?? 30))]
    const next = `<${this.url}/repos/${this.#place.owner}/${this.#place.repo}${path}?per_page=${size}&page=${page + 1}>; rel="next"`
    return json(
      shape(all.slice((page - 1) * size, page * size)),
      page * size < all.length ? { link: next } : {},
    )
  }

  #entries(from: string, to: string): readonly object[] {
    const raw = this.#text('diff-tree', '-r', '-M', '-z', '--raw', from, to).split('\0')
    const counts = new Map(
      this.#text('diff-tree', '-r', '--no-renames', '--numstat', '-z', from, to)
        .split('\0')
        .map((line) => line.split('\t'))
        .map(([added, removed, path]) => [path ?? '', [Number(added) || 0, Number(removed) || 0] as const]),
    )
    const entries: object[] = []
    for (let at = 0; at + 1 < raw.length; ) {
      const [, , oldSha = '', newSha = '', letter = ''] = (raw[at++] ?? '').split(' ')
      const first = raw[at++] ?? ''
      const second = /^[RC]/.test(letter) ? (raw[at++] ?? '') : undefined
      const filename = second ?? first
      const [additions, deletions] = counts.get(filename) ?? [0, 0]
      const facts: EntryFacts = {
        filename,
        status: STATUS[letter.charAt(0)] ?? 'modified',
        ...(second !== undefined && { previous: first }),
        sha: letter === 'D' ? oldSha : newSha,
        additions,
        deletions,
      }
      entries.push(diffEntry(this.#place.urls, to, facts))
    }
    return entries
  }

  #facts(ref: string): CommitFacts {
    const [sha = '', tree = '', parents = '', ...message] = this.#text(
      'show',
      '-s',
      '--format=%H%n%T%n%P%n%B',
      ref,
    ).split('\n')
    return { sha, tree, parents: parents.split(' ').filter(Boolean), message: message.join('\n').trim() }
  }

  #text(...args: readonly string[]): string {
    return this.#git(...args)
      .toString('utf8')
      .replace(/\n$/, '')
  }

  #git(...args: readonly string[]): Buffer {
    return execFileSync('git', ['-C', this.options.folder, ...args], {
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  }
}

const STATUS: Readonly<Record<string, EntryFacts['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
}

function json(value: unknown, headers: Readonly<Record<string, string>> = {}): StubAnswer {
  const type = {
    'content-type': 'application/json; charset=utf-8',
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '42',
  }
  return { status: 200, headers: { ...CORS, ...type, ...headers }, body: JSON.stringify(value) }
}

function file(bytes: Buffer): StubAnswer {
  return { status: 200, headers: { ...CORS, 'content-type': 'text/plain; charset=utf-8' }, body: bytes }
}

function error(status: number, message: string, headers: Readonly<Record<string, string>> = {}): StubAnswer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
  return {
    status,
    headers: { ...CORS, 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}
