/** The hash that a recording is found by: shown, judged and followed. The hash is made here a second time, from the rules. */
import { createHash } from 'node:crypto'
import { expect, test } from '../support/deck-test.ts'
import { button, download, downloadText, editInPlace, region } from './support/deck.ts'
import { RIVER, type TextFile } from './support/recordings.ts'

/** Python's `json.dumps(sort_keys=True)` of a request that holds nothing special; 0 is the one float of `RIVER`. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${canonical(member)}`).join(', ')}}`
  }
  if (value === 0) return '0.0'
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function hashOf(text: string): string {
  const { test_id, request } = JSON.parse(text)
  const hashed = { method: 'POST', endpoint: '/v1/v1/chat/completions', body: request.body, test_id }
  return createHash('sha256').update(canonical(hashed)).digest('hex')
}

const HASH = hashOf(RIVER.text)
const NAMED: TextFile = { name: `${HASH}.json`, text: RIVER.text }

test('a file that is named after its request', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([NAMED])
  await expect(page.getByTestId('request-hash')).toHaveText(HASH)
  await expect(page.getByTestId('key-verdict')).toHaveText('The file is named after this request.')
  await button(page, 'What is hashed').click()
  await expect(region(page, 'Request')).toContainText('"temperature": 0.0')
})

test('after an edit of the request the name and the ids follow as a step of their own', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([NAMED])
  await expect(page.getByTestId('key-verdict')).toContainText('named after this request')
  await editInPlace(page.getByTestId('message').nth(1), 'message text', 'Welche Stadt?')
  const edited = RIVER.text.replace('Welcher Fluss?', 'Welche Stadt?')
  const hash = hashOf(edited)
  await expect(page.getByTestId('request-hash')).toHaveText(hash)
  const notice = region(page, 'Request hash')
  await expect(notice).toContainText("no longer finds it under this file's name")
  // said, and not done
  expect((await download(page)).name).toBe(NAMED.name)
  await button(notice, 'Rename and rewrite 10 ids after the request').focus()
  await page.keyboard.press('Enter')
  await expect(notice).toHaveCount(0)
  await expect(page.getByTestId('key-verdict')).toContainText('named after this request')
  const saved = await download(page)
  expect(saved.name).toBe(`${hash}.json`)
  expect(saved.bytes.toString('utf8')).toBe(edited.replaceAll('rec-0123456789ab', `rec-${hash.slice(0, 12)}`))
  await button(page, 'Undo').click()
  await expect(notice).toBeVisible()
  const undone = await download(page)
  expect(undone.name).toBe(NAMED.name)
  expect(undone.bytes.toString('utf8')).toBe(edited)
  await button(page, 'Undo').click()
  await expect(page.getByTestId('request-hash')).toHaveText(HASH)
  expect(await downloadText(page)).toBe(RIVER.text)
})

test('a name that is no hash, and a name that is another one', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await expect(page.getByTestId('request-hash')).toHaveText(HASH)
  await expect(page.getByTestId('key-verdict')).toContainText('not named after a request')
  await page.reload()
  await dropFiles([{ name: `${'0'.repeat(64)}.json`, text: RIVER.text }])
  await expect(page.getByTestId('key-verdict')).toContainText('name of another request')
})
