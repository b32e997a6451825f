/**
 * Thousands of real recordings, and thousands made from them: what the library says of them must be what a plain
 * search through their bytes says.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORPUS_MISSING, CORPUS_ROOT } from '../support/corpus.ts'
import { expect, test } from '../support/deck-test.ts'
import { generateLibrary } from '../support/generate-library.ts'
import { assembledText, button, region } from './support/deck.ts'
import { chooseFolder, expectRead, library, rows, searchField, writeFolder } from './support/folders.ts'

test.skip(!existsSync(CORPUS_ROOT), CORPUS_MISSING)

const RECORDING = /\.(?:json|ya?ml|har|txt|httprr|jsonl|ndjson|sse)$/i

interface OnDisk {
  readonly path: string
  readonly text: string
}

function filesBelow(folder: string): readonly OnDisk[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => RECORDING.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

test('the whole corpus, all its folders at once', async ({ page, openApp }) => {
  test.setTimeout(240_000)
  await openApp()
  await chooseFolder(page, CORPUS_ROOT)
  // by what stands in the files, without any reader of ours
  const llamaStack = filesBelow(join(CORPUS_ROOT, 'llama-stack')).map(({ text }) => JSON.parse(text))
  const other =
    readFileSync(join(CORPUS_ROOT, 'other-recorders/index.tsv'), 'utf8').trim().split('\n').length - 1
  const expectFound = async (query: string, count: number): Promise<void> => {
    await searchField(page).fill(query)
    await expect(library(page)).toHaveAttribute('aria-busy', 'false')
    // until the last file has been read it says fewer
    await expect(page.getByRole('search').getByRole('status')).toHaveText(
      new RegExp(`^${count.toLocaleString('en')} of `),
      { timeout: 120_000 },
    )
    await expect(page.getByTestId('library-progress')).toHaveCount(0, { timeout: 120_000 })
  }
  const inLlamaStack = (holds: (recording: (typeof llamaStack)[number]) => boolean): number =>
    llamaStack.filter(holds).length
  await expectFound('in:llama-stack/', llamaStack.length)
  await searchField(page).fill('in:other-recorders/')
  // its index lists the recordings; what lies beside them may be one, too
  await expect
    .poll(async () => Number.parseInt(await page.getByRole('search').getByRole('status').innerText(), 10))
    .toBeGreaterThanOrEqual(other)
  await expectFound(
    'in:llama-stack/ model:=gpt-4o',
    inLlamaStack(({ request }) => request.model === 'gpt-4o' || request.body?.model === 'gpt-4o'),
  )
  await expectFound(
    'in:llama-stack/ status:400',
    inLlamaStack(({ response }) => response.status === 400 || response.exception_data?.status_code === 400),
  )
  // no vectors of hashes among the recordings, and they are not lost either
  await searchField(page).fill('path:hash_vectors')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('not read')
})

test('three thousand recordings: read, searched, filtered, gone through', async ({ page, openApp }, info) => {
  test.setTimeout(240_000)
  const files = [...generateLibrary(3000, { names: 'made-up' })]
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('many'), files))
  // the first are there long before the last
  await expect(rows(page).first()).toBeVisible()
  await expectRead(page, 3000)
  const status = page.getByRole('search').getByRole('status')
  // a made-up phrase stands in the file as it is, in questions and nowhere else
  const phrase =
    /\((\w+ \w+ \d+)\)/.exec(files.find(({ text }) => /\(\w+ \w+ \d{3}\)/.test(text))?.text ?? '')?.[1] ?? ''
  expect(phrase).not.toBe('')
  const holding = files.filter(({ text }) => text.includes(`(${phrase})`)).length
  await searchField(page).fill(`"(${phrase})"`)
  await expect(status).toHaveText(`${holding} of 3,000`)
  await rows(page).first().getByRole('button').click()
  await expect(region(page, 'Request')).toContainText(`(${phrase})`)
  await page.keyboard.press('l')
  await searchField(page).fill('outcome:tool-calls')
  await expect(status).not.toHaveText(`${holding} of 3,000`)
  await page.keyboard.press('Escape')
  await page.getByLabel('Group by').selectOption('test')
  await searchField(page).fill('outcome:text')
  await rows(page).first().getByRole('button').click()
  await expect(assembledText(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(assembledText(page).first()).toBeVisible()
  await button(page, 'Play').click()
})
