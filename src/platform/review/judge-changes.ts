/** Reads both sides of each changed file and says what the difference comes to. */
import { decodeFile } from '../../core/file-text.ts'
import type { FileVerdict } from '../../core/judge.ts'
import { BY_LINES_NOTE } from '../../core/review/judge-lines.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { ReviewEvent } from '../../workspace/review-port.ts'
import { blobName } from './blob-name.ts'
import { type ChangedFile, isUnreadable, type SideContent } from './changed-file.ts'
import { eachLimited } from './each-limited.ts'
import type { Description } from './recording-keys.ts'

export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface JudgeEffects {
  judge(before: NamedText, after: NamedText): Promise<FileVerdict>
  /** What a file is, in words; undefined where it is no recording. */
  describe(path: string, bytes: Uint8Array): Promise<Description | undefined>
  isRecording(text: string): Promise<boolean>
  now(): number
  /** Lets messages in. */
  pause(): Promise<void>
}

/** Files read at the same time. */
const AT_ONCE = 6
/** Milliseconds between two reports. */
const REPORT_EVERY = 120

/** Judges all; the items are heard in batches. Answers how many files turned out not to have changed. */
export async function judgeChanges(
  files: readonly ChangedFile[],
  hear: (event: ReviewEvent) => void,
  effects: JudgeEffects,
  signal?: AbortSignal,
): Promise<number> {
  let batch: ReviewItem[] = []
  let done = 0
  let same = 0
  let reported = effects.now()
  const report = (): void => {
    if (batch.length > 0) hear({ kind: 'items', items: batch })
    hear({ kind: 'progress', done, all: files.length })
    batch = []
    reported = effects.now()
  }
  hear({ kind: 'items', items: files.filter(({ isCertain }) => isCertain).map(({ item }) => item) })
  report()
  await eachLimited(
    files,
    AT_ONCE,
    async (file) => {
      const item = await judged(file, effects, signal)
      if (item === undefined) same++
      else batch.push(item)
      done++
      if (effects.now() - reported >= REPORT_EVERY) report()
      await effects.pause()
    },
    signal,
  )
  report()
  return same
}

/** Undefined: nothing has changed. */
async function judged(
  file: ChangedFile,
  effects: JudgeEffects,
  signal: AbortSignal | undefined,
): Promise<ReviewItem | undefined> {
  const { item } = file
  if (item.status === 'added') return alone(file, await file.read('after', signal), effects)
  if (item.status === 'removed') return alone(file, await file.read('before', signal), effects)
  const [before, after] = await Promise.all([file.read('before', signal), file.read('after', signal)])
  if (isUnreadable(before) || isUnreadable(after)) {
    const problem = isUnreadable(before) ? before.problem : isUnreadable(after) ? after.problem : ''
    return byLines(file) ?? { ...item, note: problem }
  }
  if (before === undefined || after === undefined) {
    return {
      ...item,
      note: `This file is not there ${before === undefined ? 'before' : 'after'} the change.`,
    }
  }
  if (sameBytes(before, after)) return file.isCertain ? { ...item, verdict: IDENTICAL } : undefined
  return { ...(await both(item, before, after, effects)), mark: markOf(before, after) }
}

/** Half of a hash is enough to tell apart what one person looks at. */
function markOf(before: Uint8Array | undefined, after: Uint8Array | undefined): string {
  const names = [before, after].map((bytes) => (bytes === undefined ? '-' : blobName(bytes)))
  return markOfText(names.join(' '))
}

function markOfText(text: string): string {
  return blobName(new TextEncoder().encode(text)).slice(0, 20)
}

const IDENTICAL: FileVerdict = {
  kind: 'identical',
  sentence: 'Identical, byte for byte',
  reasons: [],
  requestChanged: false,
}

function byLines(file: ChangedFile): ReviewItem | undefined {
  const { item } = file
  const lines = (file.lines?.() ?? []).flat().flatMap((hunk) => hunk.lines)
  if (lines.some((line) => isPointer(line.slice(1)))) return { ...item, note: LFS }
  const verdict = file.byLines?.()
  if (verdict === undefined) return undefined
  if (lines.length === 0) return { ...item, verdict, mark: markOfText(`${item.oldPath} ${item.path}`) }
  return { ...item, verdict, note: BY_LINES_NOTE, mark: markOfText(lines.join('')) }
}

async function both(
  item: ReviewItem,
  before: Uint8Array,
  after: Uint8Array,
  effects: JudgeEffects,
): Promise<ReviewItem> {
  const [old, now] = [decodeFile(before), decodeFile(after)]
  if ('problem' in old && 'problem' in now) return { ...item, note: `No recording: ${now.problem.message}` }
  if ('problem' in old) return { ...item, verdict: unreadable('Before the change', old.problem.message) }
  if ('problem' in now) return { ...item, verdict: unreadable('After the change', now.problem.message) }
  if (isPointer(old.text) || isPointer(now.text)) return { ...item, note: LFS }
  const verdict = await effects.judge(
    { name: item.oldPath ?? item.path, text: old.text },
    { name: item.path, text: now.text },
  )
  if (verdict.kind !== 'unreadable') {
    const asks = (await effects.describe(item.path, after))?.asks
    return { ...item, verdict, ...(asks && { asks }) }
  }
  const isNone = !(await effects.isRecording(old.text)) && !(await effects.isRecording(now.text))
  return isNone ? { ...item, note: 'No recording, neither before nor after.' } : { ...item, verdict }
}

function unreadable(when: string, why: string): FileVerdict {
  const reason = `${when}: ${why.replace(/\.$/, '')}`
  return { kind: 'unreadable', sentence: `Unreadable: ${reason}`, reasons: [reason], requestChanged: true }
}

const LFS =
  'Kept with Git LFS: only the pointer to the recording is here. Check out both sides and open the two folders.'

function isPointer(text: string): boolean {
  return text.startsWith('version https://git-lfs.github.com/spec/')
}

/** A file on one side only. */
async function alone(file: ChangedFile, content: SideContent, effects: JudgeEffects): Promise<ReviewItem> {
  const { item } = file
  if (content === undefined) return { ...item, note: 'This file is not there.' }
  if (isUnreadable(content)) return { ...item, note: content.problem }
  const decoded = decodeFile(content)
  if (!('problem' in decoded) && isPointer(decoded.text)) return { ...item, note: LFS }
  const what = await effects.describe(item.path, content)
  const isNew = item.status === 'added'
  const word = isNew ? 'New' : 'Removed'
  const mark = isNew ? markOf(undefined, content) : markOf(content, undefined)
  if (what === undefined) return { ...item, mark, note: `${word}, and no recording.` }
  return { ...item, mark, note: `${word}: ${what.words}`, ...(what.asks && { asks: what.asks }) }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
