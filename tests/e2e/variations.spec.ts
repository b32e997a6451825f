/** The shapes that real streams have, on the project's own fixtures: what they add up to, spelled out by hand. */
import type { Page } from '@playwright/test'
import { bytesOf, containerFixtures } from '../support/corpus.ts'
import { type DroppedFile, expect, test } from '../support/deck-test.ts'
import { assembledText, download, expectPlayhead, region } from './support/deck.ts'
import { fixture } from './support/recordings.ts'

const SHAPES: readonly {
  readonly what: string
  readonly file: DroppedFile
  readonly chunks: number
  shows(page: Page): Promise<void>
}[] = [
  {
    what: 'two answers to one question',
    file: fixture('two-choices.json'),
    chunks: 7,
    shows: async (page) => {
      await expect(assembledText(page)).toHaveText(['Apple', 'Plum'])
      await expect(page.getByTestId('finish-reason')).toHaveText(['length', 'stop'])
    },
  },
  {
    what: 'a refusal',
    file: fixture('streamed-refusal.json'),
    chunks: 4,
    shows: (page) => expect(region(page, 'Assembled response')).toContainText("I'm sorry, no 🙅."),
  },
  {
    what: 'several fragments of one call in a delta',
    file: fixture('several-fragments-in-one-delta.json'),
    chunks: 4,
    shows: async (page) => {
      await expect(page.getByTestId('tool-name')).toHaveText('get_weather')
      await expect(page.getByTestId('tool-arguments')).toHaveText('{"location": "Lima"}')
    },
  },
  {
    what: 'a function call of the older kind',
    file: fixture('legacy-function-call.json'),
    chunks: 4,
    shows: async (page) => {
      await expect(page.getByTestId('tool-name')).toHaveText('ping')
      await expect(page.getByTestId('tool-arguments')).toHaveText('{"to": "you"}')
    },
  },
  {
    what: 'usage in a last chunk without choices',
    file: fixture('usage-only-last-chunk.json'),
    chunks: 4,
    shows: async (page) => {
      await expect(assembledText(page)).toHaveText('hi')
      await expect(region(page, 'Assembled response')).toContainText(/in\s*9/)
      await expect(region(page, 'Assembled response')).toContainText(/out\s*1/)
      await expect(region(page, 'Assembled response')).toContainText(/cached\s*4/)
    },
  },
  {
    what: 'a role in every delta',
    file: fixture('role-in-every-delta.json'),
    chunks: 5,
    shows: (page) => expect(page.getByTestId('finish-reason')).toHaveText('stop'),
  },
  {
    what: 'an exception in the middle of a stream',
    file: fixture('exception-mid-stream.json'),
    chunks: 3,
    shows: (page) => expect(assembledText(page)).toHaveText('Once upon a ti'),
  },
]

for (const { what, file, chunks, shows } of SHAPES) {
  test(`a recording with ${what} is shown as it adds up`, async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([file])
    await expectPlayhead(page, chunks, chunks)
    await shows(page)
  })
}

test('every fixture of the project opens, and is exported byte for byte', async ({
  page,
  openApp,
  dropFiles,
}) => {
  test.slow()
  const files = containerFixtures('llama-stack-json').map((file) => ({
    name: file.name.split('/').at(-1) ?? '',
    bytes: bytesOf(file),
  }))
  expect(files.length).toBeGreaterThan(20)
  await openApp()
  await dropFiles(files)
  await expect(region(page, 'Library')).toContainText(String(files.length))
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  for (const { name, bytes } of files) {
    await test.step(name, async () => {
      await expect(page).toHaveTitle(new RegExp(`^${name}`))
      await expect(page.getByTestId('container')).toHaveText(/^llama-stack-json/)
      const exported = await download(page)
      expect(exported.name).toBe(name)
      expect(Buffer.from(bytes).equals(exported.bytes), 'the same bytes').toBe(true)
      await page.keyboard.press('j')
    })
  }
})
