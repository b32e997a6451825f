import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LONGEST_WORDS } from '../../../src/core/library/entry.ts'
import { CORPUS_MISSING, CORPUS_ROOT, llamaStackCorpus } from '../../support/corpus.ts'
import { summarisedFile } from './support/summarise-file.ts'

/** Parsed JSON, walked without any of the readers under test. */
type Json = unknown

function at(value: Json, ...keys: readonly (string | number)[]): Json {
  return keys.reduce<Json>(
    (inner, key) =>
      // a look into somebody else's JSON: what is not there is undefined
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, Json>)[key] : undefined,
    value,
  )
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function strings(values: readonly Json[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))].map(String)
}

/** All that a chat completion of the file says, whole or in chunks. */
function choicesOf(file: Json): readonly Json[] {
  const body = at(file, 'response', 'body')
  return (Array.isArray(body) ? body : [body]).flatMap((chunk) => list(at(chunk, '__data__', 'choices')))
}

const llamaStack = llamaStackCorpus()

describe.skipIf(llamaStack.length === 0)(`facts of real Llama Stack recordings (${CORPUS_MISSING})`, () => {
  const files = llamaStack.map(({ name, path }) => ({
    name,
    json: JSON.parse(readFileSync(path, 'utf8')) as Json,
    entry: summarisedFile(name, path),
  }))

  it('model, test and stream as a plain walk finds them', () => {
    for (const { name, json, entry } of files) {
      const model = at(json, 'request', 'body', 'model') ?? at(json, 'request', 'payload', 'model')
      expect.soft(entry.facts?.models, name).toEqual(typeof model === 'string' && model !== '' ? [model] : [])
      const test = at(json, 'test_id') ?? at(json, 'request', 'test_id') ?? undefined
      expect.soft(entry.facts?.test, name).toBe(test)
      expect
        .soft(entry.facts?.features.includes('stream'), name)
        .toBe(at(json, 'response', 'is_streaming') === true)
      const roles = list(at(json, 'request', 'body', 'messages')).map((message) => at(message, 'role'))
      if (roles.length > 0)
        expect.soft(entry.facts?.features.includes('system'), name).toBe(roles.includes('system'))
    }
  })

  it('stop reasons and tool calls of a chat', () => {
    for (const { name, json, entry } of files) {
      const choices = choicesOf(json)
      if (choices.length === 0) continue
      expect
        .soft(entry.facts?.finishes, name)
        .toEqual(strings(choices.map((choice) => at(choice, 'finish_reason'))))
      const calls = choices.flatMap((choice) =>
        list(at(choice, 'delta', 'tool_calls') ?? at(choice, 'message', 'tool_calls')),
      )
      const names = strings(calls.map((call) => at(call, 'function', 'name')))
      expect.soft(entry.facts?.tools, name).toEqual(names)
      expect.soft(entry.facts?.outcome === 'tool-calls', name).toBe(names.length > 0)
      expect
        .soft(entry.facts?.offered, name)
        .toEqual(
          strings(list(at(json, 'request', 'body', 'tools')).map((tool) => at(tool, 'function', 'name'))),
        )
    }
  })

  it('all words that were said can be searched', () => {
    for (const { name, json, entry } of files) {
      const said = choicesOf(json)
        .map((choice) => at(choice, 'delta', 'content') ?? at(choice, 'message', 'content') ?? '')
        .join('')
      expect.soft(entry.answered, name).toContain(said)
      for (const message of list(at(json, 'request', 'body', 'messages'))) {
        const content = at(message, 'content')
        if (typeof content === 'string') expect.soft(entry.asked, name).toContain(content)
      }
    }
  })

  it('failures and embeddings', () => {
    for (const { name, json, entry } of files) {
      const failed =
        at(json, 'response', 'is_exception') === true || Number(at(json, 'response', 'status') ?? 200) >= 400
      expect.soft(entry.facts?.outcome === 'error', name).toBe(failed)
      if (failed) expect.soft(entry.facts?.errors.length, name).toBeGreaterThan(0)
      const endpoint = at(json, 'request', 'endpoint')
      if (endpoint === '/v1/embeddings') expect.soft(entry.facts?.outcome, name).toBe('embeddings')
    }
  })

  it('hold no pictures and no vectors in what is searched', () => {
    for (const { name, entry } of files) {
      expect(/[A-Za-z0-9+/=]{600,}/.test(entry.asked + entry.answered), name).toBe(false)
      expect(/(?:-?\d\.\d+,\s*){40,}/.test(entry.asked + entry.answered), name).toBe(false)
    }
  })
})

const OTHERS = join(CORPUS_ROOT, 'other-recorders')

describe.skipIf(!existsSync(OTHERS))(`facts of recordings of other recorders (${CORPUS_MISSING})`, () => {
  const rows = existsSync(OTHERS)
    ? readFileSync(join(OTHERS, 'index.tsv'), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
    : []

  it('fail where the index counts HTTP errors, and name the model where the API does', () => {
    for (const [path = '', , dialects = '', , , , , , , , errors = ''] of rows) {
      const { facts, problem } = summarisedFile(path, join(OTHERS, path))
      if (path.endsWith('brokenfile.har')) {
        expect.soft(problem?.code).toBe('not-json')
        continue
      }
      expect.soft(facts, path).toBeDefined()
      if (Number(errors) > 0) expect.soft(facts?.outcome, path).toBe('error')
      const known = dialects.split(',').map((each) => each.replace(/×\d+$/, ''))
      // an error can be all that came
      if (
        facts?.outcome !== 'error' &&
        known.every((each) => /^openai-(?:chat|responses)$|^anthropic-messages$/.test(each))
      )
        expect.soft(facts?.models.length, path).toBeGreaterThan(0)
    }
  })
})

describe.skipIf(!existsSync(CORPUS_ROOT))(`entries of every file of the corpus (${CORPUS_MISSING})`, () => {
  it('are plain data, short where a row shows them, and the same each time', () => {
    const files = readdirSync(CORPUS_ROOT, { recursive: true, encoding: 'utf8' })
      .map((path) => ({ path, file: join(CORPUS_ROOT, path) }))
      .filter(({ file }) => statSync(file).isFile())
    expect(files.length).toBeGreaterThan(340)
    for (const { path, file } of files) {
      const entry = summarisedFile(path, file)
      expect(structuredClone(entry), path).toEqual(entry)
      expect(summarisedFile(path, file), path).toEqual(entry)
      expect(entry.facts !== undefined || entry.problem !== undefined, path).toBe(true)
      for (const words of [entry.facts?.asks ?? '', entry.facts?.answers ?? '']) {
        expect(words.length).toBeLessThanOrEqual(LONGEST_WORDS)
        expect(words).not.toMatch(/[\n\r\t]/)
      }
      if (entry.facts) expect(entry.answeredDigest, path).toMatch(/^[0-9a-f]{13}$/)
    }
  })
})
