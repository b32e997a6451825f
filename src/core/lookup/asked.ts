import type { HashedRequest } from '../containers/llama-stack-json-key-request.ts'
import { parsePythonUrl } from '../containers/llama-stack-json-key-request-url.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { isPythonDict, type PythonValue, readPython } from '../syntax/python-json.ts'
import { filledFrom } from './fill-cut.ts'
import type { Cut, Paste, PastedRequest } from './paste.ts'

/** A request that somebody asked for, as far as it is known; what is absent was not said. */
export interface Asked {
  readonly kind: HashedRequest['kind']
  readonly body: PythonValue
  readonly method?: string
  readonly url?: string
  readonly testId?: PythonValue
  readonly provider?: PythonValue
  readonly toolName?: PythonValue
  /** As it went over the wire, which is not quite what the recorder saw. */
  readonly wire: boolean
  /** What stands behind this is not known. */
  readonly cut?: Cut
  /** A bare body may be that of any kind of call. */
  readonly anyKind: boolean
}

/** The first request of a paste, with what the rest of the paste says of it. */
export function askedOf(paste: Paste): Asked | undefined {
  const request = paste.requests[0]
  const body = request && pythonOf(request.body)
  if (request === undefined || body === undefined) return undefined
  // outside of tests it is null, which is hashed as well
  const testId = request.testId === undefined ? wholeTest(paste) : pythonOf(request.testId)
  const call = paste.calls[0]
  const method = request.method ?? call?.method
  const url = request.url ?? call?.url
  const provider = pythonOf(request.provider)
  const toolName = pythonOf(request.toolName)
  return {
    kind: request.kind,
    body,
    wire: request.wire,
    anyKind: isBare(request),
    ...(request.cut && { cut: request.cut }),
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(testId !== undefined && { testId }),
    ...(provider !== undefined && { provider }),
    ...(toolName !== undefined && { toolName }),
  }
}

function isBare({ kind, url }: PastedRequest): boolean {
  return kind === 'sdk' && url === undefined
}

function pythonOf(json: string | undefined): PythonValue | undefined {
  const root = json === undefined ? undefined : JsonDocument.of(json).root
  return root && readPython(root)
}

/** An id as it is hashed; a function alone is none. */
export function wholeTest({ tests }: Paste): string | undefined {
  return tests.find((test) => test.includes('::'))
}

/** The request where all of it is known. */
export function wholeRequest(asked: Asked): HashedRequest | undefined {
  const { kind, body, method, url, testId, provider, toolName, wire, cut } = asked
  if (cut !== undefined && cut.levels > 0) return undefined
  if (kind === 'tool') {
    return provider === undefined || toolName === undefined
      ? undefined
      : { kind, body, provider, toolName, testId: null }
  }
  if (wire || method === undefined || url === undefined || testId === undefined) return undefined
  return { kind, body, method, url, testId }
}

/** What was asked, with what is not known of it taken from a recording. */
export function completedBy(asked: Asked, known: HashedRequest): HashedRequest {
  const body = asked.cut ? filledFrom(asked.body, known.body, asked.cut) : asked.body
  if (known.kind === 'tool') {
    const { provider, toolName } = known
    return {
      kind: 'tool',
      provider: asked.provider ?? provider,
      toolName: asked.toolName ?? toolName,
      testId: null,
      body,
    }
  }
  return {
    kind: asked.anyKind || asked.kind === 'tool' ? known.kind : asked.kind,
    method: asked.method ?? known.method,
    url: asked.url === undefined || (asked.wire && isSameCall(asked.url, known.url)) ? known.url : asked.url,
    testId: asked.testId ?? known.testId,
    body: asked.wire ? asRecorded(body, known.body) : body,
  }
}

/** The recorder writes down "/v1/v1/chat/completions" for what is sent to "/v1/chat/completions". */
function isSameCall(one: string, other: string): boolean {
  const pathOf = (url: string): string => parsePythonUrl(url).path.replace(/(\/v\d+)\1(?=\/)/g, '$1')
  return pathOf(one) === pathOf(other)
}

/** The SDK puts `extra_body` into the body before it is sent, and `extra_query` and `extra_headers` elsewhere. */
function asRecorded(sent: PythonValue, recorded: PythonValue): PythonValue {
  if (!isPythonDict(sent) || !isPythonDict(recorded)) return sent
  const extra = recorded.get('extra_body')
  const body = new Map(sent)
  if (isPythonDict(extra)) {
    const moved = [...sent].filter(([key]) => extra.has(key) && !recorded.has(key))
    for (const [key] of moved) body.delete(key)
    if (moved.length > 0 || extra.size === 0) body.set('extra_body', new Map(moved))
  }
  for (const key of ['extra_query', 'extra_headers']) {
    const value = recorded.get(key)
    if (value !== undefined && !body.has(key)) body.set(key, value)
  }
  return body
}
