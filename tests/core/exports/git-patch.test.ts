/**
 * Real git as the oracle: `git apply` of our patch on the old bytes must give the new ones, `git apply -R` the old
 * ones again, and the head of the patch must be what `git diff` writes.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { gitPatch } from '../../../src/core/exports/git-patch.ts'
import { bytesOf, containerFixtures, SEED } from '../../support/corpus.ts'
import { soundText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 120_000 })

const hasGit = spawnSync('git', ['--version']).status === 0
const root = mkdtempSync(join(tmpdir(), 'deck-patch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: root,
}

function git(folder: string, parameters: readonly string[], input?: string): string {
  return execFileSync('git', [...parameters], { cwd: folder, env, input, encoding: 'utf8', stdio: 'pipe' })
}

interface Change {
  readonly oldName?: string
  readonly newName?: string
  readonly before: string
  readonly after: string
}

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8')
}

function names(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== '.git')
}

/** Applies the patch forth and back with git; returns it. */
function throughGit({ oldName = 'rec.json', newName = oldName, before, after }: Change): string {
  const patch = gitPatch({ oldName, newName, before, after })
  const folder = mkdtempSync(join(root, 'case-'))
  try {
    git(folder, ['init', '-q'])
    writeFileSync(join(folder, oldName), utf8(before))
    git(folder, ['apply', '--whitespace=nowarn', '-'], patch)
    expect(names(folder)).toEqual([newName])
    expect(readFileSync(join(folder, newName)).equals(utf8(after)), 'applied').toBe(true)
    git(folder, ['apply', '--whitespace=nowarn', '-R', '-'], patch)
    expect(names(folder)).toEqual([oldName])
    expect(readFileSync(join(folder, oldName)).equals(utf8(before)), 'taken back').toBe(true)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return patch
}

/** What git itself writes above the first hunk. */
function headByGit(oldName: string, newName: string, before: string, after: string): readonly string[] {
  const folder = mkdtempSync(join(root, 'head-'))
  try {
    git(folder, ['init', '-q'])
    const [one, other] = [
      [oldName, before],
      [newName, after],
    ].map(([name = '', text = '']) => {
      for (const known of names(folder)) rmSync(join(folder, known))
      writeFileSync(join(folder, name), utf8(text))
      git(folder, ['add', '-A'])
      return git(folder, ['write-tree']).trim()
    })
    return headOf(git(folder, ['diff', '--find-renames=1%', one ?? '', other ?? '']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Without what depends on git's object store and its guess at similarity. */
function headOf(patch: string): readonly string[] {
  const lines = patch.split('\n')
  const hunk = lines.findIndex((line) => line.startsWith('@@'))
  return lines
    .slice(0, hunk === -1 ? undefined : hunk)
    .filter((line) => line !== '' && !/^(?:index|similarity index) /.test(line))
}

function fixtureTexts(): readonly string[] {
  return [...containerFixtures('llama-stack-json'), SEED].map((file) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(file)),
  )
}

/** Texts in the layouts that recordings have. */
const layouts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...fixtureTexts()),
  fc.constantFrom('', '\n', 'x', 'x\n', '\r\n', '{}'),
  fc
    .tuple(fc.array(soundText, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r', ''))
    .map(([lines, end]) => lines.join(end)),
)

/** A text and the same after some edits, or after being replaced. */
const changes: fc.Arbitrary<Change> = fc
  .tuple(
    layouts,
    fc.array(
      fc.tuple(fc.nat(), fc.nat({ max: 80 }), fc.oneof(soundText, fc.constantFrom('', '\n', '\r\n'))),
      {
        maxLength: 5,
      },
    ),
    fc.option(layouts, { nil: undefined, freq: 8 }),
  )
  .map(([before, edits, other]) => {
    let after = other ?? before
    for (const [at, length, content] of edits) {
      const units = [...after]
      units.splice(at % (units.length + 1), length, content)
      after = units.join('')
    }
    return { before, after }
  })

const fileNames = fc.constantFrom(
  'rec.json',
  'with space.json',
  'ümläut.json',
  'quote".json',
  'back\\slash.json',
  'tab\there.json',
  'line\nend.json',
  'bell\u0007 \u0001.json',
  '世界 😀.json',
  '-.json',
  '~tilde.json',
)

describe.skipIf(!hasGit)('a patch (skipped where git is missing)', () => {
  it('is applied and taken back by git, for random edits of real files', () => {
    fc.assert(
      fc.property(changes, (change) => {
        fc.pre(change.before !== change.after)
        throughGit(change)
      }),
      { numRuns: 120 },
    )
  })

  it('is applied between recordings whose lines recur elsewhere in them', () => {
    const texts = containerFixtures('llama-stack-json').map((file) => new TextDecoder().decode(bytesOf(file)))
    texts.forEach((before, at) => {
      const after = texts[(at + 7) % texts.length] ?? ''
      if (before !== after) throughGit({ before, after })
    })
  })

  it('renames, with and without a change of the text', () => {
    fc.assert(
      fc.property(
        fileNames,
        fileNames,
        changes,
        fc.boolean(),
        (oldName, newName, { before, after }, same) => {
          fc.pre(oldName !== newName)
          throughGit({ oldName, newName, before, after: same ? before : after })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has the head that git writes, names quoted as git quotes them', () => {
    const before = `${Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n')}\n`
    const after = before.replace('line 20', 'line twenty')
    fc.assert(
      fc.property(fileNames, fileNames, fc.boolean(), (oldName, newName, same) => {
        const text = same && oldName !== newName ? before : after
        expect(headOf(gitPatch({ oldName, newName, before, after: text }))).toEqual(
          headByGit(oldName, newName, before, text),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('is exactly what git diff prints for one changed line', () => {
    const [text = ''] = fixtureTexts().filter((one) => one.split('\n').length > 40 && !one.includes('\r'))
    const after = text.replace('"model"', '"modell"')
    const folder = mkdtempSync(join(root, 'same-'))
    mkdirSync(join(folder, 'x'))
    git(folder, ['init', '-q'])
    writeFileSync(join(folder, 'rec.json'), utf8(text))
    git(folder, ['add', '-A'])
    writeFileSync(join(folder, 'rec.json'), utf8(after))
    const byGit = git(folder, ['diff', '--diff-algorithm=minimal'])
    const hunk = (patch: string): string =>
      patch.slice(patch.indexOf('\n@@')).replaceAll(/^(@@ .* @@).*$/gm, '$1')
    expect(hunk(gitPatch({ oldName: 'rec.json', newName: 'rec.json', before: text, after }))).toBe(
      hunk(byGit),
    )
  })

  it('stays a patch where everything changed, and is made in time', () => {
    const chunks = (model: string, count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `{\n"id": ${at},\n"model": "${model}",\n"x": ${at % 7}\n}\n`,
      ).join('')
    // line against line
    const patch = throughGit({ before: chunks('a', 20_000), after: chunks('b', 20_000) })
    expect(patch.split('\n').filter((line) => line.startsWith('-"'))).toHaveLength(20_000)
    // all against all
    throughGit({ before: chunks('a', 20_000), after: `${chunks('b', 20_000)}more` })
    throughGit({ before: chunks('a', 9000), after: chunks('c', 2) })
  })

  it('keeps a byte order mark and a missing last line end', () => {
    expect(throughGit({ before: '\ufeff{"a": 1}', after: '\ufeff{"a": 2}\n' })).toBe(
      [
        'diff --git a/rec.json b/rec.json',
        '--- a/rec.json',
        '+++ b/rec.json',
        '@@ -1 +1 @@',
        '-\ufeff{"a": 1}',
        '\\ No newline at end of file',
        '+\ufeff{"a": 2}',
        '',
      ].join('\n'),
    )
  })
})

describe('no patch', () => {
  it('is made of no change', () => {
    expect(gitPatch({ oldName: 'a', newName: 'a', before: 'x\n', after: 'x\n' })).toBe('')
  })
})
