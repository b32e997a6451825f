/**
 * Errors of recorders that compare calls, asked of their real cassettes. What stands in those is read here with `yaml`
 * and `JSON.parse` alone, and changed in one place: that place has to be named, in that file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { lookUp } from '../../../src/core/lookup/look-up.ts'
import { parsePaste } from '../../../src/core/lookup/parse-paste.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { entryOf, type Library } from './support/library.ts'

const ROOT = join(CORPUS_ROOT, 'other-recorders')
const hasCorpus = existsSync(ROOT)

interface Call {
  readonly method: string
  readonly url: string
  /** JSON. */
  readonly body: string
}

type Text = string | { readonly string?: string }
interface Stored {
  readonly method: string
  readonly uri?: string
  readonly url?: string
  readonly body?: Text
  readonly parsed_body?: unknown
  readonly postData?: { readonly text: string }
}
interface Cassette {
  readonly interactions?: readonly { readonly request: Stored }[]
  readonly http_interactions?: readonly { readonly request: Stored }[]
  readonly log?: { readonly entries: readonly { readonly request: Stored }[] }
}

/** The first call of a cassette. `as`: the forms are those of the corpus, and a test fails where they are not. */
function firstCall(path: string, text: string): Call {
  if (path.includes('instrumentation-bedrock/test/recordings')) {
    const [nock] = JSON.parse(text) as readonly {
      scope: string
      method: string
      path: string
      body: unknown
    }[]
    if (nock === undefined) throw new Error('the harness itself is wrong: no call')
    return { method: nock.method, url: nock.scope + nock.path, body: JSON.stringify(nock.body) }
  }
  const cassette = parse(text, { logLevel: 'error' }) as Cassette
  const { request } =
    (cassette.interactions ?? cassette.http_interactions ?? cassette.log?.entries)?.[0] ?? {}
  if (request === undefined) throw new Error('the harness itself is wrong: no call')
  const body =
    request.postData?.text ?? (typeof request.body === 'object' ? request.body.string : request.body)
  return {
    method: request.method.toUpperCase(),
    url: request.uri ?? request.url ?? '',
    body: body ?? JSON.stringify(request.parsed_body),
  }
}

function library(): Library {
  if (!hasCorpus) return { texts: new Map(), entries: [] }
  const paths = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:ya?ml|har|json)$/.test(path),
  )
  const texts = new Map(
    paths
      .toSorted()
      .map((path) => [relative('.', path).replaceAll('\\', '/'), readFileSync(join(ROOT, path), 'utf8')]),
  )
  return { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }
}

const { texts, entries } = library()

function cassetteOf(end: string): readonly [path: string, call: Call] {
  const [path = '', text = ''] = [...texts].find(([one]) => one.endsWith(end)) ?? []
  return [path, firstCall(path, text)]
}

const ask = (pasted: string) =>
  lookUp(parsePaste(pasted), entries, (path) => Promise.resolve(texts.get(path)))

const nock = ({ method, url, body }: Call): string =>
  `NetConnectNotAllowedError: Nock: No match for request ${JSON.stringify({ method, url: url.replace(':443/', '/'), headers: { host: 'x' }, body }, null, 2)}`
const polly = ({ method, url, body }: Call): string =>
  `PollyError: [Polly] [adapter:node-http] Recording for the following request is not found and \`recordIfMissing\` is \`false\`.\n${JSON.stringify({ url, method, headers: { a: 'b' }, body }, null, 2)}`
const curl = ({ method, url, body }: Call): string =>
  `curl -X ${method} '${url}' -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`
const goVcr = ({ url, body }: Call): string => `Post "${url}": requested interaction not found\n\n${body}`
const rawHttp = ({ method, url, body }: Call): string => {
  const { host, pathname, search } = new URL(url)
  return `${method} ${pathname}${search} HTTP/1.1\nHost: ${host}\nContent-Type: application/json\n\n${body}`
}

type Planted = readonly [file: string, form: (call: Call) => string, find: RegExp, by: string, field: string]

const PLANTED: readonly Planted[] = [
  [
    'bedrock/test/recordings/should-handle-tool-configuration.json',
    nock,
    /San Francisco\?/,
    'Oslo?',
    'message 1 (user): part 1',
  ],
  [
    'bedrock/test/recordings/should-handle-cohere-command-models.json',
    nock,
    /"temperature":[\d.]+/,
    '"temperature":0.77',
    'temperature',
  ],
  [
    'should-set-attributes-in-span-for-streaming-completion_1484001317/recording.har',
    polly,
    /"model":"[^"]+"/,
    '"model":"gpt-9"',
    'model',
  ],
  [
    'should-set-cache-read-input-tokens-in-span-for-responses-with-cached-tokens_3930499540/recording.har',
    curl,
    /"model":"[^"]+"/,
    '"model":"gpt-9"',
    'model',
  ],
  [
    'charmbracelet__fantasy/providertests/testdata/TestAzureCommon/azure-o4-mini/simple.yaml',
    goVcr,
    /"model":"[^"]+"/,
    '"model":"o9"',
    'model',
  ],
  ['llama-cpp-gpt-oss/simple_streaming.yaml', goVcr, /"stream":true/, '"stream":false', 'stream'],
  [
    'perplexity_sonar_can_have_a_basic_conversation.yml',
    curl,
    /"content":"/,
    '"content":"Please: ',
    'message 1 (user)',
  ],
  [
    'deepseek_deepseek-chat_supports_streaming_responses.yml',
    rawHttp,
    /"stream":true/,
    '"stream":false',
    'stream',
  ],
  [
    'ollama/cassettes/test_instrumentor/test_async_chat.yaml',
    curl,
    /"model": ?"[^"]+"/,
    '"model":"phi"',
    'model',
  ],
  [
    'cassettes/test_instrumentor/test_anthropic_instrumentation_completions_streaming.yaml',
    rawHttp,
    /"max_tokens_to_sample": ?\d+/,
    '"max_tokens_to_sample":1',
    'max_tokens_to_sample',
  ],
]

describe.skipIf(!hasCorpus)(`calls that other recorders did not find (${CORPUS_MISSING})`, () => {
  it.each(PLANTED)('%s', async (file, form, find, by, field) => {
    const [path, call] = cassetteOf(file)
    const body = call.body.replace(find, by)
    expect(body).not.toBe(call.body)
    const { candidates, verdict, exact } = await ask(form({ ...call, body }))
    const [best] = candidates
    expect({ path: best?.path, fields: best?.differences.map((one) => one.field) }).toEqual({
      path,
      fields: [field],
    })
    expect(best?.offers).toEqual([])
    expect(exact).toEqual([])
    expect(verdict).toContain(field)
    // there is no hash that could prove it
    expect(verdict).not.toMatch(/hash/)
  })

  it('vcr.py names its cassette and what did not match: that one comes first, though others have the same URL', async () => {
    const [path, { method, url }] = cassetteOf('ollama/cassettes/test_instrumentor/test_async_chat.yaml')
    const pasted = `E   vcr.errors.CannotOverwriteExistingRequestException: Can't overwrite existing cassette ('/home/me/x/${path}') in your current record mode ('none').
E   No match for the request (<Request (${method}) ${url}>) was found.
E   Found 1 similar requests with 1 different matcher(s) :
E${''}
E   1 - (<Request (${method}) ${url}>).
E   Matchers succeeded : ['method', 'scheme', 'host', 'port', 'path', 'query']
E   Matchers failed :
E   body - assertion failure :
E   None`
    const { candidates, verdict, understood } = await ask(pasted)
    expect(understood).toContain('an error of vcr.py')
    expect(candidates[0]?.path).toBe(path)
    expect(candidates[0]?.differences.map(({ field }) => field)).toEqual(['body'])
    expect(verdict).toBe('It is not there. The nearest recording differs in body.')
  })

  it('Ruby VCR names method and URL: the same call was recorded, which is said as far as it is known', async () => {
    const [path, { url }] = cassetteOf('perplexity_sonar_can_have_a_basic_conversation.yml')
    const { candidates, verdict } = await ask(
      `VCR::Errors::UnhandledHTTPRequestError:\n  An HTTP request has been made that VCR does not know how to handle:\n    POST ${url}\n\n  VCR is currently using the following cassette:\n    - /srv/${path}\n`,
    )
    expect(candidates[0]).toMatchObject({ path, compared: true, differences: [] })
    expect(verdict).toMatch(/^A call like this is recorded/)
  })

  it('another URL is a difference', async () => {
    const [path, { url }] = cassetteOf('perplexity_sonar_can_have_a_basic_conversation.yml')
    const { candidates } = await ask(
      `An HTTP request has been made that VCR does not know how to handle:\n    POST ${url}/v2\n    - /srv/${path}\n`,
    )
    expect(candidates[0]?.path).toBe(path)
    expect(candidates[0]?.differences.map(({ field }) => field)).toEqual(['url'])
  })
})
