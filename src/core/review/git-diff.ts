/**
 * A unified diff as `git diff`, `git show`, `git log -p`, `git format-patch` and GitHub's .diff and .patch give it.
 *
 * Format: https://git-scm.com/docs/diff-format. `parsePatch` of the package `diff` refuses the signature under a
 * `format-patch` ("Hunk has more lines than expected") and stops at the first fault, so it is read here.
 */
import { hasPrefixes, readFileLine, readGitLine, readName } from './quoted-name.ts'
import { withoutRoots } from './without-roots.ts'

export interface Hunk {
  /** Line numbers from 1; with no lines on a side, the line behind which the others belong. */
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  /** Each with its sign (" ", "+", "-") and its line break, which is missing only at the end of a file without one. */
  readonly lines: readonly string[]
}

/** What one commit (or one diff) does to one file. */
export interface DiffFile {
  /** Absent where the file is added. */
  readonly oldPath?: string
  /** Absent where it is removed. */
  readonly newPath?: string
  readonly status: 'added' | 'removed' | 'changed' | 'renamed' | 'copied'
  /** Per cent, of renames and copies. */
  readonly similarity?: number
  /** As in "100644". */
  readonly oldMode?: string
  readonly newMode?: string
  /** Names of the contents, mostly shortened, where the diff says them. */
  readonly oldBlob?: string
  readonly newBlob?: string
  /** Its content is not in the diff. */
  readonly binary: boolean
  readonly hunks: readonly Hunk[]
  /** The hunks break off or do not add up. */
  readonly broken: boolean
}

export interface DiffProblem {
  /** "combined", "broken-hunk", "only-in", "no-diff". */
  readonly code: string
  readonly message: string
  readonly path?: string
}

export interface GitDiff {
  /** In the order of the text; a file that several commits change is there several times. */
  readonly files: readonly DiffFile[]
  /** `git log` begins with the newest commit, a mailbox of patches with the oldest. */
  readonly newestFirst: boolean
  readonly problems: readonly DiffProblem[]
}

/** Whether a text is a diff at all: it has a line that begins one. */
export function looksLikeDiff(text: string): boolean {
  return /^(?:diff --(?:git|cc|combined) |diff -\S* \S|Only in \S|Binary files \S.* differ$|--- .*\r?\n\+\+\+ .*\r?\n@@ )/m.test(
    text.slice(0, 1 << 20),
  )
}

/** Reads a diff. Never throws: what cannot be read is among the problems. */
export function parseGitDiff(text: string): GitDiff {
  return new Parser(text).parse()
}

class Parser {
  readonly #lines: readonly string[]
  readonly #files: DiffFile[] = []
  readonly #problems: DiffProblem[] = []
  #at = 0
  #newestFirst = false
  #onlyIn = 0

  constructor(text: string) {
    const lines = text.split('\n')
    // a diff that was saved with Windows line ends as a whole has them in its own lines as well
    const isCrLf = lines.find((line) => /^(?:diff --|@@ )/.test(line))?.endsWith('\r') === true
    this.#lines = isCrLf ? lines.map((line) => line.replace(/\r$/, '')) : lines
  }

  parse(): GitDiff {
    while (this.#at < this.#lines.length) this.#next()
    if (this.#onlyIn > 0) {
      const what = this.#onlyIn === 1 ? '1 file or folder is' : `${this.#onlyIn} files or folders are`
      const message = `${what} only on one side, and this diff does not show what is in them: make it with diff -ruN.`
      this.#problems.push({ code: 'only-in', message })
    }
    if (this.#files.length === 0 && this.#problems.length === 0) {
      const message =
        'No diff was found in this text: it needs lines like "diff --git a/file b/file" and "@@ -1 +1 @@".'
      this.#problems.push({ code: 'no-diff', message })
    }
    return { files: withoutRoots(this.#files), newestFirst: this.#newestFirst, problems: this.#problems }
  }

  #next(): void {
    const line = this.#line()
    if (line.startsWith('diff --git ')) this.#git(line.slice(11))
    else if (/^diff --(?:cc|combined) /.test(line)) this.#combined(line)
    else if (this.#isFileHead()) this.#file({})
    else if (BINARY_LINE.test(line)) this.#binary(line)
    else {
      if (/^commit [0-9a-f]{40}/.test(line) && this.#files.length === 0) this.#newestFirst = true
      if (/^Only in .+: ./.test(line)) this.#onlyIn++
      this.#at++
    }
  }

  #line(offset = 0): string {
    return this.#lines[this.#at + offset] ?? ''
  }

  #isFileHead(): boolean {
    return /^--- \S/.test(this.#line()) && /^\+\+\+ \S/.test(this.#line(1)) && /^@@ /.test(this.#line(2))
  }

  #combined(line: string): void {
    const path = readName(line.replace(/^diff --\w+ /, ''))
    const message = `${path} is shown as a merge against all its parents (a combined diff), which does not say what changed for whom. Make the diff against one parent: git diff <parent> <merge>, or git show -m.`
    this.#problems.push({ code: 'combined', message, path })
    this.#at++
    while (this.#at < this.#lines.length && !/^(?:diff --|commit |From )/.test(this.#line())) this.#at++
  }

  #git(names: string): void {
    const head = new Map<string, string>()
    let both = readGitLine(names)
    let binary = false
    this.#at++
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line()
      const known = HEAD_LINE.exec(line)
      if (BINARY_LINE.test(line)) {
        binary = true
        both ??= binaryNames(line)
      } else if (line === 'GIT binary patch') binary = true
      else if (known?.[1] !== undefined && known[2] !== undefined) head.set(known[1], known[2])
      else break
    }
    if (binary) this.#skipBinary()
    this.#file({ ...(both && { both }), head, binary })
  }

  /** Of `diff -r`, which says no more of it. */
  #binary(line: string): void {
    this.#at++
    const both = binaryNames(line)
    if (both) this.#file({ both, binary: true })
  }

  #skipBinary(): void {
    while (/^(?:literal \d+|delta \d+|[A-Za-z][!-~]+|)$/.test(this.#line())) {
      if (this.#at >= this.#lines.length) return
      this.#at++
    }
  }

  #file({ both, head = new Map(), binary = false }: FileHead): void {
    let names = both && unprefixed(both[0], both[1])
    // two minus signs and a space may also be a removed line; here no hunk has begun
    if (/^--- /.test(this.#line()) && /^\+\+\+ /.test(this.#line(1))) {
      const [old, now] = [readFileLine(this.#line().slice(4)), readFileLine(this.#line(1).slice(4))]
      names ??= unprefixed(old, now)
      names = {
        old: old === undefined ? undefined : names.old,
        now: now === undefined ? undefined : names.now,
      }
      this.#at += 2
    }
    const from = head.get('rename from') ?? head.get('copy from')
    const to = head.get('rename to') ?? head.get('copy to')
    if (from !== undefined && to !== undefined) names = { old: readName(from), now: readName(to) }
    const { hunks, broken: isCut } = this.#hunks()
    const broken = isCut || (hunks.length === 0 && !binary && promisesLines(head))
    if (head.size === 0 && both === undefined && hunks.length === 1) {
      // a plain diff names a file on the side as well where it is not; an empty one is no recording
      if (hunks[0]?.oldStart === 0 && hunks[0].oldLines === 0) names = { ...names, old: undefined }
      if (hunks[0]?.newStart === 0 && hunks[0].newLines === 0) names = { ...names, now: undefined }
    }
    const file = described(names ?? {}, head, { hunks, broken, binary })
    this.#files.push(file)
    if (broken) {
      const path = file.newPath ?? file.oldPath ?? ''
      const message = `The diff of ${path} breaks off or does not add up near line ${this.#at} of the diff: it was cut or edited. Make it anew.`
      this.#problems.push({ code: 'broken-hunk', message, path })
    }
  }

  #hunks(): { readonly hunks: readonly Hunk[]; readonly broken: boolean } {
    const hunks: Hunk[] = []
    for (;;) {
      const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(this.#line())
      if (head === null) return { hunks, broken: false }
      this.#at++
      const [oldStart, oldLines] = [Number(head[1]), Number(head[2] ?? 1)]
      const [newStart, newLines] = [Number(head[3]), Number(head[4] ?? 1)]
      const lines = this.#hunkLines(oldLines, newLines)
      if (lines === undefined) return { hunks, broken: true }
      hunks.push({ oldStart, oldLines, newStart, newLines, lines })
    }
  }

  /** As many lines as the hunk's head promises: what looks like a head among them is content. */
  #hunkLines(oldLines: number, newLines: number): readonly string[] | undefined {
    const lines: string[] = []
    let [old, now] = [oldLines, newLines]
    while (old > 0 || now > 0) {
      // mail programs cut the space of an empty line
      const isLast = this.#at >= this.#lines.length - 1
      const line = this.#line() === '' && !isLast ? ' ' : this.#line()
      const sign = line.charAt(0)
      if (sign === '\\' && lines.length > 0) this.#withoutLineEnd(lines)
      else if (sign !== ' ' && sign !== '+' && sign !== '-') return undefined
      else {
        lines.push(`${line}\n`)
        if (sign !== '+') old--
        if (sign !== '-') now--
      }
      this.#at++
    }
    if (old < 0 || now < 0) return undefined
    if (this.#line().startsWith('\\ ')) {
      this.#withoutLineEnd(lines)
      this.#at++
    }
    return lines
  }

  #withoutLineEnd(lines: string[]): void {
    const last = lines.pop()
    if (last !== undefined) lines.push(last.replace(/\n$/, ''))
  }
}

/** Git says no more than a head of what is only renamed or has other rights, and of an empty file that came or went. */
function promisesLines(head: ReadonlyMap<string, string>): boolean {
  const [, old, now] = /^([0-9a-f]+)\.\.([0-9a-f]+)/.exec(head.get('index') ?? '') ?? []
  if (old === undefined || now === undefined) return head.size === 0
  return old !== now && ![old, now].some((blob) => EMPTY_BLOB.startsWith(blob))
}

const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

const BINARY_LINE = /^Binary files .+ and .+ differ$/

/** The two names, where no " and " is in either. */
function binaryNames(line: string): readonly [string, string] | undefined {
  const [, old, now] = /^Binary files (.+) and (.+) differ$/.exec(line) ?? []
  const isNone = old === undefined || now === undefined || old === '/dev/null' || now === '/dev/null'
  return isNone ? undefined : [readName(old), readName(now)]
}

const HEAD_LINE =
  /^(old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|similarity index|dissimilarity index|index) (.*)$/

interface FileHead {
  readonly both?: readonly [string, string]
  readonly head?: ReadonlyMap<string, string>
  readonly binary?: boolean
}

interface Names {
  readonly old?: string | undefined
  readonly now?: string | undefined
}

/** Without "a/" and "b/", where both have them (or the only one has): `--no-prefix` writes none. */
function unprefixed(old: string | undefined, now: string | undefined): Names {
  if (old !== undefined && now !== undefined) {
    return hasPrefixes(old, now) ? { old: old.slice(2), now: now.slice(2) } : { old, now }
  }
  return { old: old?.replace(/^a\//, ''), now: now?.replace(/^b\//, '') }
}

function described(
  { old, now }: Names,
  head: ReadonlyMap<string, string>,
  content: Pick<DiffFile, 'hunks' | 'broken' | 'binary'>,
): DiffFile {
  const added = head.has('new file mode') || old === undefined
  const removed = head.has('deleted file mode') || now === undefined
  const copied = head.has('copy to')
  const moved = old === now ? 'changed' : 'renamed'
  const status = added ? 'added' : removed ? 'removed' : copied ? 'copied' : moved
  const blobs = /^([0-9a-f]+)\.\.([0-9a-f]+)(?: (\d+))?/.exec(head.get('index') ?? '')
  const similarity = Number.parseInt(head.get('similarity index') ?? '', 10)
  const oldMode = head.get('old mode') ?? head.get('deleted file mode') ?? blobs?.[3]
  const newMode = head.get('new mode') ?? head.get('new file mode') ?? blobs?.[3]
  return {
    ...(!added && old !== undefined && { oldPath: old }),
    ...(!removed && now !== undefined && { newPath: now }),
    status,
    ...(!Number.isNaN(similarity) && { similarity }),
    ...(oldMode !== undefined && !added && { oldMode }),
    ...(newMode !== undefined && !removed && { newMode }),
    ...(blobs?.[1] !== undefined && !/^0+$/.test(blobs[1]) && { oldBlob: blobs[1] }),
    ...(blobs?.[2] !== undefined && !/^0+$/.test(blobs[2]) && { newBlob: blobs[2] }),
    ...content,
  }
}
