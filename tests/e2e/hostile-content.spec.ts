/** HTML and script in every text of a recording: shown as text, never run. */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, editInPlace, FOLDED, region } from './support/deck.ts'
import { chunk, FIRST, pythonJson, question, recorded } from './support/recordings.ts'

declare global {
  interface Window {
    __pwned?: unknown
  }
}

/** Runs as soon as anything takes it for HTML. `mark` tells the places apart; without quotes, that JSON escapes. */
function payload(mark: string): string {
  return `${mark}<img src=x onerror=window.__pwned=1><svg onload=window.__pwned=1></svg><script>window.__pwned=1</script>`
}

const HOSTILE_MARKDOWN = [
  payload('answer'),
  '[click](javascript:window.__pwned=1)',
  '![beacon](https://beacon.example/pixel.png)',
  '<a href="javascript:window.__pwned=1">click</a>',
  '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
  '```html\n<script>window.__pwned=1</script>\n```',
  '[x]: javascript:window.__pwned=1',
].join('\n\n')

const HOSTILE_CALL = {
  index: 0,
  id: payload('stream-call-id'),
  function: { name: payload('stream-tool'), arguments: payload('stream-arguments') },
  type: 'function',
}

const HOSTILE = recorded({
  url: `https://example.com/${payload('url')}`,
  headers: { [payload('header')]: payload('header-value') },
  messages: [
    question(payload('content')),
    { role: payload('role'), name: payload('speaker'), content: payload('odd') },
    { role: 'user', content: [{ type: payload('part'), text: payload('part-text') }] },
    {
      role: 'assistant',
      content: null,
      refusal: payload('refusal'),
      reasoning: payload('request-reasoning'),
      tool_calls: [
        {
          id: payload('id'),
          type: 'function',
          function: { name: payload('tool'), arguments: payload('arguments') },
        },
      ],
    },
    { role: 'tool', tool_call_id: payload('id'), content: payload('result') },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'javascript:window.__pwned=1' } }] },
    {
      role: 'user',
      content: [{ type: 'file', file: { filename: payload('file'), file_data: 'data:text/html,<b>' } }],
    },
  ],
  parameters: {
    [payload('parameter')]: payload('parameter-value'),
    tools: [
      {
        type: 'function',
        function: {
          name: payload('defined'),
          description: payload('description'),
          parameters: { title: payload('schema') },
        },
      },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: payload('format'), schema: { title: payload('format-schema') } },
    },
    stream: true,
  },
  response: {
    body: [
      FIRST,
      chunk({ content: null, reasoning: payload('reasoning') }),
      chunk({ content: HOSTILE_MARKDOWN }),
      chunk({ content: null, refusal: payload('stream-refusal') }),
      chunk({ content: null, tool_calls: [HOSTILE_CALL] }),
      chunk({ content: null }, payload('finish')),
    ],
    is_streaming: true,
  },
})

/** What no recorded text may ever become. */
async function expectNoneRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.__pwned)).toBeUndefined()
  expect(
    await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes]
          .filter(
            ({ name, value }) =>
              name.startsWith('on') ||
              name === 'srcdoc' ||
              (name !== 'title' && /^\s*(?:javascript|vbscript):/i.test(value)),
          )
          .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
      ),
    ),
  ).toEqual([])
  await expect(page.locator('iframe, object, embed, #root script')).toHaveCount(0)
}

/** Opens everything that can be unfolded. */
async function unfoldAll(page: Page, where: string): Promise<void> {
  const folded = region(page, where).locator(FOLDED)
  for (let count = await folded.count(); count > 0; count = await folded.count()) {
    await folded.first().click()
    if (count > 200) throw new Error('There is no end to it.')
  }
}

test('HTML and script in every text are shown as the text that they are', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const name = `${payload('name').replaceAll('/', '')}.json`
  await openApp()
  await dropFiles([{ name, text: pythonJson(HOSTILE) }])
  await expect(assembledText(page)).toContainText(payload('answer'))
  await unfoldAll(page, 'Request')
  const request = region(page, 'Request')
  for (const mark of [
    'content',
    'role',
    'speaker',
    'odd',
    'refusal',
    'request-reasoning',
    'tool',
    'arguments',
    'result',
    'file',
    'header',
    'header-value',
    'parameter',
    'parameter-value',
    'defined',
    'description',
    'schema',
    'format',
    'format-schema',
    'part-text',
  ]) {
    await expect(request, mark).toContainText(payload(mark))
  }
  const response = region(page, 'Assembled response')
  for (const mark of ['reasoning', 'answer', 'stream-refusal', 'stream-tool', 'stream-arguments', 'finish']) {
    await expect(response, mark).toContainText(payload(mark))
  }
  await expect(page).toHaveTitle(/name<img src=x/)
  await unfoldAll(page, 'Chunks')
  await expectNoneRan(page)
})

test('HTML and script do not run in the markdown view either, and no beacon is loaded', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([{ name: 'hostile.json', text: pythonJson(HOSTILE) }])
  await expect(assembledText(page)).toContainText(payload('answer'))
  await button(page, 'Markdown').click()
  const answer = region(page, 'Assembled response')
  await expect(answer.locator('pre')).toHaveText('<script>window.__pwned=1</script>')
  await expect(answer).toContainText('onerror=window.__pwned=1')
  await expect(answer.getByRole('link', { name: 'click' })).toHaveCount(0)
  await expectNoneRan(page)
})

test('HTML and script do not run in the palette, the review of changes and the source', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([{ name: 'hostile.json', text: pythonJson(HOSTILE) }])
  await expect(assembledText(page)).toContainText(payload('answer'))
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('onerror')
  await expect(page.getByRole('option').first()).toContainText('onerror')
  await expectNoneRan(page)
  await page.keyboard.press('Escape')
  await editInPlace(page, 'finish reason', payload('edited'))
  await button(page, 'edited').click()
  await expect(
    page
      .getByRole('dialog')
      .getByText(/edited<img/)
      .first(),
  ).toBeVisible()
  await expectNoneRan(page)
  await page.keyboard.press('Escape')
  await button(page, 'Source').click()
  await expect(region(page, 'Source').locator('.view-line').first()).toBeVisible()
  await expectNoneRan(page)
})

test('HTML and script in an exception and in an unknown dialect do not run', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const exception = recorded({
    messages: [question('Hi')],
    response: {
      body: null,
      is_streaming: false,
      is_exception: true,
      exception_data: { type: payload('type'), message: payload('message'), status_code: 500 },
      exception_message: payload('message'),
    },
  })
  const unknown = {
    request: {
      method: payload('method'),
      url: 'https://example.com/v9/dream',
      headers: {},
      body: { dream: payload('dream') },
      endpoint: '/v9/dream',
    },
    response: { body: [{ said: payload('said') }, payload('string')], is_streaming: true },
  }
  await openApp()
  await dropFiles([
    { name: 'exception.json', text: pythonJson(exception) },
    { name: 'unknown.json', text: pythonJson(unknown) },
  ])
  await expect(region(page, 'Response')).toContainText(payload('message'))
  await unfoldAll(page, 'Assembled response')
  await expectNoneRan(page)
  await page.keyboard.press('j')
  await expect(page.getByTestId('dialect')).toHaveText('unknown')
  await unfoldAll(page, 'Request')
  await unfoldAll(page, 'Chunks')
  await expect(region(page, 'Request')).toContainText(payload('dream'))
  await expect(region(page, 'Chunks')).toContainText(payload('said'))
  await expectNoneRan(page)
})

test('a file with the name of a payload that cannot be opened says so without running it', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const name = payload('bad').replaceAll('/', '')
  await openApp()
  await dropFiles([{ name, text: payload('content') }])
  await expect(region(page, 'Problems')).toContainText(name)
  await expectNoneRan(page)
})
