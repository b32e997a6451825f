/** Requests to GitHub: no cookies, no referrer, the token only to its own API, and every failure in words. */
import { MAX_FILE_BYTES } from '../core/file-text.ts'
import { type Circumstances, failureOf, GitHubFailure, noAnswer } from './github-failures.ts'

export interface GitHubOptions {
  readonly fetch?: typeof fetch
  readonly apiUrl?: string
  readonly rawUrl?: string
  /** Kept in memory only. */
  readonly token?: string
  readonly now?: () => number
  readonly maxBytes?: number
}

const API_URL = 'https://api.github.com'
const RAW_URL = 'https://raw.githubusercontent.com'

const JSON_TYPE = 'application/vnd.github+json'
/** Up to 100 MB as it is, where plain JSON stops at 1 MB. */
const RAW_TYPE = 'application/vnd.github.raw+json'

export interface JsonAnswer {
  readonly value: unknown
  /** URL of the page that follows. */
  readonly next: string | undefined
}

export class GitHubRequests {
  readonly #options: GitHubOptions

  constructor(options: GitHubOptions) {
    this.#options = options
  }

  get hasToken(): boolean {
    return this.#options.token !== undefined
  }

  /** One answer of the API; `path` begins with "/" or is the URL of a following page. */
  async json(path: string, signal?: AbortSignal): Promise<JsonAnswer> {
    const response = await this.#get(this.#apiUrl(path), this.#headers(JSON_TYPE), signal)
    const { host } = new URL(response.url || this.#apiUrl(path))
    let value: unknown
    try {
      value = JSON.parse(new TextDecoder().decode(await this.#bytes(response, signal)))
    } catch (error) {
      if (error instanceof GitHubFailure || signal?.aborted) throw error
      throw new GitHubFailure(
        `What ${host} answered is no JSON.`,
        'Something between this page and GitHub may have changed it (a proxy, a sign-in page). Try again.',
      )
    }
    return { value, next: this.#nextOf(response) }
  }

  /** The content of a file at a commit; undefined where it is not there. */
  async file(repo: string, sha: string, path: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const segments = path.split('/').map(encodeURIComponent).join('/')
    try {
      // without a token the raw host answers, which does not count against the rate limit; it takes no token
      const response = this.hasToken
        ? await this.#get(
            this.#apiUrl(`/repos/${repo}/contents/${segments}?ref=${encodeURIComponent(sha)}`),
            this.#headers(RAW_TYPE),
            signal,
          )
        : await this.#get(
            `${this.#options.rawUrl ?? RAW_URL}/${repo}/${encodeURIComponent(sha)}/${segments}`,
            {},
            signal,
          )
      return await this.#bytes(response, signal)
    } catch (error) {
      if (error instanceof GitHubFailure && error.status === 404) return undefined
      throw error
    }
  }

  #apiUrl(path: string): string {
    return path.startsWith('/') ? `${this.#options.apiUrl ?? API_URL}${path}` : path
  }

  #headers(accept: string): Readonly<Record<string, string>> {
    const { token } = this.#options
    return {
      Accept: accept,
      'X-GitHub-Api-Version': '2022-11-28',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    }
  }

  async #get(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const { fetch: get = fetch, now = Date.now } = this.#options
    const circumstances: Circumstances = { host: new URL(url).host, hasToken: this.hasToken, now: now() }
    let response: Response
    try {
      response = await get(url, {
        headers,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        ...(signal && { signal }),
      })
    } catch {
      signal?.throwIfAborted()
      throw noAnswer(circumstances)
    }
    if (response.ok) return response
    throw failureOf(response, saidBy(await response.text().catch(() => '')), circumstances)
  }

  async #bytes(response: Response, signal?: AbortSignal): Promise<Uint8Array> {
    const max = this.#options.maxBytes ?? MAX_FILE_BYTES
    const reader = response.body?.getReader()
    if (reader === undefined) return new Uint8Array(0)
    const parts: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        signal?.throwIfAborted()
        throw new GitHubFailure('The connection to GitHub broke before everything had come.', 'Try again.')
      })
      if (done) break
      length += value.length
      if (length > max) {
        reader.cancel().catch(() => {})
        throw new GitHubFailure(
          `This file is larger than ${Math.floor(max / 1024 / 1024)} MB and was not fetched.`,
        )
      }
      parts.push(value)
    }
    return joined(parts, length)
  }

  /** Only a page of the same API: whatever else a `Link` header says must not get the token. */
  #nextOf(response: Response): string | undefined {
    const link = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(response.headers.get('link') ?? '')?.[1]
    if (link === undefined || !URL.canParse(link)) return undefined
    return new URL(link).origin === new URL(this.#apiUrl('/')).origin ? link : undefined
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The message of GitHub's `basic-error`, on one line and not longer than a sentence. */
function saidBy(body: string): string {
  try {
    const error: unknown = JSON.parse(body)
    const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : ''
    return typeof message === 'string' ? message.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300) : ''
  } catch {
    return ''
  }
}
