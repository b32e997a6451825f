/** A request that was copied from a log which shortens what it prints: the part before the break is used, and it is told. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCut } from '../../../src/core/lookup/cut-value.ts'
import { filledFrom } from '../../../src/core/lookup/fill-cut.ts'
import { parsePaste } from '../../../src/core/lookup/parse-paste.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { readPython } from '../../../src/core/syntax/python-json.ts'
import { CORPUS_MISSING, CORPUS_ROOT, llamaStackCorpus } from '../../support/corpus.ts'
import { put, words } from './support/change-json.ts'
import { answer, entryOf, type Library } from './support/library.ts'

const BODY = `{"model": "gpt-4o", "messages": [{"role": "user", "content": "Which river flows through the old town of Cologne?"}], "temperature": 0.5, "tools": [{"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {"query": {"type": "string"}}}}}], "max_tokens": 1024, "stream": true}`

describe('a value that breaks off', () => {
  it.each<[what: string, text: string, json: string, levels: number, inText: boolean]>([
    ['in a text', '{"a": [{"b": "one two', '{"a": [{"b": "one two"}]}', 3, true],
    ['in a text, with the sign of it', '{"a": "one two...', '{"a": "one two"}', 1, true],
    ['with words about it', '{"a": "one two... (truncated, 812 more)', '{"a": "one two"}', 1, true],
    ['in an escape', '{"a": "one \\u00f', '{"a": "one "}', 1, true],
    ['in a number', '{"a": 1, "b": 12', '{"a": 1}', 1, false],
    ['behind a number', '{"a": 1, "b": 12,', '{"a": 1, "b": 12}', 1, false],
    ['in a word', '{"a": 1, "b": tru', '{"a": 1}', 1, false],
    ['in a key', '{"a": 1, "bcd', '{"a": 1}', 1, false],
    ['behind a key', '{"a": 1, "bcd":', '{"a": 1}', 1, false],
    ['between items', '{"a": [1, 2, ', '{"a": [1, 2]}', 2, false],
    ['in the middle', '{"a": [1, ...], "c": 3}', '{"a": [1]}', 2, false],
    [
      'at an object that prints no JSON',
      '{"a": [{"b": 1}, <Message>], "c": 3}',
      '{"a": [{"b": 1}]}',
      2,
      false,
    ],
    ['in Python', "{'a': None, 'b': 'it\\'s so", '{"a": null, "b": "it\'s so"}', 1, true],
    ['in a call', '(a="x", b=[True, {"c": 1.0}, "so', '{"a": "x", "b": [true, {"c": 1.0}, "so"]}', 2, true],
  ])('%s', (_, text, json, levels, inText) => {
    expect(readCut(text, 0)).toMatchObject({ json, levels, inText })
  })

  it.each(['{"a": 1}', '{}', 'x', '['.repeat(100_000)])('is none: %.20s', (text) => {
    expect(readCut(text, 0)).toBeUndefined()
  })
})

describe('a request that breaks off', () => {
  const request = (text: string) => parsePaste(text).requests[0]

  it('is no other request for what stands inside of it', () => {
    const cut = BODY.slice(0, BODY.indexOf('"max_tokens"'))
    expect(JSON.parse(request(cut)?.body ?? '{}')).toMatchObject({ model: 'gpt-4o', temperature: 0.5 })
    expect(parsePaste(cut).requests).toHaveLength(1)
  })

  it('keeps the URL of its curl command', () => {
    const found = request(`curl https://api.openai.com/v1/chat/completions -d '${BODY.slice(0, 100)}...`)
    expect(found).toMatchObject({
      form: 'curl',
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
    })
    expect(found?.cut).toMatchObject({ levels: 3, inText: true })
  })

  it('may end behind its body, which is whole then', () => {
    const found = request(
      `{"test_id": "a/b.py::c", "request": {"method": "POST", "url": "http://x/v1/chat/completions", "body": ${BODY}, "endpoint": "/v1/ch`,
    )
    expect(JSON.parse(found?.body ?? '')).toEqual(JSON.parse(BODY))
    expect(found).toMatchObject({ url: 'http://x/v1/chat/completions', cut: { levels: 0 } })
  })

  it('is whole where nothing is missing', () => {
    expect(request(BODY)?.cut).toBeUndefined()
  })
})

function recorded(body: string): string {
  return `{"test_id": null, "request": {"method": "POST", "url": "https://api.openai.com/v1/v1/chat/completions", "headers": {}, "body": ${body}, "endpoint": "/v1/chat/completions", "model": "gpt-4o"}, "response": {"body": {}, "is_streaming": false}}`
}

describe('what is found for it', () => {
  const texts = new Map([
    ['river.json', recorded(BODY)],
    ['other.json', recorded(BODY.replace('river', 'tramway').replace('Cologne', 'Lisbon'))],
  ])
  const library: Library = { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }

  it('says where it breaks off, and that the part before it was used', async () => {
    const { notes, understood } = await answer(library, `${BODY.slice(0, 150)}...`)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^The JSON breaks off after ".*"; the part before it was used\.$/)
    expect(understood).toContain('a request as JSON, cut off')
  })

  it('names what differs before the break, and nothing of what stands behind it', async () => {
    const changed = BODY.replace('0.5', '0.75')
    for (const end of [changed.indexOf('"tools"'), changed.indexOf('max_tokens') + 14, changed.length - 3]) {
      const { candidates } = await answer(library, `${changed.slice(0, end)}...`)
      expect(candidates[0]?.path).toBe('river.json')
      expect(candidates[0]?.differences.map(({ field }) => field)).toEqual(['temperature'])
      expect(candidates[0]?.certain).toBe(false)
      // a name made of half a request is no name
      expect(candidates[0]?.offers).toEqual([])
      expect(candidates[0]?.edits).toEqual([{ pointer: '/request/body/temperature', json: '0.75' }])
    }
  })

  it('names a text that begins otherwise', async () => {
    const changed = BODY.replace('Which river', 'What river').slice(0, 100)
    const { candidates } = await answer(library, changed)
    expect(candidates[0]?.differences.map(({ field }) => field)).toEqual(['message 1 (user)'])
  })
})

const hasCorpus = existsSync(join(CORPUS_ROOT, 'llama-stack'))

describe.skipIf(!hasCorpus)(`real requests, cut anywhere (${CORPUS_MISSING})`, () => {
  it('are the beginning of themselves: filled from the recording they are the recording', () => {
    let tried = 0
    for (const { path } of llamaStackCorpus()) {
      const text = readFileSync(path, 'utf8')
      const node = JsonDocument.of(text).find('/request/body')
      if (node === undefined || node.raw.length > 20_000) continue
      const whole = readPython(node)
      for (let share = 1; share < 12; share++) {
        const cut = node.raw.slice(0, Math.floor((node.raw.length * share) / 12))
        const [found] = parsePaste(`${cut}...`).requests
        // too short to be known as a request
        if (found?.cut === undefined) continue
        const asked = readPython(JsonDocument.of(found.body).root as never)
        expect([...(asked as Map<string, unknown>).keys()].length).toBeGreaterThan(0)
        expect(filledFrom(asked ?? null, whole, found.cut)).toEqual(whole)
        tried++
      }
    }
    expect(tried).toBeGreaterThan(500)
  })

  it('is told from one that is another before the break', () => {
    const [{ path } = { path: '' }] = llamaStackCorpus().filter((one) => one.path.includes('112bffa0be0c'))
    const text = readFileSync(path, 'utf8')
    const raw = (changed: string): string => JsonDocument.of(changed).find('/request/body')?.raw ?? ''
    const whole = readPython(JsonDocument.of(raw(text)).root as never)
    const changes = [
      words('/request/body/messages/0/content', (said) => `No. ${said}`),
      put('/request/body/temperature', '0.125'),
    ]
    for (const change of changes) {
      const changed = raw(change(text))
      const [found] = parsePaste(changed.slice(0, -2)).requests
      const asked = readPython(JsonDocument.of(found?.body ?? '').root as never)
      expect(filledFrom(asked ?? null, whole, found?.cut ?? { levels: 0, inText: false })).not.toEqual(whole)
    }
  })
})
