/**
 * What people change without knowing it, made from real recordings: the field is named, both values stand there around
 * what differs, and what is offered leads to a file whose name is the hash of what it holds, and of what was asked.
 */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RequestDifference } from '../../../src/core/lookup/answer.ts'
import { editsOfOffer } from '../../../src/core/lookup/apply-offer.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { ask, hashOfText } from './support/ask.ts'
import { items, type JsonChange, put, rawAt, words } from './support/change-json.ts'
import { answer, corpusLibrary, entryOf } from './support/library.ts'

const hasCorpus = existsSync(join(CORPUS_ROOT, 'llama-stack'))
const library = hasCorpus ? corpusLibrary() : { texts: new Map<string, string>(), entries: [] }

const B = '/request/body'
const FIRST = `${B}/messages/0/content`

interface Case {
  readonly what: string
  /** Which recording, by the value at a place. */
  readonly at: string
  readonly like: RegExp
  readonly change: JsonChange
  readonly field: RegExp
  /** What was recorded and what was asked, around what differs. */
  readonly was?: RegExp
  readonly is?: RegExp
  readonly sentence?: RegExp
}

const CASES: readonly Case[] = [
  {
    what: 'another system prompt',
    at: `${B}/messages/0`,
    like: /"system"/,
    change: words(FIRST, (said) => said.replace(/\w+/, 'Kindly')),
    field: /^message 1 \(system\)$/,
    was: /./,
    is: /Kindly/,
  },
  {
    what: 'a tool more',
    at: `${B}/tools/0/function/name`,
    like: /./,
    change: items(`${B}/tools`, (raws) => [...raws, '{"type": "function", "function": {"name": "extra"}}']),
    field: /^tool extra$/,
    is: /"extra"/,
    sentence: /was not recorded/,
  },
  {
    what: 'a tool described with one blank more',
    at: `${B}/tools/0/function/description`,
    like: /\w \w/,
    change: words(`${B}/tools/0/function/description`, (said) => said.replace(' ', '  ')),
    field: /^tool .*: description$/,
    is: /^·$/,
    sentence: /only white space differs/,
  },
  {
    what: 'a model with its date',
    at: `${B}/model`,
    like: /^"gpt-4o"$/,
    change: put(`${B}/model`, '"gpt-4o-2024-11-20"'),
    field: /^model$/,
    was: /^gpt-4o$/,
    is: /^gpt-4o-2024-11-20$/,
  },
  {
    what: 'another test',
    at: '/test_id',
    like: /::test_\w+\[/,
    change: words('/test_id', (id) => id.replace('[', '_renamed[')),
    field: /^test id$/,
    is: /_renamed/,
  },
  {
    what: 'another image by its URL',
    at: `${FIRST}/1/image_url/url`,
    like: /"http/,
    change: put(`${FIRST}/1/image_url/url`, '"https://example.com/other.jpg"'),
    field: /image_url\.url$/,
    was: /^https:/,
    is: /example\.com\/other/,
  },
  {
    what: 'another image, one letter of megabytes',
    at: `${FIRST}/0/image_url/url`,
    like: /base64,/,
    change: words(
      `${FIRST}/0/image_url/url`,
      (url) => url.slice(0, 900) + (url[900] === 'A' ? 'B' : 'A') + url.slice(901),
    ),
    field: /image_url\.url$/,
    was: /^.$/,
    is: /^[AB]$/,
  },
  {
    what: 'messages in another order',
    at: `${B}/messages/2/role`,
    like: /./,
    change: items(`${B}/messages`, ([one = '', two = '', ...rest]) => [two, one, ...rest]),
    field: /^messages$/,
    sentence: /in another order/,
  },
  {
    what: 'a line end more',
    at: FIRST,
    like: /^"[^"]{20,}"$/,
    change: words(FIRST, (said) => `${said}\n`),
    field: /^message 1/,
    is: /^↵$/,
    sentence: /one line end more at the end/,
  },
  {
    what: 'line ends of Windows',
    at: FIRST,
    like: /^".*\\n/,
    change: words(FIRST, (said) => said.replaceAll('\n', '\r\n')),
    field: /^message 1/,
    is: /␍↵/,
    sentence: /LF was recorded, CR LF was asked/,
  },
  {
    what: 'a blank that does not break',
    at: FIRST,
    like: /^"\w+ \w/,
    change: words(FIRST, (said) => said.replace(' ', '\u00a0')),
    field: /^message 1/,
    was: /^·$/,
    is: /^⍽$/,
  },
  {
    what: 'a float that became an integer',
    at: `${B}/temperature`,
    like: /^0\.0$/,
    change: put(`${B}/temperature`, '0'),
    field: /^temperature$/,
    was: /^0\.0$/,
    is: /^0$/,
    sentence: /a float.*an integer/,
  },
  {
    what: 'no stream',
    at: `${B}/stream`,
    like: /true/,
    change: put(`${B}/stream`, 'false'),
    field: /^stream$/,
    was: /^true$/,
    is: /^false$/,
  },
  {
    what: 'a null more',
    at: FIRST,
    like: /./,
    change: put(`${B}/stop`, 'null'),
    field: /^stop$/,
    is: /^null$/,
    sentence: /was not recorded/,
  },
  {
    what: 'another path of the URL',
    at: '/request/url',
    like: /api\.openai\.com\/v1\/v1/,
    change: words('/request/url', (url) => url.replace('/v1/v1', '/openai/v1')),
    field: /^url path$/,
    was: /^v1$/,
    is: /^openai$/,
    sentence: /"\/v1\/v1\/.*"\/openai\/v1\//,
  },
]

/** The first recording like it, one that has its own name where there is one. */
function recordingFor({
  at,
  like,
  change,
}: Case): readonly [path: string, text: string, isOwn: boolean] | undefined {
  const all = [...library.texts].flatMap(([path, text]) => {
    try {
      const hash = hashOfText(text)
      if (!like.test(rawAt(text, at)) || hashOfText(change(text)) === hash) return []
      return [[path, text, path.endsWith(`${hash}.json`)] as const]
    } catch {
      // it has no such place, or no hash
      return []
    }
  })
  return all.find(([, , isOwn]) => isOwn) ?? all[0]
}

/** What stands there as recorded, or as asked. */
function shown({ was, is, excerpt }: RequestDifference, side: 'removed' | 'added'): string {
  if (excerpt === undefined) return (side === 'removed' ? was : is) ?? ''
  return excerpt
    .filter(({ kind }) => kind === side)
    .map(({ text }) => text)
    .join(' ')
}

describe.skipIf(!hasCorpus)(`what people change without knowing (${CORPUS_MISSING})`, () => {
  for (const one of CASES) {
    it(one.what, async () => {
      const found = recordingFor(one)
      if (found === undefined) throw new Error(`the harness itself is wrong: no recording for ${one.what}`)
      const [path, text, isOwn] = found
      const changed = one.change(text)
      const { candidates, exact } = await answer(library, ask(changed, 'request'))
      expect(exact).toEqual([])
      const best = candidates[0]
      expect(best?.path).toBe(path)
      expect(best?.differences).toHaveLength(1)
      const [difference] = best?.differences ?? []
      if (difference === undefined) return
      expect(difference.field).toMatch(one.field)
      if (one.sentence) expect(difference.sentence).toMatch(one.sentence)
      if (one.was) expect(shown(difference, 'removed')).toMatch(one.was)
      if (one.is) expect(shown(difference, 'added')).toMatch(one.is)
      expect(best?.offers.map(({ kind }) => kind)).toEqual(isOwn ? ['copy', 'edit'] : ['edit'])
      for (const offer of best?.offers ?? []) {
        const made = applyEdits(text, editsOfOffer(text, offer))
        expect(basename(offer.to)).toBe(`${hashOfText(made)}.json`)
        expect(hashOfText(made)).toBe(hashOfText(changed))
      }
    })
  }

  it.each<[what: string, at: string, like: RegExp, change: JsonChange]>([
    [
      'a zero more behind a decimal',
      `${B}/temperature`,
      /^0\.[1-9]$/,
      (text) => put(`${B}/temperature`, `${rawAt(text, `${B}/temperature`)}0`)(text),
    ],
    [
      'another host',
      '/request/url',
      /api\.openai\.com/,
      words('/request/url', (url) => url.replace('api.openai.com', 'proxy.example')),
    ],
  ])('and finds it where that breaks nothing: %s', async (_, at, like, change) => {
    const [path, text] = [...library.texts].find(([name, each]) => {
      try {
        return name.endsWith(`${hashOfText(each)}.json`) && like.test(rawAt(each, at))
      } catch {
        return false
      }
    }) ?? ['', '']
    const { exact } = await answer(library, ask(change(text), 'request'))
    expect(exact.map((one) => one.path)).toEqual([path])
  })

  it('letters in another Unicode form, with their codes', async () => {
    const [path = '', text = ''] = [...library.texts].find(([name]) => name.includes('/112bffa0be0c')) ?? []
    const [nfc, nfd] = ['NFC', 'NFD'].map((form) =>
      words(FIRST, (said) => `${said} Grüße`.normalize(form))(text),
    )
    const name = `${path.slice(0, path.lastIndexOf('/'))}/${hashOfText(nfc ?? '')}.json`
    const entries = [...library.entries, entryOf(name, nfc ?? '')]
    const texts = new Map(library.texts).set(name, nfc ?? '')
    const { candidates } = await answer({ texts, entries }, ask(nfd ?? '', 'error'))
    expect(candidates[0]?.path).toBe(name)
    const [difference] = candidates[0]?.differences ?? []
    expect(difference?.sentence).toContain('NFC was recorded, NFD was asked')
    expect(difference && shown(difference, 'removed')).toContain('ü ⟨U+00FC⟩')
    expect(difference && shown(difference, 'added')).toContain('U+0075 U+0308')
  })
})
