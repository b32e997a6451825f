import type { Unreadable } from '../../workspace/tree.ts'
import type { BlobPieces } from './blob-pieces.ts'
import { crc32 } from './crc32.ts'
import { inflateRaw, WrongLength } from './inflate.ts'
import { unreadable } from './tree.ts'

/** Where a member of a zip lies, as its directory says. */
export interface ZipPlace {
  /** Of its own header. */
  readonly offset: number
  readonly compressedSize: number
  readonly size: number
  readonly method: number
  readonly crc: number
}

const HEADER = 30

const STORED = 0
const DEFLATED = 8

/** Reads one member, inflates it and makes sure of it. */
export async function readZipMember(archive: BlobPieces, place: ZipPlace): Promise<Uint8Array | Unreadable> {
  const { offset, compressedSize, size, method, crc } = place
  if (method !== STORED && method !== DEFLATED) {
    return unreadable(
      'unreadable',
      `This file is compressed by method ${method}, which browsers cannot inflate. Unpack the archive and open the folder.`,
    )
  }
  const header = await archive.bytes(offset, HEADER)
  const head = new DataView(header.buffer, header.byteOffset, header.length)
  if (head.byteLength < HEADER || head.getUint32(0, true) !== 0x04034b50) {
    return damaged('it is not where it should be')
  }
  const start = offset + HEADER + head.getUint16(26, true) + head.getUint16(28, true)
  const packed = await archive.bytes(start, compressedSize)
  try {
    // a copy: the bytes are given away, and lie in a piece of the archive that others read as well
    const bytes = method === STORED ? packed.slice() : await inflateRaw(packed, size)
    if (bytes.length !== size) return damaged('its length is another one than the archive says')
    return crc32(bytes) === crc ? bytes : damaged('its checksum is wrong')
  } catch (error) {
    if (error instanceof WrongLength) return damaged(error.message)
    if (error instanceof TypeError) return damaged('its compressed data is wrong')
    throw error
  }
}

function damaged(why: string): Unreadable {
  return unreadable('broken-archive', `This file is damaged in its archive: ${why}.`)
}
