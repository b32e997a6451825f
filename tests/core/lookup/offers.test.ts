/** What is offered for a recording does what it says: applied, the file hashes to what was asked for. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Offer } from '../../../src/core/lookup/answer.ts'
import { editsOfOffer } from '../../../src/core/lookup/apply-offer.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { ask, hashOfText } from './support/ask.ts'
import { all, drop, items, type JsonChange, put, words } from './support/change-json.ts'
import { answer, entryOf, type Library } from './support/library.ts'

const TEST = 'tests/integration/x/test_y.py::test_z[a-b]'

/** A made-up recording as the recorder writes it, under its own name unless told otherwise. */
function recorded(body: string, testId = JSON.stringify(TEST)): string {
  const made = (id: string): string => `{
  "test_id": ${testId},
  "request": {
    "method": "POST",
    "url": "http://0.0.0.0:11434/v1/v1/chat/completions",
    "headers": {},
    "body": ${body},
    "endpoint": "/v1/chat/completions",
    "model": "m"
  },
  "response": {
    "body": [
      {
        "__type__": "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
        "__data__": {
          "id": "${id}",
          "choices": [],
          "created": 0,
          "model": "m",
          "object": "chat.completion.chunk"
        }
      }
    ],
    "is_streaming": true
  },
  "id_normalization_mapping": {}
}
`
  return made(`rec-${hashOfText(made('')).slice(0, 12)}`)
}

const BODY = `{
      "model": "m",
      "messages": [
        {
          "role": "user",
          "content": "Gr\\u00fc\\u00df dich"
        },
        {
          "role": "assistant",
          "content": ""
        },
        {
          "role": "user",
          "content": "More"
        }
      ],
      "stream": true,
      "temperature": 0.0,
      "tools": [
        {
          "type": "function",
          "function": {
            "name": "one",
            "parameters": {}
          }
        },
        {
          "type": "function",
          "function": {
            "name": "two",
            "parameters": {}
          }
        }
      ]
    }`

function libraryOf(files: Readonly<Record<string, string>>): Library {
  const texts = new Map(Object.entries(files))
  return { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }
}

const B = '/request/body'

const CHANGES: readonly (readonly [what: string, change: JsonChange])[] = [
  ['0.0 becomes 0', put(`${B}/temperature`, '0')],
  ['a number in another form', put(`${B}/temperature`, '1e-3')],
  ['the first and the last member go', all(drop(`${B}/model`), drop(`${B}/tools`))],
  ['a member comes', put(`${B}/top_p`, '1.0')],
  ['a message more', items(`${B}/messages`, (raws) => [...raws, '{"role": "user", "content": "É"}'])],
  ['all messages but one go', items(`${B}/messages`, (raws) => raws.slice(0, 1))],
  ['a letter', words(`${B}/messages/0/content`, (t) => `${t}ä\n`)],
  ['the order of tools', items(`${B}/tools`, (raws) => raws.toReversed())],
  [
    'a tool goes and another comes',
    items(`${B}/tools`, ([, two = '']) => [two, two.replace('two', 'three')]),
  ],
  [
    'a message goes and another comes',
    items(`${B}/messages`, ([, ...rest]) => [...rest, '{"role": "tool"}']),
  ],
  [
    'more members than anybody counts',
    all(...Array.from({ length: 60 }, (_, at) => put(`${B}/member${at}`, `${at}`))),
  ],
  ['neighbours go', all(drop(`${B}/stream`), drop(`${B}/temperature`))],
  ['another test', put('/test_id', '"tests/integration/x/test_y.py::test_other"')],
  ['no test', put('/test_id', 'null')],
  ['another path', words('/request/url', (t) => t.replace('/v1/v1/', '/v2/'))],
  ['another model', put(`${B}/model`, '"n"')],
  [
    'many at once',
    all(
      put(`${B}/temperature`, '0.5'),
      put(`${B}/messages/1/content`, 'null'),
      put('/test_id', '"a/b.py::c"'),
    ),
  ],
]

function offered(offers: readonly Offer[] | undefined, kind: Offer['kind']): Offer {
  const offer = offers?.find((one) => one.kind === kind)
  if (offer === undefined) throw new Error(`no ${kind} is offered`)
  return offer
}

describe('an edit that is offered', () => {
  const text = recorded(BODY)
  const path = `x/recordings/${hashOfText(text)}.json`
  const library = libraryOf({ [path]: text })

  for (const [what, change] of CHANGES) {
    it(`makes the recording one of what was asked: ${what}`, async () => {
      const asked = change(text)
      const hash = hashOfText(asked)
      const { candidates, exact } = await answer(library, ask(asked, 'request'))
      expect(exact).toEqual([])
      const offer = offered(candidates[0]?.offers, 'edit')
      expect(offer.to).toBe(`x/recordings/${hash}.json`)
      const edited = applyEdits(text, editsOfOffer(text, offer))
      expect(hashOfText(edited)).toBe(hash)
      expect(edited).toContain(`"id": "rec-${hash.slice(0, 12)}"`)
      // as the recorder writes it: two blanks a level, ASCII only, and the rest of the file as it was
      expect(/[^\n -~]/.test(edited)).toBe(false)
      expect(edited.split('\n').every((line) => /^(?: {2})*\S?/.test(line))).toBe(true)
      expect(edited.endsWith(text.slice(text.indexOf('"choices"')))).toBe(true)
    })
  }

  it('leaves a recording that others find in its place: a copy is offered first', async () => {
    const { candidates } = await answer(library, ask(put('/test_id', '"a/b.py::c"')(text), 'request'))
    expect(candidates[0]?.offers.map(({ kind }) => kind)).toEqual(['copy', 'edit'])
  })
})

describe('a new name that is offered', () => {
  it('is what the recorder looks for; the ids follow', async () => {
    const text = recorded(BODY)
    const wrong = `x/recordings/${'0'.repeat(64)}.json`
    const stale = text.replace(/rec-[0-9a-f]{12}/, 'rec-000000000000')
    const library = libraryOf({ [wrong]: stale })
    for (const form of ['request', 'error', 'hash'] as const) {
      const { candidates, exact } = await answer(library, ask(text, form))
      expect(exact).toEqual([])
      expect(candidates[0]?.differences).toEqual([])
      const offer = offered(candidates[0]?.offers, 'rename')
      expect(basename(offer.to)).toBe(`${hashOfText(text)}.json`)
      expect(applyEdits(stale, editsOfOffer(stale, offer))).toBe(text)
    }
  })
})

const history = join(CORPUS_ROOT, 'llama-stack')

describe.skipIf(!existsSync(history))(`recordings filed by older rules (${CORPUS_MISSING})`, async () => {
  const { corpusLibrary, pathOf } = await import('./support/library.ts')
  const library = corpusLibrary()

  it.each(['0652618307804555', '35d5f2cce7be33d0', '65913b9e85ac6281', 'd73fd2a2a509593f'])(
    '%s is found by its content, and offered its new name',
    async (start) => {
      const path = pathOf(library, start)
      const text = library.texts.get(path) ?? ''
      const hash = hashOfText(text)
      expect(basename(path)).not.toContain(hash)
      for (const form of ['request', 'error', 'hash'] as const) {
        const { candidates } = await answer(library, ask(text, form))
        const [best] = candidates
        expect(best?.path).toBe(path)
        expect(best?.certain).toBe(true)
        expect(offered(best?.offers, 'rename').to).toContain(hash)
      }
    },
  )

  it('are there under their own old hash, with what is the matter', async () => {
    const path = pathOf(library, '0652618307804555')
    const { exact } = await answer(library, basename(path, '.json'))
    expect(exact[0]?.path).toBe(path)
    expect(exact[0]?.sentences.join(' ')).toContain('given up')
  })
})
