import type { Locator, Page } from '@playwright/test'
import { expect } from '../support/deck-test.ts'
import { assembledText, button, region } from './support/deck.ts'
import { test } from './support/other-host.ts'
import {
  type Json,
  PNG,
  pythonJson,
  question,
  recorded,
  streamed,
  type TextFile,
  textChunks,
} from './support/recordings.ts'

const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }

const CONVERSATION = recorded({
  url: 'https://models.example/v1/chat/completions',
  headers: { 'x-request-source': 'nightly' },
  messages: [
    { role: 'system', content: 'You are a gardener.' },
    { role: 'user', content: [{ type: 'text', text: 'What grows in Bergen?' }] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_rain',
          type: 'function',
          function: { name: 'get_rain', arguments: '{"city": "Bergen"}' },
        },
        { id: 'call_sun', type: 'function', function: { name: 'get_sun', arguments: '{"city": "Oslo"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_sun', content: 'seven hours' },
    { role: 'tool', tool_call_id: 'call_rain', content: '2250 mm' },
  ],
  parameters: {
    temperature: 0.25,
    top_p: 0.9,
    tools: [
      {
        type: 'function',
        function: { name: 'get_rain', description: 'Rain in a year', parameters: PARAMETERS },
      },
      {
        type: 'function',
        function: { name: 'get_sun', description: 'Sun in a day', parameters: PARAMETERS },
      },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'plants', schema: { type: 'object', properties: { plant: { type: 'string' } } } },
    },
    stream: true,
  },
  response: { body: textChunks(['Rhubarb']), is_streaming: true },
})

function withImages(...urls: readonly string[]): TextFile {
  const parts: Json = urls.map((url) => ({ type: 'image_url', image_url: { url, detail: 'low' } }))
  const message = { role: 'user', content: [{ type: 'text', text: 'What is this?' }, ...parts] }
  return { name: 'image.json', text: pythonJson(streamed([message], textChunks(['Red.']))) }
}

function images(page: Page): Locator {
  return region(page, 'Request').getByRole('img')
}

async function expectDrawn(image: Locator, width = 2): Promise<void> {
  await expect
    .poll(() => image.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0)))
    .toBe(width)
}

test.describe('a request with tools', () => {
  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([{ name: 'garden.json', text: pythonJson(CONVERSATION) }])
    await expect(assembledText(page)).toHaveText('Rhubarb')
  })

  test('is a conversation: each message with its role and text, in order', async ({ page }) => {
    const messages = page.getByTestId('message')
    await expect(messages).toHaveCount(5)
    await expect(messages).toContainText([
      'You are a gardener.',
      'What grows in Bergen?',
      'get_rain',
      'seven hours',
      '2250 mm',
    ])
    await expect(messages).toContainText(['system', 'user', 'assistant', 'tool', 'tool'])
  })

  test('shows its URL, method, headers and parameters', async ({ page }) => {
    const request = region(page, 'Request')
    await expect(request).toContainText('POST')
    await expect(request).toContainText('models.example')
    const details = request.getByRole('button', { name: /^Recorded/ })
    await details.click()
    await expect(request).toContainText('https://models.example/v1/chat/completions')
    await expect(request).toContainText('x-request-source')
    await expect(request).toContainText('nightly')
    const parameters = request.getByRole('region', { name: 'Parameters' })
    for (const [name, value] of [
      ['temperature', '0.25'],
      ['top_p', '0.9'],
      ['stream', 'true'],
    ] as const) {
      await expect(
        parameters.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]'),
      ).toContainText(value)
    }
  })

  test('shows its tool definitions with description and schema', async ({ page }) => {
    const request = region(page, 'Request')
    await request.getByRole('button', { name: /^Tools 2/ }).click()
    await expect(request.getByRole('heading', { name: 'get_rain', exact: true })).toBeVisible()
    await expect(request.getByRole('heading', { name: 'get_sun', exact: true })).toBeVisible()
    await expect(request).toContainText('Rain in a year')
    await expect(request.getByRole('group', { name: 'schema of get_sun' })).toContainText('properties')
  })

  test('shows the wanted response format with its schema', async ({ page }) => {
    const format = region(page, 'Request').getByRole('region', { name: 'Response format' })
    await expect(format).toContainText('json_schema')
    await expect(format).toContainText('plants')
    await expect(format.getByRole('group', { name: 'response schema' })).toContainText('properties')
  })

  test('pairs each tool call with its own result, in whatever order they came', async ({ page }) => {
    const messages = page.getByTestId('message')
    const calls = messages.nth(2)
    await expect(calls).toContainText('get_rain')
    await expect(calls).toContainText('Oslo')
    await calls.getByRole('button', { name: 'result in message 5' }).click()
    await expect(messages.nth(4).locator(':focus')).toContainText('2250 mm')
    await messages.nth(3).getByRole('button', { name: 'result of get_sun' }).click()
    await expect(calls.locator(':focus')).toContainText('get_sun')
    await expect(calls.locator(':focus')).not.toContainText('get_rain')
  })
})

test('a long message folds and unfolds', async ({ page, openApp, dropFiles }) => {
  const text = `${'All work and no play. '.repeat(200)}THE END`
  await openApp()
  await dropFiles([
    { name: 'long.json', text: pythonJson(streamed([question(text)], textChunks(['Stop.']))) },
  ])
  const message = page.getByTestId('message')
  await expect(message).toContainText('All work')
  await expect(message).not.toContainText('THE END')
  await message.getByRole('button', { name: /show all 4,407 characters/ }).click()
  await expect(message).toContainText('THE END')
  await message.getByRole('button', { name: 'show less' }).click()
  await expect(message).not.toContainText('THE END')
})

test('audio and file parts and the name of a speaker are shown', async ({ page, openApp, dropFiles }) => {
  const message = {
    role: 'user',
    name: 'ada',
    content: [
      { type: 'input_audio', input_audio: { data: Buffer.from('RIFF').toString('base64'), format: 'wav' } },
      { type: 'file', file: { filename: 'notes.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
    ],
  }
  await openApp()
  await dropFiles([{ name: 'parts.json', text: pythonJson(streamed([message], textChunks(['Heard.']))) }])
  await expect(page.getByTestId('message')).toContainText('ada')
  await expect(page.getByTestId('message')).toContainText('audio/wav')
  await expect(page.getByTestId('message')).toContainText('notes.pdf')
  await expect(page.getByTestId('message')).toContainText('application/pdf')
})

test('an image in the recording is drawn, with its type and size', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([withImages(`data:image/png;base64,${PNG.toString('base64')}`)])
  await expectDrawn(images(page))
  await expect(page.getByTestId('message')).toContainText('image/png')
  await expect(page.getByTestId('message')).toContainText(`${PNG.length} B`)
  await button(page, 'Enlarge image').click()
  const large = page.getByRole('dialog')
  await expectDrawn(large.getByRole('img'))
  await page.keyboard.press('Escape')
  await expect(large).toHaveCount(0)
  await expect(button(page, 'Enlarge image')).toBeFocused()
})

test('an image that cannot be shown says why', async ({ page, openApp, dropFiles }) => {
  const broken = [
    { what: 'is no base64', url: 'data:image/png;base64,@@@@', says: /base64/ },
    { what: 'is base64 of something else', url: 'data:image/png;base64,aGVsbG8gd29ybGQ=', says: /no image/ },
    { what: 'is empty', url: 'data:image/png;base64,', says: /empty/ },
    { what: 'is of another type', url: 'data:text/html;base64,PGI+', says: /text\/html/ },
    { what: 'has no data', url: 'data:image/png', says: /without/ },
    { what: 'is no address', url: 'picture.png', says: /not a URL/ },
    { what: 'is a script', url: 'javascript:alert(1)', says: /javascript:/ },
  ] as const
  const messages = broken.map(({ url }) => ({
    role: 'user',
    content: [{ type: 'image_url', image_url: { url } }],
  }))
  await openApp()
  await dropFiles([{ name: 'images.json', text: pythonJson(streamed(messages, textChunks(['No.']))) }])
  await expect(page.getByTestId('message')).toHaveCount(broken.length)
  for (const [at, { what, says }] of broken.entries()) {
    await page.getByTestId('message').nth(at).scrollIntoViewIfNeeded()
    await expect(page.getByTestId('message').nth(at), what).toContainText(says)
  }
  await expect(images(page)).toHaveCount(0)
})

test('a remote image of a dropped file is loaded, without cookie and referrer', async ({
  page,
  context,
  openApp,
  dropFiles,
  otherHost,
}) => {
  otherHost.answer('/red.png', { headers: { 'content-type': 'image/png' }, body: PNG })
  await context.addCookies([{ name: 'session', value: 'secret', url: otherHost.origin }])
  await openApp()
  await dropFiles([withImages(`${otherHost.origin}/red.png`)])
  await expectDrawn(images(page))
  await expect(page.getByTestId('message')).toContainText(otherHost.host)
  expect(otherHost.asked.map(({ path }) => path)).toEqual(['/red.png'])
  expect(otherHost.asked[0]?.headers).not.toHaveProperty('referer')
  expect(otherHost.asked[0]?.headers).not.toHaveProperty('cookie')
})

test('a remote image that does not come says so and names the host', async ({
  page,
  openApp,
  dropFiles,
  otherHost,
}) => {
  await openApp()
  await dropFiles([withImages(`${otherHost.origin}/gone.png`)])
  await expect(page.getByTestId('message')).toContainText(`could not be loaded from ${otherHost.host}`)
})

test('a cassette that came from a URL asks once before it loads a remote image, and names the host', async ({
  page,
  openApp,
  otherHost,
}) => {
  const png = { headers: { 'content-type': 'image/png' }, body: PNG }
  otherHost.answer('/red.png', png)
  otherHost.answer('/blue.png', png)
  const file = withImages(`${otherHost.origin}/red.png`, `${otherHost.origin}/blue.png`)
  await page.route('**/image.json', (route) => route.fulfill({ body: file.text }))
  await openApp(`#url=${encodeURIComponent(`${process.env.DECK_URL}image.json`)}`)
  await expect(assembledText(page)).toHaveText('Red.')
  const ask = page.getByRole('button', { name: `Load images from ${otherHost.host}` })
  await expect(ask).toHaveCount(2)
  await expect(images(page)).toHaveCount(0)
  expect(otherHost.asked).toEqual([])
  await ask.first().click()
  await expect(ask).toHaveCount(0)
  await expectDrawn(images(page).first())
  await expectDrawn(images(page).last())
  expect(otherHost.asked.map(({ path }) => path).toSorted()).toEqual(['/blue.png', '/red.png'])
})

test('a cassette that came by link asks before it loads a remote image', async ({
  page,
  openApp,
  dropFiles,
  otherHost,
}) => {
  otherHost.answer('/red.png', { headers: { 'content-type': 'image/png' }, body: PNG })
  await openApp()
  await dropFiles([withImages(`${otherHost.origin}/red.png`)])
  await expectDrawn(images(page))
  await button(page, 'Share').click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.goto('about:blank')
  await page.goto(link)
  await expect(assembledText(page)).toHaveText('Red.')
  await expect(page.getByRole('button', { name: `Load images from ${otherHost.host}` })).toBeVisible()
  await expect(images(page)).toHaveCount(0)
  expect(otherHost.asked).toHaveLength(1)
})
