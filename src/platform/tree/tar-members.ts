import type { BlobPieces } from './blob-pieces.ts'
import { readPax, readTarHeader, TAR_BLOCK, type TarHeader, textIn } from './tar-header.ts'

/** A file in a tar: where its bytes lie. */
export interface TarMember {
  readonly name: string
  readonly offset: number
  readonly size: number
  readonly modified: number
  /** What of it cannot be had: its bytes lie in another order. */
  readonly sparse?: true
}

/** An extended header is a few hundred bytes; one of many megabytes is there to fill the memory. */
const MAX_META = 1024 * 1024

/** Thrown where an archive cannot be read further. What came before counts. */
export class BrokenArchive extends Error {}

/** The files of a tar, in its order. Reads the archive in pieces, and only those that have headers in them. */
export async function* tarMembers(tar: Blob, pieces: BlobPieces): AsyncGenerator<TarMember> {
  let next: ReadonlyMap<string, string> = new Map()
  let everywhere: ReadonlyMap<string, string> = new Map()
  for (let at = 0; at < tar.size; ) {
    const block = await pieces.bytes(at, TAR_BLOCK)
    if (block.length < TAR_BLOCK)
      throw new BrokenArchive(`It breaks off after ${at.toLocaleString('en')} bytes.`)
    const header = readTarHeader(block)
    if (header === undefined) {
      // two blocks of zeros are the end; whoever joined archives has more behind them
      if (!block.every((byte) => byte === 0)) {
        throw new BrokenArchive(`At ${at.toLocaleString('en')} bytes there is no member of a tar.`)
      }
      at += TAR_BLOCK
      continue
    }
    at += TAR_BLOCK
    if ('xgLK'.includes(header.type)) {
      if (header.size > MAX_META) throw new BrokenArchive('An extended header in it is too large.')
      const meta = await pieces.bytes(at, header.size)
      if (header.type === 'g') everywhere = new Map([...everywhere, ...readPax(meta)])
      else if (header.type === 'x') next = new Map([...next, ...readPax(meta)])
      // "K" is the long target of a link: no file
      else if (header.type === 'L') next = new Map([...next, ['path', textIn(meta, 0, meta.length)]])
      at += padded(header.size)
      continue
    }
    const said = new Map([...everywhere, ...next])
    next = new Map()
    const member = memberOf(header, said, at)
    const end = at + member.size
    if (header.type === '0' || header.type === 'S') {
      if (end > tar.size) throw new BrokenArchive(`It breaks off inside of "${member.name}".`)
      yield member
    }
    // links, devices and folders have no content, whatever size they name
    at = '123456'.includes(header.type) ? at : at + padded(member.size)
  }
}

function memberOf(header: TarHeader, said: ReadonlyMap<string, string>, offset: number): TarMember {
  const size = said.get('size')
  const time = Number(said.get('mtime'))
  const sparse = header.type === 'S' || [...said.keys()].some((key) => key.startsWith('GNU.sparse.'))
  return {
    name: said.get('path') ?? header.name,
    offset,
    size: size !== undefined && /^\d{1,15}$/.test(size) ? Number(size) : header.size,
    modified: time > 0 ? Math.round(time * 1000) : header.modified,
    ...(sparse && { sparse }),
  }
}

function padded(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
}
