/**
 * The name under which the Llama Stack / OGX recorder files a request: a hash of it, by which alone a recording
 * is found again.
 *
 * Spec: https://github.com/ogx-ai/ogx `src/ogx/testing/api_recorder.py` (read at d1b663294, 2026-05-07).
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { JsonNode } from '../syntax/json-node.ts'
import { compareCodePoints, dumpsPython, type PythonDict, type PythonValue } from '../syntax/python-json.ts'
import type { NameVerdict, Naming, RequestKey } from './container.ts'
import {
  type HashedRequest,
  hashedValue,
  mapStrings,
  readHashedRequest,
} from './llama-stack-json-key-request.ts'
import { CURRENT_RULES, OLDER_RULES, UNDO_RENAMING } from './llama-stack-json-key-request-rules.ts'

const MODEL_LIST_ENDPOINTS: readonly (string | undefined)[] = [
  '/api/tags',
  '/v1/models',
  '/v1/openai/v1/models',
]

/** Undefined where the file does not hold all that is hashed. */
export function requestKeyOf(root: JsonNode): RequestKey | undefined {
  const request = readHashedRequest(root)
  if ('missing' in request) return undefined
  const canonical = dumpsPython(hashedValue(request, CURRENT_RULES))
  const hash = hashOf(canonical)
  if (!isModelList(root)) return { hash, fileName: `${hash}.json`, canonical }
  const digest = modelDigest(root)
  return digest === undefined
    ? undefined
    : { hash, digest, fileName: `models-${hash}-${digest}.json`, canonical }
}

/** Compares a file's name, with or without its folders, with the request that the file holds. */
export function judgeName(root: JsonNode, fileName: string): NameVerdict {
  const name = parseName(fileName)
  if (name === undefined) return { kind: 'not-a-hash' }
  const request = readHashedRequest(root)
  if ('missing' in request) return { kind: 'not-computable', because: request.missing }
  const finder = new RuleFinder(name.hash)
  if (finder.fits(hashedValue(request, CURRENT_RULES))) return judgeForm(root, name)
  const rule = finder.olderRule(request)
  if (rule === undefined) return { kind: 'other-request' }
  return { kind: 'older-rule', ...rule }
}

/**
 * The ids that the recorder made from the hash, `rec-` and its first 12 digits: those of the response and of
 * each of its chunks. Real ids, and those inside of a chunk, are not among them.
 */
export function recordedIds(root: JsonNode): readonly JsonNode[] {
  const body = root.path('response', 'body')
  if (body === undefined) return []
  return [...(body.kind === 'array' ? body.items() : [body])].flatMap((item) => {
    const data = item.get('__data__')
    const id = data?.get('id')
    if (id === undefined || data?.get('object')?.string() === 'model') return []
    return /^rec-[0-9a-f]{12}$/.test(id.string() ?? '') ? [id] : []
  })
}

function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

interface HashName {
  /** 64 hex digits, or 12 in the names before 2025-10-04. */
  readonly hash: string
  /** Only in the name of a list of models. */
  readonly digest: string | undefined
}

/** `<hash>.json` or `models-<hash>-<digest>.json`; a browser's " (1)" of a second download does not count. */
function parseName(fileName: string): HashName | undefined {
  const found =
    /(?:^|[/\\])(?:models-([0-9a-f]{64}|[0-9a-f]{12})-([0-9a-f]{8})|([0-9a-f]{64}|[0-9a-f]{12}))(?: ?\(\d+\))?\.json$/.exec(
      fileName,
    )
  const hash = found?.[1] ?? found?.[3]
  return hash === undefined ? undefined : { hash, digest: found?.[2] }
}

/** Of a name with today's hash: whether the recorder still looks for names of this form. */
function judgeForm(root: JsonNode, { hash, digest }: HashName): NameVerdict {
  if (hash.length < 64) {
    const because =
      'The recorder looks for the whole hash of a request: since 2025-10-04 it no longer cuts it to 12 digits.'
    return { kind: 'older-rule', rule: 'short-name', because }
  }
  if (isModelList(root) !== (digest !== undefined)) {
    const because =
      'The recorder looks for "models-" and a digest in the name of a list of models, and only there.'
    return { kind: 'older-rule', rule: 'name-form', because }
  }
  const actual = digest && modelDigest(root)
  return { kind: actual === digest || actual === undefined ? 'matches' : 'other-models' }
}

/** Tries rules on one request; what was hashed before is not hashed again. */
class RuleFinder {
  readonly #hash: string
  readonly #tried = new Set<string>()

  constructor(hash: string) {
    this.#hash = hash
  }

  fits(value: PythonDict): boolean {
    const canonical = dumpsPython(value)
    if (this.#tried.has(canonical)) return false
    this.#tried.add(canonical)
    return hashOf(canonical).startsWith(this.#hash)
  }

  olderRule(request: HashedRequest): { readonly rule: string; readonly because: string } | undefined {
    const fitting = (candidate: HashedRequest) =>
      OLDER_RULES.find(({ rules }) => this.fits(hashedValue(candidate, rules)))
    const rule = fitting(request)
    if (rule !== undefined) return { rule: rule.id, because: `${GIVEN_UP} ${rule.past}.` }
    for (const original of beforeRenaming(request)) {
      if (this.fits(hashedValue(original, CURRENT_RULES))) return { rule: 'renamed', because: `${RENAMED}.` }
      const older = fitting(original)
      if (older !== undefined) {
        return { rule: `${older.id}-renamed`, because: `${RENAMED}, and the recorder ${older.past}.` }
      }
    }
    return undefined
  }
}

const GIVEN_UP = 'The recorder no longer finds this file under its name: it'
const RENAMED =
  'The recorder no longer finds this file under its name: the renaming of llama-stack to ogx on 2026-04-24 edited the request but not the name'

/** The request as it may have been before the project's renaming edited its test id, its body or both. */
function* beforeRenaming(request: HashedRequest): Generator<HashedRequest> {
  for (const undo of UNDO_RENAMING) {
    const testId = changedBy(undo, request.testId)
    const body = changedBy(undo, request.body)
    // what one reading finds, the others find as well
    if (testId === undefined && body === undefined) return
    if (testId !== undefined && body !== undefined) yield { ...request, testId, body }
    if (testId !== undefined) yield { ...request, testId }
    if (body !== undefined) yield { ...request, body }
  }
}

/** The value with its strings changed; undefined when none of them is. */
function changedBy(change: (text: string) => string, value: PythonValue): PythonValue | undefined {
  let changed = false
  const result = mapStrings(value, (text) => {
    const other = change(text)
    if (other !== text) changed = true
    return other
  })
  return changed ? result : undefined
}

function isModelList(root: JsonNode): boolean {
  const endpoint = root.path('request', 'endpoint')?.string()
  return endpoint !== undefined && MODEL_LIST_ENDPOINTS.includes(endpoint)
}

/** `_model_identifiers_digest`; undefined where the response is no list of models. */
function modelDigest(root: JsonNode): string | undefined {
  const body = root.path('response', 'body')
  const data = body?.get('__data__') ?? body
  const list = data?.get('models') ?? data
  if (list?.kind !== 'array') return undefined
  const idKey = root.path('request', 'endpoint')?.string() === '/api/tags' ? 'model' : 'id'
  const ids = [...list.items()].map((item) => (item.get('__data__') ?? item).get(idKey)?.string())
  if (!ids.every((id) => id !== undefined)) return undefined
  return hashOf([...new Set(ids)].sort(compareCodePoints).join('|')).slice(0, 8)
}

export const llamaStackNaming: Naming = {
  keyOf: requestKeyOf,
  judge: judgeName,
  derivedIds: recordedIds,
  idOf: ({ hash }) => `rec-${hash.slice(0, 12)}`,
}
