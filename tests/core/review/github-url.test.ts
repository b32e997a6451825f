import { describe, expect, it } from 'vitest'
import { nameOfChange, parseGitHubUrl } from '../../../src/core/review/github-url.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const at = { owner: 'ogx-ai', repo: 'ogx' }
const pull = { kind: 'pull', ...at, number: 123 }

describe('a pasted GitHub URL', () => {
  const KNOWN: readonly (readonly [text: string, change: object])[] = [
    ['https://github.com/ogx-ai/ogx/pull/123', pull],
    ['  https://www.github.com/ogx-ai/ogx/pull/123/files#diff-abc  ', pull],
    ['http://github.com/ogx-ai/ogx/pull/123/changes?w=1', pull],
    ['github.com/ogx-ai/ogx/pull/123.diff', pull],
    ['https://github.com/ogx-ai/ogx/pull/123/commits', pull],
    ['ogx-ai/ogx#123', pull],
    [`https://github.com/ogx-ai/ogx/pull/123/commits/${SHA}`, { kind: 'commit', ...at, ref: SHA }],
    [`https://github.com/ogx-ai/ogx/pull/123/files/${SHA}`, { kind: 'commit', ...at, ref: SHA }],
    [
      `https://github.com/ogx-ai/ogx/pull/123/files/${SHA}..abcdef0`,
      { kind: 'compare', ...at, base: SHA, head: 'abcdef0', direct: true },
    ],
    [`https://github.com/ogx-ai/ogx/commit/${SHA}.patch`, { kind: 'commit', ...at, ref: SHA }],
    ['ogx-ai/ogx@abcdef0', { kind: 'commit', ...at, ref: 'abcdef0' }],
    [
      'https://github.com/ogx-ai/ogx/compare/main...topic',
      { kind: 'compare', ...at, base: 'main', head: 'topic' },
    ],
    [
      'https://github.com/ogx-ai/ogx/compare/release/0.2...fix/a%23b.c',
      { kind: 'compare', ...at, base: 'release/0.2', head: 'fix/a#b.c' },
    ],
    [
      'https://github.com/ogx-ai/ogx/compare/main...somebody:ogx:topic',
      { kind: 'compare', ...at, base: 'main', head: 'somebody:ogx:topic' },
    ],
    [
      'https://github.com/ogx-ai/ogx/compare/v1.0..v1.1',
      { kind: 'compare', ...at, base: 'v1.0', head: 'v1.1', direct: true },
    ],
    ['https://github.com/ogx-ai/ogx/compare/topic', { kind: 'compare', ...at, head: 'topic' }],
  ]
  for (const [text, change] of KNOWN) {
    it(text, () => expect(parseGitHubUrl(text)).toEqual(change))
  }

  const REFUSED: readonly (readonly [text: string, said: string])[] = [
    ['https://github.com/', 'names no repository'],
    ['https://github.com/ogx-ai/ogx', 'a whole repository'],
    ['https://github.com/ogx-ai/ogx/issues/5', 'of "issues"'],
    ['https://github.com/ogx-ai/ogx/pull/new', 'of "pull"'],
    ['https://github.com/../ogx/pull/1', 'no'],
    ['https://github.com/a/b/compare/x...y...z', 'of "compare"'],
    ['https://git.example.com/a/b/pull/3', 'not from git.example.com'],
    ['https://github.example.com/anything', 'not from github.example.com'],
    ['https://github.com/a/b/commit/%E0%A4%A', 'percent sign'],
  ]
  for (const [text, said] of REFUSED) {
    it(`refuses ${text}`, () => {
      expect(parseGitHubUrl(text)).toHaveProperty('problem', expect.stringContaining(said))
    })
  }

  it('leaves alone what is nothing of GitHub', () => {
    for (const text of [
      '',
      'hello',
      'https://example.com/a.json',
      '{"a": 1}',
      'a b/c#1',
      'javascript:alert(1)',
    ]) {
      expect(parseGitHubUrl(text), text).toBeUndefined()
    }
  })

  it('is called as people call it', () => {
    const names = KNOWN.slice(5, 9).map(([text]) => {
      const change = parseGitHubUrl(text)
      return change && 'kind' in change ? nameOfChange(change) : ''
    })
    expect(names).toEqual([
      'ogx-ai/ogx#123',
      'ogx-ai/ogx@0123456',
      'ogx-ai/ogx@0123456',
      'ogx-ai/ogx 0123456..abcdef0',
    ])
  })
})
