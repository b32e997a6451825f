/** A hash alone: what led to it is found by trying, in bounded time, and what an older recorder made of it is known. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookUp } from '../../../src/core/lookup/look-up.ts'
import { parsePaste } from '../../../src/core/lookup/parse-paste.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { hashOfText } from './support/ask.ts'
import { put } from './support/change-json.ts'
import { entryOf, type Library } from './support/library.ts'

function recording(question: string): string {
  return JSON.stringify({
    test_id: 'tests/integration/a/test_a.py::test_a',
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/v1/chat/completions',
      headers: {},
      body: { model: 'gpt-4o', messages: [{ role: 'user', content: question }], temperature: 0.5 },
      endpoint: '/v1/chat/completions',
      model: 'gpt-4o',
    },
    response: { body: { __type__: 'x', __data__: { choices: [] } }, is_streaming: false },
  })
}

function made(count: number): Library {
  const texts = new Map<string, string>()
  for (let at = 0; at < count; at++) {
    const text = recording(`What is ${at} plus ${at}?`)
    texts.set(`a/recordings/${hashOfText(text)}.json`, text)
  }
  return { texts, entries: [...texts].map(([path, text]) => entryOf(path, text)) }
}

const NOBODYS = '0'.repeat(64)

describe('a search by hash', () => {
  it('finds what was asked, whichever recording it comes from, and says that it is certain', async () => {
    const { texts, entries } = made(200)
    const [path = '', text = ''] = [...texts][150] ?? []
    const wanted = hashOfText(put('/request/body/temperature', '0.7')(text))
    const { candidates, verdict } = await lookUp(parsePaste(wanted), entries, async (at) => texts.get(at), {
      // whatever else the machine has to do
      patience: 600_000,
    })
    expect(candidates[0]).toMatchObject({ path, certain: true })
    expect(candidates[0]?.differences).toMatchObject([{ field: 'temperature', was: '0.5', is: '0.7' }])
    expect(verdict).toContain('certain')
  })

  it('tells how far it is, always of the same number, and never backwards', async () => {
    const { texts, entries } = made(120)
    const told: (readonly [done: number, all: number])[] = []
    await lookUp(parsePaste(NOBODYS), entries, async (at) => texts.get(at), {
      progress: (done, all) => told.push([done, all]),
    })
    expect(told.length).toBeGreaterThan(0)
    expect(new Set(told.map(([, all]) => all)).size).toBe(1)
    expect(told.every(([done, all], at) => done <= all && done >= (told[at - 1]?.[0] ?? 0))).toBe(true)
  })

  it('gives up when its time is over, and says that not all was tried', async () => {
    const { texts, entries } = made(120)
    const read = async (at: string) => texts.get(at)
    const hurried = await lookUp(parsePaste(NOBODYS), entries, read, { patience: -1 })
    expect(hurried.verdict).toContain('not all was tried')
    const patient = await lookUp(parsePaste(NOBODYS), entries, read, { patience: 600_000 })
    expect(patient.verdict).toContain('None of the changes')
  })

  it('ends when nobody waits for it any more', async () => {
    const { texts, entries } = made(400)
    const controller = new AbortController()
    let told = 0
    const looking = lookUp(parsePaste(NOBODYS), entries, async (at) => texts.get(at), {
      signal: controller.signal,
      progress: () => {
        told++
        controller.abort()
      },
    })
    await expect(looking).rejects.toThrow()
    expect(told).toBe(1)
  })
})

const HISTORY = join(CORPUS_ROOT, 'llama-stack-history')

/** Named by the recorders of their time: the name is theirs, not what this program makes of the file. */
const OLDER = [
  '08b4a1deb/inference/recordings/responses/3877ecf1bc62.json',
  'eb07a0f86/recordings/responses/011f70e24ce4.json',
]

describe.skipIf(!existsSync(HISTORY))(`a hash of an older recorder (${CORPUS_MISSING})`, () => {
  it.each(OLDER)('%s under its name of today', async (path) => {
    const text = readFileSync(join(HISTORY, path), 'utf8')
    const old = path.slice(path.lastIndexOf('/') + 1).replace('.json', '')
    const today = `recordings/${hashOfText(text)}.json`
    expect(today).not.toContain(old)
    const { texts, entries } = made(30)
    const all = new Map([...texts, [today, text]])
    const pasted = parsePaste(`Recording not found for request hash: ${old}`)
    const found = await lookUp(pasted, [...entries, entryOf(today, text)], async (at) => all.get(at))
    expect(found.exact).toEqual([])
    expect(found.candidates[0]).toMatchObject({ path: today, certain: true })
    expect(found.candidates[0]?.differences.map(({ field }) => field)).toEqual(["recorder's rule"])
    expect(found.candidates[0]?.offers).toMatchObject([{ kind: 'rename' }])
  })
})
