import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  downloadText,
  expectPlayhead,
  region,
  replaceOnce,
  startEditing,
} from './support/deck.ts'
import { pythonJson, question, streamed, textChunks, words } from './support/recordings.ts'

const PIECES = ['one\r\ntwo\r\n', 'three\rfour\n', 'five\r\n']
const CR = {
  name: 'cr.json',
  text: `${pythonJson(streamed([question('Q1\r\nQ2\rQ3\nQ4')], textChunks(PIECES)))}\n`,
}
const CRLF_FILE = {
  name: 'crlf.json',
  text: pythonJson(
    streamed([question('hi')], textChunks(['a', 'b']), { logit_bias: { type: 'json_object', x: [1, 2] } }),
  ).replaceAll('\n', '\r\n'),
}

const PLACES = [
  ['message text', 'Q2', '"Q1\\r\\nQ2\\rQ3\\nQ4"', '"Q1\\r\\nZZ\\rQ3\\nQ4"'],
  ['assembled answer', 'four', '"three\\rfour\\n"', '"three\\rZZ\\n"'],
  ['text of chunk 1', 'two', '"one\\r\\ntwo\\r\\n"', '"one\\r\\nZZ\\r\\n"'],
] as const
for (const [label, word, before, after] of PLACES)
  test(`cr: ${label}`, async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([CR])
    await expectPlayhead(page, 5, 5)
    if (label === 'text of chunk 1') await button(page, 'JSON of chunk 1').click()
    const field = await startEditing(page, label)
    await field.press('Control+Enter')
    await expect(field).toHaveCount(0)
    await expect(button(page, 'edited')).toHaveCount(0)
    await expect(button(page, 'Undo')).toBeDisabled()
    expect(await downloadText(page)).toBe(CR.text)
    const again = await startEditing(page, label)
    await region(page, 'Playback').click({ position: { x: 5, y: 5 } })
    await expect(again).toHaveCount(0)
    expect(await downloadText(page)).toBe(CR.text)
    // type and take back
    const third = await startEditing(page, label)
    await third.pressSequentially('x')
    await third.press('Backspace')
    await third.press('Control+Enter')
    await expect(button(page, 'edited')).toHaveCount(0)
    const fourth = await startEditing(page, label)
    await fourth.fill((await fourth.inputValue()).replace(word, 'ZZ'))
    await fourth.press('Control+Enter')
    await expect(fourth).toHaveCount(0)
    await expect(button(page, 'edited')).toHaveCount(1)
    expect(await downloadText(page)).toBe(replaceOnce(CR.text, before, after))
    await page.keyboard.press('Control+z')
    await expect(button(page, 'edited')).toHaveCount(0)
    expect(await downloadText(page)).toBe(CR.text)
  })

test('crlf file, JSON value', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([CRLF_FILE])
  await expectPlayhead(page, 4, 4)
  const field = await startEditing(region(page, 'Request'), 'logit_bias')
  await field.press('Control+Enter')
  await expect(field).toHaveCount(0)
  await expect(button(page, 'edited')).toHaveCount(0)
  const again = await startEditing(region(page, 'Request'), 'logit_bias')
  await again.fill((await again.inputValue()).replace('json_object', 'ZZ'))
  await again.press('Control+Enter')
  await expect(again).toHaveCount(0)
  expect(await downloadText(page)).toBe(CRLF_FILE.text.replace('json_object', 'ZZ'))
})

test('typed text survives its row scrolled out, and an unmount', async ({ page, openApp, dropFiles }) => {
  await openApp()
  const file = words(300).file
  await dropFiles([file])
  await expectPlayhead(page, 300, 300)
  await button(page, 'JSON of chunk 3').click()
  const field = await startEditing(region(page, 'Chunks'), 'text of chunk 3')
  const was = await field.inputValue()
  await field.fill('ZZZZ')
  const box = await region(page, 'Chunks').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 150)
  for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 500)
  await page.waitForTimeout(500)
  await expect(field).toHaveCount(1)
  await expect(field).toHaveValue('ZZZZ')
  await expect(field).not.toBeInViewport()
  // folding takes the editor away without a blur: by keyboard-less click through the DOM
  await page.evaluate(() => (document.querySelector('[aria-label="JSON of chunk 3"]') as HTMLElement).click())
  await expect(field).toHaveCount(0)
  await expect(button(page, 'edited')).toHaveCount(1)
  const text = await downloadText(page)
  expect(text).toContain('"ZZZZ"')
  expect(text.length - file.text.length).toBe(4 - was.length)
  await button(page, 'Undo').click()
  expect(await downloadText(page)).toBe(file.text)
  await expect(button(page, 'Undo')).toBeDisabled()
})

test('unmount with nothing typed, or discarded, commits nothing', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([words(30).file])
  await expectPlayhead(page, 30, 30)
  const fold = () =>
    page.evaluate(() => (document.querySelector('[aria-label="JSON of chunk 3"]') as HTMLElement).click())
  await fold()
  const field = await startEditing(region(page, 'Chunks'), 'text of chunk 3')
  await fold()
  await expect(field).toHaveCount(0)
  await fold()
  const again = await startEditing(region(page, 'Chunks'), 'text of chunk 3')
  await again.fill('ZZZ')
  await again.press('Escape')
  await fold()
  await expect(button(page, 'Undo')).toBeDisabled()
})

test('the value changes under an open editor', async ({ page, openApp, dropFiles }) => {
  await openApp()
  const file = {
    name: 'x.json',
    text: pythonJson(streamed([question('hi')], textChunks(['alpha beta', ' gamma delta']))),
  }
  await dropFiles([file])
  await expectPlayhead(page, 4, 4)
  const outside = async (label: string, from: string, to: string) => {
    const f = await startEditing(page, label)
    await f.fill((await f.inputValue()).replace(from, to))
    await f.press('Control+Enter')
    await expect(f).toHaveCount(0)
  }
  await outside('assembled answer', 'alpha', 'ALPHA')
  await button(page, 'JSON of chunk 1').click()
  // a touched editor, with an undo underneath it by a click that moves no focus
  const undo = () =>
    page.evaluate(() => (document.querySelector('button[aria-label="Undo"]') as HTMLElement).click())
  let field = await startEditing(region(page, 'Chunks'), 'text of chunk 1')
  await expect(field).toHaveValue('ALPHA beta')
  await undo()
  await expect(field).toHaveValue('alpha beta')
  await field.press('Control+Enter')
  await expect(button(page, 'edited')).toHaveCount(0)
  await outside('assembled answer', 'alpha', 'ALPHA')
  field = await startEditing(region(page, 'Chunks'), 'text of chunk 1')
  await field.fill('ALPHA betA!')
  await undo()
  await expect(assembledText(page)).toContainText('alpha')
  await field.press('Control+Enter')
  await expect(field).toHaveCount(0)
  expect(await downloadText(page)).toBe(file.text.replace('"alpha beta"', '"alpha betA!"'))
  await button(page, 'Undo').click()
  await outside('assembled answer', 'alpha', 'ALPHA')
  field = await startEditing(region(page, 'Chunks'), 'text of chunk 1')
  await field.fill('OMEGA beta')
  await undo()
  await expect(assembledText(page)).toContainText('alpha')
  await field.press('Control+Enter')
  await expect(region(page, 'Chunks').getByRole('alert')).toContainText('meanwhile')
  await expect(field).toHaveValue('OMEGA beta')
  await field.press('Escape')
  await expect(field).toHaveCount(0)
  await expect(button(page, 'edited')).toHaveCount(0)
})
