/** The main job without a mouse. */
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { SEED } from '../support/corpus.ts'
import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  expectPlayhead,
  focusNothing,
  playhead,
  region,
  replaceOnce,
} from './support/deck.ts'
import { PNG, RIVER, RIVER_ANSWER, WEATHER, words } from './support/recordings.ts'

// the sample shows a remote image
test.use({ allowedHosts: ['upload.wikimedia.org'] })

test.beforeEach(async ({ page, openApp }) => {
  await page.route('https://upload.wikimedia.org/**', (route) =>
    route.fulfill({ contentType: 'image/png', headers: { 'access-control-allow-origin': '*' }, body: PNG }),
  )
  await openApp()
})

/** Tab, until the focus is on `target`; every stop on the way must be seen. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    await page.keyboard.press(key)
    await expectVisibleFocus(page)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('80 stops did not lead there.')
}

interface Focus {
  readonly what: string
  readonly isSeen: boolean
}

/** What has the focus, and whether anything on the screen says so. */
function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    const hasOutline =
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor)
    return {
      what: element.outerHTML,
      isSeen: element === document.body || (hasOutline && width > 0 && height > 0),
    }
  })
}

async function expectVisibleFocus(page: Page): Promise<void> {
  await expect.poll(() => focus(page)).toMatchObject({ isSeen: true })
}

test('from the empty screen to an edited file by keyboard alone', async ({ page }) => {
  const original = readFileSync(SEED.path, 'utf8')
  await tabTo(page, button(page, 'Open sample'))
  await page.keyboard.press('Enter')
  await expect(assembledText(page)).toHaveText('Llama')
  await expectPlayhead(page, 4, 4)

  await page.keyboard.press('Space')
  await expectPlayhead(page, 4, 4)
  await page.keyboard.press('ArrowLeft')
  await expectPlayhead(page, 3, 4)
  await page.keyboard.press('ArrowLeft')
  await expect(assembledText(page)).toHaveText('L')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expectPlayhead(page, 4, 4)

  await tabTo(page, button(page, 'Edit assembled answer'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'assembled answer' })).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type('s')
  await page.keyboard.press('Control+Enter')
  await expect(assembledText(page)).toHaveText('Llamas')
  await expect(button(page, 'Edit assembled answer')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(assembledText(page)).toHaveText('Llama')
  await page.keyboard.press('Control+Shift+Z')
  await expect(assembledText(page)).toHaveText('Llamas')

  await tabTo(page, button(page, 'Export'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Download' })).toBeFocused()
  const started = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const file = await started
  expect(file.suggestedFilename()).toBe('seed-llama.json')
  expect(readFileSync(await file.path(), 'utf8')).toBe(
    replaceOnce(original, '"content": "lama"', '"content": "lamas"'),
  )
  await expect(button(page, 'Export')).toBeFocused()
})

test('every stop of the Tab key is seen, on the empty screen and on the deck', async ({
  page,
  dropFiles,
}) => {
  const walk = async (stops: number): Promise<number> => {
    const seen = new Set<string>()
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press('Tab')
      await expectVisibleFocus(page)
      seen.add((await focus(page)).what)
    }
    return seen.size
  }
  expect(await walk(6)).toBeGreaterThan(4)
  await dropFiles([WEATHER])
  await expect(page.getByTestId('tool-name')).toHaveText('get_weather')
  await focusNothing(page)
  expect(await walk(45)).toBeGreaterThan(25)
})

test('the chunk list is one stop, its rows are reached by the arrows', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  await page.keyboard.press('3')
  const row = (index: number): Locator => page.getByTestId('chunk').nth(index).getByRole('button').first()
  await tabTo(page, row(2))
  await page.keyboard.press('ArrowDown')
  await expectPlayhead(page, 4, 10)
  await expect(row(3)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expectPlayhead(page, 2, 10)
  await expect(row(1)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(button(page, 'JSON of chunk 1')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button(page, 'JSON of chunk 1')).toHaveAttribute('aria-expanded', 'true')
  await expect(button(page, 'Edit text of chunk 1')).toBeAttached()
})

test('the chunk list of a long stream, which opens complete, is reached by Tab', async ({
  page,
  dropFiles,
}) => {
  await dropFiles([words(300).file])
  await expectPlayhead(page, 300, 300)
  await tabTo(page, button(page, 'Previous chunk'))
  let isInList = false
  for (let stops = 0; stops < 40 && !isInList; stops++) {
    await page.keyboard.press('Shift+Tab')
    isInList = await page.evaluate(
      () => document.activeElement?.closest('[data-testid=chunk]') instanceof Element,
    )
  }
  expect(isInList, 'a row of the list has had the focus').toBe(true)
})

test('the speed is chosen by keyboard', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  const speed = page.getByRole('combobox', { name: 'Speed' })
  await tabTo(page, speed)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { selected: true })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: '60 chunks/s' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(speed).toHaveText(/60/)
  await expect(speed).toBeFocused()
})

test('a question mark lists the shortcuts, Ctrl+K finds commands and words, Escape closes', async ({
  page,
  dropFiles,
}) => {
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: /shortcuts/i })
  for (const key of ['Space', 'j k', '[ ]', /Ctrl.*K/]) await expect(list).toContainText(key)
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Restart')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expectPlayhead(page, 0, 10)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('heißt')
  await expect(page.getByRole('option').first()).toContainText('heißt')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expectPlayhead(page, 6, 10)
})

test('Ctrl+F finds words in the cassette', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Welcher')
  await expect(page.getByRole('option').first()).toContainText('Welcher Fluss?')
})

test('the keys for opening, for help and for everything by name work on the empty screen', async ({
  page,
}) => {
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (await chooser).setFiles([
    { name: RIVER.name, mimeType: 'application/json', buffer: Buffer.from(RIVER.text) },
  ])
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
})

test('a dialog keeps the focus inside of it and gives it back', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  const isInside = (): Promise<boolean> =>
    page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)
  const opener = button(page, 'Compare')
  await tabTo(page, opener)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  for (let stop = 0; stop < 5; stop++) {
    await page.keyboard.press('Tab')
    expect(await isInside()).toBe(true)
  }
  for (let stop = 0; stop < 5; stop++) {
    await page.keyboard.press('Shift+Tab')
    expect(await isInside()).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opener).toBeFocused()
})

for (const { what, opener, role } of [
  { what: 'the Export menu', opener: 'Export', role: 'menu' },
  { what: 'the shared link', opener: 'Share', role: 'dialog' },
] as const) {
  test(`${what} takes the focus and gives it back`, async ({ page, dropFiles }) => {
    await dropFiles([RIVER])
    await expectPlayhead(page, 10, 10)
    await tabTo(page, button(page, opener))
    await page.keyboard.press('Enter')
    const opened = page.getByRole(role)
    await expect(opened).toBeVisible()
    await expect.poll(() => opened.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await expect(opened).toHaveCount(0)
    await expect(button(page, opener)).toBeFocused()
  })
}

test('the question of a second drop is answered by keyboard', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  await dropFiles([WEATHER])
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(button(page, 'Add')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('tool-name')).toHaveText('get_weather')
  await expect(region(page, 'Library').getByRole('button')).toHaveCount(2)
})

test('the playhead is a slider that says where it is', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await tabTo(page, playhead(page))
  await page.keyboard.press('Home')
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', 'chunk 0 of 10')
})
