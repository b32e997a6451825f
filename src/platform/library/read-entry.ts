import type { Decoders } from '../../core/encoding/compression.ts'
import { decodeFile, MAX_FILE_BYTES } from '../../core/file-text.ts'
import type { IndexedEntry } from '../../core/library/entry.ts'
import { problemEntry, summariseRecording } from '../../core/library/summarise.ts'
import { type Reading, readCassette } from '../../core/open.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import type { FileToRead } from './entry-readers.ts'

/** Decoders that one recording in thousands needs are loaded when it comes. */
export interface DecoderSource {
  loaded(): Decoders
  load(): Promise<Decoders>
}

/** What a list says of a file, from its bytes. Throws only for a mistake in the reading itself. */
export async function readEntry(
  { path, modified, bytes }: FileToRead,
  decoders: DecoderSource,
): Promise<IndexedEntry> {
  const size = bytes.length
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) return problemEntry(path, size, modified, decoded.problem)
  const { text } = decoded
  const reading = await readAll(text, decoders)
  const { cassette, index, projected } = reading
  const document =
    cassette !== undefined && index !== undefined ? new JsonDocument(projected ?? text, index) : undefined
  return summariseRecording(path, size, modified, reading, document)
}

/** Why a file is not even read, by its size. */
export function tooLargeToRead(path: string, size: number, modified: number): IndexedEntry | undefined {
  if (size <= MAX_FILE_BYTES) return undefined
  const megabytes = Math.round(size / (1024 * 1024)).toLocaleString('en')
  return problemEntry(path, size, modified, {
    code: 'too-large',
    message: `This file has ${megabytes} MB; up to ${MAX_FILE_BYTES / (1024 * 1024)} MB can be read in a browser tab.`,
  })
}

async function readAll(text: string, decoders: DecoderSource): Promise<Reading> {
  const reading = readCassette(text, { decoders: decoders.loaded() })
  if (!reading.diagnostics.some(({ code }) => code === 'needs-brotli')) return reading
  try {
    return readCassette(text, { decoders: await decoders.load() })
  } catch {
    // without the decoder the body stays what it is
    return reading
  }
}
