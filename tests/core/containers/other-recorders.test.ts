import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { decodeFile } from '../../../src/core/file-text.ts'
import { type Reading, readCassette, viewOf } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

/** Of a file with many: enough to meet each of its bodies' kinds. */
const EDITED_CALLS = 4

const ROOT = join(CORPUS_ROOT, 'other-recorders')
const INDEX = join(ROOT, 'index.tsv')

interface Row {
  readonly path: string
  readonly container: string
  readonly dialects: readonly string[]
  readonly streaming: string
  readonly interactions: number
}

/** Ids of the index that say more (or less) than ours. */
const CONTAINER_ALIASES: Readonly<Record<string, string>> = {
  // a file of WireMock's `__files` is a body and nothing else
  'wiremock-__files-body': 'body',
}

const BODIES = ['bare-json-response', 'raw-sse', 'ndjson', 'aws-event-stream']

/** Calls that are no LLM's, or only beside one. */
const NO_LLM = ['non-llm', 'llm-aux', '-']

const DIALECT_ALIASES: Readonly<Record<string, string>> = {
  'openai-realtime-ws': 'openai-realtime',
  'ws:gemini-live': 'gemini-live',
}

/** What differs from the index on purpose, with the reason; by the end of the path. */
const CONTAINER_EXCEPTIONS: Readonly<Record<string, readonly [container: string, reason: string]>> = {
  'migration/old_cassette.json': ['vcrpy-json', 'the index has no name for vcr.py before version 1'],
  'migration/old_cassette.yaml': ['vcrpy-yaml', 'the index has no name for vcr.py before version 1'],
  'corrupted_har/brokenfile.har': ['(refused)', 'broken JSON: a sentence'],
  'har_files/with-bom.har': ['har-1.2', 'the index was made with a reader that stumbles over the BOM'],
}

const COUNT_EXCEPTIONS: Readonly<Record<string, readonly [count: number, reason: string]>> = {
  'migration/old_cassette.json': [1, 'the index does not read it'],
  'migration/old_cassette.yaml': [1, 'the index does not read it'],
  'har_files/with-bom.har': [1, 'the index does not read it'],
  'format/all-protocols.yaml': [5, 'the index counts HTTP only; here are a gRPC call and a socket as well'],
}

const STREAMING_EXCEPTIONS: Readonly<Record<string, readonly [streaming: boolean, reason: string]>> = {
  'test_query_real_agent_span.yaml': [true, 'a transcript is a stream of messages'],
  'flows/websocket.har': [true, 'the messages of sockets are a stream'],
  '__snapshots__/langgraph-hitl-request-2.json': [true, 'the file is the list of a stream’s payloads'],
}

const DIALECT_EXCEPTIONS: Readonly<Record<string, string>> = {
  'bedrock_converse_inference_profile.yaml':
    'the index takes a call that lists inference profiles for one of an agent',
}

function rows(): readonly Row[] {
  if (!existsSync(INDEX)) return []
  return readFileSync(INDEX, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [path = '', container = '', dialects = '', streaming = '', count = '0'] = line.split('\t')
      return { path, container, dialects: dialectsOf(dialects), streaming, interactions: Number(count) }
    })
}

/** "openai-chat×2,embeddings", without the calls that are no LLM's. */
function dialectsOf(text: string): readonly string[] {
  return text
    .replace(/ ?\(.*\)/, '')
    .split(',')
    .map((each) => each.replace(/×\d+$/, ''))
    .filter((each) => each !== '' && !NO_LLM.includes(each))
    .map((each) => DIALECT_ALIASES[each] ?? each)
}

function exception<T>(of: Readonly<Record<string, T>>, path: string): T | undefined {
  return Object.entries(of).find(([end]) => path.endsWith(end))?.[1]
}

interface Opened {
  readonly text: string
  readonly reading: Reading
}

function open(row: Row): Opened {
  const decoded = decodeFile(new Uint8Array(readFileSync(join(ROOT, row.path))))
  if ('problem' in decoded) throw new Error(decoded.problem.message)
  return { text: decoded.text, reading: readCassette(decoded.text) }
}

function expectedContainer(row: Row): string {
  return exception(CONTAINER_EXCEPTIONS, row.path)?.[0] ?? CONTAINER_ALIASES[row.container] ?? row.container
}

const all = rows()

describe.skipIf(all.length === 0)(`recordings of other recorders (${CORPUS_MISSING})`, () => {
  const table: string[] = []

  it('are there', () => expect(all.length).toBeGreaterThan(200))

  for (const row of all) {
    it(row.path, () => {
      const { reading } = open(row)
      const { cassette } = reading
      const calls = cassette?.interactions ?? []
      const dialects = [...new Set(calls.map(({ dialect }) => dialect))]
      const streaming = calls.some(({ response }) => response.streaming)
      const found = cassette ? cassette.container + (cassette.variant ?? '') : '(refused)'
      table.push(
        [
          found.padEnd(28),
          String(calls.length).padStart(2),
          streaming ? 'stream' : '      ',
          dialects.join(','),
          row.path,
        ].join('  '),
      )
      const wanted = expectedContainer(row)
      const first = reading.diagnostics[0]?.message ?? ''
      if (wanted === 'body') expect(BODIES, `${found}: ${first}`).toContain(found)
      else expect(found, first).toBe(wanted)
      if (cassette === undefined) return
      expect(calls.length, 'interactions').toBe(
        exception(COUNT_EXCEPTIONS, row.path)?.[0] ?? row.interactions,
      )
      const isStream = exception(STREAMING_EXCEPTIONS, row.path)?.[0] ?? row.streaming !== 'no'
      expect(streaming, 'streaming').toBe(
        row.container === 'wiremock-mapping' || row.streaming === '' ? streaming : isStream,
      )
      if (exception(DIALECT_EXCEPTIONS, row.path) === undefined) {
        expect(dialects, 'dialects').toEqual(expect.arrayContaining([...new Set(row.dialects)]))
      }
    })
  }

  it('come out as they went in when nothing is edited', () => {
    for (const row of all) {
      const { text, reading } = open(row)
      if (reading.projected === undefined) continue
      const view = viewOf(text)
      expect(view?.json === reading.projected, row.path).toBe(true)
      expect(view?.put([]), row.path).toEqual([])
    }
  })

  for (const row of all) {
    it(`take an edit of every answer: ${row.path}`, () => {
      const { text, reading } = open(row)
      const { cassette, index } = reading
      if (cassette === undefined || index === undefined) return
      const document = new JsonDocument(reading.projected ?? text, index)
      cassette.interactions.slice(0, EDITED_CALLS).forEach((call, at) => {
        for (const [position, track] of call.stream.tracks.entries()) {
          // arguments that came whole are JSON: a word in front of them is none
          if (track.kind === 'tool-arguments' || track.pieceNodes.length === 0) continue
          const said = `${track.text}” Grüße`
          const edits = setTrackText(document, track, said)
          const after = applyEdits(text, viewOf(text)?.put(edits) ?? edits)
          const again = readCassette(after).cassette?.interactions[at]?.stream.tracks[position]?.text
          expect(again === said, `call ${at}, text ${position}: ${again?.slice(0, 40)}`).toBe(true)
        }
      })
    })
  }

  it('make this table', () => {
    if (process.env.TABLE !== undefined) console.info(table.toSorted().join('\n'))
  })
})
