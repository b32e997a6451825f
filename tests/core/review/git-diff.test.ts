/** Diffs as git writes them; git itself says what is in them. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { applyHunks, rebuild } from '../../../src/core/review/apply-diff.ts'
import { changesOf } from '../../../src/core/review/diff-changes.ts'
import { looksLikeDiff, parseGitDiff } from '../../../src/core/review/git-diff.ts'
import { GitRepo } from './support/git-repo.ts'

const repos: GitRepo[] = []
function newRepo(): GitRepo {
  const repo = new GitRepo()
  repos.push(repo)
  return repo
}
afterAll(() => {
  for (const repo of repos) repo.remove()
})

const files = (object: Record<string, string | Uint8Array>): Map<string, string | Uint8Array> =>
  new Map(Object.entries(object))

/** What git calls a content. */
function gitName(text: string): string {
  const bytes = Buffer.from(text)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

const LONG = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('')

const NAMES = [
  'plain.json',
  'with space.json',
  'dir/b/x b/y.json',
  'über/日本語 🎧.json',
  'quote"and\\slash.json',
  'tab\tname.json',
  'new\nline.json',
  'a/a.json',
  'b/a.json',
  ' leading',
  'trailing ',
  '-- dashes',
  '\u202ertl.json',
]

describe('a diff of git', () => {
  const repo = newRepo()
  const before = repo.commit(
    files({
      ...Object.fromEntries(NAMES.map((name) => [name, `one\ntwo\nthree ${name}\n`])),
      'gone.json': '{"a": 1}\n',
      'moved/here.json': LONG,
      'same.json': 'same\n',
      'binary.bin': Uint8Array.from([0, 1, 2, 255]),
      'empty-later.json': 'x\n',
      'no-end.json': 'a\nb',
      'crlf.json': 'a\r\nb\r\nc\r\n',
      'lies.sql': '-- comment\n++ more\nkeep\n',
    }),
  )
  const after = repo.commit(
    files({
      ...Object.fromEntries(NAMES.map((name) => [name, `one\n2\nthree ${name}\n`])),
      'come.json': '{"b": 2}',
      'moved/there.json': LONG.replace('line 7\n', 'line seven\n'),
      'copied/of-same.json': 'same\n',
      'same.json': 'same\n',
      'binary.bin': Uint8Array.from([0, 1, 3, 255]),
      'empty-later.json': '',
      'empty-new.json': '',
      'no-end.json': 'a\nb\nc',
      'crlf.json': 'a\r\nB\r\nc\r\n',
      'lies.sql': 'keep\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n',
    }),
  )

  const FLAGS: readonly (readonly string[])[] = [
    [],
    ['-M'],
    ['-M', '-C', '--find-copies-harder'],
    ['--no-prefix'],
    ['-c', 'unused'],
    ['-U0'],
    ['-U1000'],
    ['--full-index', '--binary'],
    ['--src-prefix=c/', '--dst-prefix=w/'],
    ['-R'],
  ]

  for (const flags of FLAGS.filter(([flag]) => flag !== '-c')) {
    it(`has the files that git names: ${flags.join(' ') || 'as is'}`, () => {
      const { files: found, problems } = parseGitDiff(repo.git('diff', ...flags, before, after))
      expect(problems).toEqual([])
      const letters = { added: 'A', removed: 'D', changed: 'M', renamed: 'R', copied: 'C' }
      const mine = found.map(({ status, oldPath, newPath, similarity }) => [
        `${letters[status]}${similarity === undefined ? '' : String(similarity).padStart(3, '0')}`,
        ...(status === 'renamed' || status === 'copied' ? [oldPath, newPath] : [newPath ?? oldPath]),
      ])
      const theirs = repo.status(before, after, ...flags.filter((flag) => !flag.includes('prefix')))
      expect(mine.map(String).toSorted()).toEqual(theirs.map(String).toSorted())
      expect(mine.length).toBeGreaterThan(20)
    })

    it(`gives both sides from either side: ${flags.join(' ') || 'as is'}`, () => {
      const [old, now] = flags.includes('-R') ? [after, before] : [before, after]
      const changes = changesOf(parseGitDiff(repo.git('diff', ...flags, before, after)))
      let checked = 0
      for (const change of changes) {
        const { oldPath, newPath } = change
        if ((newPath ?? oldPath)?.endsWith('.bin')) continue
        const was = oldPath === undefined ? undefined : repo.show(old, oldPath)
        const is = newPath === undefined ? undefined : repo.show(now, newPath)
        for (const base of [was, is]) {
          if (base === undefined) continue
          expect(rebuild(change, { base, blobOf: gitName }), newPath).toEqual({ before: was, after: is })
          checked++
        }
      }
      expect(checked).toBeGreaterThan(35)
    })
  }

  it('gives added and removed files, and those that it shows whole, without any folder', () => {
    const changes = changesOf(parseGitDiff(repo.git('diff', before, after)))
    const byPath = new Map(changes.map((change) => [change.newPath ?? change.oldPath, change]))
    const of = (path: string) => {
      const change = byPath.get(path)
      return change && rebuild(change)
    }
    expect(of('come.json')).toEqual({ before: undefined, after: '{"b": 2}' })
    expect(of('gone.json')).toEqual({ before: '{"a": 1}\n', after: undefined })
    expect(of('empty-new.json')).toEqual({ before: undefined, after: '' })
    expect(of('no-end.json')).toEqual({ before: 'a\nb', after: 'a\nb\nc' })
    // three lines that end with a line break might have more behind them
    expect(of('plain.json')).toHaveProperty('problem')
    expect(of('binary.bin')).toHaveProperty('problem', expect.stringContaining('binary'))
  })

  it('knows by the name of the content whether a part is all of it', () => {
    const [change] = changesOf(parseGitDiff(repo.git('diff', before, after, '--', 'plain.json')))
    const blobOf = (text: string): string =>
      text === 'one\ntwo\nthree plain.json\n' ? repo.git('rev-parse', `${before}:plain.json`).trim() : 'ffff'
    expect(change && rebuild(change, { blobOf })).toEqual({
      before: 'one\ntwo\nthree plain.json\n',
      after: 'one\n2\nthree plain.json\n',
    })
    expect(change && rebuild(change, { blobOf: () => 'ffff' })).toHaveProperty('problem')
  })

  it('says of another base which line does not fit', () => {
    const [change] = changesOf(parseGitDiff(repo.git('diff', before, after, '--', 'crlf.json')))
    const rebuilt = change && rebuild(change, { base: 'a\r\nb\nc\r\n' })
    expect(rebuilt).toHaveProperty('problem', expect.stringContaining('line 2 is another one'))
    expect(change && rebuild(change, { base: 'a\r\n' })).toHaveProperty('problem')
  })
})

describe('a diff of several commits', () => {
  const repo = newRepo()
  const first = repo.commit(files({ 'x.json': LONG, 'temp.json': 'old\n' }), 'first')
  repo.commit(
    files({ 'x.json': LONG.replace('line 3', 'line three'), 'fleeting.json': 'f\n' }),
    'second\n\n--- a/not\n+++ b/a\ndiff',
  )
  const last = repo.commit(
    files({ 'y.json': LONG.replace('line 3', 'LINE 3').replace('line 30', 'x') }),
    'third',
  )

  const TEXTS: readonly (readonly [string, () => string])[] = [
    ['format-patch', () => repo.git('format-patch', '-M', '--stdout', `${first}..${last}`)],
    ['log -p', () => repo.git('log', '-p', '-M', `${first}..${last}`)],
    ['log -p --reverse', () => repo.git('log', '-p', '-M', '--reverse', `${first}..${last}`)],
    ['diff', () => repo.git('diff', '-M', first, last)],
  ]
  for (const [name, text] of TEXTS) {
    it(`comes to one change of each file: ${name}`, () => {
      const diff = parseGitDiff(text())
      expect(diff.problems).toEqual([])
      const changes = changesOf(diff)
      const found = changes.map(({ status, oldPath, newPath }) => [status, oldPath, newPath])
      expect(found.toSorted()).toEqual([
        ['removed', 'temp.json', undefined],
        ['renamed', 'x.json', 'y.json'],
      ])
      const moved = changes.find(({ status }) => status === 'renamed')
      const sides = { before: repo.show(first, 'x.json'), after: repo.show(last, 'y.json') }
      expect(moved && rebuild(moved, { base: sides.before })).toEqual(sides)
      expect(moved && rebuild(moved, { base: sides.after })).toEqual(sides)
    })
  }
})

describe('what is no ordinary diff', () => {
  it('refuses a merge against all its parents with a sentence', () => {
    const repo = newRepo()
    repo.commit(files({ 'x.json': LONG }))
    repo.git('checkout', '-q', '-b', 'side')
    repo.commit(files({ 'x.json': LONG.replace('line 1\n', 'line one\n') }))
    repo.git('checkout', '-q', 'main')
    repo.commit(files({ 'x.json': LONG.replace('line 1\n', 'line ONE\n') }))
    try {
      repo.git('merge', '-q', 'side')
    } catch {
      // the conflict is what it is about
    }
    repo.git('add', '-A')
    repo.git('checkout', '-q', '--ours', '.')
    repo.commit(files({ 'x.json': LONG.replace('line 1\n', 'line 1 of both\n') }), 'merge')
    const text = repo.git('show', '--cc')
    expect(text).toContain('diff --cc x.json')
    const { files: found, problems } = parseGitDiff(text)
    expect(found).toEqual([])
    expect(problems).toMatchObject([{ code: 'combined', path: 'x.json' }])
    expect(problems[0]?.message).toContain('git show -m')
  })

  it('reads a plain unified diff', () => {
    const { files: found } = parseGitDiff(
      '--- old/x.json\t2026-01-01 00:00:00\n+++ new/x.json\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n--- /dev/null\n+++ b/y.json\n@@ -0,0 +1 @@\n+new\n',
    )
    expect(found.map(({ status, oldPath, newPath }) => [status, oldPath, newPath])).toEqual([
      ['changed', 'x.json', 'x.json'],
      ['added', undefined, 'y.json'],
    ])
  })

  it('reads a diff that was saved with Windows line ends', () => {
    const { files: found } = parseGitDiff(
      'diff --git a/x b/x\r\nindex 1..2 100644\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n',
    )
    expect(found).toMatchObject([{ oldPath: 'x', hunks: [{ lines: ['-a\n', '+b\n'] }] }])
  })

  it('says where it breaks off and keeps the files before', () => {
    const whole =
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1,3 +1,3 @@\n'
    const { files: found, problems } = parseGitDiff(`${whole} a\n-b\n`)
    expect(found.map(({ newPath, broken }) => [newPath, broken])).toEqual([
      ['x', false],
      ['y', true],
    ])
    expect(problems).toMatchObject([{ code: 'broken-hunk', path: 'y' }])
  })

  it('says that there is none', () => {
    expect(parseGitDiff('hello\nworld').problems).toMatchObject([{ code: 'no-diff' }])
    expect(looksLikeDiff('{"a": "diff --git"}')).toBe(false)
    expect(looksLikeDiff('From 123\n\ndiff --git a/x b/x\n')).toBe(true)
  })

  it('never throws', () => {
    const piece = fc.constantFrom(
      'diff --git a/x b/x',
      'diff --git "a/\\303\\244" "b/\\303',
      '--- a/x',
      '+++ b/x',
      '@@ -1,2 +1 @@',
      '@@ -0,0 +1,99 @@',
      '-a',
      '+b',
      ' c',
      '',
      '\\ No newline at end of file',
      'rename from x',
      'rename to "y\\',
      'GIT binary patch',
      'diff --cc x',
      'index 1..2',
      '\r',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (lines) => {
        const diff = parseGitDiff(lines.join('\n'))
        for (const change of changesOf(diff)) rebuild(change, { base: 'a\nc\n' })
      }),
    )
  })
})

describe('hunks', () => {
  it('of any two texts lead from one to the other and back, as git made them', () => {
    const repo = newRepo()
    const text = fc
      .array(fc.constantFrom('a', 'b', '', ' ', '-', '+x', '\\ No newline', '@@ -1 +1 @@', 'é\r'), {
        maxLength: 20,
      })
      .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`))
    const context = fc.constantFrom('-U0', '-U1', '-U3')
    fc.assert(
      fc.property(text, text, context, (one, other, flag) => {
        const from = repo.commit(files({ 'x.txt': one }))
        const to = repo.commit(files({ 'x.txt': other }))
        const [file] = parseGitDiff(repo.git('diff', flag, from, to)).files
        const hunks = file?.hunks ?? []
        expect(applyHunks(one, hunks)).toEqual({ text: other })
        expect(applyHunks(other, hunks, true)).toEqual({ text: one })
      }),
      { numRuns: 40 },
    )
  })
})
