/** What stops a request to GitHub, each as a sentence with what to do. No token and no header of a request is in any. */

/** An expected failure: its message is for a person. */
export class GitHubFailure extends Error {
  readonly advice: string | undefined
  readonly status: number | undefined

  constructor(message: string, advice?: string, status?: number) {
    super(message)
    this.name = 'GitHubFailure'
    this.advice = advice
    this.status = status
  }
}

/** What a failure is said from. */
export interface Circumstances {
  readonly host: string
  readonly hasToken: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

const DOWNLOAD = 'Or add .diff to the URL of the change on GitHub, save what it shows and drop the file here.'

/** The request got no answer at all: a browser does not say why. */
export function noAnswer({ host }: Circumstances): GitHubFailure {
  return new GitHubFailure(
    `${host} did not answer, or does not let this page read its answer (offline, a blocker, a company proxy, CORS).`,
    `Check the connection and try again. ${DOWNLOAD}`,
  )
}

/** GitHub's answer is a refusal. `said` is its own message, which may explain more. */
export function failureOf(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  said: string,
  circumstances: Circumstances,
): GitHubFailure {
  const { host, hasToken } = circumstances
  if (status === 401) {
    return new GitHubFailure(
      'GitHub does not accept this token: it is mistyped, expired or revoked.',
      'Paste another token, or leave the field empty for a public repository.',
      status,
    )
  }
  if (status === 429 || (status === 403 && isRateLimit(headers, said))) {
    return rateLimited(headers, said, circumstances, status)
  }
  if (status === 403) {
    const sso = headers.get('x-github-sso') !== null
    return new GitHubFailure(
      `GitHub does not allow this${said ? `: ${said}` : ''}.`,
      sso
        ? 'The organisation wants single sign-on: authorise the token for it in the settings of GitHub, then try again.'
        : 'Use a token that may read the contents and the pull requests of this repository.',
      status,
    )
  }
  if (status === 404) return notFound(hasToken)
  if (status === 409) {
    return new GitHubFailure(
      'This repository is empty or is being made right now (409).',
      'Try again later.',
      status,
    )
  }
  if (status === 422) {
    return new GitHubFailure(
      `GitHub cannot make this comparison${said ? `: ${said}` : ''}.`,
      'Check that the branches, tags or commits exist and have a common past.',
      status,
    )
  }
  if (status === 451) {
    return new GitHubFailure('This repository is blocked for legal reasons (451).', undefined, status)
  }
  if (status >= 500) {
    return new GitHubFailure(
      `GitHub has trouble at the moment (${status}).`,
      `Try again in a minute; very large changes can be too much for it. ${DOWNLOAD}`,
      status,
    )
  }
  return new GitHubFailure(`${host} answered ${status}${said ? `: ${said}` : ''}.`, DOWNLOAD, status)
}

function notFound(hasToken: boolean): GitHubFailure {
  return new GitHubFailure(
    'GitHub does not find this (404). It answers so for private repositories too.',
    hasToken
      ? 'Check the URL, and that the token may read this repository (contents and pull requests).'
      : 'Check the URL; for a private repository add a token.',
    404,
  )
}

function isRateLimit(headers: Headers, said: string): boolean {
  return (
    headers.get('x-ratelimit-remaining') === '0' ||
    headers.get('retry-after') !== null ||
    /rate limit|abuse/i.test(said)
  )
}

/** The limit of an hour, or one of those against too many requests at once ("secondary"), which say when in seconds. */
function rateLimited(
  headers: Headers,
  said: string,
  { hasToken, now }: Circumstances,
  status: number,
): GitHubFailure {
  const after = Number(headers.get('retry-after') ?? Number.NaN)
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  const isSecondary = headers.get('x-ratelimit-remaining') !== '0' || /secondary|abuse/i.test(said)
  const at = Number.isFinite(after) ? now + after * 1000 : isSecondary ? now + 60_000 : reset * 1000
  const limit = headers.get('x-ratelimit-limit')
  const what = isSecondary
    ? 'GitHub asks to slow down: too many requests in a short time.'
    : `The ${limit ?? ''} requests an hour that GitHub grants ${hasToken ? 'this token' : 'without a token'} are used up.`
  return new GitHubFailure(
    what.replace('  ', ' '),
    `${Number.isFinite(at) ? `Try again ${inWords(at, now)}` : 'Try again later'}${hasToken ? '.' : ', or add a token: with one it is 5,000 an hour.'}`,
    status,
  )
}

/** "at 14:05 (in 12 minutes)". */
function inWords(at: number, now: number): string {
  const minutes = Math.max(1, Math.ceil((at - now) / 60_000))
  const clock = new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `at ${clock} (in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`
}
