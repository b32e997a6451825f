import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, region } from './support/deck.ts'
import {
  pythonJson,
  question,
  RIVER,
  RIVER_PIECES,
  streamed,
  type TextFile,
  textChunks,
  WEATHER,
} from './support/recordings.ts'

const OTHER_RIVER: TextFile = {
  name: 'other.json',
  text: RIVER.text.replace('" Rhein"', '" Main"').replace('Antworte kurz.', 'Antworte sehr kurz.'),
}

function dialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Compare' })
}

function section(page: Page, title: string): Locator {
  return dialog(page)
    .getByTestId('compare-section')
    .filter({ has: page.getByRole('button', { name: title }) })
}

/** Opens two recordings and compares the second with the first. */
async function compare(
  page: Page,
  dropFiles: (files: readonly TextFile[]) => Promise<void>,
  before: TextFile,
  after: TextFile,
): Promise<void> {
  await dropFiles([before])
  await expect(assembledText(page)).toBeVisible()
  await dropFiles([after])
  await button(page.getByRole('dialog').filter({ has: button(page, 'Replace') }), 'Compare').click()
  await expect(dialog(page).getByTestId('verdict')).toBeVisible()
}

test.beforeEach(async ({ openApp }) => {
  await openApp()
})

test('a comparison begins with its verdict and what the words were', async ({ page, dropFiles, axe }) => {
  await compare(page, dropFiles, RIVER, OTHER_RIVER)
  const verdict = dialog(page).getByTestId('verdict')
  await expect(verdict).toHaveAttribute('data-verdict', 'wording')
  await expect(verdict).toHaveText(/^Wording only: answer text differs: Rhein → Main/)
  await expect(verdict).toContainText('text of message 1 (system) differs')
  const answer = section(page, 'Answer')
  await expect(answer.locator('del')).toHaveText('Rhein')
  await expect(answer.locator('ins')).toHaveText('Main')
  await expect(answer.locator('p').filter({ has: page.locator('ins') })).toHaveText(
    'Grüße aus Köln: der Fluss heißt RheinMain.',
  )
  await expect(section(page, 'Messages').locator('ins')).toHaveText('sehr ')
  await expect(section(page, 'Messages').getByText('1 message is the same')).toBeVisible()
  await expect(section(page, 'Request')).toHaveAttribute('data-differences', '0')
  expect(await axe()).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await axe()).toEqual([])
})

test('n and p go from difference to difference, Escape closes', async ({ page, dropFiles }) => {
  await compare(page, dropFiles, RIVER, OTHER_RIVER)
  const differences = dialog(page).locator('[data-difference]')
  await expect(differences).toHaveCount(2)
  await page.keyboard.press('n')
  await expect(differences.first()).toBeFocused()
  await page.keyboard.press('n')
  await expect(differences.last()).toBeFocused()
  await page.keyboard.press('n')
  await expect(differences.first()).toBeFocused()
  await page.keyboard.press('p')
  await expect(differences.last()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
})

test('a part that is folded away is a stop on the way', async ({ page, dropFiles }) => {
  await compare(page, dropFiles, RIVER, OTHER_RIVER)
  const fold = section(page, 'Messages').getByRole('button', { name: /^Messages/ })
  await fold.click()
  await page.keyboard.press('n')
  await expect(section(page, 'Answer').locator('[data-difference]')).toBeFocused()
  await page.keyboard.press('n')
  await expect(fold).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(section(page, 'Messages').locator('ins')).toHaveText('sehr ')
})

test('tool calls are told argument by argument, and noise folds away', async ({ page, dropFiles }) => {
  const after = WEATHER.text
    .replace('\\"days\\": 3', '\\"days\\": 5')
    .replaceAll('rec-0123456789ab', 'rec-ba9876543210')
    .replaceAll('"created": 0', '"created": 7')
  await compare(page, dropFiles, WEATHER, { name: 'longer.json', text: after })
  await expect(dialog(page).getByTestId('verdict')).toHaveText(
    'Behaviour: tool call get_weather has other arguments: days: 3 → 5',
  )
  const calls = section(page, 'Tool calls')
  await expect(calls.locator('del')).toHaveText('3')
  await expect(calls.locator('ins')).toHaveText('5')
  await expect(calls).toContainText('Bergen')
  const noise = section(page, 'differences in ids, times and padding')
  await expect(noise.getByRole('button')).toHaveText(/^18 differences/)
  await expect(noise.getByRole('listitem')).toHaveCount(0)
  await noise.getByRole('button').click()
  await expect(noise.getByRole('listitem')).toHaveText([
    '9 differences in ids id',
    '9 differences in times created',
  ])
})

test('a recording that differs in its spelling only is noise', async ({ page, dropFiles }) => {
  await compare(page, dropFiles, RIVER, { name: 'plain.json', text: JSON.stringify(JSON.parse(RIVER.text)) })
  await expect(dialog(page).getByTestId('verdict')).toHaveAttribute('data-verdict', 'noise')
})

test('the text is compared as well, and is all there is of a file that is no recording', async ({
  page,
  dropFiles,
}) => {
  await compare(page, dropFiles, RIVER, { name: 'broken.json', text: RIVER.text.slice(0, 900) })
  await expect(dialog(page).getByTestId('verdict')).toHaveAttribute('data-verdict', 'unreadable')
  await expect(dialog(page).getByRole('region', { name: 'Comparison' })).toBeVisible()
  await expect(dialog(page).getByText(/characters? added/)).toBeVisible()
})

test('two answers are played on one clock', async ({ page, dropFiles, axe }) => {
  const slower = pythonJson(
    streamed(
      [question('Welcher Fluss?')],
      textChunks([...RIVER_PIECES.slice(0, 3).flatMap((piece) => [...piece]), ': die Donau.']),
    ),
  )
  await compare(page, dropFiles, RIVER, { name: 'slower.json', text: slower })
  await dialog(page).getByRole('tab', { name: 'Play both' }).click()
  const [before, after] = [0, 1].map((at) => dialog(page).getByTestId('played-answer').nth(at))
  if (!before || !after) throw new Error('no answers')
  // complete, until it is played
  await expect(before).toContainText('heißt Rhein.')
  await expect(after).toContainText('die Donau.')
  const position = dialog(page).getByRole('slider', { name: 'Position of both' })
  await position.focus()
  await page.keyboard.press('Home')
  await expect(before).toHaveText('')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(before).toHaveText('Grü')
  await expect(after).toHaveText('G')
  await expect(position).toHaveAttribute('aria-valuetext', 'chunk 2')
  await dialog(page)
    .getByRole('button', { name: /^They part at chunk/ })
    .click()
  await expect(before).toHaveText(/^Grüße aus Köln: der Fluss$/)
  await expect(before.locator('mark')).toHaveText('er Fluss')
  await button(dialog(page), 'Play both').click()
  await expect(after).toContainText('die Donau.')
  await expect(button(dialog(page), 'Play both')).toBeVisible()
  expect(await axe()).toEqual([])
})

test('an edited cassette is compared with itself as it was opened', async ({ page, dropFiles }) => {
  await dropFiles([RIVER])
  await expect(page.getByTestId('container')).toBeVisible()
  await button(page, 'Compare').click()
  await expect(dialog(page).getByTestId('verdict')).toHaveText('Identical, byte for byte')
  await expect(dialog(page).getByRole('combobox', { name: 'Before' })).toHaveValue('as opened')
  await page.keyboard.press('Escape')
  await expect(region(page, 'Request')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('everything stands one below the other and nothing is cut off', async ({ page, dropFiles }) => {
    await compare(page, dropFiles, RIVER, OTHER_RIVER)
    await expect(section(page, 'Answer').locator('ins')).toBeVisible()
    const overflows = (): Promise<boolean> =>
      page.evaluate(() => {
        const root = document.querySelector('[role=dialog]')
        return root === null || root.scrollWidth > root.clientWidth
      })
    expect(await overflows()).toBe(false)
    await dialog(page).getByRole('tab', { name: 'Play both' }).click()
    await expect(dialog(page).getByTestId('played-answer')).toHaveCount(2)
    const boxes = await dialog(page)
      .getByTestId('played-answer')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left))
    expect(boxes).toHaveLength(2)
    expect(boxes[0]).toBe(boxes[1])
    expect(await overflows()).toBe(false)
  })
})
