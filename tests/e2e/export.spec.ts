import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  download,
  downloadText,
  editInPlace,
  exportAs,
  region,
  replaceOnce,
} from './support/deck.ts'
import { fixture, RIVER, RIVER_ANSWER, WEATHER } from './support/recordings.ts'

declare global {
  interface Window {
    /** What the stubbed file system holds, by name. */
    disk: Map<string, number[]>
    askedFor: string[]
    refuseToWrite?: boolean
  }
}

const PARSED = JSON.parse(RIVER.text)
const EDITED = replaceOnce(RIVER.text, '" Rhein"', '" Main"')
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

function editAnswer(page: Page): Promise<void> {
  return editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
}

const UNEDITED = [
  { what: 'pretty', bytes: Buffer.from(RIVER.text) },
  { what: 'compact', bytes: Buffer.from(JSON.stringify(PARSED)) },
  { what: 'indented with tabs', bytes: Buffer.from(JSON.stringify(PARSED, null, '\t')) },
  { what: 'with CRLF', bytes: Buffer.from(RIVER.text.replaceAll('\n', '\r\n')) },
  { what: 'with mixed ends of lines', bytes: Buffer.from(RIVER.text.replace('\n', '\r\n')) },
  { what: 'with a byte order mark', bytes: Buffer.concat([BOM, Buffer.from(RIVER.text)]) },
  { what: 'without a newline at its end', bytes: Buffer.from(RIVER.text.trimEnd()) },
  { what: 'with many newlines at its end', bytes: Buffer.from(`${RIVER.text}\n\n`) },
  { what: 'with white space in front', bytes: Buffer.from(` \n\t${RIVER.text}`) },
  { what: 'with lone surrogates', bytes: fixture('lone-surrogates.json').bytes },
  { what: 'with duplicate keys', bytes: fixture('duplicate-keys.json').bytes },
  { what: 'with escaped slashes', bytes: fixture('escaped-slashes.json').bytes },
  { what: 'with upper-case escapes', bytes: fixture('upper-case-escapes.json').bytes },
  { what: 'with unusual numbers', bytes: fixture('numbers.json').bytes },
  { what: 'with __proto__ keys', bytes: fixture('proto-keys.json').bytes },
].map(({ what, bytes }, at) => ({ what, bytes, name: `Grüße ${at}.json` }))

test('an unedited file of any habit is downloaded byte for byte under its own name', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles(UNEDITED)
  await expect(region(page, 'Library').getByRole('button')).toHaveCount(UNEDITED.length)
  for (const { what, name, bytes } of UNEDITED) {
    await test.step(what, async () => {
      await expect(page).toHaveTitle(new RegExp(name))
      const exported = await download(page)
      expect(exported.name).toBe(name)
      expect(exported.bytes.toString('hex')).toBe(bytes.toString('hex'))
      await page.keyboard.press('j')
    })
  }
})

test('Copy gives the exact text', async ({ page, context, openApp, dropFiles }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp()
  await dropFiles([RIVER])
  await exportAs(page, 'Copy')
  await expect(page.getByRole('status').filter({ hasText: /copied/i })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(RIVER.text)
  await editAnswer(page)
  await exportAs(page, 'Copy')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(EDITED)
})

test.describe('where the browser can save in place', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      window.disk = new Map()
      window.askedFor = []
      const handleOf = (name: string) => ({
        kind: 'file',
        name,
        getFile: async () => new File([new Uint8Array(window.disk.get(name) ?? [])], name),
        createWritable: async () => {
          if (window.refuseToWrite) throw new DOMException('The disk is full.', 'QuotaExceededError')
          const parts: BlobPart[] = []
          return {
            write: async (part: BlobPart) => {
              parts.push(part)
            },
            abort: async () => undefined,
            close: async () => {
              window.disk.set(name, [...new Uint8Array(await new Blob(parts).arrayBuffer())])
            },
          }
        },
      })
      Object.assign(window, {
        showSaveFilePicker: async ({ suggestedName }: { readonly suggestedName: string }) => {
          window.askedFor.push(suggestedName)
          return handleOf(suggestedName)
        },
      })
    })
  })

  async function saved(page: Page, name: string): Promise<string | undefined> {
    const bytes = await page.evaluate((file) => window.disk.get(file), name)
    return bytes && Buffer.from(bytes).toString('utf8')
  }

  async function save(page: Page): Promise<void> {
    await exportAs(page, 'Save')
    const review = page.getByRole('dialog')
    await expect(review).toContainText('river.json')
    await button(review, 'Save').click()
  }

  test('Save shows the changes first and then writes exactly the bytes', async ({
    page,
    openApp,
    dropFiles,
  }) => {
    await openApp()
    await dropFiles([{ name: 'river.json', bytes: Buffer.concat([BOM, Buffer.from(RIVER.text)]) }])
    await editAnswer(page)
    await exportAs(page, 'Save')
    const review = page.getByRole('dialog')
    await expect(review.getByText(/Rhein/).first()).toBeVisible()
    await expect(review.getByText(/Main/).first()).toBeVisible()
    expect(await page.evaluate(() => window.disk.size)).toBe(0)
    await button(review, 'Save').click()
    await expect.poll(() => saved(page, 'river.json')).toBe(`\ufeff${EDITED}`)
    expect(await page.evaluate(() => window.askedFor)).toEqual(['river.json'])
    await expect(button(page, 'edited')).toHaveCount(0)
  })

  test('a second save goes to the same file without asking where, and undo goes back past a save', async ({
    page,
    openApp,
    dropFiles,
  }) => {
    await openApp()
    await dropFiles([RIVER])
    await editAnswer(page)
    await save(page)
    await expect.poll(() => saved(page, 'river.json')).toBe(EDITED)
    await button(page, 'Undo').click()
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
    await save(page)
    await expect.poll(() => saved(page, 'river.json')).toBe(RIVER.text)
    expect(await page.evaluate(() => window.askedFor)).toHaveLength(1)
  })

  test('a file that has changed on disk is not written over unasked', async ({
    page,
    openApp,
    dropFiles,
  }) => {
    await openApp()
    await dropFiles([RIVER])
    await editAnswer(page)
    await save(page)
    await expect.poll(() => saved(page, 'river.json')).toBe(EDITED)
    await page.evaluate(() => window.disk.set('river.json', [123, 125]))
    await editInPlace(page, 'finish reason', 'length')
    await save(page)
    const conflict = page.getByRole('dialog', { name: /changed/ })
    await expect(conflict).toContainText('river.json')
    expect(await saved(page, 'river.json')).toBe('{}')
    await page.keyboard.press('Escape')
    expect(await saved(page, 'river.json')).toBe('{}')
    await expect(page.getByTestId('finish-reason')).toHaveText('length')
  })

  test('a save that fails says why, and the change is still there', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([RIVER])
    await page.evaluate(() => {
      window.refuseToWrite = true
    })
    await editAnswer(page)
    await save(page)
    await expect(page.getByRole('status').filter({ hasText: 'The disk is full.' })).toBeVisible()
    await expect(button(page, 'edited')).toBeVisible()
    expect(await downloadText(page)).toBe(EDITED)
  })

  test('the key saves too', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([RIVER])
    await editAnswer(page)
    await page.keyboard.press('Control+s')
    await button(page.getByRole('dialog'), 'Save').click()
    await expect.poll(() => saved(page, 'river.json')).toBe(EDITED)
  })
})

test('where the browser cannot save in place the file is downloaded and that is said', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker')
  })
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await exportAs(page, 'Save')
  const started = page.waitForEvent('download')
  await button(page.getByRole('dialog'), 'Save').click()
  expect((await started).suggestedFilename()).toBe('river.json')
  await expect(page.getByRole('status').filter({ hasText: /downloaded/ })).toBeVisible()
})

test('several cassettes leave as one archive, each byte for byte', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER, WEATHER])
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  await editInPlace(page, 'finish reason', 'length')
  const edited = replaceOnce(RIVER.text, '"finish_reason": "stop"', '"finish_reason": "length"')
  for (const [item, expected] of [
    ['Zip of the changed', { [RIVER.name]: edited }],
    ['Zip of all 2', { [RIVER.name]: edited, [WEATHER.name]: WEATHER.text }],
  ] as const) {
    const started = page.waitForEvent('download')
    await button(page, 'Export').click()
    await page.getByRole('menuitem', { name: item }).click()
    const arrived = await started
    expect(arrived.suggestedFilename()).toBe('cassettes.zip')
    const files = unzipSync(new Uint8Array(readFileSync(await arrived.path())))
    const texts = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
    )
    expect(texts).toEqual(expected)
  }
})
