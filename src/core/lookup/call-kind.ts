import { isPythonDict, type PythonValue } from '../syntax/python-json.ts'

/** The ends of URLs by which a kind of call is known, whoever hosts it. */
const ENDS: readonly (readonly [kind: string, end: RegExp])[] = [
  ['chat', /\/chat\/completions$|\/api\/chat$/],
  ['completion', /\/completions$|\/api\/generate$/],
  ['messages', /\/messages$/],
  ['responses', /\/responses$/],
  ['embeddings', /\/embeddings?$|\/api\/embed$/],
  ['gemini', /:(?:stream)?generateContent$/i],
  ['rerank', /\/rerank(?:ing)?$/],
  ['models', /\/models$/],
]

/** What a body is about, by the key that only bodies of its kind have; the first that is there. */
const KEYS: readonly (readonly [kind: string, keys: readonly string[]])[] = [
  ['gemini', ['contents']],
  ['messages', ['messages']],
  ['prompt', ['prompt']],
  ['input', ['input', 'inputs']],
  ['query', ['query', 'documents', 'texts']],
]

/** What a URL and a body say of the kind of call that they are; each absent where it says nothing. */
export interface CallKind {
  readonly url?: string
  readonly body?: string
}

export function callKindOf(url: string | undefined, body: PythonValue | undefined): CallKind {
  const path = url?.replace(/[?#].*$/s, '').replace(/\/+$/, '')
  const byUrl = path === undefined ? undefined : ENDS.find(([, end]) => end.test(path))?.[0]
  const byBody = isPythonDict(body)
    ? KEYS.find(([, keys]) => keys.some((key) => body.has(key)))?.[0]
    : undefined
  return { ...(byUrl !== undefined && { url: byUrl }), ...(byBody !== undefined && { body: byBody }) }
}

/** Whether two calls cannot be the same one, as far as both say what they are. */
export function isOtherKind(one: CallKind, other: CallKind): boolean {
  const differ = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b
  return differ(one.url, other.url) || differ(one.body, other.body)
}
