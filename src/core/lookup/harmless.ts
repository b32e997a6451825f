import { type HashedRequest, hashedValue } from '../containers/llama-stack-json-key-request.ts'
import { CURRENT_RULES } from '../containers/llama-stack-json-key-request-rules.ts'
import { parsePythonUrl } from '../containers/llama-stack-json-key-request-url.ts'
import { isPythonDict, isPythonList, type PythonValue } from '../syntax/python-json.ts'
import { deviations } from './difference.ts'
import { fieldWords, type Path } from './field-words.ts'

/** What differs between two requests and is not hashed, each a sentence without its full stop. */
export function harmlessBetween(was: HashedRequest, is: HashedRequest): readonly string[] {
  const sentences: string[] = []
  if (was.kind === 'sdk' && is.kind === 'sdk') {
    const [old, now] = [parsePythonUrl(was.url), parsePythonUrl(is.url)]
    if (old.host !== now.host)
      sentences.push(`host: ${old.host || 'none'} was recorded, ${now.host || 'none'} was asked`)
    else if (old.path === now.path && was.url !== is.url)
      sentences.push('the part of the URL behind the path differs')
  }
  if (was.kind !== is.kind) return sentences
  const [before, after] = [new Map([['body', was.body]]), new Map([['body', is.body]])]
  const hashed = new Places(deviations(bodyOf(was), bodyOf(is)).map(({ isPath }) => isPath))
  for (const { isPath, wasPath, kind } of deviations(was.body, is.body)) {
    if (hashed.touch(isPath)) continue
    const field = fieldWords(kind === 'removed' ? before : after, [
      'body',
      ...(kind === 'removed' ? wasPath : isPath),
    ])
    sentences.push(
      `${field}: ${REASONS.get(kind) ?? 'differs in what the recorder takes out before it hashes'}`,
    )
  }
  if (hashed.count === 0 && sentences.length === 0 && isOtherOrder(was.body, is.body)) {
    sentences.push('the order of keys differs')
  }
  return [...new Set(sentences)]
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['added', 'was not recorded; it is left out of the hash here'],
  ['removed', 'was not asked; it is left out of the hash here'],
])

function bodyOf(request: HashedRequest): PythonValue {
  const value = hashedValue(request, CURRENT_RULES)
  return value.get('body') ?? value.get('payload') ?? value.get('kwargs') ?? null
}

/** Paths, asked for by what they lie in and what lies in them: there may be ten thousands. */
class Places {
  readonly #whole = new Set<string>()
  readonly #above = new Set<string>()

  constructor(paths: readonly Path[]) {
    for (const path of paths) {
      this.#whole.add(JSON.stringify(path))
      for (let depth = 0; depth < path.length; depth++) this.#above.add(JSON.stringify(path.slice(0, depth)))
    }
  }

  get count(): number {
    return this.#whole.size
  }

  /** Whether one of them is this path, in it, or above it. */
  touch(path: Path): boolean {
    if (this.#above.has(JSON.stringify(path))) return true
    return (
      path.some((_, at) => this.#whole.has(JSON.stringify(path.slice(0, at + 1)))) || this.#whole.has('[]')
    )
  }
}

function isOtherOrder(one: PythonValue, other: PythonValue): boolean {
  if (isPythonDict(one) && isPythonDict(other)) {
    if ([...one.keys()].join('\n') !== [...other.keys()].join('\n')) return true
    return [...one].some(([key, value]) => isOtherOrder(value, other.get(key) ?? null))
  }
  if (isPythonList(one) && isPythonList(other))
    return one.some((value, at) => isOtherOrder(value, other[at] ?? null))
  return false
}
