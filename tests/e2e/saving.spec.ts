import type { Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  downloadText,
  editInPlace,
  exportAs,
  region,
  replaceOnce,
} from './support/deck.ts'
import { comeBack, expectOnDisk, giveOwnDisk, onDisk, writeOnDisk } from './support/own-disk.ts'
import { RIVER, RIVER_ANSWER, WEATHER } from './support/recordings.ts'

const EDITED_ANSWER = RIVER_ANSWER.replace('Rhein', 'Main')
const EDITED = replaceOnce(RIVER.text, '" Rhein"', '" Main"')
const THEIRS = replaceOnce(RIVER.text, '" Rhein"', '" Nil"')
const THEIR_ANSWER = RIVER_ANSWER.replace('Rhein', 'Nil')

test.beforeEach(async ({ page, openApp, dropFiles }) => {
  await giveOwnDisk(page)
  await openApp()
  await writeOnDisk(page, RIVER.name, RIVER.text)
  await dropFiles([RIVER])
})

function editAnswer(page: Page): Promise<void> {
  return editInPlace(page, 'assembled answer', EDITED_ANSWER)
}

async function save(page: Page): Promise<void> {
  await exportAs(page, 'Save')
  await button(page.getByRole('dialog', { name: /^Save/ }), 'Save').click()
}

function said(page: Page, text: RegExp) {
  return page.getByRole('status').filter({ hasText: text })
}

function askedFor(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (window as unknown as { askedFor: string[] }).askedFor)
}

test('a save writes exactly the bytes into the file that was dropped, and asks nothing', async ({ page }) => {
  await editAnswer(page)
  await save(page)
  await expectOnDisk(page, RIVER.name, EDITED)
  await expect(said(page, /Saved river\.json\./)).toBeVisible()
  await expect(button(page, 'edited')).toHaveCount(0)
  expect(await askedFor(page)).toEqual([])
})

test('after a reload the file is still known', async ({ page }) => {
  await editAnswer(page)
  await page.reload()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  await save(page)
  await expectOnDisk(page, RIVER.name, EDITED)
  expect(await askedFor(page)).toEqual([])
  await page.waitForTimeout(500)
  await page.reload()
  await expect(button(page, 'Open')).toBeVisible()
})

test('a file that changes on disk is seen on coming back: mine can be kept', async ({ page, axe }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await comeBack(page)
  const banner = region(page, 'Disk')
  await expect(banner).toContainText('river.json has changed on disk')
  expect(await axe()).toEqual([])
  expect(await onDisk(page, RIVER.name)).toBe(THEIRS)
  await button(banner, 'Keep mine').click()
  await expect(banner).toHaveCount(0)
  expect(await onDisk(page, RIVER.name)).toBe(THEIRS)
  await save(page)
  await expectOnDisk(page, RIVER.name, EDITED)
})

test('what is on disk can be loaded as a step that undo takes back', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await comeBack(page)
  await button(region(page, 'Disk'), 'Load disk').click()
  await expect(assembledText(page)).toHaveText(THEIR_ANSWER)
  await expect(button(page, 'edited')).toHaveCount(0)
  await button(page, 'Undo').click()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
  await expect(button(page, 'edited')).toBeVisible()
})

test('what loading the disk has replaced outlives a reload, and is not closed unasked', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await comeBack(page)
  await button(region(page, 'Disk'), 'Load disk').click()
  await expect(assembledText(page)).toHaveText(THEIR_ANSWER)
  await page.waitForTimeout(1000)
  await page.reload()
  await expect(assembledText(page)).toHaveText(THEIR_ANSWER)
  await expect(button(page, 'edited')).toHaveCount(0)
  await button(page, 'More').click()
  await page.getByRole('menuitem', { name: 'Close this cassette' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close without saving?' })
  await expect(dialog).toContainText('the steps of its history')
  await button(dialog, 'Cancel').click()
  await button(page, 'Undo').click()
  await expect(assembledText(page)).toHaveText(EDITED_ANSWER)
})

test('an unchanged cassette whose file changes on disk offers to load it, too', async ({ page }) => {
  await expect(assembledText(page)).toBeVisible()
  await writeOnDisk(page, RIVER.name, THEIRS)
  await comeBack(page)
  await button(region(page, 'Disk'), 'Load disk').click()
  await expect(assembledText(page)).toHaveText(THEIR_ANSWER)
  await expect(region(page, 'Disk')).toHaveCount(0)
})

test('mine and the disk can be compared', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await comeBack(page)
  await button(region(page, 'Disk'), 'Compare').click()
  const dialog = page.getByRole('dialog', { name: /changed/ })
  await expect(dialog.getByText('on disk → mine')).toBeVisible()
  await expect(dialog.getByText(/Nil/).first()).toBeVisible()
  await expect(dialog.getByText(/Main/).first()).toBeVisible()
})

test('a save that meets a changed file writes nothing before the person has chosen', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await save(page)
  const dialog = page.getByRole('dialog', { name: 'The file on disk has changed' })
  await expect(dialog).toContainText('river.json')
  expect(await onDisk(page, RIVER.name)).toBe(THEIRS)
  await test.step('nor when it changes again while the dialog stands', async () => {
    const again = replaceOnce(RIVER.text, '" Rhein"', '" Po"')
    await writeOnDisk(page, RIVER.name, again)
    await button(dialog, 'Keep mine').click()
    await expect(dialog).toContainText('river.json')
    expect(await onDisk(page, RIVER.name)).toBe(again)
  })
  await button(dialog, 'Keep mine').click()
  await expectOnDisk(page, RIVER.name, EDITED)
  await expect(button(page, 'edited')).toHaveCount(0)
})

test('"Save as" leaves the file, and from then on the cassette is the other one', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, THEIRS)
  await save(page)
  await page.evaluate(() => Object.assign(window, { pickedName: 'other.json' }))
  await button(page.getByRole('dialog'), 'Save as…').click()
  await expectOnDisk(page, 'other.json', EDITED)
  expect(await onDisk(page, RIVER.name)).toBe(THEIRS)
  await expect(page).toHaveTitle(/other\.json/)
  await expect(button(page, 'edited')).toHaveCount(0)
  await editInPlace(page, 'finish reason', 'length')
  await save(page)
  await expect.poll(() => onDisk(page, 'other.json')).toContain('"length"')
  expect(await askedFor(page)).toEqual(['river.json'])
  expect(await onDisk(page, RIVER.name)).toBe(THEIRS)
  await test.step('a cassette that has another name than its file asks where, and the file stays', async () => {
    await page.evaluate(() => Object.assign(window, { pickedName: undefined }))
    await button(page, 'Undo').click()
    await button(page, 'Undo').click()
    await expect(page).toHaveTitle(/river\.json/)
    await save(page)
    await expectOnDisk(page, RIVER.name, EDITED)
    await expect(said(page, /Saved river\.json\. other\.json is still there as it was\./)).toBeVisible()
    expect(await onDisk(page, 'other.json')).toContain('"length"')
  })
})

test('a file that is gone is not made anew unasked', async ({ page }) => {
  await editAnswer(page)
  await writeOnDisk(page, RIVER.name, undefined)
  await save(page)
  const dialog = page.getByRole('dialog', { name: 'The file is no longer there' })
  await expect(dialog).toContainText('river.json')
  expect(await onDisk(page, RIVER.name)).toBeUndefined()
  await button(dialog, 'Save as…').click()
  await expectOnDisk(page, RIVER.name, EDITED)
})

for (const [what, half] of [
  ['writing', 'write'],
  ['closing', 'close'],
] as const) {
  test(`a save that fails half-way, while ${what}, leaves the old file and says so`, async ({ page }) => {
    await editAnswer(page)
    await page.evaluate((method) => {
      const stream = FileSystemWritableFileStream.prototype
      const real = stream[method]
      Object.assign(stream, {
        async [method](this: FileSystemWritableFileStream, data?: Uint8Array<ArrayBuffer>) {
          // half of it really is in the swap file
          if (data) await real.call(this, data.subarray(0, data.length / 2))
          Object.assign(stream, { [method]: real })
          throw new DOMException('The disk is full.', 'QuotaExceededError')
        },
      })
    }, half)
    await save(page)
    await expect(said(page, /Not saved: The disk is full\. The file on disk is as it was\./)).toBeVisible()
    expect(await onDisk(page, RIVER.name)).toBe(RIVER.text)
    await expect(button(page, 'edited')).toBeVisible()
    expect(await downloadText(page)).toBe(EDITED)
    await test.step('and can be tried again', async () => {
      await save(page)
      await expectOnDisk(page, RIVER.name, EDITED)
    })
  })
}

test('a file that another tab is writing right now is left alone', async ({ page }) => {
  await editAnswer(page)
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getFileHandle('river.json')
    await handle.createWritable({ mode: 'exclusive' } as FileSystemCreateWritableOptions)
  })
  await save(page)
  await expect(said(page, /Another tab is writing it right now/)).toBeVisible()
  expect(await onDisk(page, RIVER.name)).toBe(RIVER.text)
})

test('typing on while a save is under way is not taken for saved', async ({ page }) => {
  await editAnswer(page)
  await page.evaluate(() => {
    const stream = FileSystemWritableFileStream.prototype
    const { close } = stream
    stream.close = async function () {
      await new Promise((resolve) => Object.assign(window, { goOn: resolve }))
      return close.call(this)
    }
  })
  await save(page)
  await page.waitForFunction(() => 'goOn' in window)
  await editInPlace(page, 'finish reason', 'length')
  await page.evaluate(() => (window as unknown as { goOn: () => void }).goOn())
  await expectOnDisk(page, RIVER.name, EDITED)
  await expect(said(page, /Saved river\.json/)).toBeVisible()
  await expect(button(page, 'edited')).toBeVisible()
  await test.step('and is still there after a reload, compared with what was written', async () => {
    await page.reload()
    await expect(page.getByTestId('finish-reason')).toHaveText('length')
    await button(page, 'Undo').click()
    await expect(button(page, 'edited')).toHaveCount(0)
    expect(await downloadText(page)).toBe(EDITED)
  })
})

test('all that is changed is saved one after the other, and each outcome is counted', async ({
  page,
  dropFiles,
}) => {
  const second = { name: 'second.json', text: RIVER.text }
  const third = { name: 'third.json', text: RIVER.text }
  await writeOnDisk(page, second.name, second.text)
  await writeOnDisk(page, third.name, third.text)
  // the last has no handle: there is no such file on the disk
  await dropFiles([second, third, WEATHER])
  await page.getByRole('dialog').getByRole('button', { name: /add/i }).click()
  const library = region(page, 'Library').getByRole('button')
  await expect(library).toHaveCount(4)
  for (const at of [0, 1, 2]) {
    await library.nth(at).click()
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
    await editAnswer(page)
  }
  await library.nth(3).click()
  await editInPlace(page, 'assembled answer', 'Moment.')
  await writeOnDisk(page, second.name, THEIRS)
  await page.keyboard.press('Control+Alt+s')
  await expect(
    said(
      page,
      /2 saved; second\.json changed on disk: nothing was written there; 1 has no file of its own yet/,
    ),
  ).toBeVisible()
  expect(await onDisk(page, RIVER.name)).toBe(EDITED)
  expect(await onDisk(page, third.name)).toBe(EDITED)
  expect(await onDisk(page, second.name)).toBe(THEIRS)
  await library.nth(1).click()
  await expect(region(page, 'Disk')).toContainText('second.json has changed on disk')
})
