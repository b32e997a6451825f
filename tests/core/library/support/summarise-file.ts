import { readFileSync } from 'node:fs'
import { decodeFile } from '../../../../src/core/file-text.ts'
import type { IndexedEntry } from '../../../../src/core/library/entry.ts'
import { problemEntry, summariseRecording } from '../../../../src/core/library/summarise.ts'
import { readCassette } from '../../../../src/core/open.ts'
import { JsonDocument } from '../../../../src/core/syntax/json-node.ts'

/** A text as an entry, the way that a library reads its files. */
export function summarised(path: string, text: string): IndexedEntry {
  const reading = readCassette(text)
  const document = reading.index && new JsonDocument(reading.projected ?? text, reading.index)
  return summariseRecording(path, text.length, 0, reading, document)
}

export function summarisedFile(path: string, file: string): IndexedEntry {
  const decoded = decodeFile(new Uint8Array(readFileSync(file)))
  return 'text' in decoded ? summarised(path, decoded.text) : problemEntry(path, 0, 0, decoded.problem)
}
