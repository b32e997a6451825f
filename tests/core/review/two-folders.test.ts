/** A diff of two folders, made by git and by diff themselves: the files are those below the folders. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { rebuild } from '../../../src/core/review/apply-diff.ts'
import { changesOf } from '../../../src/core/review/diff-changes.ts'
import { looksLikeDiff, parseGitDiff } from '../../../src/core/review/git-diff.ts'

const BEFORE = new Map([
  ['a/x.json', '{"a": 1}\n'],
  ['a/b/x y.json', '{"b": 1}\n'],
  ['gone.json', '{"gone": 1}\n'],
  ['same.json', '{}\n'],
  ['bin.json', 'a\0b'],
])
const AFTER = new Map([
  ['a/x.json', '{"a": 2}\n'],
  ['a/b/x y.json', '{"b": 2}\n'],
  ['come.json', '{"come": 1}\n'],
  ['same.json', '{}\n'],
  ['bin.json', 'a\0c'],
])
const EXPECTED = [
  ['a/b/x y.json', 'changed'],
  ['a/x.json', 'changed'],
  ['bin.json', 'changed'],
  ['come.json', 'added'],
  ['gone.json', 'removed'],
]

const folder = mkdtempSync(join(tmpdir(), 'deck-folders-'))
for (const [side, files] of [
  ['one/before', BEFORE],
  ['after', AFTER],
] as const) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, side, path)), { recursive: true })
    writeFileSync(join(folder, side, path), text)
  }
}
afterAll(() => rmSync(folder, { recursive: true }))

/** Both answer 1 where there are differences. */
function run(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    return (error as { readonly stdout: string }).stdout
  }
}

function kinds(text: string): readonly unknown[] {
  return changesOf(parseGitDiff(text))
    .map(({ oldPath, newPath, status }) => [newPath ?? oldPath, status])
    .toSorted()
}

describe('a diff of two folders', () => {
  it.each([
    ['git diff --no-index', 'git', ['diff', '--no-index', '--no-renames', 'one/before', 'after']],
    [
      'with absolute names',
      'git',
      ['diff', '--no-index', '--no-renames', join(folder, 'one/before'), 'after'],
    ],
    ['without prefixes', 'git', ['diff', '--no-index', '--no-renames', '--no-prefix', 'one/before', 'after']],
    ['diff -ruN', 'diff', ['-ruN', 'one/before', 'after']],
  ])('is one of the files below them: %s', (_, command, args) => {
    const text = run(command, ...args)
    expect(looksLikeDiff(text)).toBe(true)
    expect(kinds(text)).toEqual(EXPECTED)
    for (const change of changesOf(parseGitDiff(text))) {
      const { oldPath, newPath } = change
      if (newPath === 'bin.json') continue
      const base = oldPath === undefined ? undefined : BEFORE.get(oldPath)
      expect(rebuild(change, base === undefined ? {} : { base })).toEqual({
        before: base,
        after: newPath === undefined ? undefined : AFTER.get(newPath),
      })
    }
  })

  it('says what diff -r leaves out', () => {
    const text = run('diff', '-ru', 'one/before', 'after')
    expect(kinds(text)).toEqual(EXPECTED.slice(0, 3))
    expect(parseGitDiff(text).problems).toEqual([
      { code: 'only-in', message: expect.stringMatching(/^2 files .* diff -ruN\.$/) },
    ])
  })

  it('leaves two files of two names what they are', () => {
    const text = run('git', 'diff', '--no-index', 'one/before/a/x.json', 'after/come.json')
    expect(kinds(text)).toEqual([['after/come.json', 'renamed']])
  })

  it('takes a prefix of the person for none', () => {
    const args = ['--src-prefix=old/', '--dst-prefix=new/', 'one/before', 'after']
    expect(kinds(run('git', 'diff', '--no-index', '--no-renames', ...args))).toEqual(EXPECTED)
  })
})
