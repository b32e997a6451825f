import { isTarBlock, TAR_BLOCK } from './tar-header.ts'

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz'

/** Compressed bytes that are enough for the first block of a tar, unless somebody means harm. */
const HEAD = 64 * 1024

/**
 * Whether a file is an archive of files, by its content. A compressed file that holds no tar is none: it may be a
 * recording that is kept compressed.
 */
export async function isArchive(file: Blob): Promise<ArchiveKind | undefined> {
  try {
    const head = new Uint8Array(await file.slice(0, TAR_BLOCK).arrayBuffer())
    if (isZip(head)) return 'zip'
    if (isTarBlock(head)) return 'tar'
    if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return undefined
    return isTarBlock(await firstInflated(file.slice(0, HEAD), TAR_BLOCK)) ? 'tar.gz' : undefined
  } catch {
    // cannot be read: whoever reads it as a file says why
    return undefined
  }
}

/** "PK" and what begins a member, an empty archive or one in parts. */
function isZip(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b) return false
  return [0x0403, 0x0605, 0x0807].includes(((head[3] ?? 0) << 8) | (head[2] ?? 0))
}

/** The first bytes of what a gzip file holds; what comes after them is not inflated. */
async function firstInflated(file: Blob, wanted: number): Promise<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const found = new Uint8Array(wanted)
  let length = 0
  try {
    while (length < wanted) {
      const { done, value } = await reader.read()
      if (done) break
      const piece = value.subarray(0, wanted - length)
      found.set(piece, length)
      length += piece.length
    }
  } catch {
    // it breaks off, being only a head: what came out counts
  }
  await reader.cancel().catch(() => {})
  return found.subarray(0, length)
}
