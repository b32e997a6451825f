import type { NameVerdict } from '../containers/container.ts'
import {
  type HashedRequest,
  hashedValue,
  readHashedRequest,
} from '../containers/llama-stack-json-key-request.ts'
import { CURRENT_RULES } from '../containers/llama-stack-json-key-request-rules.ts'
import { hashOfValue } from '../containers/llama-stack-json-key-trial.ts'
import { judgeName } from '../naming.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import type { PythonDict } from '../syntax/python-json.ts'

export const LLAMA_STACK = 'llama-stack-json'

/** A recording of Llama Stack / OGX that was read because it may be the one. */
export interface Candidate {
  readonly path: string
  readonly document: JsonDocument
  readonly request: HashedRequest
  /** What is hashed of it today, and its hash. */
  readonly hashed: PythonDict
  readonly hash: string
}

/** Undefined for what is no recording whose hash can be known. */
export function candidateOf(path: string, text: string): Candidate | undefined {
  const document = JsonDocument.of(text)
  const request = document.root && readHashedRequest(document.root)
  if (request === undefined || 'missing' in request) return undefined
  const hashed = hashedValue(request, CURRENT_RULES)
  return { path, document, request, hashed, hash: hashOfValue(hashed) }
}

export function verdictOf({ path, document }: Candidate): NameVerdict {
  return judgeName(LLAMA_STACK, document, path) ?? { kind: 'not-a-hash' }
}

/** The hash in a file's name, 64 or 12 digits. */
export function hashInName(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /^(?:models-)?([0-9a-f]{64}|[0-9a-f]{12})(?:-[0-9a-f]{8})?(?: ?\(\d+\))?\.json$/.exec(name)?.[1]
}

/** Whether a hash, or a file's cut one, is that which was looked for. */
export function isHash(one: string, other: string): boolean {
  return one.length < other.length ? other.startsWith(one) : one.startsWith(other)
}
