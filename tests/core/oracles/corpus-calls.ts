/** Every call of the real recordings: its body as the oracles take it out, and what the program reads. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { Interaction } from '../../../src/core/cassette/cassette.ts'
import { decodeFile } from '../../../src/core/file-text.ts'
import { type Reading, readCassette } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { CORPUS_ROOT, llamaStackCorpus } from '../../support/corpus.ts'
import { type Payloads, payloadsOf } from './payloads.ts'
import { READERS, type RecordedBody, WITHOUT_BODIES } from './recorded-bodies.ts'

const OTHERS = join(CORPUS_ROOT, 'other-recorders')

export interface CorpusFile {
  /** Path below the corpus. */
  readonly name: string
  /** The format's name in the corpus's index. */
  readonly format: string
  readonly bytes: Buffer
}

/** Files that nobody can read, with the reason. */
const BROKEN: Readonly<Record<string, string>> = {
  'corrupted_har/brokenfile.har': 'broken JSON',
}

export function corpusFiles(): readonly CorpusFile[] {
  const index = join(OTHERS, 'index.tsv')
  const rows = existsSync(index) ? readFileSync(index, 'utf8').trimEnd().split('\n').slice(1) : []
  const others = rows.flatMap((row) => {
    const [name = '', format = ''] = row.split('\t')
    if (Object.keys(BROKEN).some((end) => name.endsWith(end))) return []
    return [{ name, format, bytes: readFileSync(join(OTHERS, name)) }]
  })
  const llama = llamaStackCorpus().map(({ name, path }) => ({
    name: name.slice(name.indexOf('/llama-stack') + 1),
    format: 'llama-stack-json',
    bytes: readFileSync(path),
  }))
  return [...others, ...llama]
}

/** What the oracles make of a file's bodies. */
function bodiesOf({ name, format, bytes }: CorpusFile): readonly RecordedBody[] {
  if (WITHOUT_BODIES[format] !== undefined) return []
  const reader = READERS[format]
  if (reader === undefined) throw new Error(`${name}: nobody has written an oracle for ${format}`)
  return reader(bytes).filter((body) => body !== undefined)
}

export interface Opened {
  readonly text: string
  readonly reading: Reading
  readonly document: JsonDocument
}

export function open({ name, bytes }: CorpusFile): Opened {
  const decoded = decodeFile(new Uint8Array(bytes))
  if ('problem' in decoded) throw new Error(`${name}: ${decoded.problem.message}`)
  const { text } = decoded
  const brotli = (packed: Uint8Array): Uint8Array => new Uint8Array(brotliDecompressSync(packed))
  const reading = readCassette(text, { decoders: { brotli } })
  if (reading.index === undefined) throw new Error(`${name}: ${reading.diagnostics[0]?.message}`)
  return { text, reading, document: new JsonDocument(reading.projected ?? text, reading.index) }
}

export interface Call extends Payloads {
  /** The file's path and the position of the call in it. */
  readonly name: string
  readonly url: string
  readonly ours: Interaction
  readonly document: JsonDocument
}

export function callsOf(file: CorpusFile, { reading, document } = open(file)): readonly Call[] {
  return bodiesOf(file).map((body) => {
    const ours = reading.cassette?.interactions[body.interaction]
    const name = `${file.name}#${body.interaction}`
    if (ours === undefined) throw new Error(`${name}: we do not read this call`)
    return { name, url: body.url, ours, document, ...payloadsOf(body) }
  })
}
