import type { PastedCall } from './paste.ts'

/** What is found in a text by its look, outside of pasted requests. */
export interface Marks {
  readonly hashes: readonly string[]
  readonly tests: readonly string[]
  readonly models: readonly string[]
  readonly calls: readonly PastedCall[]
  readonly cassettes: readonly string[]
  readonly failedMatchers: readonly string[]
  readonly recorder?: string
}

/** More of an error, requests apart, tells nothing new. */
const LONGEST_MARKED = 2_000_000

const METHODS = 'GET|POST|PUT|PATCH|DELETE'

/** A file's name, an id that the recorder made, or what follows the word. The longer one is looked for anywhere. */
const SHORT_HASH = [
  /\brec-([0-9a-f]{12})\b/gi,
  /(?<![0-9a-f-])([0-9a-f]{12})\.json\b/gi,
  /\bmodels-([0-9a-f]{12})\b/gi,
  /hash:?\s*['"]?([0-9a-f]{12})\b(?!-)/gi,
]

const RECORDERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Llama Stack / OGX', /Recording not found for|No recorded response found for|OGX_TEST_|LLAMA_STACK_TEST_/],
  ['vcr.py', /Can't overwrite existing cassette|CannotOverwriteExistingCassetteException/i],
  ['Ruby VCR', /HTTP request has been made that VCR does not know how to handle|UnhandledHTTPRequestError/i],
  ['nock', /Nock: No match for request/i],
  ['Polly.js', /Recording for the following request is not found|\[Polly\]/],
  ['go-vcr', /requested interaction not found/i],
  ['httprr', /cached HTTP response not found for/],
  ['WireMock', /Request was not matched|No response could be served as there are no stub mappings/],
]

/** Finds hashes, tests, models, calls and cassettes in a cleaned text. */
export function marksOf(around: string): Marks {
  // a message may be printed as a string; data without a blank names nothing, and patterns take their time over it
  const text = around
    .slice(0, LONGEST_MARKED)
    .replace(/\\n(?=\\n|Model:|Request:|Endpoint:|Run )/g, '\n')
    .replace(/(?<!\S)\S{2000,}/g, ' ')
  const recorder = RECORDERS.find(([, sign]) => sign.test(text))?.[0]
  return {
    hashes: hashesOf(text),
    tests: testsOf(text),
    models: all(text, /\bmodel(?:\s*[:=]\s*|\s+)['"]?([\w./:@-]*[\w])(?=['"\s|,)\\]|$)/gi, (found) =>
      /^(?:not|is|was|to|for|unknown|none|and|list|lists|name)$/i.test(found) ? undefined : found,
    ),
    calls: callsOf(text),
    cassettes: distinct([
      ...all(text, /existing cassette \(\\?['"]?([^'")\\]+)/gi),
      ...all(
        text,
        /(?:^|[\s'"(])((?:[\w.@+-]*[\\/])*[\w.@+-]+\.(?:ya?ml|httprr|har|cassette))(?=$|[\s'",:)])/gm,
      ),
      ...all(text, /(?:^|[\s'"(])((?:[\w.@+-]*[\\/])+[\w.@+-]+\.json)(?=$|[\s'",:)])/gm),
    ]),
    failedMatchers: all(
      text.slice(Math.max(0, text.indexOf('Matchers failed'))),
      /^\s*(\w+) - assertion failure/gm,
    ),
    ...(recorder && { recorder }),
  }
}

function hashesOf(text: string): readonly string[] {
  const whole = text.trim()
  if (/^(?:[0-9a-f]{12}|[0-9a-f]{64})$/i.test(whole)) return [whole.toLowerCase()]
  return distinct([
    // the one that an error speaks about comes first
    ...all(text, /hash:?\s*['"]?([0-9a-f]{64})\b/gi, lower),
    ...all(text, /(?<![0-9a-z])([0-9a-f]{64})(?![0-9a-z])/gi, lower),
    ...SHORT_HASH.flatMap((pattern) => all(text, pattern, lower)),
  ])
}

/** Whole ids, and functions that pytest names in a headline only. */
function testsOf(text: string): readonly string[] {
  const ids = all(
    text,
    /(?<![\w.\\/-])((?:[\w.-]+[\\/])*[\w-]+\.py(?:::\w+)+(?:\[[^\n]*?\](?=$|[\s'",)|\\]))?)/gm,
    (id) => id.replaceAll('\\', '/'),
  )
  const heads = all(text, /^_{3,} (?:\w+\.)*(test_\w+(?:\[[^\n]*\])?) _{3,}$/gm)
  return distinct([...ids, ...heads.filter((head) => !ids.some((id) => id.endsWith(`::${head}`)))])
}

function callsOf(text: string): readonly PastedCall[] {
  const patterns = [
    new RegExp(`<Request \\((${METHODS})\\) ([^>\\s]+)>`, 'g'),
    // as Go's client begins its errors
    /\b(Get|Post|Put|Patch|Delete) "([a-z][a-z0-9+.-]*:[^\s"]*)"/g,
    new RegExp(`\\b(${METHODS}) ((?:[a-z][a-z0-9+.-]*:/|__databricks__)[^\\s'"\\\\|<>]*)`, 'g'),
  ]
  const calls = new Map<string, PastedCall>()
  for (const pattern of patterns) {
    for (const [, name = '', url = ''] of text.matchAll(pattern)) {
      const method = name.toUpperCase()
      calls.set(`${method} ${url}`, { method, url })
    }
  }
  return [...calls.values()]
}

function lower(text: string): string {
  return text.toLowerCase()
}

function all(
  text: string,
  pattern: RegExp,
  read: (found: string) => string | undefined = (found) => found,
): readonly string[] {
  return distinct([...text.matchAll(pattern)].map(([, found = '']) => read(found) ?? ''))
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}
