import { type HashedRequest, hashedValue } from '../containers/llama-stack-json-key-request.ts'
import { CURRENT_RULES } from '../containers/llama-stack-json-key-request-rules.ts'
import { followKey, hashOf } from '../naming.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { isPythonDict, isPythonList, type PythonValue } from '../syntax/python-json.ts'
import { escapePointerToken } from '../text/address.ts'
import { applyEdits } from '../text/edit.ts'
import type { Offer, OfferedEdit } from './answer.ts'
import { requestEdits } from './apply-offer.ts'
import { type Candidate, LLAMA_STACK, verdictOf } from './candidate.ts'
import { deviations, pythonJson } from './difference.ts'
import { type Path, valueAt } from './field-words.ts'

/** A request and the hash under which it is looked for. */
export interface Wanted {
  readonly request: HashedRequest
  readonly hash: string
  readonly olderRule?: string
}

/** What makes the recorder find this recording for that request. */
export function offersFor(candidate: Candidate, wanted: Wanted): readonly Offer[] {
  const { path } = candidate
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = path.slice(folder.length)
  if (candidate.hash === wanted.hash || wanted.olderRule !== undefined) {
    // by an older rule the request is the same only where nothing else differs
    if (wanted.olderRule !== undefined && candidate.hash !== hashOfRequest(wanted.request)) return []
    const to = wanted.olderRule === undefined ? nameFor(candidate, []) : `${wanted.hash}.json`
    if (to === undefined || to === name) return []
    const sentence = `Rename ${short(name)} to ${short(to)}: the file holds what was asked.`
    return [{ kind: 'rename', path, to: folder + to, sentence }]
  }
  const edits = editsBetween(candidate, wanted.request)
  const to = edits && nameFor(candidate, edits, wanted.hash)
  if (edits === undefined || edits.length === 0 || to === undefined) return []
  const count = edits.length === 1 ? 'one value' : `${edits.length} values`
  const edit = {
    kind: 'edit',
    path,
    to: folder + to,
    edits,
    sentence: `Rename the file to ${short(to)} and edit ${count} of the request to match.`,
  } as const
  if (verdictOf(candidate).kind !== 'matches') return [edit]
  // somebody finds it as it is
  const sentence = `Save a copy with ${count} of the request edited to match as ${short(to)}; ${short(name)} stays as it is.`
  return [{ ...edit, kind: 'copy', sentence }, edit]
}

function hashOfRequest(request: HashedRequest): string | undefined {
  const document = JsonDocument.of(recordingJson(request))
  return hashOf(LLAMA_STACK, document)
}

/** "3f0a1c9be42d…" */
function short(name: string): string {
  return name.replace(/^(models-)?([0-9a-f]{12})[0-9a-f]{52}.*$/, '$1$2…')
}

/** The recorder's name for the file after some edits; undefined where they do not lead to the hash. */
function nameFor({ document }: Candidate, edits: readonly OfferedEdit[], hash?: string): string | undefined {
  const text = edits.length === 0 ? document.text : applyEdits(document.text, requestEdits(document, edits))
  const edited = edits.length === 0 ? document : JsonDocument.of(text)
  const renaming = followKey(LLAMA_STACK, edited)
  return hash === undefined || hashOf(LLAMA_STACK, edited) === hash ? renaming?.name : undefined
}

/** What has to be written into a recording for it to be one of this request; undefined for another kind of call. */
function editsBetween(
  { document, request }: Candidate,
  wanted: HashedRequest,
): readonly OfferedEdit[] | undefined {
  if (request.kind !== wanted.kind) return undefined
  const { root } = document
  const edits: OfferedEdit[] = []
  const put = (pointer: string, value: PythonValue): void => {
    edits.push({ pointer, json: pythonJson(value) })
  }
  if (request.kind === 'tool' && wanted.kind === 'tool') {
    if (pythonJson(request.provider) !== pythonJson(wanted.provider))
      put('/request/provider', wanted.provider)
    if (pythonJson(request.toolName) !== pythonJson(wanted.toolName))
      put('/request/tool_name', wanted.toolName)
  } else if (request.kind !== 'tool' && wanted.kind !== 'tool') {
    if (request.testId !== wanted.testId) {
      put('/test_id', wanted.testId)
      if (root?.path('request', 'test_id') !== undefined) put('/request/test_id', wanted.testId)
    }
    if (request.method.toUpperCase() !== wanted.method.toUpperCase()) put('/request/method', wanted.method)
    if (request.url !== wanted.url && isHashedOtherwise(request, { ...request, url: wanted.url })) {
      put('/request/url', wanted.url)
    }
  }
  const key = request.kind === 'sdk' ? 'body' : request.kind === 'http' ? 'payload' : 'kwargs'
  const model = isPythonDict(wanted.body) ? wanted.body.get('model') : undefined
  const stored = root?.path('request', 'model')?.string()
  if (typeof model === 'string' && stored !== undefined && stored !== model && stored !== '') {
    put('/request/model', model)
  }
  const was = hashedValue(request, CURRENT_RULES).get(key) ?? null
  const is = hashedValue(wanted, CURRENT_RULES).get(key) ?? null
  for (const path of places(was, is)) {
    const value = valueAt(wanted.body, path)
    const pointer = `/request/${pointerOf([key, ...path])}`
    edits.push(value === undefined ? { pointer } : { pointer, json: pythonJson(value) })
  }
  return edits
}

function isHashedOtherwise(one: HashedRequest, other: HashedRequest): boolean {
  return pythonJson(hashedValue(one, CURRENT_RULES)) !== pythonJson(hashedValue(other, CURRENT_RULES))
}

/** More places are not written one by one. */
const MOST_PLACES = 40

/** Where a value has to be written: as deep as both have the same shape, whole lists where their length differs. */
function places(was: PythonValue, is: PythonValue): readonly Path[] {
  const found = new Map<string, Path>()
  for (const { isPath, wasPath, kind } of deviations(was, is)) {
    let path = kind === 'removed' ? wasPath : isPath
    // what came, went or stands elsewhere in a list moves the others: the list is written whole
    const elsewhere = path.findIndex((token, at) => typeof token === 'number' && wasPath[at] !== isPath[at])
    const isItem = (kind === 'added' || kind === 'removed') && typeof path.at(-1) === 'number'
    if (elsewhere !== -1) path = path.slice(0, elsewhere)
    else if (isItem) path = path.slice(0, -1)
    for (let depth = 0; depth <= path.length; depth++) {
      const [old, now] = [valueAt(was, path.slice(0, depth)), valueAt(is, path.slice(0, depth))]
      if (isPythonList(old) && isPythonList(now) && old.length !== now.length) path = path.slice(0, depth)
    }
    found.set(pointerOf(path), path)
  }
  // each edit reads the file anew
  if (found.size > MOST_PLACES) return [[]]
  const all = [...found.values()]
  // what is written whole is not written again in parts
  return all.filter(
    (path) =>
      !all.some((other) => other.length < path.length && other.every((token, at) => token === path[at])),
  )
}

function pointerOf(path: Path): string {
  return path.map((token) => escapePointerToken(String(token))).join('/')
}

/** A request as a recording without an answer. */
export function recordingJson(request: HashedRequest): string {
  const members: [string, PythonValue][] =
    request.kind === 'tool'
      ? [
          ['provider', request.provider],
          ['tool_name', request.toolName],
          ['kwargs', request.body],
        ]
      : request.kind === 'http'
        ? [
            ['test_id', request.testId],
            ['url', request.url],
            ['method', request.method],
            ['payload', request.body],
          ]
        : [
            ['method', request.method],
            ['url', request.url],
            ['headers', new Map()],
            ['body', request.body],
          ]
  return pythonJson(
    new Map<string, PythonValue>([
      ['test_id', request.testId],
      ['request', new Map(members)],
    ]),
  )
}
