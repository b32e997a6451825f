/** Files with several interactions: the list, its keys, what each shows, and how one goes on from another. */
import { expect, test } from '../support/deck-test.ts'
import { AGENT, manyCalls, PLAIN } from './support/answers.ts'
import {
  assembledText,
  button,
  downloadText,
  editInPlace,
  expectPlayhead,
  focusNothing,
  region,
  replaceOnce,
} from './support/deck.ts'

test('the interactions of a file are listed, and one of them is shown', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([AGENT])
  const rows = page.getByTestId('interaction')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(0)).toContainText('get_weather')
  await expect(rows.nth(0)).toHaveAttribute('aria-current', 'true')
  await expect(rows.nth(2)).toContainText('429')
  await expect(page.getByTestId('tool-name')).toHaveText('get_weather')

  await rows.nth(1).click()
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  await expect(assembledText(page)).toHaveText('It rains in Bergen, at 9 degrees.')
  await expectPlayhead(page, 1, 1)
  await rows.nth(2).click()
  await expect(page.getByTestId('message')).toHaveText(/And tomorrow\?/)
})

test('one interaction needs no list', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([PLAIN])
  await expect(assembledText(page)).toHaveText('Hello.')
  await expect(region(page, 'Interactions')).toHaveCount(0)
})

test('the list is walked through by keys, from anywhere and on its own', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([AGENT])
  const rows = page.getByTestId('interaction')
  await expect(rows).toHaveCount(3)
  await focusNothing(page)
  await page.keyboard.press('Shift+J')
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+J')
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Shift+K')
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('next or previous interaction')
  await page.keyboard.press('Escape')

  await rows.nth(1).focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2)).toBeFocused()
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Home')
  await expect(rows.nth(0)).toBeFocused()
})

test('what an agent had said before is folded, and unfolds', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  await page.getByTestId('interaction').nth(1).click()
  const line = page.getByTestId('goes-on')
  await expect(line).toContainText('4 messages · 1 new since interaction 1')
  await expect(page.getByTestId('message')).toHaveCount(1)
  await line.getByRole('button').click()
  await expect(page.getByTestId('message')).toHaveCount(4)
  await expect(region(page, 'Request')).toContainText('New since interaction 1')
  await line.getByRole('button').click()
  await expect(page.getByTestId('message')).toHaveCount(1)

  // the call that the result answers is among the folded
  await button(page, 'result of get_weather').click()
  await expect(page.getByTestId('request-tool-call')).toBeFocused()
})

test('an edit changes the interaction on screen and nothing else', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  await page.getByTestId('interaction').nth(1).click()
  await editInPlace(page, 'assembled answer', 'It snows in Bergen.')
  await expect(page.getByTestId('interaction').nth(1)).toContainText('It snows in Bergen.')
  await expect(page.getByTestId('interaction').nth(1)).toHaveAttribute('aria-current', 'true')
  expect(await downloadText(page)).toBe(
    replaceOnce(AGENT.text, 'It rains in Bergen, at 9 degrees.', 'It snows in Bergen.'),
  )
  await button(page, 'Undo').click()
  await expect(assembledText(page)).toHaveText('It rains in Bergen, at 9 degrees.')
})

test('the changes are told of the interaction that has them', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  await page.getByTestId('interaction').nth(1).click()
  await editInPlace(page, 'assembled answer', 'It snows in Bergen.')
  await page.getByTestId('interaction').nth(0).click()
  await page.getByTitle('Show what changed').click()
  await expect(page.getByRole('dialog')).toContainText('Interaction 2 of 3')
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText(/answer/i)
})

test('each interaction has its own playhead', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  const rows = page.getByTestId('interaction')
  await expect(rows).toHaveCount(3)
  await button(page, 'Restart').click()
  await expectPlayhead(page, 0, 1)
  await rows.nth(1).click()
  await expectPlayhead(page, 1, 1)
  await rows.nth(0).click()
  await expectPlayhead(page, 0, 1)
})

test('a shared link leads to the interaction', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  await page.getByTestId('interaction').nth(1).click()
  await button(page, 'Share').click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toContain('&i=2')
  await page.goto('about:blank')
  await openApp(new URL(link).hash)
  await expect(assembledText(page)).toHaveText('It rains in Bergen, at 9 degrees.')
  // the address bar goes along
  await page.getByTestId('interaction').nth(0).click()
  await expect(page.getByTestId('tool-name')).toHaveText('get_weather')
  expect(new URL(page.url()).hash).not.toContain('&i=')
  await page.getByTestId('interaction').nth(2).click()
  await expect.poll(() => new URL(page.url()).hash).toContain('&i=3')
})

test('hundreds are listed without drawing them all', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([manyCalls(400)])
  await expect(region(page, 'Interactions')).toContainText('400')
  expect(await page.getByTestId('interaction').count()).toBeLessThan(60)
  await page.getByTestId('interaction').first().focus()
  await page.keyboard.press('End')
  await expect(assembledText(page)).toHaveText('Answer 400.')
  await expect(page.locator('[data-interaction="399"]')).toBeFocused()
})

test('several files with several interactions have both lists, without violations', async ({
  page,
  openApp,
  dropFiles,
  axe,
}) => {
  await openApp()
  await dropFiles([AGENT, PLAIN])
  await expect(region(page, 'Library')).toBeVisible()
  await expect(page.getByTestId('interaction')).toHaveCount(3)
  expect(await axe()).toEqual([])
  await page.keyboard.press('j')
  await expect(assembledText(page)).toHaveText('Hello.')
  await expect(region(page, 'Interactions')).toHaveCount(0)
})
