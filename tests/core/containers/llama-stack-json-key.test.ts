/** The recorder's own hashes, and the real recordings whose names are such hashes. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { NameVerdict } from '../../../src/core/containers/container.ts'
import { judgeName, recordedIds, requestKeyOf } from '../../../src/core/containers/llama-stack-json-key.ts'
import { UNDO_RENAMING } from '../../../src/core/containers/llama-stack-json-key-request-rules.ts'
import { normalizeText } from '../../../src/core/containers/llama-stack-json-key-request-text.ts'
import { parsePythonUrl } from '../../../src/core/containers/llama-stack-json-key-request-url.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { CORPUS_MISSING, CORPUS_ROOT, SEED } from '../../support/corpus.ts'
import { printedJson } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const hasCorpus = existsSync(join(CORPUS_ROOT, 'hash_vectors.json'))
const hasPython = spawnSync('python3', ['--version']).status === 0
const PYTHON_MISSING = 'skipped where python3 is missing'

function rootOf(text: string): JsonNode {
  const { root } = JsonDocument.of(text)
  if (root === undefined) throw new Error('the harness itself is wrong: an empty document')
  return root
}

function corpusRoot(...path: readonly string[]): JsonNode {
  return rootOf(readFileSync(join(CORPUS_ROOT, ...path), 'utf8'))
}

/** The rows of a table of the corpus, by the names in its first line. */
function tableOf(path: string): readonly ReadonlyMap<string, string>[] {
  if (!hasCorpus) return []
  const [head = '', ...rows] = readFileSync(join(CORPUS_ROOT, path), 'utf8').trimEnd().split('\n')
  const names = head.split('\t')
  return rows.map((row) => new Map(row.split('\t').map((cell, at) => [names[at] ?? '', cell])))
}

/** A verdict in one word: its kind, or the older rule. */
function wordOf(verdict: NameVerdict): string {
  return verdict.kind === 'older-rule' ? verdict.rule : verdict.kind
}

/** Runs `answer(case)` in Python for each case; both ways as ASCII JSON, so half pairs survive. */
function askPython(answer: string, cases: readonly unknown[]): unknown {
  const script = `import json, re, sys\n${answer}\nprint(json.dumps([answer(case) for case in json.load(sys.stdin)]))`
  const ascii = JSON.stringify(cases).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], {
    input: ascii,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`the harness itself is wrong: ${stderr}`)
  return JSON.parse(stdout)
}

const TEST_ID = 'tests/integration/x/test_y.py::test_z[a-b]'

interface Request {
  readonly url?: string
  readonly body?: string
  readonly testId?: string | null
  readonly endpoint?: string
  readonly response?: string
}

/** A recording of an SDK call; `body` and `response` are JSON. */
function recording({ url, body, testId, endpoint, response }: Request): JsonNode {
  const request = `{"method": "post", "url": ${JSON.stringify(url ?? 'http://x/v1/v1/chat/completions')}, "headers": {}, "body": ${body ?? '{}'}, "endpoint": ${JSON.stringify(endpoint ?? '/v1/chat/completions')}}`
  return rootOf(
    `{"test_id": ${JSON.stringify(testId === undefined ? TEST_ID : testId)}, "request": ${request}, "response": {"body": ${response ?? 'null'}}}`,
  )
}

const ZEROS = '0'.repeat(64)

describe.skipIf(!hasCorpus)(`the hashes of 30 real requests (${CORPUS_MISSING})`, () => {
  const vectors = hasCorpus ? [...corpusRoot('hash_vectors.json').items()] : []

  it('are all there', () => expect(vectors).toHaveLength(30))

  for (const vector of vectors) {
    const file = vector.get('file')?.string() ?? ''
    const canonical = vector.get('canonical_json')?.string()
    const title = `${file}: ${vector.get('why')?.string()}`
    if (existsSync(join(CORPUS_ROOT, 'llama-stack', file))) {
      it(title, () => {
        const root = corpusRoot('llama-stack', file)
        const key = requestKeyOf(root)
        expect(key?.hash).toBe(vector.get('recomputed_hash')?.string())
        expect(key?.digest).toBe(vector.get('models_digest')?.string())
        expect(key?.canonical).toHaveLength(vector.get('canonical_length')?.number() ?? -1)
        if (canonical !== undefined) expect(key?.canonical).toBe(canonical)
        const reproduces = vector.get('reproduces')?.boolean()
        expect(key?.fileName === basename(file)).toBe(reproduces)
        expect(judgeName(root, file).kind === 'matches').toBe(reproduces)
      })
    } else if (canonical !== undefined) {
      // the file itself was not sampled; what is hashed of it hashes to the same again
      it(`${title} (from what was hashed)`, () => {
        const hashed = rootOf(canonical)
        const url = `http://x${hashed.get('endpoint')?.string()}`
        const body = hashed.get('body')?.raw ?? ''
        const key = requestKeyOf(recording({ url, body, testId: hashed.get('test_id')?.string() ?? null }))
        expect(key?.canonical).toBe(canonical)
        expect(key?.hash).toBe(vector.get('recomputed_hash')?.string())
      })
    } else {
      it.skip(`${title} (neither the file nor what was hashed is in the corpus)`)
    }
  }
})

describe.skipIf(!hasCorpus)(`28 edge cases (${CORPUS_MISSING})`, () => {
  const vectors = hasCorpus ? [...corpusRoot('hash_edge_vectors.json').items()] : []

  it('are all there', () => expect(vectors).toHaveLength(28))

  /** The recording that a call of one of the recorder's functions would have left. */
  const documentOf = (vector: JsonNode): JsonNode => {
    const [a = 'null', b = 'null', c = 'null', d = 'null'] = [...(vector.get('args')?.items() ?? [])].map(
      ({ raw }) => raw,
    )
    const testId = vector.get('test_id')?.raw ?? 'null'
    const requests: Readonly<Record<string, string>> = {
      normalize_inference_request: `{"method": ${a}, "url": ${b}, "headers": ${c}, "body": ${d}}`,
      normalize_http_request: `{"test_id": ${testId}, "url": ${a}, "method": ${b}, "payload": ${c}}`,
      normalize_tool_request: `{"test_id": ${testId}, "provider": ${a}, "tool_name": ${b}, "kwargs": ${c}}`,
    }
    const request = requests[vector.get('fn')?.string() ?? ''] ?? 'null'
    return rootOf(`{"test_id": ${testId}, "request": ${request}, "response": {}}`)
  }

  for (const vector of vectors) {
    it(vector.get('name')?.string() ?? '', () => {
      const key = requestKeyOf(documentOf(vector))
      expect(key?.canonical).toBe(vector.get('canonical_json')?.string())
      expect(key?.hash).toBe(vector.get('hash')?.string())
    })
  }
})

describe.skipIf(!hasCorpus)(`the names of real recordings (${CORPUS_MISSING})`, () => {
  const RENAMED = '+ project rename edited request body'
  /** What the names of each class of `index.tsv` are to us. */
  const VERDICTS: Readonly<Record<string, string>> = {
    reproduces: 'matches',
    'older algorithm: no file_search normalisation': 'before-file-search',
    [`older algorithm: no file_search normalisation ${RENAMED}`]: 'before-file-search-renamed',
    'older algorithm: no file_search + no float-in-string normalisation': 'before-rounding',
    'older algorithm: interim PR#5173 (score+attributes only)': 'partial-file-search',
    // fits the rules of 2025 as well, and the file has no "id_normalization_mapping": it is from then
    [`older algorithm: interim PR#5173 (score+attributes only) ${RENAMED}`]: 'before-rounding-renamed',
    'project rename edited test_id': 'renamed',
    'project rename edited request body': 'renamed',
    'hash inputs not stored (file_processors)': 'not-computable',
    // its request is no longer the one that was hashed
    'pre-isolation file (no test_id); body tool-call ids rewritten later': 'other-request',
    unexplained: 'other-request',
  }
  const rows = tableOf('llama-stack/index.tsv')

  it('are 120, 106 of them found by the recorder of today', () => {
    expect(rows).toHaveLength(120)
    expect(rows.filter((row) => row.get('hash_class') === 'reproduces')).toHaveLength(106)
  })

  for (const row of rows) {
    const path = row.get('path') ?? ''
    const hashClass = row.get('hash_class') ?? ''
    it(`${hashClass}: ${path}`, () => {
      const root = corpusRoot('llama-stack', path)
      expect(wordOf(judgeName(root, path))).toBe(VERDICTS[hashClass])
      if (hashClass === 'reproduces') expect(requestKeyOf(root)?.fileName).toBe(basename(path))
    })
  }

  for (const row of tableOf('llama-stack-history/index.tsv')) {
    const path = row.get('path') ?? ''
    it(`${row.get('date')}: ${path}`, () => {
      const short = /^(?:models-)?[0-9a-f]{12}\b/.test(basename(path))
      const isList = path.includes('4a3a4447b16b')
      // a list of models is shared by all tests, so its hash has not changed, only grown
      const expected = short ? (isList ? 'short-name' : 'before-test-id') : 'matches'
      expect(wordOf(judgeName(corpusRoot('llama-stack-history', path), path))).toBe(expected)
    })
  }

  it('does not take one recording for another', () => {
    const paths = rows.map((row) => row.get('path') ?? '')
    paths.forEach((path, at) => {
      const other = paths[(at + 1) % paths.length] ?? ''
      const { kind } = judgeName(corpusRoot('llama-stack', path), other)
      expect(['other-request', 'not-computable']).toContain(kind)
    })
  })
})

describe('judgeName', () => {
  it('has nothing to compare with a name that is no hash', () => {
    const seed = rootOf(readFileSync(SEED.path, 'utf8'))
    for (const name of [
      'llama.json',
      'seed-llama.json',
      `${ZEROS}`,
      `x${ZEROS}.json`,
      `${ZEROS}0.json`,
      '',
    ]) {
      expect(judgeName(seed, name)).toEqual({ kind: 'not-a-hash' })
    }
    expect(judgeName(seed, `${ZEROS}.json`)).toEqual({ kind: 'other-request' })
  })

  it('knows a name in a folder, of a second download and cut to 12 digits', () => {
    const root = recording({ body: '{"a": 1}' })
    const hash = requestKeyOf(root)?.hash ?? ''
    for (const name of [`${hash}.json`, `a/b/${hash}.json`, `a\\${hash}.json`, `${hash} (1).json`]) {
      expect(judgeName(root, name)).toEqual({ kind: 'matches' })
    }
    expect(wordOf(judgeName(root, `${hash.slice(0, 12)}.json`))).toBe('short-name')
    expect(wordOf(judgeName(root, `models-${hash}-00000000.json`))).toBe('name-form')
  })

  it('says of an older rule what it was, in a sentence', () => {
    const old = recording({ body: '{"s": "score: 0.5"}' })
    // by the rules before 2026-04-09: the same request with a test that those left alone
    const canonical = `{"body": {"s": "score: 0.5"}, "endpoint": "/v1/v1/chat/completions", "method": "POST", "test_id": "${TEST_ID}"}`
    const verdict = judgeName(old, `${sha256Hex(canonical)}.json`)
    expect(verdict).toEqual({
      kind: 'older-rule',
      rule: 'before-file-search',
      because:
        'The recorder no longer finds this file under its name: it left scores and ids of file search results in until 2026-04-09.',
    })
  })

  it('names the rule that a request needs: Bedrock, project, test id', () => {
    const bedrock = recording({
      url: 'https://bedrock-runtime.us-west-2.amazonaws.com/v1/x',
      body: '{"stream_options": 1}',
    })
    const hashed = `"endpoint": "/v1/x", "method": "POST", "test_id": "${TEST_ID}"}`
    const project = recording({ url: 'http://x/v1/x', body: '{"extra_body": {"project_id": "p"}}' })
    const plain = recording({ url: 'http://x/v1/x', body: '{"t": 0.1234567}' })
    const cases: readonly (readonly [JsonNode, string, string])[] = [
      [bedrock, `{"body": {"stream_options": 1}, ${hashed}`, 'before-bedrock'],
      [project, `{"body": {"extra_body": {"project_id": "p"}}, ${hashed}`, 'before-project-id'],
      [plain, `{"body": {"t": 0.1234567}, ${hashed}`, 'before-rounding'],
      [plain, '{"body": {"t": 0.1234567}, "endpoint": "/v1/x", "method": "POST"}', 'before-test-id'],
    ]
    for (const [root, canonical, rule] of cases) {
      expect(wordOf(judgeName(root, `${sha256Hex(canonical)}.json`))).toBe(rule)
    }
  })

  it('cannot compute what is not stored', () => {
    const of = (request: string) => judgeName(rootOf(`{"request": ${request}}`), `${ZEROS}.json`)
    expect(of('{"api": "file_processors"}')).toMatchObject({ kind: 'not-computable' })
    expect(of('{"body": {}}')).toMatchObject({ kind: 'not-computable' })
    expect(of('{"kwargs": {}}')).toMatchObject({ kind: 'not-computable' })
    expect(of('[]')).toMatchObject({ kind: 'not-computable' })
    expect(of(`{"method": "", "url": "", "body": ${'['.repeat(600)}${']'.repeat(600)}}`)).toMatchObject({
      kind: 'not-computable',
    })
    expect(judgeName(rootOf('{"request": {'), `${ZEROS}.json`)).toMatchObject({ kind: 'not-computable' })
    expect(requestKeyOf(rootOf('{"request": {'))).toBeUndefined()
  })
})

describe('the key of a list of models', () => {
  const listed = (ids: readonly string[], endpoint = '/v1/models') =>
    recording({
      url: 'http://x/v1/models',
      endpoint,
      response: JSON.stringify(ids.map((id) => ({ __type__: 'Model', __data__: { id, model: `m-${id}` } }))),
    })

  it('has the digest of the names, sorted and each once', () => {
    const key = requestKeyOf(listed(['b', 'a', 'b']))
    expect(key?.digest).toBe(sha256Hex('a|b').slice(0, 8))
    expect(key?.fileName).toBe(`models-${key?.hash}-${key?.digest}.json`)
    expect(key?.canonical).toBe('{"body": {}, "endpoint": "/v1/models", "method": "POST"}')
    expect(requestKeyOf(listed(['b', 'a'], '/api/tags'))?.digest).toBe(sha256Hex('m-a|m-b').slice(0, 8))
  })

  it('is judged by its hash; another digest is another list', () => {
    const key = requestKeyOf(listed(['a']))
    expect(wordOf(judgeName(listed(['a']), key?.fileName ?? ''))).toBe('matches')
    expect(wordOf(judgeName(listed(['a', 'b']), key?.fileName ?? ''))).toBe('other-models')
    expect(wordOf(judgeName(listed(['a']), `${key?.hash}.json`))).toBe('name-form')
  })

  it('is unknown where the response is no list', () => {
    expect(requestKeyOf(recording({ endpoint: '/v1/models' }))).toBeUndefined()
  })
})

describe('recordedIds', () => {
  const chunk = (data: string) => `{"__type__": "Chunk", "__data__": ${data}}`

  it('finds the ids that carry the hash, at the top of typed objects only', () => {
    const ids = [
      chunk('{"id": "rec-0123456789ab", "choices": [{"id": "rec-0123456789ab"}]}'),
      chunk('{"id": "chatcmpl-1"}'),
      chunk('{"id": "rec-0123456789ab", "object": "model"}'),
      chunk('{"id": null}'),
      '{"id": "rec-0123456789ab"}',
      '"data: x"',
    ]
    const found = recordedIds(recording({ response: `[${ids.join(', ')}]` }))
    expect(found.map(({ pointer }) => pointer)).toEqual(['/response/body/0/__data__/id'])
    const single = recordedIds(recording({ response: ids[0] ?? '' }))
    expect(single.map(({ pointer }) => pointer)).toEqual(['/response/body/__data__/id'])
    expect(recordedIds(rootOf('[]'))).toEqual([])
  })

  it.skipIf(!hasCorpus)(`finds one in every chunk of a real stream (${CORPUS_MISSING})`, () => {
    const path = '112bffa0be0c3b55673c84a260876b4a16b9b2e0e3280e3b0aa22badc0bb93a4.json'
    const streams = tableOf('llama-stack/index.tsv').filter((row) => Number(row.get('chunk_count')) > 100)
    expect(streams.length).toBeGreaterThan(3)
    const typed = streams.filter((row) => row.get('endpoint') === '/v1/chat/completions')
    for (const row of typed) {
      const root = corpusRoot('llama-stack', row.get('path') ?? '')
      const ids = recordedIds(root)
      const own = `rec-${basename(row.get('path') ?? '').slice(0, 12)}`
      expect(ids).toHaveLength([...(root.path('response', 'body')?.items() ?? [])].length)
      expect(new Set(ids.map((id) => id.string()))).toEqual(new Set([own]))
    }
    expect(recordedIds(corpusRoot('llama-stack/agents/recordings', path)).length).toBeGreaterThan(0)
  })
})

describe('undoing the renaming', () => {
  const [first, second] = UNDO_RENAMING

  it('gives each new spelling its old one', () => {
    const old = first?.('X-OGX-Data ogx_client OgxClient test_ogx_run OGX ogx OGX_KEY ogx-ai/ogx')
    expect(old).toBe(
      'X-LlamaStack-Data llama_stack_client LlamaStackClient test_llama_stack_run Llama Stack llama-stack LLAMA_STACK_KEY meta-llama/llama-stack',
    )
    expect(second?.('OGX ogx')).toBe('LlamaStack llama_stack')
  })

  it('leaves words alone that only contain it', () => {
    expect(first?.('Rogxa aOGX ogxb 1ogx')).toBe('Rogxa aOGX ogxb 1ogx')
  })
})

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What a careless rewriting of the five patterns would trip over. */
const hazardousText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['score:', 'attributes:', 'document_id:', '<|', '|>', '{', '}', ',', '.', '-', '+', 'e', 'E'],
        ...[' ', '\n', '\u001c', '\u0085', '\u00a0', '\ufeff', '\u2028', '\u3000', '\u200b', '\v'],
        ...['53cc83a4-3e38-412d-90c3-d9e4b6cb8b62', '53CC83a4-3e38-412d-90c3-d9e4b6cb8b62', 'a', '\ud835'],
        ...[
          'score: .5',
          'score: 1',
          ', attributes: {',
          'attributes:{}',
          '1.23456',
          '\u0663.\u06f1',
          '\u{1d7d8}',
        ],
      ),
      fc.stringMatching(/^[0-9.]{1,8}$/),
      fc.stringMatching(/^[0-9]{1,3}\.[0-9]{3,7}$/),
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''))

/** The recorder's patterns as they are written, with Python's `\d` and `\s` spelt out. */
function naively(text: string): string {
  const d = '\\p{Nd}'
  const s = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
  const uuid = '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}'
  const score = new RegExp(`score:${s}*[-+]?${d}*\\.?${d}+(?:[eE][-+]?${d}+)?`, 'gu')
  return text
    .replace(score, 'score: __NORMALIZED__')
    .replace(new RegExp(`,?${s}*attributes:${s}*\\{[^}]*\\}`, 'gu'), '')
    .replace(new RegExp(`document_id:${s}*${uuid}`, 'gu'), 'document_id: __NORMALIZED__')
    .replace(new RegExp(`<\\|${uuid}\\|>`, 'gu'), '<|__NORMALIZED__|>')
    .replace(/-?\p{Nd}+\.\p{Nd}{4,}/gu, '<decimal>')
}

const PYTHON_RULES = String.raw`
from urllib.parse import urlparse
U = "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"
def norm_text(s):
  s = re.sub(r"score:\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", "score: __NORMALIZED__", s)
  s = re.sub(r",?\s*attributes:\s*\{[^}]*\}", "", s)
  s = re.sub(r"document_id:\s*" + U, "document_id: __NORMALIZED__", s)
  s = re.sub(r"<\|" + U + r"\|>", "<|__NORMALIZED__|>", s)
  return re.sub(r"(-?\d+\.\d{4,})", lambda m: "%.5f" % float(m.group(0)), s)
def norm(v, root=True, bedrock=False):
  if isinstance(v, dict):
    out = {k: norm(i, False) for k, i in v.items()}
    if bedrock: out.pop("stream_options", None)
    for key in ("extra_body", "extra_query"):
      if root and isinstance(out.get(key), dict): out[key].pop("project_id", None)
    return out
  if isinstance(v, list): return [norm(i) for i in v]
  if isinstance(v, float): return round(v, 5)
  return norm_text(v) if isinstance(v, str) else v
`

describe('strings of a body', () => {
  const rules = { rounding: true, fileSearch: 'everything' } as const

  it('are normalised with the same matches as by the patterns as written', () => {
    fc.assert(
      fc.property(hazardousText, (text) => {
        const placed = naively(text)
        // what a decimal becomes is another test's concern
        const ours = normalizeText(text, { ...rules, rounding: false }).replace(
          /-?\p{Nd}+\.\p{Nd}{4,}/gu,
          '<decimal>',
        )
        expect(ours).toBe(placed)
      }),
      { numRuns: 5000 },
    )
  })

  it.skipIf(!hasPython)(`are normalised as by CPython, 6,000 random ones (${PYTHON_MISSING})`, () => {
    const texts = fc.sample(hazardousText, { numRuns: 6000, seed: 5173 })
    const answers = askPython(`${PYTHON_RULES}\nanswer = norm_text`, texts)
    expect(texts.map((text) => normalizeText(text, rules))).toEqual(answers)
  })

  it('may be a number too large for a float', () => {
    expect(normalizeText(`-${'9'.repeat(400)}.12345 ${'9'.repeat(400)}.12345`, rules)).toBe('-inf inf')
  })

  it('may be long runs of what the patterns repeat, in little time', () => {
    const million = 1_000_000
    for (const run of [
      '1',
      ' ',
      '-',
      '.1',
      '1.',
      'score: ',
      'attributes: {',
      ', attributes:',
      '\u0663',
      '<|a',
    ]) {
      const text = run.repeat(million / run.length)
      expect(normalizeText(text, { ...rules, fileSearch: 'everything' })).toHaveLength(text.length)
    }
  })
})

describe.skipIf(!hasPython)(`requests as CPython hashes them (${PYTHON_MISSING})`, () => {
  it('takes the path and the host of 3,000 random addresses as urlparse does', () => {
    const part = fc.constantFrom(
      '/',
      '//',
      ':',
      ';',
      '?',
      '#',
      'a',
      'B',
      '..',
      '%20',
      'é',
      ' ',
      '\n',
      '\u0001',
      '1',
      '@',
    )
    const url = fc
      .tuple(
        fc.constantFrom(
          '',
          'http://',
          'HTTPS://h',
          'vertexai://',
          '__databricks__',
          '1a:',
          'x+y.z-:',
          ' http:',
          ':',
        ),
        fc.array(part, { maxLength: 10 }),
      )
      .map(([start, parts]) => start + parts.join(''))
    const urls = fc.sample(url, { numRuns: 3000, seed: 7 })
    const answers = askPython(
      'from urllib.parse import urlparse\ndef answer(url):\n  p = urlparse(url)\n  return {"host": p.netloc, "path": p.path}',
      urls,
    )
    expect(urls.map(parsePythonUrl)).toEqual(answers)
  })

  it('hashes 1,500 random bodies, whatever is nested where', () => {
    const inner = printedJson.map(({ text }) => text)
    const text = hazardousText.map((value) => JSON.stringify(value))
    const value = fc.oneof(inner, text, fc.constantFrom('{"project_id": 1, "x": 0.1234565}', '0.000005'))
    const key = fc.constantFrom('extra_body', 'extra_query', 'stream_options', 'messages', 'project_id')
    const dict = fc
      .array(fc.tuple(key, value), { maxLength: 4 })
      .map((members) => `{${members.map(([name, item]) => `"${name}": ${item}`).join(', ')}}`)
    const body = fc
      .tuple(key, dict, dict, dict)
      .map(([name, a, b, c]) => `{"${name}": [${a}, [${b}]], "nested": ${c}, ${a.slice(1, -1) || '"z": 1'}}`)
    const bodies = fc.sample(body, { numRuns: 1500, seed: 9 })
    const urls = ['http://h/v1/x', 'https://bedrock-runtime.h/v1/x']
    const cases = bodies.map((text, at) => ({ text, url: urls[at % 2] ?? '' }))
    const answers = askPython(
      `${PYTHON_RULES}
def answer(case):
  url = urlparse(case["url"])
  body = norm(json.loads(case["text"]), True, "bedrock" in url.netloc)
  return json.dumps({"method": "POST", "endpoint": url.path, "body": body, "test_id": "t"}, sort_keys=True)`,
      cases,
    )
    const ours = cases.map(
      ({ text, url }) => requestKeyOf(recording({ url, body: text, testId: 't' }))?.canonical,
    )
    expect(ours).toEqual(answers)
  })
})
