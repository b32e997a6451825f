/** What may have become of a request's body: changes that people and programs make, one at a time. */
import {
  isPythonDict,
  isPythonList,
  PythonFloat,
  PythonInt,
  type PythonValue,
} from '../syntax/python-json.ts'
import { MESSAGE_LISTS, nameOfTool, type Path } from './field-words.ts'

/** Taken away. */
export const GONE = Symbol('gone')

/** A change of one place: what comes of the value that stands there (undefined: none). */
export interface Variation {
  readonly path: Path
  readonly change: (old: PythonValue | undefined) => PythonValue | typeof GONE
}

/** The value with one place changed; it shares all else with the old one. */
export function varied(
  value: PythonValue | undefined,
  { path, change }: Variation,
  depth = 0,
): PythonValue | typeof GONE {
  const token = path[depth]
  if (token === undefined) return change(value)
  if (isPythonList(value) && typeof token === 'number') {
    const item = varied(value[token], { path, change }, depth + 1)
    return item === GONE ? value.toSpliced(token, 1) : value.with(token, item)
  }
  if (!isPythonDict(value)) return value ?? GONE
  const item = varied(value.get(String(token)), { path, change }, depth + 1)
  const copy = new Map(value)
  if (item === GONE) copy.delete(String(token))
  else copy.set(String(token), item)
  return copy
}

const int = (digits: number): PythonInt => new PythonInt(String(digits))
const float = (value: number): PythonFloat => new PythonFloat(value)

/** What clients send, or leave to the provider, from one version to the next. */
const USUAL: readonly (readonly [key: string, values: readonly PythonValue[]])[] = [
  ['stream', [true, false]],
  ['stream_options', [new Map([['include_usage', true]])]],
  ['temperature', [0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.5, 2].map(float)],
  ['temperature', [int(0), int(1)]],
  ['top_p', [0.1, 0.5, 0.8, 0.9, 0.95, 1].map(float)],
  ['top_p', [int(1)]],
  ['parallel_tool_calls', [true, false]],
  ['tool_choice', ['auto', 'none', 'required']],
  [
    'max_tokens',
    [0, 1, 5, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 300, 500, 512, 1000, 1024, 2048, 4096].map(int),
  ],
  ['max_completion_tokens', [50, 100, 256, 512, 1024, 2048, 4096].map(int)],
  ['n', [int(1)]],
  ['seed', [int(0), int(42)]],
  ['service_tier', ['auto', 'default']],
  ['reasoning_effort', ['none', 'minimal', 'low', 'medium', 'high']],
  ['response_format', [new Map([['type', 'text']]), new Map([['type', 'json_object']])]],
  ['extra_body', [new Map()]],
  ['extra_query', [new Map()]],
  ['extra_headers', [new Map()]],
  ['logprobs', [true, false]],
  ['top_logprobs', [int(0)]],
  ['frequency_penalty', [float(0), int(0)]],
  ['presence_penalty', [float(0), int(0)]],
  ['store', [true, false]],
  ['tools', [[]]],
  ['stop', [[]]],
]
const NULLABLE = [
  ...new Set([
    ...USUAL.map(([key]) => key),
    'user',
    'logit_bias',
    'prompt_cache_key',
    'safety_identifier',
    'function_call',
    'functions',
    'metadata',
  ]),
]

/** Parameters set, taken away or made null. */
export function* parameterVariations(body: PythonValue): Generator<Variation> {
  if (!isPythonDict(body)) return
  for (const key of body.keys()) {
    if (key !== 'model' && !MESSAGE_LISTS.has(key)) yield { path: [key], change: () => GONE }
  }
  for (const [key, values] of USUAL) for (const value of values) yield { path: [key], change: () => value }
  for (const key of NULLABLE) yield { path: [key], change: () => null }
  for (const key of ['temperature', 'top_p', 'max_tokens', 'max_completion_tokens']) {
    if (body.has(key)) yield { path: [key], change: flipped }
  }
}

/** Messages and tools that came or went, or changed their order. */
export function* listVariations(body: PythonValue): Generator<Variation> {
  if (!isPythonDict(body)) return
  for (const [key, list] of body) {
    if (!isPythonList(list)) continue
    if (MESSAGE_LISTS.has(key)) {
      for (let count = list.length - 1; count >= 1; count--) yield { path: [key], change: cutTo(count) }
    }
    if (MESSAGE_LISTS.has(key) || key === 'tools') {
      for (let at = 0; at < Math.min(list.length, 64); at++) yield { path: [key, at], change: () => GONE }
    }
    if (key === 'tools') yield* orders(list)
  }
}

function* orders(list: readonly PythonValue[]): Generator<Variation> {
  const path = ['tools']
  const onList = (change: (items: readonly PythonValue[]) => readonly PythonValue[]): Variation => ({
    path,
    change: (old) => (isPythonList(old) ? change(old) : (old ?? GONE)),
  })
  yield onList((items) => items.toReversed())
  yield onList((items) => items.toSorted((a, b) => ((nameOfTool(a) ?? '') < (nameOfTool(b) ?? '') ? -1 : 1)))
  for (let from = 0; from < Math.min(list.length, 16); from++) {
    for (let to = 0; to < Math.min(list.length, 16); to++) {
      if (from !== to) yield onList((items) => moved(items, from, to))
    }
  }
}

function moved(items: readonly PythonValue[], from: number, to: number): readonly PythonValue[] {
  const item = items[from]
  return item === undefined ? items : items.toSpliced(from, 1).toSpliced(to, 0, item)
}

function cutTo(count: number): Variation['change'] {
  return (old) => (isPythonList(old) ? old.slice(0, count) : (old ?? GONE))
}

/** Longer strings are pictures. */
const LONGEST_STRING = 100_000

/** Everything inside: numbers and their kind, booleans, nulls, the ends and forms of strings. */
export function* leafVariations(value: PythonValue, path: Path = []): Generator<Variation> {
  if (value === null) yield { path, change: () => GONE }
  else if (typeof value === 'boolean') yield { path, change: (old) => !old }
  else if (typeof value === 'string') {
    if (value.length <= LONGEST_STRING) for (const change of STRINGS) yield { path, change: onString(change) }
  } else if (value instanceof PythonInt || value instanceof PythonFloat) yield { path, change: flipped }
  else if (isPythonList(value)) {
    for (const [at, item] of value.entries()) yield* leafVariations(item, [...path, at])
  } else {
    yield* memberVariations(value, path)
    for (const [key, item] of value) yield* leafVariations(item, [...path, key])
  }
}

const STRINGS: readonly ((text: string) => string)[] = [
  (text) => `${text} `,
  (text) => `${text}\n`,
  (text) => ` ${text}`,
  (text) => text.trim(),
  (text) => text.trimEnd(),
  (text) => text.normalize('NFC'),
  (text) => text.normalize('NFD'),
  (text) => text.replace(/\r\n?/g, '\n'),
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => text.replace(/ {2,}/g, ' '),
  (text) => text.replace(/\.$/, ''),
  (text) => `${text}.`,
]

function onString(change: (text: string) => string): Variation['change'] {
  return (old) => (typeof old === 'string' ? change(old) : (old ?? GONE))
}

/** What a message or a tool has, or does not have, as its writer likes. */
function* memberVariations(value: ReadonlyMap<string, PythonValue>, path: Path): Generator<Variation> {
  if (value.has('role')) {
    for (const key of ['content', 'name', 'tool_calls', 'refusal', 'reasoning', 'function_call', 'audio']) {
      yield { path: [...path, key], change: () => null }
    }
    yield { path: [...path, 'tool_calls'], change: () => [] }
    yield { path: [...path, 'content'], change: asParts }
    if (value.has('content')) yield { path: [...path, 'content'], change: () => '' }
    yield { path: [...path, 'content'], change: () => GONE }
  }
  if (value.has('parameters')) {
    yield { path: [...path, 'strict'], change: () => null }
    yield { path: [...path, 'strict'], change: () => false }
    yield { path: [...path, 'strict'], change: () => true }
  }
  if (value.has('description')) yield { path: [...path, 'description'], change: () => GONE }
  if (value.has('name') && !value.has('role')) yield { path: [...path, 'description'], change: () => null }
  if (value.has('properties')) {
    yield { path: [...path, 'additionalProperties'], change: () => false }
    yield { path: [...path, 'required'], change: () => [] }
    yield { path: [...path, 'required'], change: () => GONE }
  }
  if (value.has('url')) {
    for (const detail of ['auto', 'low', 'high']) yield { path: [...path, 'detail'], change: () => detail }
    yield { path: [...path, 'detail'], change: () => GONE }
  }
  yield { path, change: withoutNulls }
}

/** "Hi" and [{"type": "text", "text": "Hi"}] say the same. */
function asParts(content: PythonValue | undefined): PythonValue | typeof GONE {
  if (typeof content === 'string') {
    return [
      new Map([
        ['type', 'text'],
        ['text', content],
      ]),
    ]
  }
  const only = isPythonList(content) && content.length === 1 ? content[0] : undefined
  return (isPythonDict(only) ? only.get('text') : undefined) ?? content ?? GONE
}

function withoutNulls(value: PythonValue | undefined): PythonValue | typeof GONE {
  if (!isPythonDict(value)) return value ?? GONE
  return new Map([...value].filter(([, item]) => item !== null))
}

/** An integer as a float, and the other way round where nothing is lost. */
function flipped(value: PythonValue | undefined): PythonValue | typeof GONE {
  if (value instanceof PythonInt) return new PythonFloat(Number(value.digits))
  if (value instanceof PythonFloat && Number.isSafeInteger(value.value)) return int(value.value)
  return value ?? GONE
}

/** The same change everywhere at once. */
export function* sweepingVariations(): Generator<Variation> {
  for (const change of STRINGS.slice(2))
    yield { path: [], change: (old) => everywhere(old ?? null, onString(change)) }
  yield { path: [], change: (old) => everywhere(old ?? null, flipped) }
  yield { path: [], change: (old) => everywhere(old ?? null, (value) => withoutNulls(value)) }
}

function everywhere(value: PythonValue, change: Variation['change']): PythonValue {
  const inner = isPythonList(value)
    ? value.map((item) => everywhere(item, change))
    : isPythonDict(value)
      ? new Map([...value].map(([key, item]) => [key, everywhere(item, change)]))
      : value
  const changed = change(inner)
  return changed === GONE ? inner : changed
}
