/** The list of steps, and what they add up to: in words, side by side, and as a patch that git takes. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, editInPlace, expectPlayhead, focusNothing } from './support/deck.ts'
import { RIVER, RIVER_ANSWER } from './support/recordings.ts'

const hasGit = spawnSync('git', ['--version']).status === 0

function panel(page: Page): Locator {
  return page.getByRole('dialog', { name: 'History' })
}

function steps(page: Page): Locator {
  return panel(page).getByRole('list', { name: 'Steps' }).getByRole('button')
}

/** Two steps: Köln becomes Bonn, then Rhein becomes Main. */
async function twoEdits(page: Page): Promise<void> {
  await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Köln', 'Bonn'))
  await expect(assembledText(page)).toContainText('Bonn')
  await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Köln', 'Bonn').replace('Rhein', 'Main'))
  await expect(assembledText(page)).toContainText('Main')
}

test.beforeEach(async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
})

test('every step can be gone to, those that are undone stay', async ({ page, axe }) => {
  await twoEdits(page)
  await button(page, 'History').click()
  await expect(steps(page)).toHaveCount(3)
  await expect(steps(page).first()).toContainText('As opened')
  await expect(steps(page).first()).toContainText('in the file')
  await expect(steps(page).nth(2)).toHaveAttribute('aria-current', 'step')
  await expect(steps(page).nth(2)).toContainText('just now')
  await expect(steps(page).nth(2)).toContainText('Rhein → Main')
  expect(await axe('[role="dialog"]')).toEqual([])

  await steps(page).nth(1).click()
  await expect(assembledText(page)).toContainText('Rhein')
  await expect(assembledText(page)).toContainText('Bonn')
  await expect(steps(page)).toHaveCount(3)
  await expect(steps(page).nth(2)).toContainText('undone')
  await steps(page).first().click()
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  await expect(panel(page)).toContainText('2 undone steps kept')
  await expect(button(page, 'edited')).toHaveCount(0)
  await steps(page).nth(2).click()
  await expect(assembledText(page)).toContainText('Main')

  // the button closes what it opened
  await button(page, 'History').click()
  await expect(panel(page)).toHaveCount(0)
})

test('the history works by keyboard alone', async ({ page }) => {
  await twoEdits(page)
  await focusNothing(page)
  await page.keyboard.press('h')
  await expect(steps(page).nth(2)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(steps(page).nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(steps(page).nth(1)).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('Home')
  await expect(steps(page).first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(steps(page).nth(2)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(steps(page).first()).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('History')
  await page.keyboard.press('Enter')
  await expect(steps(page)).toHaveCount(3)
})

test('the review says what changed in words, and its chunks are places to go to', async ({ page, axe }) => {
  await twoEdits(page)
  await button(page, 'edited').click()
  const review = page.getByRole('dialog', { name: 'What changed' })
  const changes = review.getByRole('list', { name: 'Changes' })
  await expect(changes.getByRole('listitem')).toHaveCount(1)
  await expect(changes).toContainText('answer text changed in chunk 3 and chunk 6')
  await expect(changes.locator('del')).toHaveText(['Köln: ', 'Rhein.'])
  await expect(changes.locator('ins')).toHaveText(['Bonn: ', 'Main.'])
  await expect(review.getByRole('region', { name: 'Now doubtful' })).toContainText(
    'The recorded usage (out 9 tokens) is still that of the old answer.',
  )
  expect(await axe('[role="dialog"]')).toEqual([])
  await button(review, 'chunk 3').click()
  await expect(review).toHaveCount(0)
  await expectPlayhead(page, 4, 10)
})

test('a doubt leads to what is in doubt', async ({ page }) => {
  await twoEdits(page)
  await button(page, 'edited').click()
  await button(page.getByRole('region', { name: 'Now doubtful' }), 'Show').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Source' })).toContainText('completion_tokens')
})

test('the tabs go from words to sides to a patch', async ({ page, axe }) => {
  await twoEdits(page)
  await button(page, 'edited').click()
  const review = page.getByRole('dialog', { name: 'What changed' })
  await expect(review.getByRole('tab', { name: 'In words' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(review.getByRole('region', { name: 'Comparison' })).toContainText('Main')
  await page.keyboard.press('ArrowRight')
  await expect(review.getByTestId('patch')).toContainText('diff --git a/river.json b/river.json')
  expect(await axe('[role="dialog"]')).toEqual([])
})

test('the patch is taken by git', async ({ page, context }) => {
  test.skip(!hasGit, 'git is missing')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await twoEdits(page)
  await button(page, 'edited').click()
  await page.getByRole('tab', { name: 'Patch' }).click()
  const started = page.waitForEvent('download')
  await button(page, 'Download .patch').click()
  const arrived = await started
  expect(arrived.suggestedFilename()).toBe('river.json.patch')
  const patch = readFileSync(await arrived.path(), 'utf8')
  expect(await page.getByTestId('patch').textContent()).toBe(patch)
  await button(page, 'Copy patch').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(patch)
  const folder = mkdtempSync(join(tmpdir(), 'deck-review-'))
  try {
    writeFileSync(join(folder, 'river.json'), RIVER.text)
    execFileSync('git', ['apply', '-'], {
      cwd: folder,
      input: patch,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir(), GIT_CONFIG_GLOBAL: '/dev/null' },
    })
    const wanted = RIVER.text.replace(' K\\u00f6ln', ' Bonn').replace(' Rhein', ' Main')
    expect(readFileSync(join(folder, 'river.json'), 'utf8')).toBe(wanted)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a text that does not parse has no words, but a patch', async ({ page }) => {
  await button(page, 'Source').click()
  const source = page.getByRole('region', { name: 'Source' })
  await source.locator('.view-line').first().click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('x')
  await expect(button(page, 'edited')).toBeVisible()
  await button(page, 'edited').click()
  const review = page.getByRole('dialog', { name: 'What changed' })
  await expect(review).toContainText('The text does not parse at the moment')
  await review.getByRole('tab', { name: 'Patch' }).click()
  await expect(review.getByTestId('patch')).toContainText('+x{')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the history is a sheet at the foot, reached from the menu', async ({ page, axe }) => {
    await twoEdits(page)
    await button(page, 'More').tap()
    await page.getByRole('menuitem', { name: 'History' }).tap()
    await expect(steps(page)).toHaveCount(3)
    const box = await panel(page).boundingBox()
    expect(box?.x).toBe(0)
    expect(box?.width).toBe(390)
    for (const step of await steps(page).all()) {
      expect((await step.boundingBox())?.height).toBeGreaterThanOrEqual(40)
    }
    expect(await axe('[role="dialog"]')).toEqual([])
    await steps(page).first().tap()
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  })
})
