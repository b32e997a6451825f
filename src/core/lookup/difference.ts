import { excerptOf } from '../compare/excerpt.ts'
import { TrialHasher } from '../containers/llama-stack-json-key-trial.ts'
import {
  isPythonDict,
  isPythonList,
  type PythonDict,
  PythonFloat,
  PythonInt,
  type PythonValue,
} from '../syntax/python-json.ts'
import { escapePointerToken } from '../text/address.ts'
import { spliceBetween } from '../text/edit.ts'
import type { RequestDifference } from './answer.ts'
import { fieldWords, nameOfTool, type Path } from './field-words.ts'
import { unseen, visible } from './invisible.ts'
import { narrowed, withCodes } from './narrow-excerpt.ts'
import { pairItems } from './pair-items.ts'

/** A place at which two values differ; a path of each, since items have moved. */
export interface Deviation {
  readonly kind: RequestDifference['kind']
  readonly wasPath: Path
  readonly isPath: Path
  readonly was: PythonValue | undefined
  readonly is: PythonValue | undefined
}

/** Where two values differ, the smallest parts that do; in the order of the one that was asked. */
export function deviations(was: PythonValue, is: PythonValue): readonly Deviation[] {
  const found: Deviation[] = []
  const hasher = new TrialHasher()
  const dump = (value: PythonValue): string => hasher.dump(value)
  const compare = (
    wasPath: Path,
    isPath: Path,
    one: PythonValue | undefined,
    other: PythonValue | undefined,
  ): void => {
    const tell = (kind: Deviation['kind']): void => {
      found.push({ kind, wasPath, isPath, was: one, is: other })
    }
    if (one === undefined || other === undefined) {
      if (one !== other) tell(one === undefined ? 'added' : 'removed')
    } else if (isPythonDict(one) && isPythonDict(other)) {
      for (const key of new Set([...other.keys(), ...one.keys()])) {
        compare([...wasPath, key], [...isPath, key], one.get(key), other.get(key))
      }
    } else if (isPythonList(one) && isPythonList(other)) {
      const { pairs, moved } = pairItems(one, other, dump)
      if (moved) tell('moved')
      for (const { was: oldAt, is: newAt } of pairs) {
        const [o, n] = [Math.max(oldAt, 0), newAt < 0 ? Math.max(oldAt, 0) : newAt]
        compare([...wasPath, o], [...isPath, n], one[oldAt], other[newAt])
      }
    } else if (dump(one) !== dump(other)) {
      tell(isOtherType(one, other) ? 'type' : 'changed')
    }
  }
  compare([], [], was, is)
  return found
}

/** One and the same number, once as an integer and once as a float. */
function isOtherType(one: PythonValue, other: PythonValue): boolean {
  const [a, b] = [numberOf(one), numberOf(other)]
  return a !== undefined && a === b && one instanceof PythonFloat !== other instanceof PythonFloat
}

function numberOf(value: PythonValue): number | undefined {
  if (value instanceof PythonFloat) return value.value
  return value instanceof PythonInt ? Number(value.digits) : undefined
}

/** What makes two requests hash to two hashes, in words. Both are what is hashed of them. */
export function differencesOf(was: PythonDict, is: PythonDict): readonly RequestDifference[] {
  return deviations(was, is).map((one) => inWords(one, was, is))
}

function inWords(
  { kind, wasPath, isPath, was, is }: Deviation,
  oldRoot: PythonDict,
  newRoot: PythonDict,
): RequestDifference {
  const field = kind === 'removed' ? fieldWords(oldRoot, wasPath) : fieldWords(newRoot, isPath)
  const pointer = (kind === 'removed' ? wasPath : isPath)
    .map((token) => `/${escapePointerToken(String(token))}`)
    .join('')
  const [before, after] = [
    was === undefined ? undefined : shown(was),
    is === undefined ? undefined : shown(is),
  ]
  if (kind === 'moved') {
    const [old, now] = [orderOf(was), orderOf(is)]
    const orders = old !== undefined && now !== undefined && { was: old, is: now }
    return { pointer, field, kind, sentence: `${field}: the same, in another order`, ...orders }
  }
  const base = {
    pointer,
    field,
    kind,
    ...(before !== undefined && { was: before }),
    ...(after !== undefined && { is: after }),
  }
  if (kind === 'added') return { ...base, sentence: `${field}: was not recorded, ${after} was asked` }
  if (kind === 'removed') return { ...base, sentence: `${field}: ${before} was recorded, nothing was asked` }
  if (kind === 'type') {
    const [one, other] = was instanceof PythonFloat ? ['a float', 'an integer'] : ['an integer', 'a float']
    const sentence = `${field}: ${before} (${one}) was recorded, ${after} (${other}) was asked; Python hashes them differently`
    return { ...base, sentence }
  }
  if (typeof was === 'string' && typeof is === 'string') {
    return { ...base, ...textWords(field, was, is), share: shareOf(was, is) }
  }
  return { ...base, sentence: `${field}: ${before} was recorded, ${after} was asked` }
}

/** The names of a list's items; undefined where they have none. */
function orderOf(list: PythonValue | undefined): string | undefined {
  const names = isPythonList(list) ? list.map(nameOfTool) : [undefined]
  return names.includes(undefined) ? undefined : names.join(', ')
}

/** From the first letter that differs to the last, of both. */
function shareOf(was: string, is: string): number {
  const splice = spliceBetween(was, is)
  if (splice === undefined) return 0
  return (splice.length + splice.content.length) / Math.max(1, was.length + is.length)
}

/** Longer texts are not repeated in a sentence. */
const SHORT = 60

function textWords(
  field: string,
  was: string,
  is: string,
): Pick<RequestDifference, 'sentence' | 'excerpt' | 'unseen'> {
  const hidden = unseen(was, is)
  const isForm = hidden !== undefined && was.normalize('NFC') === is.normalize('NFC')
  const excerpt = narrowed(excerptOf(was, is), hidden !== undefined).map(({ kind, text }) => {
    if (kind === 'same') return { kind, text }
    // blanks between words are in the way, unless they are what differs
    return { kind, text: isForm ? withCodes(text) : visible(text, hidden !== undefined) }
  })
  if (hidden !== undefined) return { sentence: `${field}: ${hidden}`, excerpt, unseen: hidden }
  if (was.length + is.length <= 2 * SHORT) {
    return { sentence: `${field}: ${shown(was)} was recorded, ${shown(is)} was asked`, excerpt }
  }
  return { sentence: `${field}: the text differs`, excerpt }
}

const LONGEST_SHOWN = 200

/** A value for a person: shortened, what is not seen made visible. */
function shown(value: PythonValue): string {
  if (typeof value === 'string') {
    return `"${shortened(visible(value.slice(0, 2 * LONGEST_SHOWN)))}"`
  }
  return shortened(pythonJson(value))
}

function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text
  return `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`
}

/** A value as JSON text with its keys in their order; numbers as Python writes them. */
export function pythonJson(value: PythonValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isPythonDict(value)) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`).join(', ')}}`
  }
  if (isPythonList(value)) return `[${value.map(pythonJson).join(', ')}]`
  return new TrialHasher().dump(value)
}
