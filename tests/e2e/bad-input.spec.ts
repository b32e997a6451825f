import { type DroppedFile, expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  download,
  downloadText,
  editInPlace,
  region,
  replaceOnce,
} from './support/deck.ts'
import {
  fixture,
  pythonJson,
  question,
  RIVER,
  RIVER_ANSWER,
  STOP,
  streamed,
  textChunks,
} from './support/recordings.ts'

const DEEP = 100_000

function deep(value: string): string {
  return '['.repeat(DEEP) + value + ']'.repeat(DEEP)
}

const INTACT = RIVER.text

/** Each must be answered with a sentence in which `says` is found. */
const UNREADABLE: readonly { readonly what: string; readonly file: DroppedFile; readonly says: RegExp }[] = [
  { what: 'prose', file: { name: 'a.txt', text: 'Dear Sir or Madam' }, says: /JSON/ },
  { what: 'an empty file', file: { name: 'a.json', text: '' }, says: /empty/ },
  { what: 'a file of white space', file: { name: 'a.json', text: ' \n\n ' }, says: /JSON|empty/ },
  { what: 'a HAR', file: { name: 'a.har', text: '{"log":{"version":"1.2","entries":[]}}' }, says: /HAR/ },
  {
    what: 'a YAML of something else',
    file: { name: 'a.yaml', text: 'name: CI\non: push\njobs:\n  test:\n    runs-on: ubuntu\n' },
    says: /YAML.*no request/,
  },
  { what: 'another JSON', file: { name: 'a.json', text: '{"name": "left-pad"}' }, says: /request/ },
  { what: 'a JSON scalar', file: { name: 'a.json', text: '42' }, says: /request/ },
  { what: 'an HTML page', file: { name: 'a.json', text: '<!DOCTYPE html><p>Sign in' }, says: /HTML/ },
  {
    what: 'a picture',
    file: { name: 'a.json', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
    says: /PNG/,
  },
  {
    what: 'gzip',
    file: { name: 'a.json', bytes: Buffer.from('1f8b080000000000', 'hex') },
    says: /compressed/,
  },
  {
    what: 'UTF-16',
    file: { name: 'a.json', bytes: Buffer.from(`\ufeff${INTACT}`, 'utf16le') },
    says: /UTF-16/,
  },
  {
    what: 'invalid UTF-8 in an otherwise sound recording',
    file: {
      name: 'a.json',
      bytes: Buffer.concat([
        Buffer.from(INTACT.slice(0, 400)),
        Buffer.from([0xff, 0xc3, 0x28]),
        Buffer.from(INTACT.slice(400)),
      ]),
    },
    says: /UTF-8.*400/,
  },
  {
    what: '100,000 levels of nesting',
    file: { name: 'a.json', text: deep('') },
    says: /deep|nest|level|request/i,
  },
  { what: '100,000 opened levels', file: { name: 'a.json', text: '['.repeat(DEEP) }, says: /./ },
  {
    what: '100,000 levels of objects',
    file: { name: 'a.json', text: `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}` },
    says: /deep|nest|level|request/i,
  },
]

/** A sentence for a person: some words and a full stop. */
const SENTENCE = /\w+ \w+ \w+.*\./s

test('what is no recording gets a clear sentence, and the next file opens', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  for (const { what, file, says } of UNREADABLE) {
    await test.step(what, async () => {
      await dropFiles([file])
      const told = page.getByTestId('diagnostic')
      await expect(told).toContainText(says)
      await expect(told).toContainText(SENTENCE)
      await button(page, 'Dismiss').click()
      await expect(told).toHaveCount(0)
    })
  }
  await dropFiles([RIVER])
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
})

test('what is no recording, dropped on an edited cassette, leaves the edit alone', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await editInPlace(page, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Main'))
  for (const { what, file, says } of UNREADABLE) {
    await test.step(what, async () => {
      await dropFiles([file])
      await expect(page.getByTestId('diagnostic')).toContainText(says)
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(assembledText(page)).toHaveText(RIVER_ANSWER.replace('Rhein', 'Main'))
      await button(page, 'Dismiss').click()
      await expect(page.getByTestId('diagnostic')).toHaveCount(0)
    })
  }
  expect(await downloadText(page)).toBe(replaceOnce(RIVER.text, '" Rhein"', '" Main"'))
})

test('a truncated recording says where it breaks off and shows what was read', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const end = INTACT.indexOf(' Rhein') + 3
  const text = INTACT.slice(0, end)
  const line = text.split('\n').length
  await openApp()
  await dropFiles([{ name: 'cut.json', text }])
  const told = page.getByTestId('diagnostic').first()
  await expect(told).toContainText(new RegExp(`line ${line}, column \\d+`))
  await expect(told).toContainText(SENTENCE)
  await expect(assembledText(page)).toContainText('der Fluss heißt')
  await expect(page.getByTestId('message')).toHaveCount(2)
  const { bytes } = await download(page)
  expect(bytes.toString('utf8')).toBe(text)
})

test('a recording broken in its response says where, and is exported as it came', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const text = replaceOnce(INTACT, '"content": " Rhein"', '"content": " Rhein')
  await openApp()
  await dropFiles([{ name: 'broken.json', text }])
  await expect(page.getByTestId('diagnostic').first()).toContainText(/line \d+, column \d+/)
  await expect(assembledText(page)).toContainText('der Fluss heißt')
  expect(await downloadText(page)).toBe(text)
})

test('a recording broken in its request says where, and advises only what can be done', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const text = replaceOnce(INTACT, '"role": "system",', '"role": "system"')
  await openApp()
  await dropFiles([{ name: 'broken.json', text }])
  const told = page.getByTestId('diagnostic').first()
  await expect(told).toContainText(/line \d+, column \d+/)
  const canRepair = await button(page, 'Source').isVisible()
  if (!canRepair) await expect(told).not.toContainText(/repair it in the source/i)
  else expect(await downloadText(page)).toBe(text)
})

test('200 MB of noise get a sentence, and an edited cassette survives them', async ({
  page,
  openApp,
  dropFiles,
}) => {
  test.slow()
  await openApp()
  await dropFiles([RIVER])
  await editInPlace(page, 'assembled answer', 'Mine.')
  await page.evaluate(() => {
    const block = crypto.getRandomValues(new Uint8Array(65_536))
    // no first bytes by which it could be taken for something known
    block[0] = 0x80
    const transfer = new DataTransfer()
    transfer.items.add(new File(new Array<BlobPart>(3200).fill(block), 'noise.bin'))
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
    )
  })
  await expect(page.getByTestId('diagnostic').first()).toContainText(SENTENCE, { timeout: 20_000 })
  await expect(region(page, 'Problems')).toContainText('noise.bin')
  await expect(assembledText(page)).toHaveText('Mine.')
  await expect(button(page, 'Undo')).toBeEnabled()
})

test('200 MB of text get a sentence, and an edited cassette survives them', async ({
  page,
  openApp,
  dropFiles,
}) => {
  test.slow()
  await openApp()
  await dropFiles([RIVER])
  await editInPlace(page, 'assembled answer', 'Mine.')
  await page.evaluate(() => {
    const block = 'lorem ipsum '.repeat(5000)
    const transfer = new DataTransfer()
    transfer.items.add(new File(new Array<BlobPart>(3500).fill(block), 'noise.txt'))
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
    )
  })
  await expect(page.getByTestId('diagnostic').first()).toContainText(SENTENCE, { timeout: 20_000 })
  await expect(region(page, 'Problems')).toContainText('noise.txt')
  await expect(assembledText(page)).toHaveText('Mine.')
})

test('a recording with 100,000 levels inside of it is exported as it came and never crashes', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const text = replaceOnce(INTACT, '"max_tokens": 64', `"max_tokens": 64, "deep": ${deep('1')}`)
  await openApp()
  await dropFiles([{ name: 'deep.json', text }])
  await expect(page.getByTestId('diagnostic').first()).toContainText(/deep|nest|level/i)
  await expect(button(page, 'Export').or(button(page, 'Open sample'))).toBeVisible()
  if (await button(page, 'Export').isVisible()) expect(await downloadText(page)).toBe(text)
})

test('duplicate keys are said, and the last one counts', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([fixture('duplicate-keys.json')])
  await expect(page.getByTestId('diagnostic').filter({ hasText: /method/ })).toContainText(/twice|duplicate/i)
  await expect(region(page, 'Request')).toContainText('PUT')
})

test('a byte order mark is no problem', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([fixture('bom.json')])
  await expect(page.getByTestId('message')).toContainText('Grüße auf Japanisch?')
  await expect(page.getByTestId('diagnostic').and(page.locator('[data-code=not-json]'))).toHaveCount(0)
})

test('lone surrogates are kept when something beside them is edited', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const file = fixture('lone-surrogates.json')
  const text = file.bytes.toString('utf8')
  await openApp()
  await dropFiles([file])
  await editInPlace(page, 'finish reason', 'length')
  expect(await downloadText(page)).toBe(
    replaceOnce(text, '"finish_reason": "stop"', '"finish_reason": "length"'),
  )
})

test('__proto__ keys reach no prototype, are shown, and are kept', async ({ page, openApp, dropFiles }) => {
  const file = fixture('proto-keys.json')
  const text = file.bytes.toString('utf8')
  const pollution = (): Promise<readonly string[]> =>
    page.evaluate(() => {
      const keys: string[] = []
      // inherited ones are what is looked for
      for (const key in {}) keys.push(key)
      return [...keys, ...Object.getOwnPropertyNames(Object.prototype)].toSorted()
    })
  await openApp()
  const clean = await pollution()
  await dropFiles([file])
  await expect(region(page, 'Request')).toContainText('__proto__')
  await editInPlace(page, 'finish reason', 'length')
  for (const name of ['Markdown', 'Raw', 'Text']) await button(page, name).click()
  expect(await pollution()).toEqual(clean)
  expect(await downloadText(page)).toBe(
    replaceOnce(text, '"finish_reason": "stop"', '"finish_reason": "length"'),
  )
})

test('a stream of odd values opens: null, numbers, strings and chunks without what they should have', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const text = pythonJson(
    streamed(
      [question('Hi'), null, 42, 'text', [], { role: 7, content: { a: 1 } }, {}],
      [
        null,
        7,
        'text',
        [],
        {},
        { __data__: null },
        { __data__: { choices: [null, 5, {}] } },
        ...textChunks(['Hi']),
        STOP,
      ],
    ),
  )
  await openApp()
  await dropFiles([{ name: 'odd.json', text }])
  await expect(button(page, 'Export')).toBeVisible()
  await expect(page.getByTestId('chunk')).toHaveCount(11)
  await expect(assembledText(page)).toHaveText('Hi')
  expect(await downloadText(page)).toBe(text)
})
