/** Which request it was that hashes to what was looked for, found by trying: a hash proves itself. */
import { type HashedRequest, hashedValue, mapStrings } from '../containers/llama-stack-json-key-request.ts'
import {
  CURRENT_RULES,
  OLDER_RULES,
  UNDO_RENAMING,
} from '../containers/llama-stack-json-key-request-rules.ts'
import { hashOfValue, TrialHasher } from '../containers/llama-stack-json-key-trial.ts'
import { isPythonDict, type PythonDict, type PythonValue } from '../syntax/python-json.ts'
import { isHash } from './candidate.ts'
import {
  GONE,
  leafVariations,
  listVariations,
  parameterVariations,
  sweepingVariations,
  type Variation,
  varied,
} from './variations.ts'

/** What may have been in the place of a recording's own. */
export interface Surroundings {
  /** Of the paste: tried together with every other change. */
  readonly tests: readonly PythonValue[]
  readonly models: readonly string[]
  readonly urls: readonly string[]
  /** Of the whole library: tried alone. Tests by their function: the others are too many, and ask other things. */
  readonly otherTests: ReadonlyMap<string, readonly string[]>
  readonly otherModels: readonly string[]
  readonly otherUrls: readonly string[]
}

/** A request that hashes to what was looked for. */
export interface Found {
  readonly request: HashedRequest
  readonly hash: string
  /** By which rule of an older recorder, in words: what follows "the recorder". */
  readonly olderRule?: string
}

/** Trials one by one; at the end what was found. */
export type Trials = Generator<undefined, Found | undefined, undefined>

/** A test without its parameters. */
export function functionOf(test: string): string {
  return test.replace(/\[[\s\S]*$/, '')
}

/** The cheap and likely things, what can be set, and what can be changed anywhere inside. */
export const STAGES = ['own', 'surroundings', 'parameters', 'leaves'] as const
export type Stage = (typeof STAGES)[number]

/** Bytes that are hashed for one recording and stage. */
const MOST_HASHED = 24_000_000

/** Tries what may have become of one recording's request. */
export class Guesser {
  readonly #wanted: readonly string[]
  readonly #around: Surroundings
  readonly #request: HashedRequest
  /** What was hashed already: most rules leave most requests as they are. */
  readonly #tried = new Set<string>()
  readonly #bases: readonly HashedRequest[]

  constructor(request: HashedRequest, wanted: readonly string[], around: Surroundings) {
    this.#wanted = wanted
    this.#around = around
    this.#request = request
    this.#bases = basesOf(request, around)
  }

  /** Stops after each trial, so that somebody can look at the clock: those of a long request take their time. */
  *guess(stage: Stage): Trials {
    // an error may speak of another call than the hash, so the recording's own is tried where that is cheap
    const bases = stage === 'own' ? [...this.#bases, this.#request] : this.#bases
    for (const base of bases) {
      const found = yield* this.#inStage(base, stage)
      if (found !== undefined) return found
    }
    return undefined
  }

  *#inStage(base: HashedRequest, stage: Stage): Trials {
    if (stage === 'own') return this.#byRules(base)
    this.#tried.clear()
    const trial = new Trial(base, this.#wanted)
    if (stage === 'surroundings') return yield* this.#inSurroundings(base, trial)
    const { body } = base
    if (stage === 'parameters') return yield* trial.first(parameterVariations(body))
    return (
      (yield* trial.first(listVariations(body))) ??
      (yield* trial.first(sweepingVariations())) ??
      (yield* trial.first(leafVariations(body)))
    )
  }

  /** The request as it is, by the rules of any time, and as it was before the project's renaming. */
  #byRules(request: HashedRequest): Found | undefined {
    const hash = this.#hashes(hashedValue(request, CURRENT_RULES))
    if (hash !== undefined) return { request, hash }
    for (const { past, rules } of OLDER_RULES) {
      const older = this.#hashes(hashedValue(request, rules))
      if (older !== undefined) return { request, hash: older, olderRule: past }
    }
    for (const undo of UNDO_RENAMING) {
      const testId = mapStrings(request.testId, undo)
      const body = mapStrings(request.body, undo)
      for (const before of [
        { ...request, testId, body },
        { ...request, testId },
        { ...request, body },
      ]) {
        const renamed = this.#hashes(hashedValue(before, CURRENT_RULES))
        if (renamed !== undefined) return { request: before, hash: renamed }
      }
    }
    return undefined
  }

  *#inSurroundings(base: HashedRequest, trial: Trial): Trials {
    const { otherTests, otherModels, otherUrls } = this.#around
    if (base.kind !== 'tool') {
      const { testId: own } = base
      const namesakes = typeof own === 'string' ? (otherTests.get(functionOf(own)) ?? []) : []
      for (const testId of [null, ...namesakes]) {
        const found = trial.withTop({ ...base, testId })
        if (found !== undefined) return found
        yield
      }
      for (const url of otherUrls) {
        const found = trial.withTop({ ...base, url })
        if (found !== undefined) return found
        yield
      }
    }
    return yield* trial.first(otherModels.map((model) => ({ path: ['model'], change: () => model })))
  }

  #hashes(value: PythonDict): string | undefined {
    const hasher = new TrialHasher()
    const text = hasher.dump(value)
    if (this.#tried.has(text)) return undefined
    this.#tried.add(text)
    const hash = hasher.hash(value)
    return this.#wanted.some((wanted) => isHash(wanted, hash)) ? hash : undefined
  }
}

/** An error is right about test, model and URL: what it says takes their place, for each test that it names. */
function basesOf(request: HashedRequest, { tests, models, urls }: Surroundings): readonly HashedRequest[] {
  const { body } = request
  const [model] = models
  const changed =
    isPythonDict(body) && model !== undefined && body.has('model') ? new Map(body).set('model', model) : body
  if (request.kind === 'tool') return [{ ...request, body: changed }]
  const url = urls[0] ?? request.url
  if (tests.length === 0) return [{ ...request, url, body: changed }]
  return tests.map((testId) => ({ ...request, url, testId, body: changed }))
}

/** Changes of one request, hashed with what they have in common done once. */
class Trial {
  readonly #request: HashedRequest
  readonly #wanted: readonly string[]
  readonly #hasher = new TrialHasher()
  readonly #value: PythonDict
  readonly #key: string

  constructor(request: HashedRequest, wanted: readonly string[]) {
    this.#request = request
    this.#wanted = wanted
    this.#value = hashedValue(request, CURRENT_RULES)
    this.#key = request.kind === 'sdk' ? 'body' : request.kind === 'http' ? 'payload' : 'kwargs'
    this.#hasher.hash(this.#value)
  }

  *first(variations: Iterable<Variation>): Trials {
    const body = this.#value.get(this.#key)
    for (const variation of variations) {
      if (this.#hasher.hashed > MOST_HASHED) return undefined
      // what is hashed has the same places as the request, but for what is left out of it
      const changed = varied(body, variation)
      if (changed === GONE || changed === body) continue
      yield
      const hash = this.#hasher.hash(new Map(this.#value).set(this.#key, changed))
      if (this.#isWanted(hash)) {
        const found = this.#proved(variation)
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  /** Another test or URL: the body is the same. */
  withTop(request: HashedRequest): Found | undefined {
    const top = hashedValue({ ...request, body: null }, CURRENT_RULES)
    const body = this.#value.get(this.#key)
    if (body === undefined) return undefined
    const hash = this.#hasher.hash(new Map(top).set(this.#key, body))
    return this.#isWanted(hash) ? this.#checked(request) : undefined
  }

  #proved(variation: Variation): Found | undefined {
    const body = varied(this.#request.body, variation)
    if (body === GONE) return undefined
    return this.#checked({ ...this.#request, body })
  }

  /** From the request itself, not from what is hashed of it. */
  #checked(request: HashedRequest): Found | undefined {
    const hash = hashOfValue(hashedValue(request, CURRENT_RULES))
    return this.#isWanted(hash) ? { request, hash } : undefined
  }

  #isWanted(hash: string): boolean {
    return this.#wanted.some((wanted) => isHash(wanted, hash))
  }
}
