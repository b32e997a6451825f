import { type Entry, type ReadableReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js'
import type { Archive, Member } from './archive-tree.ts'
import { BlobPieces } from './blob-pieces.ts'
import { Breather } from './breather.ts'
import { DistinctPaths, memberPath } from './member-path.ts'
import {
  archiveBomb,
  brokenArchive,
  changedArchive,
  encrypted,
  memberBomb,
  tooLarge,
  tooMany,
} from './notes.ts'
import { readZipMember } from './zip-member.ts'

const BATCH = 500

/**
 * Lists a zip by its directory, which stands at its end: the members are read where they lie. The library reads the
 * directory (zip64, any encoding of names, data before or behind the archive); the members are sliced and inflated
 * here, so that the browser's own inflater does it and no byte more than the archive says is ever kept.
 */
export async function openZip({ name, file, limits, hear, signal }: Archive): Promise<void> {
  const reader = new ZipReader(blobReader(file), { useWebWorkers: false, strictness: 'tolerant' })
  const pieces = new BlobPieces(file)
  const distinct = new DistinctPaths()
  let batch: Member[] = []
  let count = 0
  // a directory of 100,000 members is one task otherwise: no row would be read before its end, and no "cancel" heard
  const breather = new Breather()
  let locked = 0
  let total = 0
  const flush = (): void => {
    if (batch.length > 0) hear.members(batch)
    batch = []
  }
  try {
    for await (const entry of reader.getEntriesGenerator({ strictness: 'tolerant' })) {
      await breather.breathe()
      signal?.throwIfAborted()
      const path = entry.directory ? undefined : memberPath(entry.filename)
      // a link's content is the path that it leads to
      if (path === undefined || entry.symlink) continue
      if (entry.encrypted) {
        locked++
        continue
      }
      const size = entry.uncompressedSize
      if (isBomb(entry, limits)) {
        hear.note(memberBomb(name, path, size))
        continue
      }
      if (size > limits.member) {
        hear.note(tooLarge(name, path, size, limits.member))
        continue
      }
      total += size
      // members that share their bytes: each is harmless, all together are not
      if (total > limits.total && total > file.size * limits.ratio) {
        hear.note(archiveBomb(name, limits.total, count))
        break
      }
      if (count === limits.files) {
        hear.note(tooMany(name, limits.files))
        break
      }
      count++
      batch.push(memberOf(pieces, entry, distinct.give(path)))
      if (batch.length === BATCH) flush()
    }
  } catch (error) {
    if (signal?.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    // the browser's own errors are about the file, all others about what is in it
    const changed = error instanceof DOMException
    hear.note(
      changed
        ? changedArchive(name, count)
        : brokenArchive(name, `its directory cannot be read (${reason}).`, count),
    )
  }
  flush()
  if (locked > 0) hear.note(encrypted(name, locked))
}

function isBomb(
  { compressedSize, uncompressedSize }: Entry,
  { suspicious, ratio }: Archive['limits'],
): boolean {
  return uncompressedSize > suspicious && uncompressedSize > compressedSize * ratio
}

function memberOf(pieces: BlobPieces, entry: Entry, path: string): Member {
  const { offset, compressedSize, uncompressedSize: size, compressionMethod: method, signature = 0 } = entry
  const modified = entry.lastModDate.getTime()
  return {
    listed: {
      path,
      size,
      modified: Number.isFinite(modified) ? modified : 0,
      mark: signature.toString(16),
    },
    read: () => readZipMember(pieces, { offset, compressedSize, size, method, crc: signature >>> 0 }),
  }
}

/** What the library reads from: pieces of the file. */
function blobReader(file: File): ReadableReader {
  const reader = {
    size: file.size,
    readUint8Array: async (offset: number, length: number): Promise<Uint8Array> =>
      new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  }
  // its types know readers with a stream only; the directory is read through this method alone
  return reader as unknown as ReadableReader
}
