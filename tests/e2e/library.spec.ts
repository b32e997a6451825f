/** A folder as a person meets it: read, searched, filtered, grouped, opened, gone through by key, compared. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, editInPlace, region } from './support/deck.ts'
import {
  asking,
  chooseFolder,
  expectRead,
  library,
  MIXED,
  rows,
  searchField,
  writeFolder,
} from './support/folders.ts'

test('a folder is a list that says what each recording is, and what is none', async ({
  page,
  openApp,
  axe,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  const row = (path: string) => page.locator(`[data-testid=recording][data-path$="${path}"]`)
  await expect(row('river.json')).toContainText('Which river?')
  await expect(row('river.json')).toContainText('gpt-4o')
  await expect(row('river.json')).toContainText('openai')
  await expect(row('weather.json')).toContainText('get_weather')
  await expect(row('failed.json')).toContainText('BadRequestError')
  await expect(row('package.json')).toContainText('no recording')
  await expect(row('ünï-日本.json')).toContainText('Größe?')
  expect(await axe()).toEqual([])
})

test('what is called like no recording is listed apart, and what is gone leaves the list', async ({
  page,
  openApp,
  axe,
}, info) => {
  const others = ['README.md', 'pictures/lama.png'].map((path) => ({ path, text: 'x' }))
  const folder = writeFolder(info.outputPath('recordings'), [...MIXED, ...others])
  await openApp()
  await chooseFolder(page, folder)
  await expectRead(page, 7)
  const leftOut = region(page, 'Files that are not in the list')
  await button(page, '2 other files').click()
  await expect(leftOut).toContainText('README.md')
  await expect(leftOut).toContainText('pictures/lama.png')
  expect(await axe()).toEqual([])

  await rows(page).filter({ hasText: 'Which river?' }).getByRole('button').click()
  await editInPlace(page, 'assembled answer', 'The Danube.')
  await page.getByTitle('To the library (l)').click()
  for (const name of ['river', 'mountain', 'weather']) rmSync(`${folder}/agents/recordings/${name}.json`)
  await button(page, 'Look again at the folder').click()
  await expectRead(page, 4)
  await expect(rows(page)).toHaveCount(4)
  await button(page, '3 files are gone').click()
  await expect(leftOut).toContainText('agents/recordings/weather.json')
  await button(page, 'Open recording').click()
  await expect(assembledText(page)).toHaveText('The Danube.')
})

test('words, phrases and fields find, where they stand is shown, and the query is in the address', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  const found = async (query: string, paths: readonly string[]): Promise<void> => {
    await searchField(page).fill(query)
    await expect(page.getByRole('search').getByRole('status')).toHaveText(
      paths.length === 7 ? '7' : `${paths.length} of 7`,
    )
    // the list says when it is no longer that of the query before: from then on it need not be asked twice
    await expect(library(page)).toHaveAttribute('aria-busy', 'false')
    const shown = await rows(page).evaluateAll((all) =>
      all.map((row) => (row.getAttribute('data-path') ?? '').replace(/.*\//, '')).toSorted(),
    )
    expect(shown).toEqual([...paths].toSorted())
  }
  await found('rhine', ['river.json'])
  await expect(page.getByTestId('hit').locator('mark')).toHaveText('Rhine')
  await found('"the eiger"', ['mountain.json'])
  await found('tool:get_weather', ['weather.json'])
  await found('bergen', ['weather.json'])
  await found('finish:length', ['cut.json'])
  await found('status:400', ['failed.json'])
  await found('outcome:error', ['failed.json'])
  await found('which -mountain', ['river.json'])
  await found('model:mini', ['mountain.json'])
  await found('größe', ['ünï-日本.json'])
  await found('rhine OR eiger', ['river.json', 'mountain.json'])
  await found('status:4xx | finish:length', ['failed.json', 'cut.json'])
  await found('has:problem', ['package.json'])
  await found('which fnish:stop', [])
  await expect(searchField(page)).toHaveAccessibleDescription('There is no filter named "fnish".')
  await found('finish:stop river', ['river.json'])
  await expect(page).toHaveURL(/[#&]q=finish%3Astop\+river/)

  await page.reload()
  await expect(page.getByText('finish:stop river')).toBeVisible()
  await chooseFolder(page, info.outputPath('recordings'), /^open folder$/i)
  await expect(rows(page)).toHaveCount(1)
  await expect(searchField(page)).toHaveValue('finish:stop river')
})

test('the list says that it is behind, from the key that was pressed to the rows that it asks for', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await expect(library(page)).toHaveAttribute('aria-busy', 'false')
  // each change of the list or of what it says of itself, from the letter on
  await library(page).evaluate((list) => {
    const seen: string[] = []
    const look = () => {
      const count = list.querySelectorAll('[data-testid=recording]').length
      const status = document.querySelector('search [role=status]')?.getAttribute('aria-busy')
      seen.push(`${list.getAttribute('aria-busy')} ${status} ${count}`)
    }
    new MutationObserver(look).observe(list, { attributes: true, childList: true, subtree: true })
    Object.assign(window, { seen })
  })
  await searchField(page).fill('rhine')
  await expect(library(page)).toHaveAttribute('aria-busy', 'false')
  const seen = await page.evaluate(() => [...new Set((window as unknown as { seen: string[] }).seen)])
  expect(seen).toEqual(['true true 7', 'false false 1'])
})

test('filters say how many there are, and a click narrows and widens the query', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  const filters = region(page, 'Filters')
  await filters
    .getByRole('button', { name: /tool-calls 1/ })
    .first()
    .click()
  await expect(rows(page)).toHaveCount(1)
  await expect(searchField(page)).toHaveValue('outcome:tool-calls')
  await filters
    .getByRole('button', { name: /error 1/ })
    .first()
    .click()
  await expect(rows(page)).toHaveCount(2)
  await filters
    .getByRole('button', { name: /tool-calls 1/ })
    .first()
    .click()
  await filters
    .getByRole('button', { name: /error 1/ })
    .first()
    .click()
  await expect(rows(page)).toHaveCount(7)
})

test('a filter can be turned round: what it leaves out is marked, and a click takes that back', async ({
  page,
  openApp,
  axe,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  const outcomes = region(page, 'Filters').getByRole('group', { name: 'Outcome' })
  const text = outcomes.getByRole('button', { name: /^.*text.* 4$/ })
  await text.click({ modifiers: ['Alt'] })
  await expect(searchField(page)).toHaveValue('-outcome:text')
  await expect(rows(page)).toHaveCount(3)
  await expect(text).toHaveAccessibleName(/is left out/)
  await expect(text).toHaveAttribute('aria-pressed', 'mixed')
  expect(await axe()).toEqual([])
  await text.click()
  await expect(searchField(page)).toHaveValue('')
  await text.hover()
  await outcomes.getByRole('button', { name: 'Leave out text' }).click()
  await expect(rows(page)).toHaveCount(3)
  await text.press('Enter')
  await text.press('Shift+Enter')
  await expect(searchField(page)).toHaveValue('-outcome:text')
})

test('by keyboard alone: search, step, open, go on to the next, come back', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await page.keyboard.press('/')
  await expect(searchField(page)).toBeFocused()
  await page.keyboard.type('which')
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(assembledText(page)).toHaveText('The Rhine it is.')
  await page.keyboard.press('k')
  await expect(assembledText(page)).toHaveText('The Eiger.')
  // the end of what was found: nothing comes after it
  await page.keyboard.press('k')
  await expect(assembledText(page)).toHaveText('The Eiger.')
  await page.keyboard.press('j')
  await expect(assembledText(page)).toHaveText('The Rhine it is.')
  await page.keyboard.press('l')
  await expect(page.locator('[data-testid=recording][data-active]')).toHaveAttribute(
    'data-path',
    /river\.json$/,
  )
  await page.keyboard.press('Escape')
  await expect(assembledText(page)).toHaveText('The Rhine it is.')
})

test('the focus goes along in the list, a range grows and shrinks from where it began', async ({
  page,
  openApp,
  axe,
}, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  const list = page.getByRole('grid', { name: 'Recordings' })
  const selected = list.locator('[aria-selected=true]')
  await expect(list).toHaveAttribute('aria-rowcount', '7')
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1).getByRole('button')).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(selected).toHaveCount(3)
  await expect(rows(page).nth(3).getByRole('button')).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(selected).toHaveCount(2)
  // past where it began, on the other side
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowUp')
  await expect(selected).toHaveCount(2)
  await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true')
  await expect(rows(page).nth(2)).toHaveAttribute('aria-selected', 'false')
  expect(await axe()).toEqual([])
  await button(page, 'Clear selection').click()
  await expect(selected).toHaveCount(0)
  await expect(rows(page).first().getByRole('button')).toBeFocused()

  await page.keyboard.press('/')
  await page.keyboard.type('which')
  await expect(rows(page)).toHaveCount(2)
  await expect(searchField(page)).not.toHaveAttribute('aria-activedescendant')
  await page.keyboard.press('ArrowDown')
  await expect(searchField(page)).toBeFocused()
  const row = await searchField(page).getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${row}"]`)).toHaveAttribute('data-path', /river/)
  await searchField(page).fill('nothing of the kind')
  await button(page, 'Clear the search').last().click()
  await expect(searchField(page)).toBeFocused()
})

test('what was only looked at makes place, what was edited stays open', async ({ page, openApp }, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await rows(page).filter({ hasText: 'Which river?' }).getByRole('button').click()
  await expect(assembledText(page)).toHaveText('The Rhine it is.')
  await editInPlace(page, 'assembled answer', 'The Danube.')
  await page.getByTitle('To the library (l)').click()
  await rows(page).filter({ hasText: 'Which mountain?' }).getByRole('button').click()
  await expect(assembledText(page)).toHaveText('The Eiger.')
  await page.getByTitle('To the library (l)').click()
  await rows(page).filter({ hasText: 'Tell me all.' }).getByRole('button').click()
  await expect(assembledText(page)).toHaveText('It began')
  await page.getByTitle('To the library (l)').click()
  await expect(button(page, '2 open recordings')).toBeVisible()
  await expect(rows(page).filter({ hasText: 'edited' })).toHaveCount(1)
  await expect(rows(page).filter({ hasText: 'Tell me all.' }).getByRole('button')).toBeFocused()
  await rows(page).filter({ hasText: 'Which river?' }).getByRole('button').click()
  await expect(assembledText(page)).toHaveText('The Danube.')
})

test('grouped by folder, and a group folds', async ({ page, openApp }, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await page.getByLabel('Group by').selectOption('folder')
  const head = library(page).getByRole('button', { name: /agents\/recordings.* 3$/ })
  await head.click()
  await expect(rows(page)).toHaveCount(4)
  await expect(page).toHaveURL(/group=folder/)
  await head.click()
  await expect(rows(page)).toHaveCount(7)
})

test('a zip and a tar.gz open as they are, and selected recordings come out as a zip', async ({
  page,
  openApp,
  dropFiles,
}, info) => {
  const folder = writeFolder(info.outputPath('recordings'), MIXED)
  const archive = info.outputPath('recordings.tar.gz')
  execFileSync('tar', ['-czf', archive, '-C', folder, '.'])
  await openApp()
  await dropFiles([{ name: 'recordings.tar.gz', bytes: readFileSync(archive) }])
  await expectRead(page, 7)
  await searchField(page).fill('which')
  await expect(rows(page)).toHaveCount(2)
  await rows(page).first().getByRole('checkbox').click()
  await rows(page).last().getByRole('checkbox').click()
  const started = page.waitForEvent('download')
  await button(page, 'Download as zip').click()
  const zip = readFileSync(await (await started).path())

  await page.reload()
  await dropFiles([{ name: 'two.zip', bytes: zip }])
  await expectRead(page, 2)
  await rows(page).filter({ hasText: 'river' }).getByRole('button').click()
  await expect(assembledText(page)).toHaveText('The Rhine it is.')
})

test('two that are selected are compared', async ({ page, openApp }, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await rows(page).filter({ hasText: 'Which river?' }).getByRole('checkbox').click()
  await expect(button(page, 'Compare')).toBeDisabled()
  await rows(page).filter({ hasText: 'Which mountain?' }).getByRole('checkbox').click()
  await button(page, 'Compare').click()
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'wording')
})

test('more than forty dropped files are a library; what is on disk now is noticed', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  const files = Array.from({ length: 60 }, (_, at) => ({
    name: `${String(at).padStart(3, '0')}.json`,
    text: asking(`Question ${at}?`, `Answer ${at}.`),
  }))
  await dropFiles(files)
  await expectRead(page, 60)
  await searchField(page).fill('"answer 42."')
  await expect(rows(page)).toHaveCount(1)
})

test('the numbers add up, and a bar leads to its list', async ({ page, openApp, axe }, info) => {
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), MIXED))
  await expectRead(page, 7)
  await page.getByRole('tab', { name: 'Numbers' }).click()
  const numbers = region(page, 'Numbers')
  await expect(numbers).toContainText(/recordings\s*6/)
  expect(await axe()).toEqual([])
  await numbers
    .getByRole('region', { name: 'Outcome' })
    .getByRole('button', { name: /tool-calls/ })
    .click()
  await expect(rows(page)).toHaveCount(1)
  await expect(searchField(page)).toHaveValue('outcome:tool-calls')
})

test('the check finds duplicates and what is no recording', async ({ page, openApp, axe }, info) => {
  const twice = { path: 'copies/again.json', text: asking('Which river?', 'The Rhine it is.') }
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('recordings'), [...MIXED, twice]))
  await expectRead(page, 8)
  await page.getByRole('tab', { name: 'Check' }).click()
  const duplicates = region(page, 'Duplicates')
  await expect(duplicates.getByTestId('finding')).toHaveCount(1)
  await expect(duplicates).toContainText('agents/recordings/river.json')
  await expect(region(page, 'Files that are no recordings')).toContainText('package.json')
  expect(await axe()).toEqual([])
})
