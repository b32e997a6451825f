/** What changed between two trees: files paired by path, then those that were only renamed. */
import { type FileRef, pairFiles, pairMoved } from '../../core/review/pair-files.ts'
import type { TreeNote, TreeSource, Unreadable } from '../../workspace/tree.ts'
import { isLikelyRecording, nameOfPath } from '../tree/likely-recording.ts'
import type { ListedFile, Tree, TreeListener } from '../tree/tree.ts'
import { blobName } from './blob-name.ts'
import { type ChangedFile, type FoundChange, isUnreadable, type SideContent } from './changed-file.ts'
import { eachLimited } from './each-limited.ts'
import { keysOf, summaryOf } from './recording-keys.ts'

export type OpenTree = (source: TreeSource, hear: TreeListener, signal?: AbortSignal) => Promise<Tree>

/** A file of one side, and the way to it. */
export interface SideFile extends FileRef {
  read(): Promise<Uint8Array | Unreadable>
}

export interface OpenedSide {
  readonly name: string
  readonly files: readonly SideFile[]
  readonly notes: readonly TreeNote[]
}

/** More files on one side only are not read to find out whether they were renamed. */
const MOST_RENAMED = 6000

/** Opens all trees of one side; several stand beside each other under their names. */
export async function openSide(
  sources: readonly TreeSource[],
  open: OpenTree,
  signal?: AbortSignal,
): Promise<OpenedSide> {
  const files: SideFile[] = []
  const notes: TreeNote[] = []
  for (const source of sources) {
    const listed: ListedFile[] = []
    const tree = await open(
      source,
      { files: (batch) => listed.push(...batch), note: (note) => notes.push(note) },
      signal,
    )
    const prefix = sources.length > 1 ? `${source.name}/` : ''
    for (const { path, size } of listed) {
      if (isLikelyRecording(nameOfPath(path)))
        files.push({ path: `${prefix}${path}`, size, read: () => tree.read(path) })
    }
  }
  return { name: sources.map(({ name }) => name).join(', '), files, notes }
}

/** The change from one side to the other. */
export async function treeChange(
  before: readonly TreeSource[],
  after: readonly TreeSource[],
  open: OpenTree,
  signal?: AbortSignal,
): Promise<FoundChange> {
  const [old, now] = await Promise.all([openSide(before, open, signal), openSide(after, open, signal)])
  const [oldFiles, newFiles] = aligned(old.files, now.files)
  const { pairs, removed, added } = pairFiles(oldFiles, newFiles)
  const notes = [...old.notes, ...now.notes]
  const isTooMany = removed.length + added.length > MOST_RENAMED
  if (isTooMany && removed.length > 0 && added.length > 0) notes.push(NOT_MATCHED)
  const single = isTooMany ? { moved: [], removed, added } : await moved(removed, added, signal)
  const files: ChangedFile[] = [
    ...pairs.map((pair) =>
      // sizes that only a look would tell say nothing
      changed('changed', pair.before, pair.after, sizesDiffer(pair.before, pair.after)),
    ),
    ...single.moved.map((pair) => changed('renamed', pair.before, pair.after, true)),
    ...single.added.map((file) => changed('added', undefined, file, true)),
    ...single.removed.map((file) => changed('removed', file, undefined, true)),
  ]
  return { title: `${old.name} → ${now.name}`, files, notes }
}

const NOT_MATCHED: TreeNote = {
  code: 'too-many',
  message: `More than ${MOST_RENAMED.toLocaleString('en')} files are on one side only, so renamed ones were not looked for among them.`,
}

function sizesDiffer(one: FileRef, other: FileRef): boolean {
  return one.size >= 0 && other.size >= 0 && one.size !== other.size
}

function changed(
  status: 'changed' | 'renamed' | 'added' | 'removed',
  before: SideFile | undefined,
  after: SideFile | undefined,
  isCertain: boolean,
): ChangedFile {
  const path = after?.path ?? before?.path ?? ''
  return {
    item: { path, status, ...(status === 'renamed' && before && { oldPath: before.path }) },
    isCertain,
    read: async (side): Promise<SideContent> => (side === 'before' ? before : after)?.read(),
  }
}

/** Reads what is on one side only, to find what was renamed. */
async function moved(removed: readonly SideFile[], added: readonly SideFile[], signal?: AbortSignal) {
  if (removed.length === 0 || added.length === 0) return { moved: [], removed, added }
  const known = async (files: readonly SideFile[]): Promise<readonly SideFile[]> => {
    const found = new Map<SideFile, SideFile>()
    await eachLimited(files, 6, async (file) => void found.set(file, await recognised(file)), signal)
    return files.map((file) => found.get(file) ?? file)
  }
  return pairMoved(await known(removed), await known(added))
}

async function recognised(file: SideFile): Promise<SideFile> {
  const content = await file.read()
  if (isUnreadable(content)) return file
  const summary = summaryOf(file.path, content)
  return { ...file, digest: blobName(content), ...(summary && { keys: keysOf(summary) }) }
}

/**
 * An archive often has one folder around everything that the other side has not, or has under another name
 * ("repo-main/", "repo-1.2/"): it is left away where more files meet so.
 */
function aligned(
  before: readonly SideFile[],
  after: readonly SideFile[],
): readonly [readonly SideFile[], readonly SideFile[]] {
  let best: readonly [readonly SideFile[], readonly SideFile[]] = [before, after]
  let most = meeting(before, after)
  for (const old of [before, inside(before)]) {
    for (const now of [after, inside(after)]) {
      if (old === undefined || now === undefined) continue
      const count = meeting(old, now)
      if (count > most) {
        most = count
        best = [old, now]
      }
    }
  }
  return best
}

/** Without the one folder that all lie in; undefined where there is none. */
function inside(files: readonly SideFile[]): readonly SideFile[] | undefined {
  const [first] = files
  const folder = first?.path.slice(0, first.path.indexOf('/') + 1) ?? ''
  if (folder === '' || !files.every(({ path }) => path.startsWith(folder))) return undefined
  return files.map((file) => ({ ...file, path: file.path.slice(folder.length) }))
}

function meeting(before: readonly FileRef[], after: readonly FileRef[]): number {
  const paths = new Set(before.map(({ path }) => path))
  return after.filter(({ path }) => paths.has(path)).length
}
