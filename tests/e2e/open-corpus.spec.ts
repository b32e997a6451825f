/** Real recordings, read a second time by the few lines below: what the panels show must be what they hold. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { CORPUS_MISSING, CORPUS_ROOT } from '../support/corpus.ts'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, download, expectPlayhead, region } from './support/deck.ts'

interface Delta {
  readonly content?: string | null
  readonly reasoning?: string | null
  readonly reasoning_content?: string | null
  readonly tool_calls?: readonly {
    readonly index: number
    readonly function?: { readonly name?: string | null; readonly arguments?: string | null }
  }[]
}

interface Recording {
  readonly response: {
    readonly body: unknown
    readonly exception_type?: string
    readonly exception_message?: string
  }
}

interface StoredChunk {
  readonly __data__: {
    readonly choices: readonly { readonly delta: Delta; readonly finish_reason?: string | null }[]
  }
}

const CORPUS = join(CORPUS_ROOT, 'llama-stack')
const isMissing = !existsSync(CORPUS)

interface RealFile {
  readonly name: string
  readonly bytes: Buffer
  readonly recording: Recording
}

function real(path: string): RealFile {
  const bytes = readFileSync(join(CORPUS, path))
  return { name: basename(path), bytes, recording: JSON.parse(bytes.toString('utf8')) }
}

function chunksOf({ recording }: RealFile): readonly StoredChunk[] {
  const body = recording.response.body as readonly StoredChunk[]
  // the lines of a stream: each event's data is a chunk
  return (body as readonly unknown[]).every((line) => typeof line === 'string')
    ? (body as readonly unknown[])
        .map((line) => /^data: (\{.*)/.exec(String(line))?.[1])
        .filter((data) => data !== undefined)
        .map((data) => JSON.parse(data) as StoredChunk)
    : body
}

/** The choices that each chunk holds, in order. */
function choicesOf(
  file: RealFile,
): readonly { readonly delta: Delta; readonly finish_reason?: string | null }[] {
  return chunksOf(file).flatMap(({ __data__ }) => __data__.choices)
}

function joined(file: RealFile, read: (delta: Delta) => string | null | undefined): string {
  return choicesOf(file)
    .map(({ delta }) => read(delta) ?? '')
    .join('')
}

function toolCallsOf(file: RealFile): readonly { readonly name: string; readonly text: string }[] {
  const calls = new Map<number, { name: string; text: string }>()
  for (const { delta } of choicesOf(file)) {
    for (const { index, function: said } of delta.tool_calls ?? []) {
      const call = calls.get(index) ?? { name: '', text: '' }
      calls.set(index, { name: call.name || (said?.name ?? ''), text: call.text + (said?.arguments ?? '') })
    }
  }
  return [...calls.values()]
}

function finishOf(file: RealFile): string {
  return choicesOf(file).flatMap(({ finish_reason }) => finish_reason ?? [])[0] ?? ''
}

/** What must be seen of a chunk as soon as it is unfolded. */
function beginningOf(chunk: unknown): string {
  const { __data__: data = chunk } = chunk as { readonly __data__?: unknown }
  return Object.keys(data ?? {})[0] ?? ''
}

async function expectSameBytes(page: Page, file: RealFile): Promise<void> {
  const { name, bytes } = await download(page)
  expect(name).toBe(file.name)
  expect(bytes.equals(file.bytes), 'the exported bytes are the recorded ones').toBe(true)
}

/** Scrolls the list from its beginning to its end: each chunk has a row. */
async function expectEveryChunkListed(page: Page, count: number): Promise<void> {
  const rows = page.getByTestId('chunk')
  const seen = new Set<string | null>()
  await rows.first().hover()
  await expect(async () => {
    const names = await rows
      .getByRole('button', { name: /^JSON of chunk \d+$/ })
      .evaluateAll((buttons) => buttons.map((one) => one.getAttribute('aria-label')))
    for (const name of names) seen.add(name)
    await page.mouse.wheel(0, 150)
    expect(seen.size).toBe(count)
  }).toPass({ intervals: [50], timeout: 20_000 })
  expect(seen).toEqual(new Set(Array.from({ length: count }, (_, at) => `JSON of chunk ${at}`)))
}

test.describe(CORPUS_MISSING, () => {
  test.skip(isMissing, CORPUS_MISSING)

  for (const { what, path } of [
    {
      what: 'a stream of Azure, whose first chunk has no choices',
      path: 'responses/recordings/06b76c5e20553e7f5e8071052ed478609d4d547cdf4ab9ec9de079a2d639f8c4.json',
    },
    {
      what: 'a stream with escaped emoji',
      path: 'responses/recordings/9a7ea64e8fa3b4e68a6027952abeb125bc28a31d04d5de36ee4495be5bb3d1a2.json',
    },
    {
      what: 'a stream with logprobs',
      path: 'responses/recordings/87ed3224d4953e39517ec260de72d4142fa9190717c34e8dd5da0e16da5ed4c8.json',
    },
    {
      what: 'the largest stream',
      path: 'responses/recordings/0ea735928993b5a2de3a444256136d53ab666dbfb7582e5562268f809aa8d5f3.json',
    },
    {
      what: 'parallel tool calls',
      path: 'responses/recordings/cf14f2e0949742b53298069169087de8ea6ab883bf828059c9392c268dfcf38e.json',
    },
    {
      what: 'several tool calls in one delta',
      path: 'responses/recordings/38500ff506af2272744ee343b4c0c89583cea8932ff9247079aca9dee4bdfd0a.json',
    },
    {
      what: 'reasoning',
      path: 'responses/recordings/98e718b225b1e4aa6100d1872decd93930bd2a776303c3145f2dfe12fef34d40.json',
    },
    {
      what: 'reasoning_content',
      path: 'responses/recordings/66c64647aba657ff9c59b7706db88fe87905a39abcd5135850910ebd4bdc7a6e.json',
    },
  ]) {
    test(`${what} is shown as it adds up and exported as it came`, async ({ page, openApp, dropFiles }) => {
      const file = real(path)
      const count = chunksOf(file).length
      const reasoning = joined(file, (delta) => delta.reasoning ?? delta.reasoning_content)
      await openApp()
      await dropFiles([file])
      await expectPlayhead(page, count, count)
      await expect(page.getByTestId('container')).toHaveText('llama-stack-json')
      await expect(page.getByTestId('dialect')).toHaveText('openai-chat')
      // to the letter: toHaveText would forgive white space
      await expect.poll(() => assembledText(page).textContent()).toBe(joined(file, (delta) => delta.content))
      await expect(page.getByTestId('finish-reason')).toHaveText(finishOf(file))
      const calls = toolCallsOf(file)
      await expect(page.getByTestId('tool-call')).toHaveCount(calls.length)
      await expect(page.getByTestId('tool-name')).toHaveText(calls.map(({ name }) => name))
      await expect
        .poll(() => page.getByTestId('tool-arguments').allTextContents())
        .toEqual(calls.map(({ text }) => text))
      if (reasoning !== '') {
        await expect.poll(() => page.getByTestId('assembled-reasoning').textContent()).toBe(reasoning)
      }
      await expectSameBytes(page, file)
    })
  }

  test('an exception is shown with its type and what it said', async ({ page, openApp, dropFiles }) => {
    const file = real(
      'responses/recordings/1c41ca441b62282305626afca195f7d7f48159f74296a7bdac015190f9f2cd66.json',
    )
    const { exception_type: type = '', exception_message: message = '' } = file.recording.response
    expect(message).not.toBe('')
    await openApp()
    await dropFiles([file])
    await expect(region(page, 'Response')).toContainText(type)
    await expect(region(page, 'Response')).toContainText(message)
    await expectSameBytes(page, file)
  })

  test('an answer that was not streamed is shown whole', async ({ page, openApp, dropFiles }) => {
    const file = real(
      'inference/recordings/cc7128cf3c88faebc0713764504913d494858b16d5bcdc23a384420fb6750543.json',
    )
    const { __data__: answer } = file.recording.response.body as {
      readonly __data__: {
        readonly choices: readonly { readonly message: Delta; readonly finish_reason: string }[]
      }
    }
    await openApp()
    await dropFiles([file])
    await expect(assembledText(page)).toHaveText(answer.choices[0]?.message.content ?? '')
    await expect(page.getByTestId('finish-reason')).toHaveText(answer.choices[0]?.finish_reason ?? '')
    await expectSameBytes(page, file)
  })

  for (const { what, path } of [
    {
      what: 'a Gemini stream',
      path: 'common/recordings/a6f5d721fabe187edc51f77aebd05b2bad8412f57abb61f7a41cb4e198de5aef.json',
    },
    {
      what: 'an Interactions stream',
      path: 'interactions/recordings/df62e523dd87272e5c55c19d29a36f73aabf0a05969ccc611b6d434bfa1c255d.json',
    },
    {
      what: 'a stream of plain completions',
      path: 'inference/recordings/c03bc36fc4c19495050b64122ffa310f812e2ab2aa32f5e01ad0ac9b7ae046e2.json',
    },
  ]) {
    test(`${what} lists every chunk and hides no JSON`, async ({ page, openApp, dropFiles }) => {
      const file = real(path)
      const count = chunksOf(file).length
      await openApp()
      await dropFiles([file])
      await expectPlayhead(page, count, count)
      await expect(page.getByTestId('container')).toHaveText(/^llama-stack-json/)
      await button(page, 'JSON of chunk 0').click()
      await expect(page.getByTestId('chunk').first()).toContainText(beginningOf(chunksOf(file)[0]))
      await button(page, 'JSON of chunk 0').click()
      await expectEveryChunkListed(page, count)
      await expect(region(page, 'Request')).toContainText('model')
      await expectSameBytes(page, file)
    })
  }

  test('a listing of models, which is no conversation, still opens', async ({ page, openApp, dropFiles }) => {
    const file = real(
      'common/recordings/models-d98e7566147f9d534bc0461f2efe61e3f525c18360a07bb3dda397579e25c27b-bba2e758.json',
    )
    await openApp()
    await dropFiles([file])
    await expect(page.getByTestId('container')).toHaveText('llama-stack-json')
    await expect(page.getByTestId('chunk').first()).toBeVisible()
    await expectSameBytes(page, file)
  })
})
