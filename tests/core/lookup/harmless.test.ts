/** Changes that the recorder does not hash: asked for with them, a recording is there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { ask, type Form, hashOfText } from './support/ask.ts'
import { drop, type JsonChange, put, rawAt, reversedKeys, words } from './support/change-json.ts'
import { answer, corpusLibrary, pathOf } from './support/library.ts'

const hasCorpus = existsSync(join(CORPUS_ROOT, 'llama-stack'))
const library = hasCorpus ? corpusLibrary() : { texts: new Map<string, string>(), entries: [] }

const B = '/request/body'
const UUID = /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/g
const OTHER_UUID = '01234567-89ab-cdef-0123-456789abcdef'

/** Changes every string of the body that has what is looked for. */
function everywhere(pattern: RegExp, by: string): JsonChange {
  return (text) => {
    const raw = rawAt(text, B)
    const changed = raw.replace(pattern, by)
    if (raw === changed) throw new Error(`the harness itself is wrong: no ${pattern}`)
    return put(B, changed)(text)
  }
}

type Harmless = readonly [recording: string, form: Form, what: string, change: JsonChange]

const SEARCHED = '2e813b279ff7'

const HARMLESS: readonly Harmless[] = [
  ['112bffa0be0c', 'request', 'the order of keys', reversedKeys(B)],
  ['09bea0a3a817', 'body', 'the order of keys in tools', reversedKeys(`${B}/tools`)],
  [SEARCHED, 'request', 'scores of a file search', everywhere(/score: [0-9.]+/g, 'score: 0.12345')],
  [
    SEARCHED,
    'body',
    'ids of documents',
    everywhere(new RegExp(`document_id: ${UUID.source}`, 'g'), `document_id: ${OTHER_UUID}`),
  ],
  [SEARCHED, 'python', 'attributes of documents', everywhere(/, attributes: \{[^}]*\}/g, ', attributes: {}')],
  [
    SEARCHED,
    'old-error',
    'marks of citations',
    everywhere(new RegExp(`<\\|${UUID.source}\\|>`, 'g'), `<|${OTHER_UUID}|>`),
  ],
  [
    '1ab4f17ada8a',
    'request',
    'a stream option of bedrock',
    put(`${B}/stream_options/include_usage`, 'false'),
  ],
  ['ee4b7deb8c53', 'body', 'the stream options of bedrock taken away', drop(`${B}/stream_options`)],
  ['38500ff506af', 'error', 'more stream options of bedrock', put(`${B}/stream_options/more`, '1')],
  ['18a250243e70', 'request', 'another project', put(`${B}/extra_body/project_id`, '"another"')],
  ['3ce539b9c913', 'curl', 'another project, over the wire', put(`${B}/extra_body/project_id`, '"another"')],
  [
    'models-83953',
    'request',
    'another project of a list of models',
    put(`${B}/extra_query/project_id`, '"another"'),
  ],
  ['7d4fb2899c05', 'python', 'a float beyond five places', put(`${B}/temperature`, '0.300000004')],
  ['2bf7f9ac1e31', 'request', 'another spelling of a float', put(`${B}/temperature`, '3e-1')],
  [
    '0e07089c390e',
    'recording',
    'letters that are not escaped',
    (t) =>
      t.replace(/\\u(?!d[89a-f])([0-9a-f]{4})/g, (all, unit: string) =>
        Number.parseInt(unit, 16) < 0xa0 ? all : String.fromCharCode(Number.parseInt(unit, 16)),
      ),
  ],
  ['d8658f2a40f6', 'recording', 'other white space', (t) => JSON.stringify(JSON.parse(t))],
  ['7801be3fb633', 'recording', 'another answer', put('/response/body', '[]')],
  [
    '9b996025ee04',
    'recording',
    'the versions of the provider',
    put('/request/provider_metadata', '{"openai_sdk_version": "9.9"}'),
  ],
  [
    '41b6936d40f9',
    'recording',
    'another host',
    words('/request/url', (t) => t.replace('ogx-test', 'other-test')),
  ],
  ['fec22760875c', 'request', 'a header', put('/request/headers', '{"x-a": "b"}')],
]

async function problemOf([recording, form, , change]: Harmless): Promise<string | undefined> {
  const path = pathOf(library, recording)
  const text = library.texts.get(path) ?? ''
  const changed = change(text)
  if (changed === text) return 'the harness itself is wrong: nothing was changed'
  if (hashOfText(changed) !== hashOfText(text)) return 'the harness itself is wrong: it breaks the hash'
  const { exact, verdict, candidates } = await answer(library, ask(changed, form))
  if (!exact.some((one) => one.path === path && one.found)) {
    const fields = candidates[0]?.differences.map(({ sentence }) => sentence).join('; ')
    return `${verdict} ${candidates[0]?.path}: ${fields}`
  }
  return verdict.startsWith('It is there') ? undefined : verdict
}

describe.skipIf(!hasCorpus)(`20 changes that do not break the hash (${CORPUS_MISSING})`, () => {
  it('are 20', () => expect(HARMLESS).toHaveLength(20))

  for (const harmless of HARMLESS) {
    const [recording, form, what] = harmless
    it(`${what}: it is there (${recording}, ${form})`, async () => {
      expect(await problemOf(harmless)).toBeUndefined()
    })
  }
})
