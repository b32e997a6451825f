import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { CORPUS_MISSING, CORPUS_ROOT } from '../support/corpus.ts'
import { test as base, expect } from '../support/deck-test.ts'
import { assembledText, button, editInPlace, expectPlayhead, FOLDED, region } from './support/deck.ts'
import { fixture, PNG, RIVER, RIVER_ANSWER, WEATHER, words } from './support/recordings.ts'

const TOOL_CALLS = join(
  CORPUS_ROOT,
  'llama-stack/responses/recordings/cf14f2e0949742b53298069169087de8ea6ab883bf828059c9392c268dfcf38e.json',
)

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
}

/** The other theme, once nothing moves any more: a colour on its way would be judged. */
async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}

/** Judges what is on the screen in both themes; goes on after a violation, to tell all of them. */
const test = base.extend<{ readonly check: () => Promise<void> }>({
  check: async ({ page, axe }, use) => {
    await use(async () => {
      for (const theme of ['light', 'dark'] as const) {
        await showTheme(page, theme)
        expect.soft(await axe(), theme).toEqual([])
      }
      expect.soft(await sidewaysScroll(page), 'pixels by which the page scrolls sideways').toBe(0)
    })
  },
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test.describe(`light and dark, ${viewport.width} px wide`, () => {
    // the sample shows a remote image
    test.use({ viewport, hasTouch: viewport.width < 900, allowedHosts: ['upload.wikimedia.org'] })

    test.beforeEach(async ({ page, openApp }) => {
      await page.route('https://upload.wikimedia.org/**', (route) =>
        route.fulfill({
          contentType: 'image/png',
          headers: { 'access-control-allow-origin': '*' },
          body: PNG,
        }),
      )
      await openApp()
    })

    test('the empty screen, with and without a problem', async ({ page, dropFiles, check }) => {
      await check()
      await dropFiles([{ name: 'a.txt', text: 'no recording' }])
      await expect(page.getByTestId('diagnostic')).toBeVisible()
      await check()
    })

    test('the sample, its menu and its link', async ({ page, check }) => {
      await button(page, 'Open sample').click()
      await expect(assembledText(page)).toHaveText('Llama')
      await check()
      await button(page, 'Export').click()
      await expect(page.getByRole('menu')).toBeVisible()
      await check()
      await page.keyboard.press('Escape')
      await button(page, 'Share').click()
      await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible()
      await check()
    })

    test('reasoning and a tool call, halfway and complete', async ({ page, dropFiles, check }) => {
      await dropFiles([WEATHER])
      await expectPlayhead(page, 9, 9)
      await button(page, 'Markdown').click()
      await expect(button(page, 'Markdown')).toHaveAttribute('aria-pressed', 'true')
      await check()
      await button(page, 'Raw').click()
      await page.keyboard.press('5')
      await expectPlayhead(page, 5, 9)
      await button(page, 'JSON of chunk 3').click()
      await expect(button(page, 'Edit text of chunk 3')).toBeAttached()
      await check()
    })

    test('several cassettes, one edited, one with problems', async ({ page, dropFiles, check }) => {
      await dropFiles([RIVER, fixture('duplicate-keys.json'), fixture('exception.json')])
      await expect(region(page, 'Library').getByRole('button')).toHaveCount(3)
      await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
      await check()
      await page.keyboard.press('j')
      await expect(region(page, 'Problems')).toBeVisible()
      await check()
      await page.keyboard.press('j')
      await expect(page).toHaveTitle(/exception/)
      await check()
    })

    test('the dialogs: shortcuts, palette, the question of a second drop, a host, what changed', async ({
      page,
      dropFiles,
      check,
    }) => {
      const dialog = page.getByRole('dialog')
      const checkDialog = async (): Promise<void> => {
        await expect(dialog).toBeVisible()
        await check()
        await page.keyboard.press('Escape')
        await expect(dialog).toHaveCount(0)
      }
      await dropFiles([RIVER])
      await expectPlayhead(page, 10, 10)
      await page.keyboard.press('?')
      await checkDialog()
      await page.keyboard.press('Control+k')
      await checkDialog()
      await dropFiles([WEATHER])
      await checkDialog()
      await page.evaluate(() => {
        window.location.hash = '#url=https://recordings.example/a.json'
      })
      await checkDialog()
      await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
      await button(page, 'edited').click()
      await expect(dialog.getByText(/Main/).first()).toBeVisible()
      await checkDialog()
    })

    test('an open editor in place and a long stream', async ({ page, dropFiles, check }) => {
      await dropFiles([words(300).file])
      await expectPlayhead(page, 300, 300)
      await page.keyboard.press('5')
      await expectPlayhead(page, 150, 300)
      await button(page, 'Edit assembled answer').click()
      await expect(page.getByRole('textbox', { name: 'assembled answer' })).toBeFocused()
      await check()
    })

    test('the source', async ({ page, dropFiles, check }) => {
      await dropFiles([RIVER])
      await expectPlayhead(page, 10, 10)
      await page.keyboard.press('e')
      await expect(region(page, 'Source').locator('.view-line').first()).toBeVisible()
      await check()
    })

    test(`real tool calls (${CORPUS_MISSING})`, async ({ page, dropFiles, check }) => {
      test.skip(!existsSync(TOOL_CALLS), CORPUS_MISSING)
      await dropFiles([{ name: 'tool-calls.json', bytes: readFileSync(TOOL_CALLS) }])
      await expect(page.getByTestId('tool-call').first()).toBeVisible()
      for (const folded of await region(page, 'Request').locator(FOLDED).all()) {
        if (await folded.isVisible()) await folded.click()
      }
      await check()
    })
  })
}
