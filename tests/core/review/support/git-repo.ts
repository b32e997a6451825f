/** A git repository in a temporary folder: git itself is the oracle. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export class GitRepo {
  readonly folder = mkdtempSync(join(tmpdir(), 'deck-git-'))

  constructor() {
    this.git('init', '-q', '-b', 'main')
  }

  /** Standard output, byte for byte as UTF-8. */
  git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', this.folder, ...SETTINGS, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
        GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
      },
    })
  }

  /** Makes the working tree exactly these files and commits; the name of the commit. */
  commit(files: ReadonlyMap<string, string | Uint8Array>, message = 'a change'): string {
    this.git('rm', '-rqf', '--ignore-unmatch', '.')
    for (const [path, content] of files) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), content)
    }
    this.git('add', '-A')
    this.git('commit', '-q', '--allow-empty', '-m', message)
    return this.git('rev-parse', 'HEAD').trim()
  }

  show(commit: string, path: string): string {
    return this.git('show', `${commit}:${path}`)
  }

  /** Git's own account of a change, without any quoting. */
  status(before: string, after: string, ...flags: readonly string[]): readonly (readonly string[])[] {
    const fields = this.git('diff', '--name-status', '-z', ...flags, before, after).split('\0')
    const found: (readonly string[])[] = []
    for (let at = 0; at < fields.length - 1; ) {
      const status = fields[at] ?? ''
      const width = /^[RC]/.test(status) ? 3 : 2
      found.push(fields.slice(at, at + width))
      at += width
    }
    return found
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const SETTINGS = [
  '-c',
  'user.name=A',
  '-c',
  'user.email=a@example.com',
  '-c',
  'core.autocrlf=false',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'diff.renames=false',
  '-c',
  'gc.auto=0',
]
