/** Answers that are more than text: pictures, sound, notes, embeddings, recorded times, packed bodies. */
import { gzipSync } from 'node:zlib'
import { expect, test } from '../support/deck-test.ts'
import { AGENT, embedded, MEDIA, PLAIN, timed } from './support/answers.ts'
import { assembledText, button, editInPlace, expectPlayhead, region } from './support/deck.ts'

test('pictures, sound and citations of an answer stand beside its text', async ({
  page,
  openApp,
  dropFiles,
  axe,
}) => {
  await openApp()
  await dropFiles([MEDIA])
  await expect(assembledText(page)).toHaveText('Here it is.')
  const media = page.getByTestId('assembled-media')
  await expect(media).toHaveCount(2)
  await expect(media.locator('img')).toHaveJSProperty('naturalWidth', 2)
  const sound = media.locator('audio')
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(0.5, 1)

  const note = page.getByTestId('assembled-note')
  await expect(note).toHaveCount(1)
  await expect(note).toContainText('× 2')
  await expect(note).toContainText('Rivers of Germany · example.org')
  await note.getByRole('button').first().click()
  await expect(note.getByRole('group')).toHaveCount(2)
  // nothing in it leads anywhere by itself
  await expect(note.locator('a, img')).toHaveCount(0)
  expect(await axe('[aria-label="Response"]')).toEqual([])
})

test('pictures and notes come with the chunk that brings them', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([MEDIA])
  await expect(page.getByTestId('assembled-media')).toHaveCount(2)
  await button(page, 'Restart').click()
  await expect(page.getByTestId('assembled-media')).toHaveCount(0)
  await expect(page.getByTestId('assembled-note')).toHaveCount(0)
})

test('embeddings say how many they are, and which are alike', async ({ page, openApp, dropFiles, axe }) => {
  await openApp()
  await dropFiles([embedded()])
  const view = page.getByTestId('embeddings')
  await expect(view).toContainText('5 embeddings')
  await expect(view).toContainText('48 dimensions')
  await expect(view.getByRole('img')).toHaveAttribute('aria-label', /5 embeddings as points/)
  const pairs = view.getByRole('listitem')
  await expect(pairs).toHaveCount(5)
  await expect(view).toContainText('the river')
  await expect(pairs.filter({ hasText: 'a tax form' }).filter({ hasText: 'an invoice' })).toHaveCount(1)
  await expect(page.getByTestId('chunk')).toContainText('48 dimensions')
  expect(await axe('[aria-label="Response"]')).toEqual([])
})

test('one embedding is shown by its numbers', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([embedded(['alone'])])
  const view = page.getByTestId('embeddings')
  await expect(view.getByRole('img')).toHaveAttribute('aria-label', /48 bars/)
  await expect(view).toContainText('alone')
})

test('a recording with times is played at its own pace', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([timed(['One ', 'two ', 'three ', 'four'], [0, 200, 9000, 9100])])
  const playback = region(page, 'Playback')
  await expect(playback).toContainText('recorded pacing')
  await expect(page.getByRole('combobox', { name: 'Speed' })).toHaveText('1×')
  await expect(button(page, 'skip pauses')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('chunk').nth(2)).toContainText('8.8 s')

  await button(page, 'Play').click()
  await expectPlayhead(page, 4, 4)
  await expect(assembledText(page)).toHaveText('One two three four')

  await page.getByRole('combobox', { name: 'Speed' }).click()
  await page.getByRole('option', { name: '30 chunks/s' }).click()
  await expect(playback).toContainText('synthetic pacing')
  await page.getByRole('combobox', { name: 'Speed' }).click()
  await page.getByRole('option', { name: '8×' }).click()
  await expect(playback).toContainText('recorded pacing')

  // with its pause it takes longer than anybody waits here
  await button(page, 'skip pauses').click()
  await button(page, 'Restart').click()
  await button(page, 'Play').click()
  await expectPlayhead(page, 2, 4)
  await button(page, 'Pause').click()
})

test('a recording without times is played as fast as the person says', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([PLAIN])
  await expect(region(page, 'Playback')).toContainText('synthetic pacing')
  await expect(button(page, 'skip pauses')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Speed' }).click()
  await expect(page.getByRole('option', { name: '2×' })).toHaveCount(0)
})

test('a YAML source is coloured, typed into and read again', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  await expect(page.getByTestId('interaction')).toHaveCount(3)
  await page.keyboard.press('e')
  const source = region(page, 'Source')
  await expect(source.locator('.view-line').nth(1)).toContainText('interactions:')
  await expect(source.locator('.view-line span[class*="mtk"]').first()).toBeVisible()
  await expect(source.locator('.squiggly-error')).toHaveCount(0)

  await source.getByRole('textbox').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# a comment')
  await expect(page.getByTitle('Show what changed')).toBeVisible()
  await expect(page.getByTestId('interaction')).toHaveCount(3)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('x')
  await expect(region(page, 'Problems')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(region(page, 'Problems')).toHaveCount(0)
})

test('a compressed file is shown as its JSON, to be read only', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([{ name: 'plain.json.gz', bytes: gzipSync(PLAIN.text) }])
  await expect(assembledText(page)).toHaveText('Hello.')
  await page.keyboard.press('e')
  const source = region(page, 'Source')
  await expect(source).toContainText('Read only here: this file is no text')
  await expect(source.locator('.view-lines')).toContainText('"request"')
  await editInPlace(page, 'assembled answer', 'Bye.')
  await expect(source.locator('.view-lines')).not.toContainText('"lo."')
})

test('a packed body says what an edit does, and is stored as text when asked', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const body = JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Packed.' }, finish_reason: 'stop' }],
  })
  const packed = gzipSync(body).toString('base64')
  const text = `interactions:
- request:
    body: '{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}'
    headers: {}
    method: POST
    uri: https://api.openai.com/v1/chat/completions
  response:
    body:
      string: !!binary |
        ${packed}
    headers:
      content-encoding:
      - gzip
    status:
      code: 200
      message: OK
version: 1
`
  await openApp()
  await dropFiles([{ name: 'packed.yaml', text }])
  await expect(assembledText(page)).toHaveText('Packed.')
  const note = page.getByTestId('stored-encoding')
  await expect(note).toContainText('Stored as base64 of gzip: an edit writes the whole body anew')
  await button(page, 'Store as readable text').click()
  await expect(note).toHaveCount(0)
  await expect(assembledText(page)).toHaveText('Packed.')
  await button(page, 'Undo').click()
  await expect(note).toBeVisible()
})

test('how an answer was recorded stands in a fold', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([AGENT])
  const response = region(page, 'Assembled response')
  await response.getByRole('button', { name: /^Recorded/ }).click()
  await expect(response).toContainText('vcrpy-yaml')
  await expect(response).toContainText('openai-chat')
  await expect(response).toContainText('one whole body')
  await expect(response).toContainText('x-request-id')
})
