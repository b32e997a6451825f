/** The lines of a diff as they are shown: numbers against the two files, which git made the diff of. */
import { afterAll, describe, expect, it } from 'vitest'
import { parseGitDiff } from '../../../src/core/review/git-diff.ts'
import { lineRows } from '../../../src/core/review/line-rows.ts'
import { GitRepo } from './support/git-repo.ts'

const repo = new GitRepo()
afterAll(() => repo.remove())

function rowsOf(before: string, after: string, ...options: readonly string[]) {
  const [old, now] = [repo.commit(new Map([['x.json', before]])), repo.commit(new Map([['x.json', after]]))]
  const [file] = parseGitDiff(repo.git('diff', ...options, old, now)).files
  return lineRows(file?.hunks ?? [])
}

describe('the rows of a diff', () => {
  it('are the lines that stand at their numbers in the two files', () => {
    const before = Array.from({ length: 60 }, (_, at) => `line ${at + 1}`)
    const after = before.with(9, 'line ten').toSpliced(30, 2).toSpliced(50, 0, 'new')
    const rows = rowsOf(`${before.join('\n')}\n`, after.join('\n'))
    const lines = rows.flatMap((row) => (row.kind === 'gap' ? [] : [row]))
    expect(lines.filter(({ kind }) => kind !== 'same').length).toBeGreaterThan(4)
    for (const { text, old, now, kind } of lines) {
      if (old !== undefined) expect(text, `${kind} ${old}`).toBe(before[old - 1])
      if (now !== undefined) expect(text, `${kind} ${now}`).toBe(after[now - 1])
      expect([old === undefined, now === undefined]).toEqual([kind === 'added', kind === 'removed'])
    }
    const left = rows.reduce((sum, row) => sum + (row.kind === 'gap' ? row.lines : 0), 0)
    expect(left + lines.filter(({ old }) => old !== undefined).length).toBe(before.length)
    expect(lines.filter(({ isUnbroken }) => isUnbroken).map(({ text }) => text)).toEqual(['line 60'])
  })

  it('say what is another in a line than in the one in its place', () => {
    const rows = rowsOf('a\n"stop": 1,\nb\n', 'a\n"length": 1,\nb\n')
    const marked = rows.flatMap((row) =>
      row.kind !== 'gap' && row.span ? [row.text.slice(row.span.from, row.span.to)] : [],
    )
    expect(marked).toEqual(['stop', 'length'])
  })

  it('pair no lines where they are not as many', () => {
    const rows = rowsOf('a\nb\nc\n', 'a\nx\ny\nc\n')
    expect(rows.filter((row) => row.kind !== 'gap' && row.span)).toEqual([])
  })

  it('begin where a diff without context begins', () => {
    expect(rowsOf('a\nb\n', 'a\nb\nc\n', '-U0')).toEqual([
      { kind: 'gap', lines: 2 },
      { kind: 'added', text: 'c', now: 3, isUnbroken: false },
    ])
  })
})
