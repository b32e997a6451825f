/** The real recordings as a library, with copies that are nearly the same: those must not be taken for the right ones. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { IndexedEntry } from '../../../../src/core/library/entry.ts'
import { summariseRecording } from '../../../../src/core/library/summarise.ts'
import { lookUp } from '../../../../src/core/lookup/look-up.ts'
import { parsePaste } from '../../../../src/core/lookup/parse-paste.ts'
import { readCassette } from '../../../../src/core/open.ts'
import { JsonDocument } from '../../../../src/core/syntax/json-node.ts'
import { CORPUS_ROOT, llamaStackCorpus } from '../../../support/corpus.ts'
import { hashOfText } from './ask.ts'
import { type JsonChange, put, words } from './change-json.ts'

export interface Library {
  readonly texts: ReadonlyMap<string, string>
  readonly entries: readonly IndexedEntry[]
}

export function entryOf(path: string, text: string): IndexedEntry {
  const reading = readCassette(text)
  const document = reading.index && new JsonDocument(reading.projected ?? text, reading.index)
  return summariseRecording(path, text.length, 0, reading, document)
}

function nearTest(id: string): string {
  return id.includes('[') ? id.replace('[', '[near-') : `${id}[near]`
}

/** What another run of the same suite would have left. */
const NEAR: readonly JsonChange[] = [
  (text) => {
    const inRequest = JsonDocument.of(text).find('/request/test_id')?.kind === 'string'
    return inRequest
      ? words('/request/test_id', nearTest)(words('/test_id', nearTest)(text))
      : words('/test_id', nearTest)(text)
  },
  put('/request/body/temperature', '0.25'),
  words('/request/body/messages/0/content', (said) => `Please: ${said}`),
]

export function corpusLibrary(): Library {
  const texts = new Map<string, string>()
  for (const { path } of llamaStackCorpus()) {
    const text = readFileSync(path, 'utf8')
    texts.set(relative(CORPUS_ROOT, path).replaceAll('\\', '/'), text)
  }
  for (const [path, text] of [...texts]) {
    if (text.length > 100_000 || path.includes('/models-')) continue
    for (const change of NEAR) {
      const near = tried(change, text)
      if (near === undefined || path.includes(near.hash)) continue
      texts.set(`${path.slice(0, path.lastIndexOf('/'))}/${near.hash}.json`, near.text)
    }
  }
  return { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }
}

/** Undefined where the recording has nothing to be changed so, or its hash cannot be known. */
function tried(
  change: JsonChange,
  text: string,
): { readonly text: string; readonly hash: string } | undefined {
  try {
    const near = change(text)
    return { text: near, hash: hashOfText(near) }
  } catch {
    return undefined
  }
}

/** The recording whose name begins so. */
export function pathOf({ texts }: Library, start: string): string {
  const found = [...texts.keys()].filter((path) => path.slice(path.lastIndexOf('/') + 1).startsWith(start))
  if (found.length !== 1) throw new Error(`the harness itself is wrong: ${found.length} recordings ${start}`)
  return join(found[0] ?? '')
}

export async function answer({ texts, entries }: Library, pasted: string): ReturnType<typeof lookUp> {
  return lookUp(parsePaste(pasted), entries, (path) => Promise.resolve(texts.get(path)), {
    patience: 600_000,
  })
}
