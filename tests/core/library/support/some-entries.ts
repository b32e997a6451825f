import fc from 'fast-check'
import { type Facts, FEATURES, type IndexedEntry, OUTCOMES } from '../../../../src/core/library/entry.ts'

const WORDS =
  'weather Paris tokyo Zürich get_weather ΟΔΟΣ straße error 42 "quoted" a,b back\\slash x:y'.split(' ')

/** An entry with nothing in it but what is given. */
export function anEntry(
  path: string,
  facts?: Partial<Facts>,
  more: Partial<IndexedEntry> = {},
): IndexedEntry {
  return {
    path,
    size: 1000,
    modified: 0,
    facts: { ...NO_FACTS, ...facts },
    asked: '',
    answered: '',
    askedDigest: '',
    answeredDigest: '',
    ...more,
  }
}

const NO_FACTS: Facts = {
  container: 'llama-stack-json',
  interactions: 1,
  asks: '',
  answers: '',
  models: [],
  providers: [],
  endpoints: [],
  dialects: [],
  outcome: 'text',
  finishes: [],
  statuses: [],
  errors: [],
  tools: [],
  offered: [],
  features: [],
  chunks: 1,
}

const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 })
const some = <T>(...values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 })

const facts: fc.Arbitrary<Partial<Facts>> = fc.record(
  {
    models: some('gpt-4o', 'gpt-4o-mini', 'GPT-4o', 'claude 3'),
    providers: some('openai', 'ollama', 'azure'),
    finishes: some('stop', 'STOP', 'length', 'tool_calls'),
    statuses: some('200', '404', '429', '500'),
    tools: some('get_weather', 'calc', 'a, b'),
    outcome: fc.constantFrom(...OUTCOMES),
    features: fc.uniqueArray(fc.constantFrom(...FEATURES), { maxLength: 3 }),
    chunks: fc.integer({ min: 0, max: 2000 }),
    test: fc.constantFrom('tests/a.py::one', 'tests/a.py::two[x y]', 'tests/b.py::one'),
    inputTokens: fc.integer({ min: 0, max: 5000 }),
    recorded: fc.constantFrom(Date.UTC(2026, 3, 1), Date.UTC(2026, 3, 30, 23, 59), Date.UTC(2025, 11, 31)),
  },
  { requiredKeys: [] },
)

/** Entries with distinct paths; some of them are no recordings. */
export const someEntries: fc.Arbitrary<readonly IndexedEntry[]> = fc
  .array(
    fc.record({
      folder: fc.constantFrom('', 'a/', 'a/b/', 'A/c/', 'x y/'),
      facts: fc.option(facts, { nil: undefined, freq: 6 }),
      size: fc.integer({ min: 0, max: 2_000_000 }),
      asked: words,
      answered: words,
    }),
    { maxLength: 30 },
  )
  .map((items) =>
    items.map(({ folder, facts: given, size, asked, answered }, at): IndexedEntry => {
      const texts = { size, asked: asked.join(' '), answered: answered.join('\n') }
      const path = `${folder}f${(at * 7919) % 31}-${at}.json`
      if (given !== undefined) return anEntry(path, given, texts)
      const { facts: _, ...rest } = anEntry(path, {}, texts)
      return { ...rest, problem: { code: 'not-json', message: 'The JSON breaks at line 1.' } }
    }),
  )

const fieldValue = fc.constantFrom(
  'model:gpt-4o',
  'model:=gpt-4o',
  'model:"claude 3",mini',
  '-model:mini',
  'provider:openai',
  'finish:stop',
  'finish:length,tool_calls',
  '-finish:STOP',
  'tool:get',
  'tool:="a, b"',
  'has:image',
  'outcome:error,text',
  'status:429',
  'status:4xx',
  'status:>=429,200',
  '-status:400..499',
  'has:problem',
  'test:a.py',
  'test:"two[x y]"',
  'in:a',
  'in:a/b/',
  'path:f1',
  'chunks:>100',
  'chunks:10..500',
  'size:<100kb',
  'recorded:2026-04',
  '-recorded:2025',
  'problem:not-json',
)

/** Queries as people type them, made of words and filters that find something. */
export const someQuery: fc.Arbitrary<string> = fc
  .array(fc.oneof(fieldValue, fc.constantFrom(...WORDS, '-paris', '"weather paris"', 'zürich', 'οδος')), {
    maxLength: 4,
  })
  .chain((parts) =>
    fc.tuple(fc.constant(parts), fc.array(fc.constantFrom(' ', ' ', ' OR ', ' | '), { maxLength: 4 })),
  )
  .map(([parts, joints]) =>
    parts.reduce((text, part, at) => (at === 0 ? part : text + (joints[at] ?? ' ') + part), ''),
  )
