/**
 * What the recorder hashes of a request: `normalize_inference_request`, `normalize_http_request` and
 * `normalize_tool_request` of api_recorder.py, by the rules of any time.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import {
  isPythonDict,
  isPythonList,
  type PythonDict,
  PythonFloat,
  type PythonValue,
  readPython,
} from '../syntax/python-json.ts'
import { round5 } from '../syntax/python-number.ts'
import type { HashRules } from './llama-stack-json-key-request-rules.ts'
import { normalizeText } from './llama-stack-json-key-request-text.ts'
import { parsePythonUrl } from './llama-stack-json-key-request-url.ts'

/** A stored request, as far as it is hashed. `testId` is null outside of tests; tool calls do not hash it. */
export type HashedRequest = { readonly testId: PythonValue; readonly body: PythonValue } & (
  | { readonly kind: 'sdk' | 'http'; readonly method: string; readonly url: string }
  | { readonly kind: 'tool'; readonly provider: PythonValue; readonly toolName: PythonValue }
)

/** The request of a recording; otherwise why its hash cannot be known, as a sentence. */
export function readHashedRequest(root: JsonNode): HashedRequest | { readonly missing: string } {
  if (!root.document.index.valid) return { missing: 'The file is not valid JSON.' }
  const request = root.get('request')
  if (request?.kind !== 'object') return { missing: 'The file has no "request".' }
  const bodyNode = request.get('kwargs') ?? request.get('payload') ?? request.get('body')
  if (bodyNode === undefined) {
    return {
      missing:
        request.get('api')?.string() === 'file_processors'
          ? 'The recorder hashed the options of a file processor too, and never stored them.'
          : 'The request has no body: no "body", "payload" or "kwargs".',
    }
  }
  const body = readPython(bodyNode)
  if (body === undefined) return { missing: 'The request is nested too deeply for Python.' }
  if (request.get('kwargs') !== undefined) {
    const provider = read(request.get('provider'))
    const toolName = read(request.get('tool_name'))
    if (provider === undefined || toolName === undefined) {
      return { missing: 'The tool call has no "provider" or no "tool_name".' }
    }
    return { kind: 'tool', provider, toolName, testId: null, body }
  }
  const method = request.get('method')?.string()
  const url = request.get('url')?.string()
  if (method === undefined || url === undefined)
    return { missing: 'The request has no "method" or no "url".' }
  const isHttp = request.get('payload') !== undefined
  const testIdNode = isHttp ? (request.get('test_id') ?? root.get('test_id')) : root.get('test_id')
  const testId = read(testIdNode) ?? null
  return { kind: isHttp ? 'http' : 'sdk', method, url, testId, body }
}

function read(node: JsonNode | undefined): PythonValue | undefined {
  return node && readPython(node)
}

/** What is dumped and hashed. */
export function hashedValue(request: HashedRequest, rules: HashRules): PythonDict {
  if (request.kind === 'tool') {
    const { provider, toolName, body } = request
    return dict({ provider, tool_name: toolName, kwargs: body })
  }
  const method = request.method.toUpperCase()
  const { testId, url } = request
  if (request.kind === 'http') {
    return dict({ test_id: testId, url, method, payload: normalizeBody(request.body, rules, 'root') })
  }
  const { host, path } = parsePythonUrl(url)
  const body = normalizeBody(request.body, rules, 'root', rules.bedrock && host.includes('bedrock'))
  const hashesTestId = rules.testId && !rules.sharedPaths.includes(path)
  return dict({ method, endpoint: path, body, ...(hashesTestId && { test_id: testId }) })
}

function dict(members: Readonly<Record<string, PythonValue>>): PythonDict {
  return new Map(Object.entries(members))
}

/** `_normalize_body_for_hash`: only values, never keys. The items of a list are roots again. */
function normalizeBody(
  value: PythonValue,
  rules: HashRules,
  place: 'root' | 'member',
  withoutStreamOptions = false,
): PythonValue {
  if (typeof value === 'string') return normalizeText(value, rules)
  if (value instanceof PythonFloat) return rules.rounding ? new PythonFloat(round5(value.value)) : value
  if (isPythonList(value)) return value.map((item) => normalizeBody(item, rules, 'root'))
  if (!isPythonDict(value)) return value
  const result = new Map<string, PythonValue>()
  for (const [key, item] of value) {
    if (withoutStreamOptions && key === 'stream_options') continue
    const isExtra = place === 'root' && (key === 'extra_body' || key === 'extra_query')
    const normalized = normalizeBody(item, rules, 'member')
    result.set(key, rules.projectId && isExtra ? withoutProjectId(normalized) : normalized)
  }
  return result
}

function withoutProjectId(extra: PythonValue): PythonValue {
  if (!isPythonDict(extra)) return extra
  return new Map([...extra].filter(([key]) => key !== 'project_id'))
}

/** The same value with every string passed through `change`, keys too. */
export function mapStrings(value: PythonValue, change: (text: string) => string): PythonValue {
  if (typeof value === 'string') return change(value)
  if (isPythonList(value)) return value.map((item) => mapStrings(item, change))
  if (!isPythonDict(value)) return value
  return new Map([...value].map(([key, item]) => [change(key), mapStrings(item, change)]))
}
