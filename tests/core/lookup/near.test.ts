/** What has nothing to do with the folder is not answered with recordings; what is another kind of call comes last. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callKindOf, isOtherKind } from '../../../src/core/lookup/call-kind.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { answer, corpusLibrary, entryOf, type Library } from './support/library.ts'

const hasCorpus = existsSync(join(CORPUS_ROOT, 'llama-stack'))

const NONSENSE: Readonly<Record<string, string>> = {
  'one word': 'hello',
  'one word that many ask': 'weather',
  'a model alone': 'gpt-4o',
  'a poem':
    'Shall I compare thee to a summer day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer lease hath all too short a date.',
  'the traceback of another program':
    "Traceback (most recent call last):\n  File \"/srv/shop/cart/views.py\", line 42, in checkout\n    total = sum(item.price for item in cart.items)\nAttributeError: 'NoneType' object has no attribute 'items'\n",
  'the exception of another language':
    'Exception in thread "main" java.lang.NullPointerException: Cannot invoke "String.length()" because "s" is null\n\tat com.example.Main.main(Main.java:5)\n',
  'a package file': '{"name": "shop", "version": "1.0.0", "dependencies": {"react": "^19"}}',
  'a failing test of another project': 'FAILED tests/test_cart.py::test_checkout - assert 3 == 4',
  'a request that nobody recorded':
    '{"model": "foo-9", "messages": [{"role": "user", "content": "Please translate this sentence about volcanic glaciers into Icelandic."}]}',
  'a question of gpt-4o that nobody asked':
    '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Qwertz uiop zyxwv?"}]}',
  'the API of another service': `curl https://api.github.com/graphql -d '{"query": "viewer login"}'`,
}

describe.skipIf(!hasCorpus)(`what has nothing to do with the folder (${CORPUS_MISSING})`, () => {
  const library = hasCorpus ? corpusLibrary() : { texts: new Map<string, string>(), entries: [] }

  for (const [what, pasted] of Object.entries(NONSENSE)) {
    it(`is told as such: ${what}`, async () => {
      const { candidates, alike, exact, verdict } = await answer(library, pasted)
      expect(exact).toEqual([])
      expect(candidates).toEqual([])
      expect(alike.length).toBeLessThanOrEqual(3)
      expect(verdict).toMatch(/nothing in this folder is near to it|There is no hash, no test, no request/)
    })
  }

  it('lists a few with the same model as weakly alike, and says no more of them', async () => {
    const { alike } = await answer(library, NONSENSE['a question of gpt-4o that nobody asked'] ?? '')
    expect(alike.map(({ because }) => because)).toEqual([['same model'], ['same model'], ['same model']])
  })
})

function recorded(url: string, body: string): string {
  return `{"test_id": null, "request": {"method": "POST", "url": "${url}", "headers": {}, "body": ${body}, "endpoint": "/x", "model": ""}, "response": {"body": {}, "is_streaming": false}}`
}

const QUESTION = 'Which rivers meet in the middle of Koblenz, and which castle stands above them?'
const OPENAI = 'https://api.openai.com/v1/v1/chat/completions'
const ASKED = `{"model": "m", "messages": [{"role": "user", "content": ${JSON.stringify(QUESTION)}}], "temperature": 1, "stream": true, "max_tokens": 5, "seed": 3}`

/** The first has all the words and is another kind of call; the second has them with six differences. */
const LIBRARY: Library = (() => {
  const other = `{"model": "m", "contents": [{"role": "user", "parts": [{"text": ${JSON.stringify(QUESTION)}}]}], "temperature": 1, "stream": true, "max_tokens": 5, "seed": 3}`
  const same = `{"model": "n", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": ${JSON.stringify(`${QUESTION} Say it in German.`)}}, {"role": "user", "content": "Go on."}], "temperature": 0.5, "seed": 4}`
  const texts = new Map([
    ['a.json', recorded('vertexai:///models/m:generateContent', other)],
    ['b.json', recorded(OPENAI, same)],
  ])
  return { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }
})()

describe('another kind of call', () => {
  it('comes after those of the same kind, and is said to be one', async () => {
    const found = await answer(LIBRARY, `curl https://api.openai.com/v1/chat/completions -d '${ASKED}'`)
    expect(found.candidates.map(({ path }) => path)).toEqual(['b.json', 'a.json'])
    expect(found.candidates[1]?.because).toContain('another kind of call')
    expect(found.candidates[0]?.because).not.toContain('another kind of call')
  })

  it('is known by its URL, or by what its body holds', () => {
    const chat = callKindOf(OPENAI, new Map([['messages', []]]))
    const isChat = (url: string | undefined, key: string): boolean =>
      !isOtherKind(chat, callKindOf(url, new Map([[key, []]])))
    expect(isChat('http://localhost:11434/v1/chat/completions?x=1', 'messages')).toBe(true)
    expect(isChat(undefined, 'messages')).toBe(true)
    expect(isChat('https://elsewhere/what/ever', 'messages')).toBe(true)
    expect(isChat('https://api.anthropic.com/v1/messages', 'messages')).toBe(false)
    expect(isChat(undefined, 'contents')).toBe(false)
    expect(isChat('http://localhost/v1/completions', 'prompt')).toBe(false)
    expect(isChat('http://localhost/v1/embeddings', 'input')).toBe(false)
  })
})
