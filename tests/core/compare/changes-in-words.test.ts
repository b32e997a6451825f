/** The oracle is `JSON.parse`: what really differs is counted there, what is said is read from the sentences. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { changesInWords, type WordedChange } from '../../../src/core/compare/changes-in-words.ts'
import { NodeKind, scanJson } from '../../../src/core/syntax/json-index.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import {
  chunk,
  type Json,
  pythonJson,
  question,
  RIVER,
  streamed,
  textChunks,
  WEATHER,
} from '../../e2e/support/recordings.ts'
import { fixtureText, once, recordings, side } from './sides.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 120_000 })

function said(before: string, after: string): readonly string[] {
  return changesInWords(side(before), side(after)).map(({ sentence }) => sentence)
}

/** All chunk numbers that a change names. */
function chunksOf(change: WordedChange | undefined): readonly number[] {
  return (change?.words ?? []).flatMap((word) =>
    typeof word === 'string'
      ? []
      : Array.from({ length: word.last - word.first + 1 }, (_, at) => word.first + at),
  )
}

function stream(pieces: readonly string[]): string {
  return pythonJson(streamed([question('Count.')], textChunks(pieces)))
}

/** A change of the parsed file, printed as before. */
function mutated(text: string, mutate: (file: Parsed) => void): string {
  const file = JSON.parse(text)
  mutate(file)
  return pythonJson(file) + (text.endsWith('\n') ? '\n' : '')
}
/** A parsed file, changed here as a script would. */
type Parsed = ReturnType<typeof JSON.parse>

describe('changes in words', () => {
  it('says nothing where nothing changed', () => {
    for (const { text } of recordings()) expect(said(text, text)).toEqual([])
  })

  it('says something, once, for every value of every fixture that is changed', () => {
    for (const { name, text } of recordings()) {
      // read as the events that its lines are: a line that is no field says nothing
      if (name.includes('sse-lines')) continue
      const { nodes, count } = scanJson(text)
      const scalars = Array.from({ length: count }, (_, id) => id).filter((id) => {
        const kind = (nodes[id * 3 + 2] ?? 0) & 7
        // keys are strings as well, and a changed key is a change
        return kind !== NodeKind.object && kind !== NodeKind.array
      })
      const step = Math.max(1, Math.floor(scalars.length / 60))
      for (let at = 0; at < scalars.length; at += step) {
        const id = (scalars[at] ?? 0) * 3
        const [start, end] = [nodes[id] ?? 0, nodes[id + 1] ?? 0]
        const raw = text.slice(start, end)
        const content = raw.startsWith('"') ? '"changed"' : raw === '1' ? '2' : raw === 'true' ? 'false' : '1'
        const after = applyEdits(text, [{ offset: start, length: end - start, content }])
        if (after === text) continue
        let now: ReturnType<typeof side>
        try {
          now = side(after)
        } catch {
          continue
        }
        const changes = changesInWords(side(text), now)
        const sentences = changes.map(({ sentence }) => sentence)
        expect(sentences.length, `${name}: ${raw} -> ${content}`).toBeGreaterThan(0)
        expect(new Set(sentences).size).toBe(sentences.length)
        for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|NaN|\[object|\n/)
        expect(changes[0]?.kind, `${name}: ${raw} -> ${content}: ${sentences}`).not.toBe('spelling')
      }
    }
  })

  it('calls another layout white space and nothing else', () => {
    for (const { name, text } of recordings()) {
      if (name.includes('duplicate-keys') || name.includes('numbers')) continue
      // read as the events that its lines are: white space between those is nothing
      if (name.includes('sse-lines')) continue
      const { nodes, count } = scanJson(text)
      let [out, at] = ['', 0]
      // white space between all tokens, none inside
      for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g)) {
        out += `${at++ % 3 === 0 ? '\n ' : ''}${token[0]}`
      }
      expect(scanJson(out).count).toBe(count)
      expect(nodes.length).toBeGreaterThan(0)
      expect(said(text, out), name).toEqual(['only white space changed'])
      if (!text.includes('\r')) {
        expect(said(text, text.replaceAll('\n', '\r\n')), name).toEqual(
          [text.includes('\n') ? 'only line ends changed' : ''].filter(Boolean),
        )
      }
    }
  })

  it('names exactly the chunks whose text was edited in place', () => {
    const pieces = fc.array(fc.constantFrom(' the', ' a', 'x', 'y ', 'Hello', ', ', '!'), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(pieces, fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 4 }), (before, places) => {
        const after: string[] = [...before]
        for (const at of places) after[at % after.length] = `${after[at % after.length]}#${at}`
        const differ = before.flatMap((piece, at) => (piece === after[at] ? [] : [at + 1]))
        const changes = changesInWords(side(stream(before)), side(stream(after)))
        expect(changes.map(({ kind }) => kind)).toEqual(['answer-text'])
        expect(chunksOf(changes[0])).toEqual(differ)
      }),
      { numRuns: 150 },
    )
  })

  it('counts chunks that came and went as they are, for pieces that all differ', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 6, max: 30 }),
        (edits, count) => {
          const before = Array.from({ length: count }, (_, at) => `w${at} `)
          const after = [...before]
          edits.forEach(([at, insert], number) => {
            if (insert) after.splice(at % after.length, 0, `new${number} `)
            else after.splice(at % after.length, 1)
          })
          fc.pre(after.join() !== before.join())
          const changes = changesInWords(side(stream(before)), side(stream(after)))
          const number = (pattern: RegExp): number =>
            changes.reduce((sum, { sentence }) => sum + Number(pattern.exec(sentence)?.[1] ?? 0), 0)
          const net = number(/^(\d+) chunks? added/) - number(/^(\d+) chunks? removed/)
          expect(net, changes.map(({ sentence }) => sentence).join('; ')).toBe(after.length - before.length)
          // chunks that stand where they stood are never named
          const named = new Set(changes.flatMap(chunksOf))
          for (const at of named)
            expect(before[at - 1] === after[at - 1] && after.length === before.length).toBe(false)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('speaks the words of the issue', () => {
    const text = RIVER.text
    expect(
      said(text, once(once(text, ' Köln'.replace('ö', '\\u00f6'), ' Bonn'), ': der Fluss', ': dieser')),
    ).toEqual(['answer text changed in chunks 3-4'])
    const before = side(text, 'a.json', 'a'.repeat(64))
    const after = side(once(text, '"Antworte kurz."', '"Antworte lang."'), 'b.json', 'b'.repeat(64))
    expect(changesInWords(before, after).map(({ sentence }) => sentence)).toEqual([
      'text of message 1 changed',
      'request hash changed: aaaaaaaaaaaa… → bbbbbbbbbbbb…',
      'file renamed: a.json → b.json',
    ])
  })

  it('has a sentence for each thing that can be done to a stream', () => {
    const text = RIVER.text
    const body = (mutate: (body: Parsed) => void) =>
      said(
        text,
        mutated(text.replace('0.0', '0'), ({ response }) => mutate(response.body)).replace(
          '"temperature": 0,',
          '"temperature": 0.0,',
        ),
      )
    const content = (at: number, value: string) => (all: Parsed) => {
      all[at].__data__.choices[0].delta.content = value
    }
    expect(said(text, text.replaceAll('gpt-4o-2024-08-06', 'gpt-5'))).toEqual([
      'model changed in all 10 chunks: gpt-4o-2024-08-06 → gpt-5',
    ])
    expect(body((all) => all.splice(4, 1))).toEqual([
      'answer text changed with the removed chunks',
      '1 chunk removed: it was chunk 4',
    ])
    expect(body((all) => all.splice(2, 0, ...all.splice(4, 1)))).toEqual([
      'answer text changed in chunk 2',
      'chunk 4 moved, now chunk 2',
    ])
    expect(
      body((all) => {
        all.splice(4, 0, structuredClone(all[4]))
        content(4, ': der')(all)
        content(5, ' Fluss')(all)
      }),
    ).toEqual(['chunk 4 split into 2: chunks 4-5'])
    expect(
      body((all) => {
        content(4, `: der Fluss hei\u00dft`)(all)
        all.splice(5, 1)
      }),
    ).toEqual(['chunks 4-5 joined into chunk 4'])
    expect(
      body((all) => {
        content(2, '\u00dfe aus K')(all)
        content(3, '\u00f6ln')(all)
      }),
    ).toEqual(['answer text is cut otherwise in chunks 2-3, its letters are the same'])
    expect(body((all) => (all[8].__data__.choices[0].finish_reason = 'length'))).toEqual([
      'finish reason stop → length in chunk 8',
    ])
    expect(body((all) => (all[9].__data__.usage.completion_tokens = 10))).toEqual([
      'usage changed: out 9 → 10',
    ])
    expect(body((all) => (all[3].__data__.created = 5))).toEqual(['created changed in chunk 3: 0 → 5'])
    expect(body((all) => (all[3].__type__ = 'x.Y'))).toEqual([
      'other text changed at /response/body/-/__type__: openai.types.chat.chat_completion_chunk.… → x.Y',
    ])
    expect(body((all) => all.push(chunk({ content: ' Ja.' })))).toEqual([
      'answer text changed in chunk 10',
      '1 chunk added: chunk 10',
    ])
  })

  it('has a sentence for each thing that can be done to a tool call', () => {
    const text = WEATHER.text
    expect(said(text, once(text, '\\"Bergen\\",', '\\"Oslo\\",'))).toEqual([
      'arguments of get_weather changed in chunk 6',
    ])
    expect(said(text, text.replaceAll('get_weather', 'get_rain'))).toEqual([
      'tool name get_weather → get_rain',
      'tool get_weather is now get_rain',
    ])
    expect(said(text, text.replaceAll('call_AAA', 'call_B'))).toEqual([
      'id of tool call get_weather call_AAA → call_B',
    ])
    expect(said(text, once(text, 'wants a forecast.', 'wants rain.'))).toEqual([
      'reasoning changed in chunk 2',
    ])
    expect(
      said(
        text,
        mutated(text, ({ response }) => response.body.splice(4, 4)),
      )[0],
    ).toBe('tool call get_weather removed')
  })

  it('has a sentence for each thing that can be done to a request', () => {
    const text = WEATHER.text
    const body = (mutate: (body: Parsed) => void) =>
      said(
        text,
        mutated(text, ({ request }) => mutate(request.body)),
      )
    expect(said(RIVER.text, once(RIVER.text, '0.0', '1.0'))).toEqual(['temperature 0.0 → 1.0'])
    expect(body((all) => (all.seed = 4))).toEqual(['parameter seed added: 4'])
    expect(body((all) => delete all.stream)).toEqual(['parameter stream removed'])
    expect(body((all) => (all.model = 'gpt-5'))).toEqual(['request model gpt-4o → gpt-5'])
    expect(body((all) => (all.tools[0].function.description = 'x'))).toEqual(['tool get_weather changed'])
    expect(body((all) => (all.response_format = { type: 'json_object' }))).toEqual([
      'response format json_object added',
    ])
    expect(body((all) => all.messages.push(question('And Oslo?')))).toEqual(['message 2 added (user)'])
    expect(body((all) => (all.messages[0].role = 'system'))).toEqual(['role of message 1 user → system'])
    expect(body((all) => (all.messages[0].extra = 1))).toEqual(['1 part added to message 1'])
    const picture = (url: string): Json => ({
      role: 'user',
      content: [{ type: 'image_url', image_url: { url } }],
    })
    const withPicture = pythonJson(streamed([picture('data:,a')], textChunks(['x'])))
    expect(said(withPicture, once(withPicture, 'data:,a', 'data:,b'))).toEqual([
      'image of message 1 replaced',
    ])
    const two = pythonJson(streamed([question('a'), question('b'), question('c')], textChunks(['x'])))
    expect(
      said(
        two,
        mutated(two, ({ request }) => request.body.messages.unshift(request.body.messages.pop())),
      ),
    ).toEqual(['message 3 moved, now message 1'])
    expect(
      said(
        two,
        mutated(two, ({ request }) => request.body.messages.splice(1, 1)),
      ),
    ).toEqual(['message 2 removed (user, as it was numbered)'])
    expect(
      said(
        text,
        mutated(text, (file) => (file.test_id = 'other')),
      ),
    ).toEqual(['test id changed'])
    expect(
      said(
        text,
        mutated(text, ({ request }) => (request.endpoint = '/x')),
      ),
    ).toEqual(['other text changed at /request/endpoint: /v1/chat/completions → /x'])
  })

  it('says that a response is an error now, without listing what an error does not have', () => {
    const after = mutated(RIVER.text, (file) => {
      file.response = {
        body: null,
        is_streaming: true,
        is_exception: true,
        exception_data: {
          category: 'provider_sdk',
          type: 'RateLimitError',
          status_code: 429,
          message: 'slow',
        },
      }
    }).replace('"temperature": 0,', '"temperature": 0.0,')
    expect(said(RIVER.text, after)).toEqual([
      'answer text removed',
      'the response is now an error: RateLimitError 429',
      '10 chunks removed: they were chunks 0-9',
    ])
  })

  it('says no chunk where there is only one', () => {
    const text = fixtureText('not-streamed-tool-calls')
    for (const sentence of said(
      text,
      text.replace('"finish_reason": "tool_calls"', '"finish_reason": "stop"'),
    )) {
      expect(sentence).toBe('finish reason tool_calls → stop')
    }
  })

  it('tells spelling from meaning', () => {
    const text = RIVER.text
    expect(said(text, text.replaceAll('\\u00df', 'ß'))).toEqual(['only escapes changed'])
    expect(said(text, text.trimEnd())).toEqual(['only white space changed'])
    expect(said(text, once(text.replaceAll('\n', '\r\n'), '0.0', '1.0'))).toEqual([
      'temperature 0.0 → 1.0',
      'white space changed as well',
    ])
    const swapped = mutated(WEATHER.text, ({ request }) => {
      const { method, url } = request
      delete request.method
      delete request.url
      request.url = url
      request.method = method
    })
    expect(said(WEATHER.text, swapped)).toEqual(['only the order of keys changed'])
  })

  it('holds 500,000 chunks', () => {
    const build = (model: string, piece: (at: number) => string, count = 500_000): string =>
      `{"request":{"body":{"model":"m","messages":[]}},"response":{"is_streaming":true,"body":[${Array.from(
        { length: count },
        (_, at) => `{"model":"${model}","choices":[{"index":0,"delta":{"content":"${piece(at)}"}}]}`,
      ).join(',')}]}}`
    const plain = side(build('a', (at) => `w${at} `))
    const words = (after: string): readonly string[] =>
      changesInWords(plain, side(after)).map(({ sentence }) => sentence)
    expect(words(build('a', (at) => (at === 250_000 ? 'x' : `w${at} `)))).toEqual([
      'answer text changed in chunk 250000',
    ])
    expect(words(build('b', (at) => (at < 9 ? `w${at} ` : `w${at + 1} `), 499_999))).toEqual([
      'answer text changed with the removed chunks',
      '1 chunk removed: it was chunk 9',
      'model changed in all 499,999 chunks: a → b',
    ])
  })
})
