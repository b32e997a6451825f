/** The file's text in Monaco: what is typed there is in the panels, and the other way round. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  downloadText,
  editInPlace,
  focusNothing,
  region,
  replaceOnce,
} from './support/deck.ts'
import { fixture, RIVER, RIVER_ANSWER, WEATHER } from './support/recordings.ts'

function source(page: Page): Locator {
  return region(page, 'Source')
}

/** The middle of a word on the screen; undefined while it is scrolled out of the editor. */
function pointOfWord(
  page: Page,
  word: string,
): Promise<{ readonly x: number; readonly y: number } | undefined> {
  return source(page).evaluate((pane, wanted) => {
    const frame = pane.querySelector('.monaco-editor')?.getBoundingClientRect() ?? new DOMRect()
    for (const line of pane.querySelectorAll('.view-line')) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
        const start = node.data.indexOf(wanted)
        if (start === -1) continue
        const range = document.createRange()
        range.setStart(node, start)
        range.setEnd(node, start + wanted.length)
        const { x, y, width, height, top, bottom } = range.getBoundingClientRect()
        // away from the edges, where a shadow or the scroll bar may lie over the line
        if (top > frame.top + height && bottom < frame.bottom - height) {
          return { x: x + width / 2, y: y + height / 2 }
        }
      }
    }
    return undefined
  }, word)
}

/** Scrolls the source down to a word, as a person would. */
async function findWord(page: Page, word: string): Promise<{ readonly x: number; readonly y: number }> {
  await source(page).locator('.view-lines').hover()
  let found: { readonly x: number; readonly y: number } | undefined
  await expect(async () => {
    found = await pointOfWord(page, word)
    if (found === undefined) await page.mouse.wheel(0, 60)
    expect(found).toBeDefined()
  }).toPass({ timeout: 10_000, intervals: [100] })
  if (found === undefined) throw new Error(`"${word}" is not in the source.`)
  return found
}

/** Writes over one word of the source. */
async function overwrite(page: Page, word: string, by: string): Promise<void> {
  const { x, y } = await findWord(page, word)
  await page.mouse.dblclick(x, y)
  await page.keyboard.type(by)
}

/** Puts the caret at the end of the line that holds a word. */
async function goToEndOfLine(page: Page, word: string): Promise<void> {
  const { x, y } = await findWord(page, word)
  await page.mouse.click(x, y)
  await page.keyboard.press('End')
}

async function openSource(page: Page): Promise<void> {
  await focusNothing(page)
  await page.keyboard.press('e')
  await expect(source(page).locator('.view-line').first()).toBeVisible()
}

test.beforeEach(async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
})

test('the key e and the button open and close the source, and the editor is fetched only then', async ({
  page,
}) => {
  const scripts: string[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.url())
  })
  await expect(source(page)).toHaveCount(0)
  await openSource(page)
  expect(scripts).not.toEqual([])
  await expect(source(page)).toContainText('test_id')
  await button(page, 'Source').click()
  await expect(source(page)).toHaveCount(0)
  await button(page, 'Source').click()
  await expect(source(page).locator('.view-line').first()).toBeVisible()
})

test('opening and closing the source changes nothing', async ({ page }) => {
  await openSource(page)
  await button(page, 'Source').click()
  await expect(button(page, 'Undo')).toBeDisabled()
  expect(await downloadText(page)).toBe(RIVER.text)
})

test('the panels follow what is typed, and only that is changed', async ({ page }) => {
  await openSource(page)
  await overwrite(page, 'Welcher', 'Mein')
  await expect(page.getByTestId('message').nth(1)).toContainText('Mein Fluss?')
  expect(await downloadText(page)).toBe(replaceOnce(RIVER.text, 'Welcher', 'Mein'))
})

test('the source follows what is edited in the panels', async ({ page }) => {
  await openSource(page)
  await editInPlace(page.getByTestId('message').nth(1), 'message text', 'Welcher Berg?')
  await findWord(page, 'Berg')
})

test('undo and redo are one history for the source and the panels', async ({ page }) => {
  await openSource(page)
  await overwrite(page, 'Welcher', 'Mein')
  await expect(page.getByTestId('message').nth(1)).toContainText('Mein Fluss?')
  await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
  const typed = replaceOnce(RIVER.text, 'Welcher', 'Mein')
  const both = replaceOnce(typed, '" Rhein"', '" Main"')
  expect(await downloadText(page)).toBe(both)
  await button(page, 'Undo').click()
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  expect(await downloadText(page)).toBe(typed)
  // the keys of the editor undo the same history
  await source(page).locator('.view-line').first().click()
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('message').nth(1)).toContainText('Welcher Fluss?')
  expect(await downloadText(page)).toBe(RIVER.text)
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+Shift+z')
  await expect(assembledText(page)).toContainText('Main')
  expect(await downloadText(page)).toBe(both)
})

test('a source that does not parse keeps the last good panels, says where it broke, and can be repaired', async ({
  page,
}) => {
  const line = RIVER.text.split('\n').findIndex((text) => text.includes('"role": "system"')) + 1
  await openSource(page)
  await goToEndOfLine(page, 'system')
  await page.keyboard.press('Backspace')
  await expect(region(page, 'Problems').getByTestId('diagnostic').first()).toContainText(
    new RegExp(`line (?:${line}|${line + 1}), column \\d+`),
  )
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  await expect(page.getByTestId('message')).toHaveCount(2)
  await expect(region(page, 'Problems')).toContainText(/last/)
  await page.keyboard.type(',')
  await expect(region(page, 'Problems')).toHaveCount(0)
  expect(await downloadText(page)).toBe(RIVER.text)
  await overwrite(page, 'Welcher', 'Mein')
  await expect(page.getByTestId('message').nth(1)).toContainText('Mein Fluss?')
})

test('a broken source is exported as it stands: nothing of it is lost', async ({ page }) => {
  await openSource(page)
  await goToEndOfLine(page, 'system')
  await page.keyboard.press('Backspace')
  await expect(region(page, 'Problems')).toBeVisible()
  expect(await downloadText(page)).toBe(replaceOnce(RIVER.text, '"role": "system",', '"role": "system"'))
})

test('a chunk is shown in the source', async ({ page }) => {
  await button(page, 'JSON of chunk 7').click()
  await region(page, 'Chunks').getByRole('button', { name: 'Show in source' }).click()
  await expect(
    source(page)
      .locator('.view-line')
      .filter({ hasText: /"content":\s"\."/ }),
  ).toBeInViewport()
})

test('a key of the format is offered while it is typed', async ({ page }) => {
  await openSource(page)
  await goToEndOfLine(page, 'api.openai.com')
  await page.keyboard.press('Enter')
  await page.keyboard.type('"provider_m')
  await page.keyboard.press('Control+Space')
  await expect(page.getByRole('option', { name: /provider_metadata/ })).toBeVisible()
})

test('a value of another type than the format has is marked', async ({ page }) => {
  const marks = source(page).locator('.squiggly-error, .squiggly-warning')
  await openSource(page)
  await findWord(page, 'max_tokens')
  await expect(marks).toHaveCount(0)
  await overwrite(page, '64', 'true')
  await expect(marks.first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(marks).toHaveCount(0)
})

test.describe('a file of another habit', () => {
  test('a minified file is shown readable, and an edit keeps it minified', async ({ page, dropFiles }) => {
    const text = JSON.stringify(JSON.parse(WEATHER.text))
    await dropFiles([{ name: 'minified.json', text }])
    await button(page.getByRole('dialog'), 'Replace').click()
    await expect(page.getByTestId('tool-name')).toHaveText('get_weather')
    await openSource(page)
    await overwrite(page, 'Weather', 'Snow')
    await expect(page.getByTestId('message')).toContainText('Snow in Bergen?')
    expect(await downloadText(page)).toBe(replaceOnce(text, 'Weather in', 'Snow in'))
  })

  for (const name of ['crlf.json', 'bom.json', 'no-trailing-newline.json', 'upper-case-escapes.json']) {
    test(`${name}: an edit in the source changes only what was typed`, async ({ page, dropFiles }) => {
      const file = fixture(name)
      const text = file.bytes.toString('utf8')
      await dropFiles([file])
      await button(page.getByRole('dialog'), 'Replace').click()
      await expect(page).toHaveTitle(new RegExp(name))
      await openSource(page)
      await overwrite(page, 'Japanisch', 'Deutsch')
      await expect(page.getByTestId('message')).toContainText('Deutsch?')
      expect(await downloadText(page)).toBe(replaceOnce(text, 'Japanisch', 'Deutsch'))
    })
  }
})
