/** The GitHub client against a stand-in that answers, over HTTP, what a real git repository says. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GitHubChange } from '../../src/core/review/github-url.ts'
import { gitHubClient } from '../../src/platform/github.ts'
import type { GitHubFailure } from '../../src/platform/github-failures.ts'
import type { GitHubOptions } from '../../src/platform/github-request.ts'
import { GitRepo } from '../core/review/support/git-repo.ts'
import { REQUIRED } from '../support/github-shapes.ts'
import { GitHubStub, type StubOptions } from '../support/github-stub.ts'

const TOKEN = 'ghp_secretSecretSecret'
const MANY = Array.from({ length: 130 }, (_, at) => [`many/${at}.json`, `{"a": ${at}}\n`] as const)
const LONG = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('')

const repo = new GitRepo()
let first: string
let parted: string
let main: string
let topic: string
const stubs: GitHubStub[] = []

beforeAll(() => {
  const base = new Map<string, string>([
    ...MANY,
    ['moved/from.json', LONG],
    ['gone.json', '{}\n'],
    ['ü #1?.json', 'old\n'],
  ])
  first = repo.commit(base, 'Begin\n\nwith a body')
  parted = first
  repo.git('checkout', '-q', '-b', 'feature/x')
  const changed = new Map(base)
  for (const [path] of MANY) changed.set(path, '{"a": "changed"}\n')
  changed.delete('gone.json')
  changed.delete('moved/from.json')
  changed.set('moved/to.json', LONG.replace('line 3\n', 'line three\n'))
  changed.set('ü #1?.json', 'new\n')
  repo.commit(changed, 'Change most')
  topic = repo.commit(changed.set('come.json', '{"new": true}\n'), 'Change the rest')
  repo.git('checkout', '-q', 'main')
  main = repo.commit(new Map([...base, ['elsewhere.json', '{}\n']]), 'Meanwhile on main')
})

afterEach(async () => {
  for (const stub of stubs.splice(0)) await stub.close()
})
afterAll(() => repo.remove())

async function open(options: Partial<StubOptions> = {}, client: GitHubOptions = {}) {
  const pulls = [{ number: 7, title: 'Fix recordings', base: main, head: topic, fork: null }]
  const stub = await new GitHubStub({ folder: repo.folder, pulls, ...options }).listen()
  stubs.push(stub)
  return { stub, github: gitHubClient({ apiUrl: stub.url, rawUrl: `${stub.url}/raw`, ...client }) }
}

const at = { owner: 'octo', repo: 'deck' }
const PULL: GitHubChange = { kind: 'pull', ...at, number: 7 }

async function failure(promise: Promise<unknown>): Promise<GitHubFailure> {
  return promise.then(
    () => expect.unreachable('it should fail'),
    (error: GitHubFailure) => error,
  )
}

describe('a change on GitHub', () => {
  it('of a pull request is measured from where it parted, with all pages', async () => {
    const { github, stub } = await open()
    const found = await github.change(PULL)
    expect(found).toMatchObject({
      title: 'octo/deck#7 · Fix recordings',
      link: 'https://github.com/octo/deck/pull/7',
      before: parted,
      after: topic,
      notes: [],
    })
    expect(found.files).toHaveLength(MANY.length + 4)
    const byPath = new Map(found.files.map((file) => [file.path, file]))
    expect(byPath.get('moved/to.json')).toMatchObject({ status: 'renamed', oldPath: 'moved/from.json' })
    expect(byPath.get('gone.json')).toMatchObject({ status: 'removed', removed: 1 })
    expect(byPath.get('come.json')).toMatchObject({ status: 'added', added: 1 })
    // what main did since is no part of it
    expect(byPath.has('elsewhere.json')).toBe(false)
    expect(stub.requests.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/repos/octo/deck/pulls/7',
      `/repos/octo/deck/compare/${main}...${topic}`,
      '/repos/octo/deck/pulls/7/files',
      '/repos/octo/deck/pulls/7/files',
    ])
    expect(
      stub.requests.every(({ headers }) => headers.cookie === undefined && headers.referer === undefined),
    ).toBe(true)
  })

  it('of a commit has its parent as the other side, the first commit none', async () => {
    const { github } = await open()
    const one = await github.change({ kind: 'commit', ...at, ref: topic })
    expect(one.files).toEqual([{ path: 'come.json', status: 'added', added: 1, removed: 0 }])
    expect(one.title).toContain('Change the rest')
    const begin = await github.change({ kind: 'commit', ...at, ref: first.slice(0, 10) })
    expect(begin).toMatchObject({ before: undefined, after: first })
    expect(begin.title).toMatch(/ · Begin$/)
    expect(begin.files).toHaveLength(MANY.length + 3)
  })

  it('of a comparison takes branches with slashes, forks and the default branch', async () => {
    const { github } = await open()
    for (const head of ['feature/x', 'somebody:feature/x']) {
      const found = await github.change({ kind: 'compare', ...at, base: 'main', head })
      expect(found).toMatchObject({ before: parted, after: topic })
      expect(found.files).toHaveLength(MANY.length + 4)
    }
    const short = await github.change({ kind: 'compare', ...at, head: 'feature/x' })
    expect(short.before).toBe(parted)
    const same = await github.change({ kind: 'compare', ...at, base: 'main', head: 'main' })
    expect(same).toMatchObject({ before: main, after: main, files: [] })
  })

  it('between two points as they are (two dots) sees what both did', async () => {
    const { github } = await open()
    const found = await github.change({
      kind: 'compare',
      ...at,
      base: 'main',
      head: 'feature/x',
      direct: true,
    })
    expect(found.before).toBe(main)
    expect(found.files.find(({ path }) => path === 'elsewhere.json')).toMatchObject({ status: 'removed' })
  })

  it('beyond what GitHub lists is found from the two trees', async () => {
    const { github, stub } = await open({ mostOfPull: 50 })
    const pull = await github.change(PULL)
    expect(stub.requests.at(-1)?.path).toContain('/git/trees/')
    // a rename with an edit is one gone and one come here: names of contents tell no more
    expect(pull.files).toHaveLength(MANY.length + 5)
    expect(new Set(pull.files.map(({ path }) => path)).size).toBe(pull.files.length)
  })

  it('gives both sides of each file, with any name', async () => {
    const { github, stub } = await open()
    const read = async (sha: string, path: string) => {
      const bytes = await github.file(PULL, sha, path)
      return bytes && new TextDecoder().decode(bytes)
    }
    expect(await read(parted, 'ü #1?.json')).toBe('old\n')
    expect(await read(topic, 'ü #1?.json')).toBe('new\n')
    expect(await read(parted, 'come.json')).toBeUndefined()
    expect(stub.requests.every(({ path }) => path.startsWith('/raw/octo/deck/'))).toBe(true)
  })
})

describe('a private repository', () => {
  it('is not there without a token, and the sentence says what helps', async () => {
    const { github } = await open({ privateToken: TOKEN })
    const error = await failure(github.change(PULL))
    expect(error).toMatchObject({
      status: 404,
      message: expect.stringContaining('private'),
      advice: expect.stringContaining('add a token'),
    })
  })

  it('is read with one, through the API alone', async () => {
    const { github, stub } = await open({ privateToken: TOKEN }, { token: TOKEN })
    await github.change(PULL)
    expect(await github.file(PULL, topic, 'come.json')).toBeDefined()
    expect(
      stub.requests.every(
        ({ path, headers }) => !path.startsWith('/raw') && headers.authorization === `Bearer ${TOKEN}`,
      ),
    ).toBe(true)
    expect(stub.requests.some(({ path }) => path.includes(TOKEN))).toBe(false)
  })

  it('does not get a wrong token past a refusal, and no sentence repeats it', async () => {
    const { github } = await open({ privateToken: TOKEN }, { token: 'ghp_wrong' })
    const error = await failure(github.change(PULL))
    expect(error.status).toBe(401)
    expect(`${error.message} ${error.advice} ${error.stack}`).not.toContain('ghp_wrong')
  })

  it('does not send the token to a page elsewhere that a Link header names', async () => {
    const asked: string[] = []
    const answers = [{ sha: 'a'.repeat(40), html_url: 'x', parents: [], commit: { message: 'm' }, files: [] }]
    const github = gitHubClient({
      token: TOKEN,
      fetch: async (url) => {
        asked.push(String(url))
        return new Response(JSON.stringify(answers[0]), {
          headers: { link: '<https://evil.example/x>; rel="next"' },
        })
      },
    })
    await github.change({ kind: 'commit', ...at, ref: 'main' })
    expect(asked).toEqual(['https://api.github.com/repos/octo/deck/commits/main?per_page=100'])
  })
})

describe('what stops it is said in a sentence', () => {
  const NOW = Date.parse('2026-11-23T12:00:00Z')

  it('the limit of an hour, with the time of its end', async () => {
    const { github } = await open({ remaining: 1, reset: NOW / 1000 + 12 * 60 }, { now: () => NOW })
    const error = await failure(github.change(PULL))
    expect(error.message).toBe('The 60 requests an hour that GitHub grants without a token are used up.')
    expect(error.advice).toMatch(/^Try again at \d\d:\d\d \(in 12 minutes\), or add a token/)
  })

  const FAULTS: readonly (readonly [
    status: number,
    headers: Record<string, string>,
    said: string,
    advice: string,
  ])[] = [
    [429, { 'retry-after': '90' }, 'slow down', 'in 2 minutes'],
    [403, { 'retry-after': '60' }, 'slow down', 'in 1 minute)'],
    [403, {}, 'does not allow this: Fault', 'contents and the pull requests'],
    [403, { 'x-github-sso': 'required' }, 'does not allow this', 'single sign-on'],
    [422, {}, 'cannot make this comparison: Fault', 'common past'],
    [451, {}, 'legal reasons', ''],
    [500, {}, 'trouble at the moment (500)', '.diff'],
    [502, {}, 'trouble at the moment (502)', '.diff'],
    [418, {}, 'answered 418: Fault', '.diff'],
  ]
  for (const [status, headers, said, advice] of FAULTS) {
    it(`${status} ${JSON.stringify(headers)}`, async () => {
      const { github } = await open({ fault: { when: /pulls/, status, headers } }, { now: () => NOW })
      const error = await failure(github.change(PULL))
      expect(error.message).toContain(said)
      expect(error.advice ?? '').toContain(advice)
    })
  }

  it('no answer at all', async () => {
    const github = gitHubClient({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    const error = await failure(github.change(PULL))
    expect(error.message).toContain('api.github.com did not answer')
    expect(error.advice).toContain('.diff')
  })

  it('an answer that is none', async () => {
    for (const body of ['<html>Sign in</html>', '[]', '{"base": 1}', '{"base": {"sha": "../.."}}']) {
      const github = gitHubClient({ fetch: async () => new Response(body) })
      expect((await failure(github.change(PULL))).name, body).toBe('GitHubFailure')
    }
  })

  it('a file that is too large', async () => {
    const { github } = await open({}, { maxBytes: 3 })
    expect((await failure(github.file(PULL, topic, 'come.json'))).message).toContain('larger than')
  })

  it('nothing where the person went away: that is no failure', async () => {
    const { github } = await open()
    const error = await failure(github.change(PULL, AbortSignal.abort()))
    expect(error.name).toBe('AbortError')
  })
})

describe('the stand-in', () => {
  it("has all members that GitHub's description requires", async () => {
    const { stub } = await open()
    const get = async (path: string): Promise<Record<string, unknown>> => {
      const response = await fetch(`${stub.url}${path}`, {
        headers: { 'x-github-api-version': '2022-11-28' },
      })
      expect(response.status).toBe(200)
      return (await response.json()) as Record<string, unknown>
    }
    const has = (value: unknown, schema: keyof typeof REQUIRED): void => {
      expect(Object.keys(value as object)).toEqual(expect.arrayContaining([...REQUIRED[schema]]))
    }
    const pull = await get('/repos/octo/deck/pulls/7')
    has(pull, 'pull-request')
    has(pull.user, 'simple-user')
    const comparison = await get('/repos/octo/deck/compare/main...feature%2Fx')
    has(comparison, 'commit-comparison')
    has(comparison.base_commit, 'commit')
    has((comparison.files as unknown[])[0], 'diff-entry')
    has(await get(`/repos/octo/deck/commits/${topic}`), 'commit')
    has(await get(`/repos/octo/deck/git/trees/${topic}?recursive=1`), 'git-tree')
  })
})
