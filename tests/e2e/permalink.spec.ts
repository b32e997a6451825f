import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { deflateSync } from 'fflate'
import { expect } from '../support/deck-test.ts'
import { assembledText, button, download, editInPlace, expectPlayhead, replaceOnce } from './support/deck.ts'
import { test } from './support/fresh-browser.ts'
import {
  fixture,
  pythonJson,
  question,
  RIVER,
  RIVER_ANSWER,
  streamed,
  textChunks,
} from './support/recordings.ts'

async function share(page: Page): Promise<string> {
  await button(page, 'Share').click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

/** The app's fragment, taken apart where the packed file stands. */
function parts(link: string): { readonly before: string; readonly data: string; readonly after: string } {
  const [, before = '', data = '', after = ''] = /^(.*[#&]data=)([\w-]+)(.*)$/.exec(link) ?? []
  expect(data).not.toBe('')
  return { before, data, after }
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return b * 65536 + a
}

/** A link as the app would make it, without its limits. */
function packed(bytes: Uint8Array, version = 1): string {
  const head = Buffer.alloc(5)
  head[0] = version
  head.writeUInt32BE(adler32(bytes), 1)
  return Buffer.concat([head, deflateSync(bytes, { level: 9 })]).toString('base64url')
}

/** Follows a link in the page that is open. */
async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate((fragment) => {
    window.location.hash = fragment
  }, hash)
}

test('the link is copied and says how long it is', async ({ page, context, openApp, dropFiles }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'Share').click()
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  expect(new URL(link).search, 'nothing of the cassette reaches a server').toBe('')
  await expect(page.getByRole('dialog', { name: 'Share' })).toContainText(
    `${link.length.toLocaleString('en')} characters`,
  )
})

for (const { what, name, bytes } of [
  { what: 'a pretty file', name: 'river.json', bytes: Buffer.from(RIVER.text) },
  {
    what: 'a file with CRLF and a byte order mark',
    name: 'crlf.json',
    bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), fixture('crlf.json').bytes]),
  },
  {
    what: 'a file with lone surrogates and a strange name',
    name: 'a&b=c #1 ünï.json',
    bytes: fixture('lone-surrogates.json').bytes,
  },
]) {
  test(`${what} arrives byte for byte in a browser that knows nothing`, async ({
    page,
    openApp,
    dropFiles,
    openAfresh,
  }) => {
    await openApp()
    await dropFiles([{ name, bytes }])
    await expect(button(page, 'Share')).toBeVisible()
    const other = await openAfresh(await share(page))
    await expect(button(other, 'Export')).toBeVisible()
    const exported = await download(other)
    expect(exported.name).toBe(name)
    expect(exported.bytes.toString('hex')).toBe(bytes.toString('hex'))
  })
}

test('an edited cassette and the playhead travel in the link', async ({
  page,
  openApp,
  dropFiles,
  openAfresh,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
  await page.keyboard.press('Escape')
  await button(page, 'Restart').click()
  for (let step = 0; step < 4; step++) await button(page, 'Next chunk').click()
  await expectPlayhead(page, 4, 10)
  const other = await openAfresh(await share(page))
  await expectPlayhead(other, 4, 10)
  await expect(assembledText(other)).toHaveText('Grüße aus Köln')
  await expect(button(other, 'Play')).toBeVisible()
  const { bytes } = await download(other)
  expect(bytes.toString('utf8')).toBe(replaceOnce(RIVER.text, '" Rhein"', '" Main"'))
})

test('a link at the beginning opens at the beginning', async ({ page, openApp, dropFiles, openAfresh }) => {
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'Restart').click()
  const other = await openAfresh(await share(page))
  await expectPlayhead(other, 0, 10)
})

test('a cassette that is too large says its size and what to do instead', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const noise = randomBytes(90_000).toString('base64')
  const text = pythonJson(streamed([question(noise)], textChunks(['Hm.'])))
  await openApp()
  await dropFiles([{ name: 'noise.json', text }])
  await button(page, 'Share').click()
  const told = page.getByRole('dialog', { name: 'Share' })
  await expect(told).toContainText(/too large/i)
  await expect(told).toContainText(text.length.toLocaleString('en'))
  await expect(told).toContainText(/file/)
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveCount(0)
  const started = page.waitForEvent('download')
  await told.getByRole('button', { name: /download/i }).click()
  expect((await started).suggestedFilename()).toBe('noise.json')
})

test.describe('a link that is not what it should be', () => {
  test('is refused with a sentence', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([RIVER])
    const { before, data } = parts(await share(page))
    const head = before.slice(before.indexOf('#') + 1)
    const middle = Math.floor(data.length / 2)
    const other = data[middle] === 'A' ? 'B' : 'A'
    await page.goto('about:blank')
    await openApp()
    for (const [what, hash] of [
      ['truncated', head + data.slice(0, middle)],
      ['truncated by one character', head + data.slice(0, -1)],
      ['damaged', head + data.slice(0, middle) + other + data.slice(middle + 1)],
      ['damaged in its checksum', `${head}${data.slice(0, 3)}${data[3] === 'A' ? 'B' : 'A'}${data.slice(4)}`],
      ['not base64url', `${head}***`],
      ['a bomb of 9 MiB', head + packed(new Uint8Array(9 * 1024 * 1024))],
      ['of no recording', head + packed(Buffer.from('hello'))],
      ['of a newer packing', head + packed(Buffer.from(RIVER.text), 2)],
      ['of a newer version', (head + data).replace('v=1', 'v=2')],
      ['longer than any', head + 'A'.repeat(100_000)],
    ] as const) {
      await test.step(what, async () => {
        await follow(page, hash)
        await expect(page.getByTestId('diagnostic')).toContainText(/\w+ \w+ \w+[^.]*[.]/)
        await expect(button(page, 'Open sample')).toBeVisible()
        // so that what is told next is told about the next link
        await button(page, 'Dismiss').click()
        await expect(page.getByTestId('diagnostic')).toHaveCount(0)
      })
    }
  })

  test('is refused by a page that opens with it, too', async ({ page, openApp }) => {
    await openApp(`#v=1&name=bomb.json&data=${packed(new Uint8Array(9 * 1024 * 1024))}`)
    await expect(page.getByTestId('diagnostic')).toContainText(/8 MB/)
  })

  test('never raises an error, however it was mutated', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([RIVER])
    const { before, data, after } = parts(await share(page))
    const whole = before.slice(before.indexOf('#') + 1) + data + after
    await page.goto('about:blank')
    await openApp()
    // a fixed sequence: what fails fails again
    let seed = 20260101
    const below = (limit: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % limit
    }
    const mutated = Array.from({ length: 150 }, () => {
      const at = below(whole.length)
      const inserted = ['', '%', '&', '=', '\u0000', 'A', '_', '%F0', 'v=9', '#'][below(10)] ?? ''
      return whole.slice(0, at) + inserted + whole.slice(at + below(4))
    })
    await page.evaluate(async (hashes) => {
      for (const hash of hashes) {
        window.location.hash = hash
        await new Promise((next) => setTimeout(next))
      }
    }, mutated)
    await expect(page.getByTestId('diagnostic').or(button(page, 'Export')).first()).toBeVisible()
  })
})

test('a link that is followed beside an edited cassette opens beside it', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  const link = await share(page)
  await editInPlace(page, 'assembled answer', 'Mine.')
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, new URL(link).hash)
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  await page.keyboard.press('k')
  await expect(assembledText(page)).toHaveText('Mine.')
  await expect(button(page, 'Undo')).toBeEnabled()
})

test('a damaged link that is followed beside an edited cassette leaves it alone', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  const { before, data } = parts(await share(page))
  await editInPlace(page, 'assembled answer', 'Mine.')
  await page.evaluate(
    (hash) => {
      window.location.hash = hash
    },
    before.slice(before.indexOf('#')) + data.slice(0, 99),
  )
  await expect(page.getByTestId('diagnostic')).toBeVisible()
  await expect(assembledText(page)).toHaveText('Mine.')
  await expect(button(page, 'Undo')).toBeEnabled()
})
