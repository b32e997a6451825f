/** Many requests that are nearly the same, hashed one after the other in search of a hash. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import {
  compareCodePoints,
  dumpsPython,
  isPythonDict,
  isPythonList,
  type PythonValue,
} from '../syntax/python-json.ts'

/** Characters between two states that are kept. */
const STEP = 4096

/** SHA-256 of a value as the recorder dumps it, 64 hex digits. */
export function hashOfValue(value: PythonValue): string {
  return new TrialHasher().hash(value)
}

/**
 * Hashes values that differ from each other in little: what is dumped is kept by object, so that a copy that shares
 * its parts is not dumped again, and hashing starts where it differs from the first one.
 */
export class TrialHasher {
  readonly #dumped = new WeakMap<object, string>()
  #base = ''
  #states: ReturnType<typeof sha256.create>[] = []

  /** Bytes that were hashed, for those who have to stop some time. */
  hashed = 0

  hash(value: PythonValue): string {
    const text = this.dump(value)
    if (this.#states.length === 0) return this.#first(text)
    const shared = sharedSteps(this.#base, text)
    const state = (this.#states[shared] ?? sha256.create()).clone()
    this.hashed += text.length - shared * STEP
    return bytesToHex(state.update(asciiBytes(text, shared * STEP)).digest())
  }

  /** `json.dumps(value, sort_keys=True)`. */
  dump(value: PythonValue): string {
    const isDict = isPythonDict(value)
    if (!isDict && !isPythonList(value)) return dumpsPython(value)
    const known = this.#dumped.get(value)
    if (known !== undefined) return known
    const text = isDict
      ? `{${[...value]
          .sort(([a], [b]) => compareCodePoints(a, b))
          .map(([key, item]) => `${dumpsPython(key)}: ${this.dump(item)}`)
          .join(', ')}}`
      : `[${value.map((item) => this.dump(item)).join(', ')}]`
    this.#dumped.set(value, text)
    return text
  }

  #first(text: string): string {
    this.#base = text
    this.hashed += text.length
    const state = sha256.create()
    for (let at = 0; ; at += STEP) {
      this.#states.push(state.clone())
      if (at + STEP > text.length) return bytesToHex(state.update(asciiBytes(text, at)).digest())
      state.update(asciiBytes(text.slice(at, at + STEP), 0))
    }
  }
}

/** How many whole steps two texts have in common. */
function sharedSteps(one: string, other: string): number {
  const most = Math.floor(Math.min(one.length, other.length) / STEP)
  let steps = 0
  while (steps < most && one.startsWith(other.slice(steps * STEP, (steps + 1) * STEP), steps * STEP)) steps++
  return steps
}

/** What Python dumps is ASCII. */
function asciiBytes(text: string, from: number): Uint8Array {
  const bytes = new Uint8Array(text.length - from)
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(from + at)
  return bytes
}
