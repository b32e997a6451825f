import type { Interaction } from '../cassette/cassette.ts'
import { readCassette } from '../open.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { type PythonDict, type PythonValue, readPython } from '../syntax/python-json.ts'
import type { LookUpCandidate, RequestDifference } from './answer.ts'
import { type CallKind, callKindOf, isOtherKind } from './call-kind.ts'
import { OTHER_KIND, weightOf } from './compare-candidate.ts'
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
  { score, because, sameTest }: Omit<Ranked, 'at' | 'isLike'>,
  paste: Paste,
): LookUpCandidate | undefined {
  const reading = readCassette(text)
  if (reading.cassette === undefined || reading.index === undefined) return undefined
  const document = new JsonDocument(reading.projected ?? text, reading.index)
  const base = {
    path,
    score,
    because,
    sameTest,
    harmless: [],
    certain: false,
    offers: [],
    unhashed: true,
  } as const
  const asked = askedValue(paste)
  if (asked === undefined) return { ...base, compared: false, differences: [] }
  let best: Compared | undefined
  for (const interaction of reading.cassette.interactions) {
    const recorded = recordedValue(document, interaction)
    const differences = differencesOf(known(recorded, asked), asked)
    const otherKind = isOtherKind(kindOf(recorded), kindOf(asked))
    if (best === undefined || isNearer({ differences, otherKind }, best)) best = { differences, otherKind }
  }
  if (best === undefined) return { ...base, compared: false, differences: [] }
  const all = [...best.differences, ...saidToDiffer(paste, asked)]
  return {
    ...base,
    ...(best.otherKind && { otherKind: true, because: [...because, OTHER_KIND] }),
    compared: true,
    differences: all.slice(0, MOST_DIFFERENCES),
  }
}

const MOST_DIFFERENCES = 60

interface Compared {
  readonly differences: readonly RequestDifference[]
  readonly otherKind: boolean
}

/** A call of the same kind before all others. */
function isNearer(one: Compared, other: Compared): boolean {
  if (one.otherKind !== other.otherKind) return other.otherKind
  return weightOf(one.differences) < weightOf(other.differences)
}

function kindOf(value: PythonDict): CallKind {
  const url = value.get('url')
  return callKindOf(typeof url === 'string' ? url : undefined, value.get('body'))
}

/** What an error names without showing it: of a body that was not pasted nothing else is known. */
function saidToDiffer({ failedMatchers }: Paste, asked: PythonDict): readonly RequestDifference[] {
  return failedMatchers
    .filter((matcher) => !asked.has(URL_PARTS.has(matcher) ? 'url' : matcher))
    .map((field) => ({
      pointer: `/${field}`,
      field,
      kind: 'changed',
      sentence: `${field}: differs, says the error; paste the request as well to see in what`,
    }))
}

/** Matchers of vcr.py that look at a part of the URL. */
const URL_PARTS = new Set(['uri', 'url', 'scheme', 'host', 'port', 'path', 'query'])

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

/** Only what was said can differ: of a URL that was recorded without its host, that is not compared either. */
function known(value: PythonDict, asked: PythonDict): PythonDict {
  const [recorded, wanted] = [value.get('url'), asked.get('url')]
  const only = new Map([...value].filter(([key]) => asked.has(key)))
  if (typeof recorded === 'string' && typeof wanted === 'string') {
    only.set('url', isSameUrl(recorded, wanted) ? wanted : recorded)
  }
  return only
}

/** Some write down the port that every client leaves out, or nothing but the path. */
function isSameUrl(recorded: string, wanted: string): boolean {
  if (!URL.canParse(wanted) || !URL.canParse(recorded, wanted)) return false
  return new URL(recorded, wanted).href === new URL(wanted).href
}
