import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { CHROMIUM_ARGUMENTS, findChromium } from '../support/find-chromium.ts'
import {
  assembledText,
  button,
  downloadText,
  editInPlace,
  region,
  replaceOnce,
  startEditing,
} from './support/deck.ts'
import { killBrowser } from './support/kill-browser.ts'
import { RIVER, RIVER_ANSWER, WEATHER } from './support/recordings.ts'

const EDITED_ANSWER = RIVER_ANSWER.replace('Rhein', 'Main')
const EDITED = replaceOnce(RIVER.text, '" Rhein"', '" Main"')

function editAnswer(page: Page): Promise<void> {
  return editInPlace(page, 'assembled answer', EDITED_ANSWER)
}

function restored(page: Page, count = 1) {
  return region(page, 'Restored').getByText(
    `Restored ${count === 1 ? '1 cassette' : `${count} cassettes`} with unsaved changes.`,
  )
}

/** What was on screen a second before must be there: this is the second. */
async function aSecond(page: Page): Promise<void> {
  await page.waitForTimeout(1000)
}

test('a reload right after an edit asks nothing and brings back the text and its whole history', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await editInPlace(page, 'finish reason', 'length')
  await button(page, 'Undo').click()
  await page.reload()
  await expect(restored(page)).toBeVisible()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  expect(await downloadText(page)).toBe(EDITED)
  await button(page, 'Redo').click()
  await expect(page.getByTestId('finish-reason')).toHaveText('length')
  await button(page, 'Undo').click()
  await button(page, 'Undo').click()
  expect(await downloadText(page)).toBe(RIVER.text)
  expect(asked).toEqual([])
  await test.step('what was undone to its beginning is not kept any more', async () => {
    await aSecond(page)
    await page.reload()
    await expect(button(page, 'Open')).toBeVisible()
    await expect(restored(page)).toHaveCount(0)
  })
})

test('what a closed tab leaves is taken over by the next one; what is open in a tab that lives is not', async ({
  page,
  context,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER, WEATHER])
  await editAnswer(page)
  await page.keyboard.press('j')
  await editInPlace(page, 'assembled answer', 'Moment.')
  await aSecond(page)
  const address = page.url()
  const beside = await context.newPage()
  await beside.goto(address)
  await expect(button(beside, 'Open')).toBeVisible()
  await page.close({ runBeforeUnload: true })
  const next = await context.newPage()
  await next.goto(address)
  await expect(restored(next, 2)).toBeVisible()
  // the one that was worked on last
  await expect(assembledText(next)).toHaveText('Moment.')
  await next.keyboard.press('k')
  await expect(assembledText(next)).toHaveText(EDITED_ANSWER)
  await expect(restored(beside)).toHaveCount(0)
})

test('a duplicated tab leaves the drafts to the tab that it was made from', async ({
  page,
  context,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await aSecond(page)
  const opened = context.waitForEvent('page')
  // takes a copy of the session storage with it, as duplicating does
  await page.evaluate(() => window.open(location.href))
  const twin = await opened
  await expect(button(twin, 'Open')).toBeVisible()
  // until then it waits whether the id is that of a page that is just going away
  await aSecond(twin)
  await expect(restored(twin)).toHaveCount(0)
  await page.reload()
  await expect(restored(page)).toBeVisible()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
})

test('what stands in an open field comes back in it, on a cassette that is not changed otherwise', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  const field = await startEditing(page, 'assembled answer')
  await field.fill('Halb getippt')
  await page.reload()
  await expect(restored(page)).toBeVisible()
  const again = page.getByRole('textbox', { name: 'assembled answer', exact: true })
  await expect(again).toHaveValue('Halb getippt')
  await test.step('and once more, though nobody has touched it since', async () => {
    await aSecond(page)
    await page.reload()
    await expect(again).toHaveValue('Halb getippt')
  })
  await again.press('Control+Enter')
  await expect(assembledText(page)).toHaveText('Halb getippt')
  await aSecond(page)
  await page.reload()
  await expect(assembledText(page)).toHaveText('Halb getippt')
  await expect(again).toHaveCount(0)
})

test('what was typed into a field that is not on screen any more can be copied', async ({
  page,
  context,
  openApp,
  dropFiles,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'JSON of chunk 1').click()
  const field = await startEditing(page, 'text of chunk 1')
  await field.fill('Nirgends mehr')
  await page.reload()
  const notice = region(page, 'Typed before')
  await expect(notice).toContainText('Nirgends mehr')
  await button(notice, 'Copy').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Nirgends mehr')
  await button(notice, 'Dismiss').click()
  await expect(notice).toHaveCount(0)
  await aSecond(page)
  await page.reload()
  await expect(button(page, 'Open')).toBeVisible()
})

test('typing in the source comes back to the last key', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'Source').click()
  await page.locator('.monaco-editor .view-lines').first().waitFor()
  await page.locator('.monaco-editor').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n\n', { delay: 20 })
  await page.keyboard.type('   ', { delay: 20 })
  const before = await downloadText(page)
  expect(before).not.toBe(RIVER.text)
  await page.reload()
  await expect(restored(page)).toBeVisible()
  expect(await downloadText(page)).toBe(before)
})

test('a link shows what was left of it instead of opening it twice', async ({ page, openApp }) => {
  await openApp('#v=1&sample=1&t=2')
  await expect(assembledText(page)).toBeVisible()
  await editInPlace(page, 'assembled answer', 'Changed.')
  await aSecond(page)
  await page.reload()
  await expect(restored(page)).toBeVisible()
  await expect(assembledText(page)).toContainText('Ch')
  await expect(region(page, 'Library')).toHaveCount(0)
})

test('another link opens beside what came back, and is what is shown', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await aSecond(page)
  await page.goto('about:blank')
  await openApp('#v=1&sample=1')
  await expect(restored(page)).toBeVisible()
  await expect(page).toHaveTitle(/seed-llama\.json/)
  await expect(region(page, 'Library').getByRole('button')).toHaveCount(2)
})

test('what came back can be thrown away, but not by one slip', async ({ page, openApp, dropFiles, axe }) => {
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await page.reload()
  await expect(restored(page)).toBeVisible()
  expect(await axe()).toEqual([])
  await button(page, 'Discard…').click()
  await button(page, 'Keep them').click()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  await button(page, 'Discard…').click()
  await button(page, 'Discard for good').click()
  await expect(button(page, 'Open')).toBeVisible()
  await aSecond(page)
  await page.reload()
  await expect(button(page, 'Open')).toBeVisible()
  await expect(restored(page)).toHaveCount(0)
})

async function inStore(page: Page, store: string, change: (rows: IDBObjectStore) => void): Promise<void> {
  await page.evaluate(
    ([name, code]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cassette-deck')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(name ?? '', 'readwrite')
          const rows = transaction.objectStore(name ?? '')
          if (code === 'corrupt') {
            const cursor = rows.openCursor()
            cursor.onsuccess = () => {
              cursor.result?.update(String(cursor.result.value).replace('Antworte', 'Verworte'))
              cursor.result?.continue()
            }
          } else rows.clear()
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    [store, change.name] as const,
  )
}

const corrupt = (): void => {}
const clear = (): void => {}

for (const [what, store, change] of [
  ['whose text is another one than its hash says', 'texts', corrupt],
  ['whose changes are missing', 'steps', clear],
  ['whose text is missing', 'texts', clear],
] as const) {
  test(`a stored draft ${what} is not applied blindly; what is left of it can be had`, async ({
    page,
    openApp,
    dropFiles,
  }) => {
    await openApp()
    await dropFiles([RIVER])
    await editAnswer(page)
    await aSecond(page)
    await inStore(page, store, change)
    await page.reload()
    const notice = region(page, 'Not restored')
    await expect(notice).toContainText('river.json')
    await expect(button(page, 'Open')).toBeVisible()
    await expect(button(notice, 'Download what is left')).toHaveCount(
      what.endsWith('text is missing') ? 0 : 1,
    )
    await button(notice, 'Forget it').click()
    await expect(notice).toHaveCount(0)
    await aSecond(page)
    await page.reload()
    await expect(button(page, 'Open')).toBeVisible()
    await expect(notice).toHaveCount(0)
  })
}

test('a database that is deleted underneath is written anew with everything', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await editAnswer(page)
  await aSecond(page)
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('cassette-deck').onsuccess = () => resolve()
      }),
  )
  await editInPlace(page, 'finish reason', 'length')
  await aSecond(page)
  await page.reload()
  await expect(restored(page)).toBeVisible()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  await button(page, 'Undo').click()
  await button(page, 'Undo').click()
  expect(await downloadText(page)).toBe(RIVER.text)
})

test.describe('where nothing can be stored', () => {
  for (const [what, block] of [
    [
      'refused',
      () => {
        indexedDB.open = () => {
          throw new DOMException('No.', 'SecurityError')
        }
      },
    ],
    [
      'silent',
      () => {
        indexedDB.open = () => new EventTarget() as IDBOpenDBRequest
      },
    ],
    [
      'full',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('Full.', 'QuotaExceededError')
        }
      },
    ],
  ] as const) {
    test(`storage that is ${what} is said within two seconds, and editing goes on`, async ({
      page,
      openApp,
      dropFiles,
    }) => {
      await page.addInitScript(block)
      await openApp()
      await dropFiles([RIVER])
      await editAnswer(page)
      const warning = region(page, 'Storage')
      await expect(warning).toContainText('Changes are kept in this tab only', { timeout: 2000 })
      await editInPlace(page, 'finish reason', 'length')
      await expect(page.getByTestId('finish-reason')).toHaveText('length')
      await test.step('leaving asks first, as the changes would be lost', async () => {
        const asked = page.waitForEvent('dialog')
        await page.close({ runBeforeUnload: true })
        const dialog = await asked
        expect(dialog.type()).toBe('beforeunload')
        await dialog.dismiss()
      })
      await button(page, 'Undo').click()
      await button(page, 'Undo').click()
      await expect(button(page, 'edited')).toHaveCount(0)
      // what was undone can be done again, and is nowhere else
      await expect(warning).toBeVisible()
    })
  }

  test('a quota that the browser really enforces is said as well', async ({
    page,
    context,
    openApp,
    dropFiles,
  }) => {
    const devtools = await context.newCDPSession(page)
    const { origin } = new URL(process.env.DECK_URL ?? '')
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    await openApp()
    await dropFiles([RIVER])
    await editAnswer(page)
    // not every browser process takes the override in time: a write that is taken all the same must not be warned of,
    // and must be there after a reload, which is asked below of both cases
    const isRefused = await region(page, 'Storage')
      .getByText('is full')
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      )
    await devtools.send('Storage.overrideQuotaForOrigin', { origin })
    if (isRefused) await expect(region(page, 'Storage')).toHaveCount(0)
    await page.reload()
    await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  })

  test('storage that has room again is used again', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full.', 'QuotaExceededError')
      }
      setTimeout(() => {
        IDBObjectStore.prototype.put = put
      }, 2500)
    })
    await dropFiles([RIVER])
    await editAnswer(page)
    const warning = region(page, 'Storage')
    await expect(warning).toContainText('is full', { timeout: 2000 })
    await expect(warning).toHaveCount(0)
    await page.reload()
    await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  })
})

test('a browser that is killed has kept what was on screen a second before', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'deck-profile-'))
  const executablePath = findChromium()
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      args: CHROMIUM_ARGUMENTS,
      ...(executablePath && { executablePath }),
    })
  try {
    const context = await launch()
    const page = await context.newPage()
    await page.goto(process.env.DECK_URL ?? '')
    await page.evaluate(
      ([name, text]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([text ?? ''], name ?? ''))
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: transfer }))
      },
      [RIVER.name, RIVER.text] as const,
    )
    await editAnswer(page)
    const field = await startEditing(page, 'finish reason')
    await field.fill('len')
    await aSecond(page)
    await killBrowser(profile)
    const again = await (await launch()).newPage()
    await again.goto(process.env.DECK_URL ?? '')
    await expect(restored(again)).toBeVisible()
    await expect(assembledText(again)).toHaveText(EDITED_ANSWER)
    await expect(again.getByRole('textbox', { name: 'finish reason', exact: true })).toHaveValue('len')
    await again.context().close()
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
