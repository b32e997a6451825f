/**
 * "Why was it not found?" asked of copies of real requests with a change planted: which one is labelled by how it was
 * made, and that it breaks the hash by the hash itself.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { ask, type Form, hashOfText } from './support/ask.ts'
import { all, drop, items, type JsonChange, put, rawAt, words } from './support/change-json.ts'
import { answer, corpusLibrary, pathOf } from './support/library.ts'

const hasCorpus = existsSync(join(CORPUS_ROOT, 'llama-stack'))
const library = hasCorpus ? corpusLibrary() : { texts: new Map<string, string>(), entries: [] }

const B = '/request/body'
const P = '/request/payload'

type Planted = readonly [recording: string, form: Form, what: string, change: JsonChange, field: string]

/** The second model name is one that the library knows. */
const PLANTED: readonly Planted[] = [
  ['112bffa0be0c', 'error', '0.0 becomes 0', put(`${B}/temperature`, '0'), 'temperature'],
  [
    '42ab5d3976ad',
    'request',
    'a space more at the end',
    words(`${B}/messages/0/content`, (t) => `${t} `),
    'message 1 (user)',
  ],
  [
    '479adb30c1b8',
    'error',
    'a line end more',
    words(`${B}/messages/0/content`, (t) => `${t}\n`),
    'message 1 (user)',
  ],
  ['646b7ef44f19', 'old-error', 'another temperature', put(`${B}/temperature`, '0.7'), 'temperature'],
  ['727ab024d50d', 'hash', 'temperature taken away', drop(`${B}/temperature`), 'temperature'],
  ['79ebb5ab36a0', 'curl', 'stream turned on', put(`${B}/stream`, 'true'), 'stream'],
  [
    '85e7aa8adec4',
    'python',
    'a word replaced',
    words(`${B}/messages/0/content`, (t) => t.replace('policy', 'rules')),
    'message 1 (user)',
  ],
  [
    'afcd08ae84ea',
    'error',
    'another test of the library',
    put('/test_id', '"tests/integration/telemetry/test_metrics.py::test_metrics_accumulate"'),
    'test id',
  ],
  ['cb4673f5ab80', 'call', 'another prompt', put(`${B}/prompt`, '"Say completion"'), 'prompt'],
  ['2bf7f9ac1e31', 'request', 'another model', put(`${B}/model`, '"gpt-4o"'), 'model'],
  [
    '7d4fb2899c05',
    'body',
    'a sentence more in the system prompt',
    words(`${B}/messages/0/content`, (t) => `${t} Be brief.`),
    'message 1 (system)',
  ],
  [
    'a6f5d721fabe',
    'request',
    'another prompt of Gemini',
    words(`${B}/contents/0/parts/0/text`, (t) => t.replace(/\w+/, 'Kindly')),
    'message 1 (user): part 1',
  ],
  ['cf0be7f9e2eb', 'request', 'fewer tokens', put(`${P}/max_tokens`, '32'), 'max_tokens'],
  ['2367bed24bc3', 'error', 'stream turned on', put(`${B}/stream`, 'true'), 'stream'],
  ['27626d79a555', 'error', 'a null added', put(`${B}/tools`, 'null'), 'tools'],
  [
    '28a43dc80443',
    'python',
    'another image',
    put(`${B}/messages/0/content/1/image_url/url`, '"https://example.com/cat.png"'),
    'message 1 (user): part 2, image_url.url',
  ],
  ['89ab0af71f54', 'hash', 'stream taken away', drop(`${B}/stream`), 'stream'],
  [
    'a1e4350b0157',
    'call',
    'a tool gets a description',
    put(`${B}/tools/0/function/description`, '"Does nothing"'),
    'tool no_args_tool: description',
  ],
  ['c03bc36fc4c1', 'request', 'a null more', put(`${B}/suffix`, 'null'), 'suffix'],
  [
    'cc7128cf3c88',
    'error',
    'the last message taken away',
    items(`${B}/messages`, (raws) => raws.slice(0, -1)),
    'message 4 (user)',
  ],
  [
    'd8658f2a40f6',
    'body',
    'another tool description',
    words(`${B}/tools/0/function/description`, (t) => `${t}!`),
    'tool calculate: description',
  ],
  [
    'fec22760875c',
    'request',
    'a property of the schema',
    drop(`${B}/response_format/json_schema/schema/required`),
    'response_format.json_schema.schema.required',
  ],
  [
    '41336e0f7c4d',
    'request',
    'an integer becomes a float',
    (t) => firstNumber(t, `${P}/generation_config`),
    'generation_config',
  ],
  ['d74983e8f151', 'request', 'another method', put('/request/method', '"PUT"'), 'method'],
  [
    '0d76cd7b3dae',
    'body',
    'a kind of tool choice',
    put(`${P}/tool_choice/type`, '"auto"'),
    'tool_choice.type',
  ],
  ['1580d1d2e377', 'error', 'a float becomes an integer', put(`${P}/temperature`, '0'), 'temperature'],
  [
    '2703eb8f17f3',
    'request',
    'another stop sequence',
    items(`${P}/stop_sequences`, () => ['"Stop"']),
    'stop_sequences',
  ],
  [
    '82cfd5545e24',
    'body',
    'another system prompt',
    words(`${P}/system`, (t) => t.replace('pirate', 'sailor')),
    'system',
  ],
  ['9f85a7e3f0e3', 'error', 'tool choice', put(`${B}/tool_choice`, '"auto"'), 'tool_choice'],
  [
    'f55988509902',
    'request',
    'a message more in the middle',
    items(`${P}/messages`, (raws) => [
      raws[0] ?? '',
      raws[1] ?? '',
      '{"role": "user", "content": "Go on."}',
      raws[2] ?? '',
    ]),
    'message 3 (user)',
  ],
  ['06b76c5e2055', 'body', 'service tier', put(`${B}/service_tier`, '"auto"'), 'service_tier'],
  [
    '0853241924af',
    'request',
    'another path',
    words('/request/url', (t) => t.replace('/v1/v1/', '/v1/')),
    'url path',
  ],
  [
    '09bea0a3a817',
    'hash',
    'the tools the other way round',
    items(`${B}/tools`, (raws) => raws.toReversed()),
    'tools',
  ],
  [
    '12ac7d085d93',
    'error',
    'a tool less',
    items(`${B}/tools`, (raws) => raws.slice(1)),
    'tool greet_everyone',
  ],
  [
    '0e07089c390e',
    'python',
    'a message more at the end',
    items(`${B}/messages`, (raws) => [...raws, '{"role": "user", "content": "Thanks."}']),
    'message 6 (user)',
  ],
  [
    '0ea735928993',
    'curl',
    'another word',
    words(`${B}/messages/1/content`, (t) => `${t}?`),
    'message 2 (user)',
  ],
  ['18a250243e70', 'hash', 'no usage asked for', drop(`${B}/stream_options`), 'stream_options'],
  ['1fb43f712a85', 'error', 'fewer logprobs', all(drop(`${B}/top_logprobs`)), 'top_logprobs'],
  [
    '31e29611230e',
    'request',
    'role developer',
    put(`${B}/messages/0/role`, '"developer"'),
    'message 1 (developer): role',
  ],
  ['3bff34d175e1', 'hash', 'less effort', put(`${B}/reasoning_effort`, '"minimal"'), 'reasoning_effort'],
  [
    '3ce539b9c913',
    'curl',
    'another schema name',
    put(`${B}/response_format/json_schema/name`, '"list"'),
    'response_format.json_schema.name',
  ],
  ['41b6936d40f9', 'error', 'another model of the library', put(`${B}/model`, '"gpt-4o-mini"'), 'model'],
  ['43ab59d33816', 'request', 'another text to embed', words(`${B}/input/0`, (t) => `${t}s`), 'input[0]'],
  [
    '54aa690e31b5',
    'request',
    'another query of a tool',
    words('/request/kwargs/query', (t) => t.toLowerCase()),
    'query',
  ],
  [
    '7801be3fb633',
    'request',
    'letters taken apart',
    decomposed,
    'tool get_weather: parameters.properties.location.description',
  ],
  [
    '5fe7155ee410',
    'old-error',
    'content null instead of empty',
    put(`${B}/messages/1/content`, 'null'),
    'message 2 (assistant)',
  ],
  [
    'af472d2112c8',
    'body',
    'a tool description',
    words(`${B}/tools/3/function/description`, (t) => t.replace(/\w+/, 'Thing')),
    'tool get_experiment_id: description',
  ],
  [
    'a38bac693f7f',
    'call',
    'detail of an image',
    put(`${B}/messages/0/content/1/image_url/detail`, '"low"'),
    'message 1 (user): part 2, image_url.detail',
  ],
  [
    'e73b8fbb6fe7',
    'error',
    'no parallel calls',
    put(`${B}/parallel_tool_calls`, 'false'),
    'parallel_tool_calls',
  ],
  [
    'c5854583e81d',
    'recording',
    'line ends of Windows',
    words(`${B}/messages/1/content/0/text`, (t) => t.replaceAll('\n', '\r\n')),
    'message 2 (assistant): part 1',
  ],
]

/** The first whole number below a place, written as a float. */
function firstNumber(text: string, pointer: string): string {
  const raw = rawAt(text, pointer)
  return put(pointer, raw.replace(/: (\d+)(?=[,}\s])/, ': $1.0'))(text)
}

/** NFC becomes NFD wherever the first such letter stands: in the one description that has any. */
function decomposed(text: string): string {
  const at = text.search(/\\u00[c-f][0-9a-f]/)
  if (at === -1) throw new Error('the harness itself is wrong: no such letter')
  const letter = String(JSON.parse(`"${text.slice(at, at + 6)}"`)).normalize('NFD')
  return text.replaceAll(text.slice(at, at + 6), JSON.stringify(letter).slice(1, -1))
}

interface Outcome {
  readonly planted: string
  readonly problem?: string
}

async function judge([recording, form, what, change, field]: Planted): Promise<Outcome> {
  const path = pathOf(library, recording)
  const text = library.texts.get(path) ?? ''
  const changed = change(text)
  const planted = `${recording} (${form}): ${what}`
  if (hashOfText(changed) === hashOfText(text))
    throw new Error(`the harness itself is wrong: ${planted} breaks nothing`)
  const found = await answer(library, ask(changed, form))
  if (found.exact.length > 0) return { planted, problem: `found in ${found.exact[0]?.path}` }
  const best = found.candidates[0]
  const fields = best?.differences.map((difference) => difference.field) ?? []
  if (best?.path !== path)
    return { planted, problem: `nearest is ${best?.path} (${fields.join(', ')}) ${found.nothing ?? ''}` }
  const named = fields.length === 1 && fields[0]?.startsWith(field)
  return named
    ? { planted }
    : { planted, problem: `named ${fields.join(', ') || 'nothing'} instead of ${field}: ${found.verdict}` }
}

describe.skipIf(!hasCorpus)(`50 changes that break the hash (${CORPUS_MISSING})`, () => {
  it('are 50, in at least 20 recordings and in every form', () => {
    expect(PLANTED).toHaveLength(50)
    expect(new Set(PLANTED.map(([recording]) => recording)).size).toBeGreaterThanOrEqual(20)
    expect(new Set(PLANTED.map(([, form]) => form)).size).toBe(9)
  })

  it('are found: the right recording first and the right field named, in at least 48', async () => {
    const problems: Outcome[] = []
    for (const planted of PLANTED) {
      const outcome = await judge(planted)
      if (outcome.problem !== undefined) problems.push(outcome)
    }
    expect(problems.slice(2)).toEqual([])
  })
})
