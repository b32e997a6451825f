import type { Archive, Member } from './archive-tree.ts'
import { BlobPieces } from './blob-pieces.ts'
import { Breather } from './breather.ts'
import { gunzip } from './inflate.ts'
import { DistinctPaths, memberPath } from './member-path.ts'
import { archiveBomb, brokenArchive, changedArchive, tooLarge, tooMany } from './notes.ts'
import { BrokenArchive, tarMembers } from './tar-members.ts'
import { unreadable, whyUnreadable } from './tree.ts'

const BATCH = 200

/** Lists a tar. A compressed one is inflated once, as a whole: its members can only be had in their order otherwise. */
export async function openTar(
  { name, file, limits, hear, signal }: Archive,
  compressed: boolean,
): Promise<void> {
  const cap = Math.min(limits.total, Math.max(limits.suspicious, file.size * limits.ratio))
  const inflated = compressed ? await gunzip(file, cap, signal) : { blob: file }
  // the same name, size and time may be another file in another archive
  const mark = `${file.size}:${file.lastModified}`
  const pieces = new BlobPieces(inflated.blob)
  const distinct = new DistinctPaths()
  const breather = new Breather()
  let batch: Member[] = []
  let count = 0
  let reason = ''
  let changed = inflated.stopped === 'changed'
  const flush = (): void => {
    if (batch.length > 0) hear.members(batch)
    batch = []
  }
  try {
    for await (const { name: written, offset, size, modified, sparse } of tarMembers(inflated.blob, pieces)) {
      await breather.breathe()
      signal?.throwIfAborted()
      const path = memberPath(written)
      if (path === undefined) continue
      if (size > limits.member) {
        hear.note(tooLarge(name, path, size, limits.member))
        continue
      }
      if (count === limits.files) {
        hear.note(tooMany(name, limits.files))
        break
      }
      count++
      batch.push({
        listed: { path: distinct.give(path), size, modified, mark: `${mark}:${offset}` },
        read: async () =>
          sparse
            ? unreadable(
                'broken-archive',
                'This file is stored in pieces with gaps, which is not read. Unpack the archive.',
              )
            : (await pieces.bytes(offset, size)).slice(),
      })
      if (batch.length === BATCH) flush()
    }
  } catch (error) {
    if (signal?.aborted) throw error
    if (error instanceof DOMException) changed = true
    else reason = error instanceof BrokenArchive ? error.message : whyUnreadable(error).problem
  }
  flush()
  if (changed) hear.note(changedArchive(name, count))
  else if (inflated.stopped === 'too-large') hear.note(archiveBomb(name, cap, count))
  else if (inflated.stopped === 'broken') {
    hear.note(brokenArchive(name, 'its compressed data cannot be inflated to the end.', count))
  } else if (reason !== '') hear.note(brokenArchive(name, reason, count))
}
