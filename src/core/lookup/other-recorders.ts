import type { Interaction } from '../cassette/cassette.ts'
import { readCassette } from '../open.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { type PythonDict, type PythonValue, readPython } from '../syntax/python-json.ts'
import type { LookUpCandidate } from './answer.ts'
import { weightOf } from './compare-candidate.ts'
import { differencesOf } from './difference.ts'
import type { Ranked } from './nearest.ts'
import type { Paste } from './paste.ts'

/**
 * A cassette of a recorder that compares method, URL and body instead of hashing them: the call in it that is nearest.
 * Undefined for what is no cassette.
 */
export function compareOther(
  path: string,
  text: string,
  { score, because, sameTest }: Omit<Ranked, 'at'>,
  paste: Paste,
): LookUpCandidate | undefined {
  const reading = readCassette(text)
  if (reading.cassette === undefined || reading.index === undefined) return undefined
  const document = new JsonDocument(reading.projected ?? text, reading.index)
  const base = { path, score, because, sameTest, harmless: [], certain: false, offers: [] }
  const asked = askedValue(paste)
  if (asked === undefined) return { ...base, compared: false, differences: [] }
  const all = reading.cassette.interactions.map((interaction) =>
    differencesOf(known(recordedValue(document, interaction), asked), asked),
  )
  const [best = []] = all.toSorted((a, b) => weightOf(a) - weightOf(b))
  return { ...base, compared: true, differences: best.slice(0, 60) }
}

/** What is known of what was asked; undefined for nothing. */
function askedValue(paste: Paste): PythonDict | undefined {
  const request = paste.requests[0]
  const call = paste.calls[0]
  const body = request && JsonDocument.of(request.body).root
  const value = new Map<string, PythonValue>()
  const method = request?.method ?? call?.method
  const url = request?.url ?? call?.url
  if (method !== undefined) value.set('method', method.toUpperCase())
  if (url !== undefined) value.set('url', url)
  if (body !== undefined) value.set('body', readPython(body) ?? null)
  return value.size === 0 ? undefined : value
}

function recordedValue(document: JsonDocument, { request }: Interaction): PythonDict {
  const value = new Map<string, PythonValue>()
  if (request.method !== undefined) value.set('method', request.method.value.toUpperCase())
  if (request.url !== undefined) value.set('url', request.url.value)
  const step = request.body?.at[0]
  const node = step?.in === 'json' ? document.find(step.pointer) : undefined
  // a body that is still text where its format keeps it as one
  const text = node?.string()
  const body = text === undefined ? node : bodyOf(text)
  if (body !== undefined) value.set('body', readPython(body) ?? null)
  return value
}

function bodyOf(text: string): JsonDocument['root'] {
  const document = JsonDocument.of(text)
  return document.index.valid ? document.root : undefined
}

/** Only what was said can differ. */
function known(value: PythonDict, asked: PythonDict): PythonDict {
  return new Map([...value].filter(([key]) => asked.has(key)))
}
