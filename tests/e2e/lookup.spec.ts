/** "Why was it not found?" as a person asks it: what was pasted, the right recording first, and what makes them differ. */
import type { Locator, Page } from '@playwright/test'
import { followKey, hashOf } from '../../src/core/naming.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { expect, test } from '../support/deck-test.ts'
import { button, download } from './support/deck.ts'
import { chooseFolder, expectRead, type FolderFile, writeFolder } from './support/folders.ts'
import { pythonJson, question, streamed, textChunks } from './support/recordings.ts'

const KIND = 'llama-stack-json'
const TEST = 'tests/integration/made/test_made.py::test_it[txt=openai/gpt-4o]'

function hashOfText(text: string): string {
  return hashOf(KIND, JsonDocument.of(text)) ?? ''
}

/** As the recorder leaves it: its name and its ids are made from its request. `temperature` is its only float. */
function made(asked: string, temperature: string, test = TEST): FolderFile {
  const text =
    `${pythonJson(streamed([question(asked)], textChunks(['It ', 'is ', 'so.']), { temperature: 0 }))}\n`
      .replace('"temperature": 0', `"temperature": ${temperature}`)
      .replace(TEST, test)
  const renaming = followKey(KIND, JsonDocument.of(text))
  if (renaming === undefined) throw new Error('the harness itself is wrong: no name')
  return { path: `made/recordings/${renaming.name}`, text: applyEdits(text, renaming.edits) }
}

const RIVER = made('Which river flows through Cologne?', '0.0')
const FILES: readonly FolderFile[] = [
  RIVER,
  made('Which mountain is the highest of the Alps?', '0.0'),
  made('Which mountain is the highest of Norway?', '0.5'),
  made('Tell me about bridges.', '0.7', 'tests/integration/made/test_bridges.py::test_bridges'),
  made('Tell me about ferries.', '0.7', 'tests/integration/made/test_bridges.py::test_ferries'),
]

/** The request of `RIVER`, changed. */
const COLDER = RIVER.text.replace('"temperature": 0.0', '"temperature": 0')
const COLDER_HASH = hashOfText(COLDER)
const ERROR = `E   RuntimeError: Recording not found for request hash: ${COLDER_HASH}
E   Model: gpt-4o | Request: POST https://api.openai.com/v1/v1/chat/completions
E
FAILED ${TEST} - RuntimeError: Recording not found`

const candidates = (page: Page): Locator => page.getByTestId('lookup-candidate')
const verdict = (page: Page): Locator => page.getByTestId('lookup-verdict')

async function openLookUp(page: Page, folder: string): Promise<void> {
  await chooseFolder(page, writeFolder(folder, FILES))
  await expectRead(page, FILES.length)
  await page.getByText('Not found?', { exact: true }).click()
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Why was it not found?').getByRole('textbox').fill(text)
}

const PASTES: readonly (readonly [what: string, text: string, field: string, was: string, is: string])[] = [
  ['an error with a hash and a test', ERROR, 'temperature', '0.0', '0'],
  [
    'a request as JSON',
    '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Which river flows through Cologne?"}], "temperature": 0, "stream": true}',
    'temperature',
    '0.0',
    '0',
  ],
  [
    'a call in Python',
    'client.chat.completions.create(\n    model="gpt-4o",\n    messages=[{"role": "user", "content": "Which mountain is the highest of Norway?"}],\n    temperature=0.6,\n    stream=True,\n)',
    'temperature',
    '0.5',
    '0.6',
  ],
  [
    'a curl command',
    `curl https://api.openai.com/v1/chat/completions \\\n  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Tell me about ferries."}], "temperature": 0.7, "stream": true}'`,
    'model',
    '"gpt-4o"',
    '"gpt-4o-mini"',
  ],
]
/** Which file is meant by each. */
const MEANT = [0, 0, 2, 4]

for (const [at, [what, text, field, was, is]] of PASTES.entries()) {
  test(`${what}: the right recording comes first, with the field that differs`, async ({
    page,
    openApp,
  }, info) => {
    await openApp()
    await openLookUp(page, info.outputPath('all'))
    await paste(page, text)
    const best = candidates(page).first()
    await expect(best).toContainText(FILES[MEANT[at] ?? 0]?.path.split('/').at(-1) ?? '')
    await expect(best.getByTestId('lookup-difference')).toHaveCount(1)
    const difference = best.getByTestId('lookup-difference')
    await expect(difference).toContainText(field)
    const shown = difference.locator('dd, del, ins')
    await expect(shown.nth(0)).toHaveText(new RegExp(`^"?${was.replaceAll('"', '')}"?$`))
    await expect(shown.nth(1)).toHaveText(new RegExp(`^"?${is.replaceAll('"', '')}"?$`))
    await expect(verdict(page)).toContainText(`differs in ${field}`)
  })
}

test('what is there is said to be there, and what is nothing is said to be nothing', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  await paste(page, hashOfText(RIVER.text))
  await expect(verdict(page)).toHaveText('It is there.')
  await expect(page.getByTestId('lookup-exact')).toContainText(RIVER.path)
  await paste(page, 'qqq www')
  await expect(verdict(page)).toContainText('There is no hash, no test, no request')
  await expect(candidates(page)).toHaveCount(0)
  await button(page, 'Clear').click()
  await expect(page.getByRole('list', { name: 'Examples' }).getByRole('button')).toHaveCount(5)
})

test('a long search says how far it is, and ends when nobody asks any more', async ({
  page,
  openApp,
}, info) => {
  const many = Array.from({ length: 400 }, (_, at) => made(`How much is ${at} and ${at}?`, '0.5'))
  await openApp()
  await chooseFolder(page, writeFolder(info.outputPath('many'), many))
  await expectRead(page, many.length)
  await page.getByText('Not found?', { exact: true }).click()
  await paste(page, hashOfText(many[0]?.text ?? ''))
  await expect(verdict(page)).toHaveText('It is there.')
  await paste(page, '0'.repeat(64))
  // what was said of the paste before is dimmed until there is something to say of this one
  await expect(page.locator('[aria-busy=true]').filter({ has: verdict(page) })).toContainText('It is there.')
  await expect(page.getByTestId('lookup-progress')).toHaveText(
    /^Trying what may have changed: [\d,]+ of [\d,]+$/,
  )
  await paste(page, hashOfText(many[399]?.text ?? ''))
  await expect(verdict(page)).toHaveText('It is there.')
  await expect(page.getByTestId('lookup-progress')).toHaveCount(0)
})

test('what has nothing to do with the folder is told as such', async ({ page, openApp }, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  for (const text of [
    'river',
    'Traceback (most recent call last):\n  File "a.py", line 3\nKeyError: mountain',
  ]) {
    await paste(page, text)
    await expect(verdict(page)).toContainText('There is no hash, no test, no request')
    await expect(candidates(page)).toHaveCount(0)
  }
  await paste(page, '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Qwertz uiop zyxwv?"}]}')
  await expect(verdict(page)).toContainText('nothing in this folder is near to it')
  await expect(candidates(page)).toHaveCount(0)
  await expect(page.getByTestId('lookup-alike')).toHaveCount(3)
})

test('a request that breaks off says so, and is used up to there', async ({ page, openApp }, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  await paste(
    page,
    '{"model": "gpt-4o", "temperature": 0.7, "messages": [{"role": "user", "content": "Which river flows thr...',
  )
  await expect(page.getByTestId('lookup-note')).toHaveText(
    'The JSON breaks off after "user", "content": "Which river flows thr"; the part before it was used.',
  )
  const best = candidates(page).first()
  await expect(best).toContainText(RIVER.path.split('/').at(-1) ?? '')
  await expect(best.getByTestId('lookup-difference')).toHaveCount(1)
  await expect(verdict(page)).toContainText('differs in temperature')
})

test('the keyboard stays in the field, goes to the recordings by arrows, and back', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  const field = page.getByLabel('Why was it not found?').getByRole('textbox')
  // there before there is anything to say, so that it is read out when there is
  await expect(page.locator('p[role=status]').and(verdict(page))).toBeAttached()
  await paste(page, PASTES[2]?.[1] ?? '')
  await expect(verdict(page)).toContainText('differs in temperature')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  const names = candidates(page).locator('button[title^="Open "]')
  await expect(names.nth(0)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(names.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(field).toBeFocused()
})

test('a paste of megabytes is read elsewhere, and a newer one takes its place', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  const question = '{"role": "user", "content": "Which river flows through Cologne, and which through Bonn?"}'
  const many = Array.from({ length: 45_000 }, () => question).join(', ')
  await paste(page, `{"model": "gpt-4o", "messages": [${many}]}`)
  await expect(page.getByText('Looking among the recordings…')).toBeAttached()
  await paste(page, hashOfText(RIVER.text))
  await expect(verdict(page)).toHaveText('It is there.')
  await expect(page.getByText('Looking among the recordings…')).toHaveCount(0)
  await expect(page.getByRole('list', { name: 'Understood' })).toContainText('hash')
})

test('an offer makes the recording what was asked for, as one step that can be undone', async ({
  page,
  openApp,
}, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  await paste(page, ERROR)
  await candidates(page)
    .first()
    .getByTestId('lookup-offer')
    .filter({ hasText: /^Edit to match$/ })
    .click()
  await expect(page.getByTestId('request-hash')).toHaveText(COLDER_HASH)
  await expect(page.getByTestId('key-verdict')).toHaveText('The file is named after this request.')
  const edited = await download(page)
  expect(edited.name).toBe(`${COLDER_HASH}.json`)
  const id = (hash: string): string => `rec-${hash.slice(0, 12)}`
  expect(edited.bytes.toString('utf8')).toBe(COLDER.replaceAll(id(hashOfText(RIVER.text)), id(COLDER_HASH)))
  await button(page, 'Undo').click()
  const undone = await download(page)
  expect(RIVER.path.endsWith(undone.name)).toBe(true)
  expect(undone.bytes.toString('utf8')).toBe(RIVER.text)
  await expect(button(page, 'Undo')).toBeDisabled()
})

test('a comparison says which two, and gives the keyboard back', async ({ page, openApp, axe }, info) => {
  await openApp()
  await openLookUp(page, info.outputPath('all'))
  await paste(page, PASTES[1]?.[1] ?? '')
  const open = button(candidates(page).first(), 'Compare')
  await open.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Compare' })
  const names = dialog.getByTestId('compared-names')
  await expect(names).toContainText('what was asked')
  await expect(names.locator('span[title]').first()).toHaveAttribute('title', RIVER.path)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await names.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    await page.screenshot({ path: info.outputPath(`compare-${width}.png`) })
  }
  expect(await axe()).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(open).toBeFocused()
})

/** The same recordings under names that nobody looks for. */
const RENAMED: readonly FolderFile[] = [
  ...FILES.slice(0, 3).map(({ text }, at) => ({
    path: `made/recordings/${String(at).repeat(64)}.json`,
    text,
  })),
  { path: `made/recordings/${'a'.repeat(64)}.json`, text: FILES[3]?.text ?? '' },
  ...FILES.slice(3),
]

async function openCheck(page: Page, folder: string): Promise<Locator> {
  await chooseFolder(page, writeFolder(folder, RENAMED))
  await expectRead(page, RENAMED.length)
  await page.getByRole('tab', { name: 'Check' }).click()
  return page.getByTestId('stale-group')
}

test('the check offers a name that fits, one by one, and says who has it already', async ({
  page,
  openApp,
  axe,
}, info) => {
  await openApp()
  const group = await openCheck(page, info.outputPath('all'))
  await expect(group).toHaveCount(1)
  await expect(group.getByRole('heading')).toHaveText('Named after another request 4')
  await expect(group.getByTestId('finding')).toHaveCount(4)
  const taken = group.getByTestId('finding').filter({ hasText: 'a'.repeat(64) })
  await expect(taken).toContainText('There is a file of this name already')
  await expect(taken.getByRole('button', { name: /^Rename to match/ })).toHaveCount(0)
  expect(await axe()).toEqual([])
  await page.setViewportSize({ width: 390, height: 900 })
  await taken.getByRole('button', { name: 'compare both' }).click()
  const names = page.getByTestId('compared-names')
  // the ends of both stay to be seen
  for (const at of [0, 1]) await expect(names.getByText('.json').nth(at)).toBeInViewport({ ratio: 1 })
  const right = await names.evaluate((all) => {
    const ends = [...all.querySelectorAll('span')].map((span) => span.getBoundingClientRect().right)
    return Math.max(...ends) - all.getBoundingClientRect().right
  })
  // parts of a pixel
  expect(right).toBeLessThan(1)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1280, height: 800 })
  const first = `made/recordings/${'0'.repeat(64)}.json`
  await group.getByRole('button', { name: `Rename to match: ${first}` }).click()
  await expect(page.getByTestId('key-verdict')).toHaveText('The file is named after this request.')
  const renamed = await download(page)
  expect(RIVER.path.endsWith(renamed.name)).toBe(true)
  expect(renamed.bytes.toString('utf8')).toBe(RIVER.text)
  await button(page, 'Undo').click()
  await expect(page.getByTestId('key-verdict')).not.toHaveText('The file is named after this request.')
})

test('the check renames a whole group, each as a step of its own', async ({ page, openApp }, info) => {
  await openApp()
  const group = await openCheck(page, info.outputPath('all'))
  await expect(group).toContainText('One of them is left as it is')
  await group.getByRole('button', { name: 'Rename these 3 to match' }).click()
  await expect(page.getByText('3 recordings have their new names.')).toBeVisible()
  await expect(page.getByTestId('key-verdict')).toHaveText('The file is named after this request.')
  await button(page, 'Undo').click()
  await expect(page.getByTestId('key-verdict')).not.toHaveText('The file is named after this request.')
})

for (const [width, scheme] of [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const) {
  test(`${width} px, ${scheme}: nothing is in the way of anybody`, async ({ page, openApp, axe }, info) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    await openApp()
    await openLookUp(page, info.outputPath('all'))
    await expect(page.getByRole('list', { name: 'Examples' })).toBeVisible()
    expect(await axe()).toEqual([])
    await paste(page, PASTES[1]?.[1] ?? '')
    await expect(candidates(page)).not.toHaveCount(0)
    expect(await axe()).toEqual([])
    const overflow = await page
      .getByLabel('Why was it not found?')
      .first()
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
    expect(overflow).toBe(0)
    await page.screenshot({ path: info.outputPath(`lookup-${width}-${scheme}.png`) })
  })
}
