/**
 * A folder of as many recordings as wanted, made from the real ones by substitution: other tests, other words asked and
 * answered, other names. The mix of kinds and sizes is that of the 3,162 recordings that the corpus was chosen from
 * (half of them below 12 kB, a hundredth above 300 kB). The same seed makes the same folder.
 */
import { readFileSync } from 'node:fs'
import { reportKey } from '../../src/core/naming.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { containerFixtures, llamaStackCorpus, type RecordingFile } from './corpus.ts'

export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

export interface GenerateOptions {
  readonly seed?: number
  /**
   * `true`: the real hash of the request, as the recorder would make it (but for one file in twelve, which has that of
   * another request). `made-up`: digits that only look like it, many times faster.
   */
  readonly names?: 'true' | 'made-up'
}

const CONTAINER = 'llama-stack-json'
const SUITES = ['responses', 'agents', 'inference', 'safety', 'interactions', 'vector_io', 'tool_runtime']
const NOUNS =
  'harbour lantern meadow quartz violin summit pepper canyon orchid falcon glacier bakery tunnel velvet comet anchor willow saddle copper island'.split(
    ' ',
  )

/** Generates `count` files. Nothing is kept but the templates. */
export function* generateLibrary(
  count: number,
  { seed = 1, names = 'true' }: GenerateOptions = {},
): Generator<GeneratedFile> {
  const templates = readTemplates()
  const random = new Random(seed)
  const pick = weightedPick(templates)
  const paths = new Set<string>()
  for (let at = 0; at < count; at++) {
    const file = pick(random.next()).make(at, random, names)
    if (names === 'made-up') yield file
    else {
      // a list of models that names no test is filed under the same hash each time
      const path = paths.has(file.path) ? file.path.replace('/recordings/', `/${at}/recordings/`) : file.path
      paths.add(path)
      yield { ...file, path }
    }
  }
}

/** A linear congruential generator: the same numbers on every machine. */
class Random {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return this.#state / 2 ** 32
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  of(words: readonly string[]): string {
    return words[this.below(words.length)] ?? ''
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits)
      text += Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, digits)
  }
}

function readTemplates(): readonly Template[] {
  const corpus = llamaStackCorpus()
  const files = corpus.length > 0 ? corpus : containerFixtures(CONTAINER)
  const templates = files.flatMap((file) => templateOf(file) ?? [])
  if (templates.length === 0) throw new Error('There are no recordings to generate others from.')
  return templates
}

/** One test makes a tenth of all recordings, the others four or so each, as in the real folder. */
function testOf(at: number, random: Random): string {
  if (random.next() < 0.1) return 'tests/integration/agents/test_agents.py::test_output_safety[client]'
  const number = Math.floor(at / 4)
  const word = (offset: number): string => NOUNS[(number * 7 + offset) % NOUNS.length] ?? ''
  const suite = SUITES[number % SUITES.length] ?? ''
  return `tests/integration/${suite}/test_${word(0)}.py::test_${word(3)}_${number}[txt=openai/gpt-4o]`
}

interface Slot {
  readonly start: number
  readonly end: number
  readonly kind: 'test' | 'asked' | 'answered' | 'id'
}

class Template {
  readonly kind: string
  readonly size: number
  readonly #pieces: readonly string[]
  readonly #slots: readonly Slot[]
  /** Where the request's text ends and what stands for the rest when only its hash is wanted. */
  readonly #head: number
  readonly #untilResponse: string
  readonly #isList: boolean
  readonly #digest: string

  constructor(text: string, slots: readonly Slot[], document: JsonDocument) {
    const pieces: string[] = []
    let from = 0
    for (const { start, end } of slots) {
      pieces.push(text.slice(from, start))
      from = end
    }
    this.#pieces = [...pieces, text.slice(from)]
    this.#slots = slots
    this.size = text.length
    const response =
      [...(document.root?.members() ?? [])].find(({ key }) => key === 'response')?.keyStart ?? 0
    this.#head = slots.filter(({ end }) => end < response).length
    this.#untilResponse = `${text.slice(slots[this.#head - 1]?.end ?? 0, response)}"response": {}}`
    this.kind = kindOf(document)
    this.#isList = this.kind === 'models'
    this.#digest = reportKey(CONTAINER, document, '')?.key?.digest ?? ''
  }

  make(at: number, random: Random, names: 'true' | 'made-up'): GeneratedFile {
    const test = testOf(at, random)
    const words = `${random.of(NOUNS)} ${random.of(NOUNS)} ${at}`
    const answer = `${random.of(NOUNS)} `
    const wrong = random.next() < 1 / 12
    const fill = (hash: string): string[] =>
      this.#slots.map(({ kind }) => {
        if (kind === 'test') return test
        if (kind === 'asked') return ` (${words})`
        return kind === 'id' ? hash.slice(0, 12) : answer
      })
    const hash = names === 'true' && !wrong ? this.#hash(fill('')) : random.hex(64)
    const folder = `${test.slice(0, test.lastIndexOf('/'))}/recordings`
    const name = this.#isList ? `models-${hash}-${this.#digest}` : hash
    return { path: `${folder}/${name}.json`, text: this.#print(fill(hash), this.#pieces.length) }
  }

  #print(filled: readonly string[], until: number): string {
    let text = ''
    for (let at = 0; at < until; at++) text += (this.#pieces[at] ?? '') + (filled[at] ?? '')
    return text
  }

  /** Of the request alone: what the response says does not count, and reading it takes most of the time. */
  #hash(filled: readonly string[]): string {
    const whole = this.#isList
    const text = whole
      ? this.#print(filled, this.#pieces.length)
      : this.#print(filled, this.#head) + this.#untilResponse
    const document = JsonDocument.of(text)
    const key = reportKey(CONTAINER, document, '')?.key
    if (key === undefined) throw new Error(`The hash of a generated request cannot be computed: ${this.kind}`)
    return key.hash
  }
}

/** Undefined for what has no hash that could be computed. */
function templateOf(file: RecordingFile): Template | undefined {
  const text = readFileSync(file.path, 'utf8')
  const document = JsonDocument.of(text)
  const { root } = document
  const key = reportKey(CONTAINER, document, file.path)?.key
  if (root === undefined || key === undefined) return undefined
  const slots: Slot[] = []
  const inside = (node: { readonly start: number; readonly end: number }, kind: Slot['kind']): void => {
    slots.push({ start: node.start + 1, end: node.end - 1, kind })
  }
  for (const test of [root.get('test_id'), root.path('request', 'test_id')]) {
    if (test?.kind === 'string') inside(test, 'test')
  }
  const user = askedIn(document)
  if (user !== undefined) slots.push({ start: user.end - 1, end: user.end - 1, kind: 'asked' })
  const response = root.get('response')
  if (response === undefined) return undefined
  const answered = /"(?:content|text)": "(?=[A-Za-z ])/g
  answered.lastIndex = response.start
  const said = answered.exec(text)
  if (said) slots.push({ start: answered.lastIndex, end: answered.lastIndex, kind: 'answered' })
  for (const { index } of text.matchAll(/(?<="rec-)[0-9a-f]{12}(?=")/g)) {
    if (index > response.start) slots.push({ start: index, end: index + 12, kind: 'id' })
  }
  return new Template(
    text,
    slots.toSorted((a, b) => a.start - b.start),
    document,
  )
}

/** The string that is asked last, of the shapes that SDKs send. */
function askedIn({ root }: JsonDocument): { readonly end: number } | undefined {
  const body = root?.path('request', 'body') ?? root?.path('request', 'payload')
  const messages = body?.get('messages')
  const contents = messages ? [...messages.items()].map((message) => message.get('content')) : []
  const places = [...contents.toReversed(), body?.get('prompt'), body?.get('input'), body?.get('query')]
  return (
    places.find((node) => node?.kind === 'string') ??
    contents.map((node) => node?.path(0, 'text')).find((node) => node?.kind === 'string')
  )
}

function kindOf({ root }: JsonDocument): string {
  const endpoint = root?.path('request', 'endpoint')?.string() ?? ''
  const body = root?.path('response', 'body')
  if (/models$|tags$/.test(endpoint)) return 'models'
  if (/embeddings$/.test(endpoint)) return 'embeddings'
  if (/generate_content/.test(endpoint)) return 'gemini'
  if (!/chat\/completions$/.test(endpoint)) return 'other'
  if (root?.path('request', 'body', 'model')?.string()?.startsWith('llama-guard')) return 'guard'
  if (body?.kind !== 'array') return 'whole'
  const chunks = [...body.items()].length
  const bucket = [10, 19, 50, 101, 454].findIndex((most) => chunks <= most)
  return `stream-${bucket}`
}

/** How many of the 3,162 real recordings are of each kind; within a kind all templates are as likely. */
const KINDS: Readonly<Record<string, number>> = {
  guard: 853,
  whole: 129,
  gemini: 151,
  models: 228,
  embeddings: 63,
  other: 105,
  'stream-0': 300,
  'stream-1': 420,
  'stream-2': 560,
  'stream-3': 190,
  'stream-4': 147,
  'stream--1': 16,
}

function weightedPick(templates: readonly Template[]): (at: number) => Template {
  const perKind = new Map<string, number>()
  for (const { kind } of templates) perKind.set(kind, (perKind.get(kind) ?? 0) + 1)
  const weights = templates.map(({ kind, size }) => {
    const weight = (KINDS[kind] ?? 1) / (perKind.get(kind) ?? 1)
    // a picture inside of a file is a rare thing: three in the real folder
    return size > 400_000 && kind !== 'stream--1' ? Math.min(1, weight) : weight
  })
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return (at) => {
    let left = at * all
    for (const [index, template] of templates.entries()) {
      left -= weights[index] ?? 0
      if (left < 0) return template
    }
    const [first] = templates
    if (first === undefined) throw new Error('There are no templates.')
    return first
  }
}
