/** Editing the request at the level of meaning: each command by mouse and by keyboard, and what is refused. */
import type { Locator, Page } from '@playwright/test'
import { expect } from '../support/deck-test.ts'
import { assembledText, button, downloadText, editInPlace, region, startEditing } from './support/deck.ts'
import { test } from './support/other-host.ts'
import { type Json, PNG, pythonJson, recorded, type TextFile, textChunks } from './support/recordings.ts'

type JsonObject = Record<string, Json>

const IMAGE = (url: string): Json => ({ type: 'image_url', image_url: { url } })
const SMALL_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const MESSAGES: readonly Json[] = [
  { role: 'system', content: 'You are a gardener.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'First' },
      { type: 'text', text: 'Second' },
    ],
  },
  {
    role: 'assistant',
    content: 'Look: ü',
    tool_calls: [
      { id: 'call_sun', type: 'function', function: { name: 'get_sun', arguments: '{"city": "Oslo"}' } },
    ],
  },
]
const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string', description: 'Where', format: 'name' }, days: { type: 'integer' } },
  required: ['city'],
}
const TOOLS: readonly Json[] = ['get_sun', 'get_rain'].map((name) => ({
  type: 'function',
  function: { name, description: `About ${name}`, parameters: SCHEMA },
}))

function made(messages: readonly Json[] = MESSAGES, parameters: JsonObject = {}): TextFile {
  const body = { temperature: 0.5, n: 1, tool_choice: 'auto', tools: TOOLS, ...parameters, stream: true }
  const call = recorded({
    messages,
    parameters: body,
    response: { body: textChunks(['Rhubarb']), is_streaming: true },
  })
  return { name: 'made.json', text: pythonJson(call) }
}

interface Body {
  readonly messages: readonly JsonObject[]
  readonly tools: readonly { readonly function: JsonObject }[]
  readonly [parameter: string]: unknown
}

async function body(page: Page): Promise<Body> {
  return (JSON.parse(await downloadText(page)) as { request: { body: Body } }).request.body
}

function request(page: Page): Locator {
  return region(page, 'Request')
}

const open = (drop: (files: readonly TextFile[]) => Promise<void>, page: Page) => async (file: TextFile) => {
  await drop([file])
  await expect(assembledText(page)).toHaveText('Rhubarb')
}

/** Chooses from a menu as a hand does, or as a keyboard does: by first letters and arrows. */
async function choose(
  page: Page,
  how: 'mouse' | 'keyboard',
  menu: string,
  ...items: readonly string[]
): Promise<void> {
  const trigger = button(page, menu)
  if (how === 'mouse') {
    await trigger.scrollIntoViewIfNeeded()
    await trigger.hover()
    await trigger.click()
    for (const [at, item] of items.entries()) {
      const entry = page.getByRole('menuitem', { name: item, exact: true }).last()
      if (at < items.length - 1) await entry.hover()
      else await entry.click()
    }
  } else {
    await trigger.focus()
    await page.keyboard.press('Enter')
    for (const [at, item] of items.entries()) {
      const entry = page.getByRole('menuitem', { name: item, exact: true }).last()
      await expect(entry).toBeVisible()
      for (let tries = 0; tries < 20 && !(await isFocused(entry)); tries++)
        await page.keyboard.press('ArrowDown')
      await expect(entry).toBeFocused()
      await page.keyboard.press(at < items.length - 1 ? 'ArrowRight' : 'Enter')
    }
  }
  await expect(page.getByRole('menu')).toHaveCount(0)
}

function isFocused(entry: Locator): Promise<boolean> {
  return entry.evaluate((element) => element === document.activeElement)
}

interface Case {
  readonly what: string
  readonly path: readonly [menu: string, ...items: readonly string[]]
  readonly holds: (after: Body, before: Body) => void
  /** The name of the button that has the focus afterwards. */
  readonly focus: string
  readonly label: string
}

const roles = (of: Body): readonly unknown[] => of.messages.map(({ role }) => role)

const COMMANDS: readonly Case[] = [
  {
    what: 'adds a message before another',
    path: ['Change message 2', 'Add message before', 'developer'],
    holds: (after) => {
      expect(roles(after)).toEqual(['system', 'developer', 'user', 'assistant'])
      expect(after.messages[1]).toEqual({ role: 'developer', content: '' })
    },
    focus: 'Change message 2',
    label: 'Add developer message',
  },
  {
    what: 'adds the result of a call after it',
    path: ['Change message 3', 'Add message after', 'tool'],
    holds: (after) =>
      expect(after.messages[3]).toEqual({ role: 'tool', tool_call_id: 'call_sun', content: '' }),
    focus: 'Change message 4',
    label: 'Add tool message',
  },
  {
    what: 'adds a message at the end',
    path: ['Add message', 'user'],
    holds: (after) => expect(after.messages[3]).toEqual({ role: 'user', content: '' }),
    focus: 'Change message 4',
    label: 'Add user message',
  },
  {
    what: 'duplicates a message',
    path: ['Change message 3', 'Duplicate'],
    holds: (after, before) =>
      expect(after.messages.slice(2)).toEqual([before.messages[2], before.messages[2]]),
    focus: 'Change message 4',
    label: 'Duplicate message 3',
  },
  {
    what: 'moves a message up',
    path: ['Change message 3', 'Move up'],
    holds: (after) => expect(roles(after)).toEqual(['system', 'assistant', 'user']),
    focus: 'Change message 2',
    label: 'Move message 3 up',
  },
  {
    what: 'moves a message down',
    path: ['Change message 1', 'Move down'],
    holds: (after) => expect(roles(after)).toEqual(['user', 'system', 'assistant']),
    focus: 'Change message 2',
    label: 'Move message 1 down',
  },
  {
    what: 'removes a message',
    path: ['Change message 1', 'Remove'],
    holds: (after) => expect(roles(after)).toEqual(['user', 'assistant']),
    focus: 'Change message 1',
    label: 'Remove message 1',
  },
  {
    what: 'gives a message another role',
    path: ['Change message 1', 'Role', 'developer'],
    holds: (after) => expect(roles(after)).toEqual(['developer', 'user', 'assistant']),
    focus: 'Change message 1',
    label: 'Make message 1 developer',
  },
  {
    what: 'adds an image to a text, which stays to the letter',
    path: ['Change message 3', 'Add image'],
    holds: (after) =>
      expect(after.messages[2]?.content).toEqual([{ type: 'text', text: 'Look: ü' }, IMAGE('')]),
    focus: 'Change part 2 of message 3',
    label: 'Add image to message 3',
  },
  {
    what: 'adds a file to a list',
    path: ['Change message 2', 'Add file'],
    holds: (after) => expect(after.messages[1]?.content).toHaveLength(3),
    focus: 'Change part 3 of message 2',
    label: 'Add file to message 2',
  },
  {
    what: 'adds a tool call',
    path: ['Change message 3', 'Add tool call'],
    holds: (after) => expect(after.messages[2]?.tool_calls).toHaveLength(2),
    focus: 'Change part 3 of message 3',
    label: 'Add tool call to message 3',
  },
  {
    what: 'moves a part',
    path: ['Change part 2 of message 2', 'Move up'],
    holds: (after) =>
      expect(after.messages[1]?.content).toMatchObject([{ text: 'Second' }, { text: 'First' }]),
    focus: 'Change part 1 of message 2',
    label: 'Move text of message 2 up',
  },
  {
    what: 'duplicates a part',
    path: ['Change part 1 of message 2', 'Duplicate'],
    holds: (after) => expect(after.messages[1]?.content).toHaveLength(3),
    focus: 'Change part 2 of message 2',
    label: 'Duplicate text of message 2',
  },
  {
    what: 'removes the only tool call, and its list',
    path: ['Change part 2 of message 3', 'Remove'],
    holds: (after) => expect(after.messages[2]).toEqual({ role: 'assistant', content: 'Look: ü' }),
    focus: 'Change message 3',
    label: 'Remove tool call of message 3',
  },
]

for (const how of ['mouse', 'keyboard'] as const) {
  test.describe(`by ${how}`, () => {
    for (const { what, path, holds, focus, label } of COMMANDS) {
      test(`${what}; undo brings back every byte`, async ({ page, openApp, dropFiles }) => {
        const file = made()
        await openApp()
        await open(dropFiles, page)(file)
        const before = await body(page)
        await choose(page, how, ...path)
        await expect(button(page, focus)).toBeFocused()
        holds(await body(page), before)
        await expect(button(page, 'Undo')).toHaveAttribute('title', new RegExp(label))
        await page.keyboard.press('Control+z')
        expect(await downloadText(page)).toBe(file.text)
      })
    }
  })
}

test.describe('tools', () => {
  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await open(dropFiles, page)(made())
    await request(page)
      .getByRole('button', { name: /^Tools 2/ })
      .click()
    await expect(button(page, 'Change tool get_sun')).toBeVisible()
  })

  test('come, are duplicated, change places and go', async ({ page }) => {
    await choose(page, 'mouse', 'Change tool get_sun', 'Move down')
    await expect(button(page, 'Change tool get_sun')).toBeFocused()
    expect((await body(page)).tools.map(({ function: { name } }) => name)).toEqual(['get_rain', 'get_sun'])
    await choose(page, 'keyboard', 'Change tool get_sun', 'Duplicate')
    expect((await body(page)).tools).toHaveLength(3)
    await choose(page, 'keyboard', 'Change tool get_rain', 'Remove')
    await button(page, 'Add tool').focus()
    await page.keyboard.press('Enter')
    await expect(button(page, 'Change tool new_tool_1')).toBeFocused()
    const { tools } = await body(page)
    expect(tools.map(({ function: { name } }) => name)).toEqual(['get_sun', 'get_sun', 'new_tool_1'])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    expect(await downloadText(page)).toBe(made().text)
  })

  test('are named and described in place', async ({ page }) => {
    await editInPlace(request(page), 'name of get_rain', 'get_snow')
    await editInPlace(request(page), 'description of get_snow', 'Snow in a year')
    await request(page).getByRole('combobox', { name: 'strict of get_snow' }).click()
    await page.getByRole('option', { name: 'true' }).click()
    await expect(request(page).getByRole('combobox', { name: 'strict of get_snow' })).toHaveText('true')
    expect((await body(page)).tools[1]?.function).toMatchObject({
      name: 'get_snow',
      description: 'Snow in a year',
      strict: true,
    })
  })

  test('have a schema that is a form, and JSON one click away', async ({ page }) => {
    const schema = request(page).getByRole('group', { name: 'schema of get_sun' })
    const read = async (): Promise<Json> => (await body(page)).tools[0]?.function.parameters ?? null
    await editInPlace(schema, 'property city', 'town')
    await expect(button(schema, 'Edit property town')).toBeVisible()
    expect(await read()).toEqual({
      type: 'object',
      properties: {
        town: { type: 'string', description: 'Where', format: 'name' },
        days: { type: 'integer' },
      },
      required: ['town'],
    })
    // refused where it is typed, with the reason
    const field = await startEditing(schema, 'property town')
    await field.fill('days')
    await field.press('Enter')
    await expect(schema.getByRole('alert')).toContainText('already')
    await field.press('Escape')
    await button(schema, 'days is required').click()
    await expect(button(schema, 'days is required')).toHaveAttribute('aria-pressed', 'true')
    await schema.getByRole('combobox', { name: 'type of days' }).click()
    await page.getByRole('option', { name: 'array', exact: true }).click()
    await button(schema, 'Say what the items are').click()
    await expect(schema.getByRole('combobox', { name: 'type of the items of days' })).toHaveText('string')
    await button(schema, 'Add property').click()
    await expect(button(schema, 'Edit property property_1')).toBeFocused()
    await button(schema, 'Remove property town').click()
    await expect(schema.getByText('town')).toHaveCount(0)
    expect(await read()).toEqual({
      type: 'object',
      properties: { days: { type: 'array', items: { type: 'string' } }, property_1: { type: 'string' } },
      required: ['days'],
    })
    await button(schema, 'Limit property_1 to values').click()
    await expect(button(schema, 'Edit value 1 of property_1')).toBeFocused()
    await editInPlace(schema, 'value 1 of property_1', '"a"')
    expect(await read()).toMatchObject({ properties: { property_1: { enum: ['a'] } } })
    await button(schema, 'Remove value 1 of property_1').click()
    await expect(button(schema, 'Limit property_1 to values')).toBeAttached()
    await button(request(page), 'schema of get_sun as JSON').click()
    await expect(button(request(page), 'Edit schema of get_sun')).toBeAttached()
  })
})

test.describe('parameters', () => {
  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await open(dropFiles, page)(made())
    await expect(button(page, 'Add parameter')).toBeVisible()
  })

  test('are chosen, switched and typed in a form', async ({ page }) => {
    const parameters = request(page).getByRole('region', { name: 'Parameters' })
    await parameters.getByRole('combobox', { name: 'stream' }).click()
    await page.getByRole('option', { name: 'false' }).click()
    await expect(parameters.getByRole('combobox', { name: 'stream' })).toHaveText('false')
    await parameters.getByRole('combobox', { name: 'tool_choice' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: 'required' })).toBeVisible()
    await page.keyboard.press('r')
    await page.keyboard.press('Enter')
    await expect(parameters.getByRole('combobox', { name: 'tool_choice' })).toHaveText('required')
    await editInPlace(parameters, 'model', 'gpt-5')
    expect(await body(page)).toMatchObject({ stream: false, tool_choice: 'required', model: 'gpt-5' })
  })

  test('outside of what the API takes only when it is meant', async ({ page }) => {
    const parameters = request(page).getByRole('region', { name: 'Parameters' })
    await expect(parameters).toContainText('0 to 2')
    const field = await startEditing(parameters, 'temperature')
    await field.fill('3.5')
    await field.press('Enter')
    await expect(parameters.getByRole('alert')).toContainText('0 to 2')
    await field.press('Tab')
    await expect(field).toHaveValue('3.5')
    expect(await body(page)).toMatchObject({ temperature: 0.5 })
    await field.focus()
    await field.press('Enter')
    await expect(field).toHaveCount(0)
    await expect(parameters).toContainText('3.5 is outside')
    expect(await body(page)).toMatchObject({ temperature: 3.5 })
  })

  test('come from the list or by any name, and go', async ({ page }) => {
    const file = made()
    await button(page, 'Add parameter').click()
    await page.keyboard.type('top_p')
    await expect(page.getByRole('option', { name: /^top_p/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(button(page, 'Edit top_p')).toBeFocused()
    await button(page, 'Add parameter').click()
    await page.keyboard.type('min_p')
    await page.getByRole('option', { name: /Add min_p/ }).click()
    await expect(button(page, 'Edit min_p')).toBeFocused()
    expect(await body(page)).toMatchObject({ top_p: 1, min_p: '' })
    expect(await downloadText(page)).toContain('"top_p": 1.0')
    await button(page, 'Remove min_p').click()
    await expect(button(page, 'Edit min_p')).toHaveCount(0)
    await button(page, 'Remove top_p').click()
    await expect(button(page, 'Edit top_p')).toHaveCount(0)
    expect(await downloadText(page)).toBe(file.text)
  })

  test('are JSON one click away', async ({ page }) => {
    await button(page, 'stream as JSON').click()
    await editInPlace(request(page), 'stream', '"yes"')
    expect(await body(page)).toMatchObject({ stream: 'yes' })
  })
})

test('lists of texts are edited text by text', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await open(dropFiles, page)(made(MESSAGES, { stop: ['END'] }))
  await button(page, 'Add to stop').click()
  await expect(button(page, 'Edit stop 2')).toBeFocused()
  await editInPlace(request(page), 'stop 2', 'STOP')
  expect(await body(page)).toMatchObject({ stop: ['END', 'STOP'] })
  await button(page, 'Remove stop 1').click()
  await expect(button(page, 'Edit stop 2')).toHaveCount(0)
  expect(await body(page)).toMatchObject({ stop: ['STOP'] })
})

test('the response format is chosen, and its schema is a form', async ({ page, openApp, dropFiles }) => {
  const file = made()
  await openApp()
  await open(dropFiles, page)(file)
  const format = request(page).getByRole('region', { name: 'Response format' })
  const type = format.getByRole('combobox', { name: 'response format type' })
  for (const name of ['json_schema', 'json_object', 'text', 'none', 'json_schema']) {
    await type.click()
    await page.getByRole('option', { name, exact: true }).click()
    await expect(type).toHaveText(name)
    if (name === 'none') expect(await downloadText(page)).toBe(file.text)
  }
  await button(format, 'Add property').click()
  await expect(button(format, 'Edit property property_1')).toBeFocused()
  await editInPlace(format, 'schema name', 'plants')
  expect((await body(page)).response_format).toMatchObject({
    type: 'json_schema',
    json_schema: { name: 'plants', schema: { properties: { property_1: { type: 'string' } } } },
  })
})

async function dropOnImage(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const base64 = Buffer.from(bytes).toString('base64')
  await request(page)
    .getByRole('figure')
    .first()
    .evaluate(
      (figure, given) => {
        const transfer = new DataTransfer()
        const content = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([content], given.name))
        for (const type of ['dragenter', 'dragover', 'drop']) {
          figure.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }),
          )
        }
      },
      { name, base64 },
    )
}

const PNG_URL = `data:image/png;base64,${PNG.toString('base64')}`
const GIF_URL = `data:image/gif;base64,${SMALL_GIF.toString('base64')}`

function withImage(url: string): TextFile {
  return made([{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, IMAGE(url)] }])
}

test.describe('an image', () => {
  test('is replaced by one that is dropped on it, whatever it is called', async ({
    page,
    openApp,
    dropFiles,
  }) => {
    const file = withImage(PNG_URL)
    await openApp()
    await open(dropFiles, page)(file)
    await dropOnImage(page, 'picture.json', SMALL_GIF)
    await expect(request(page)).toContainText('image/gif')
    expect(await downloadText(page)).toBe(file.text.replace(PNG_URL, GIF_URL))
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page).toHaveTitle(/made\.json/)
    await expect(button(page, 'Undo')).toHaveAttribute('title', /Replace image/)
    await page.keyboard.press('Control+z')
    expect(await downloadText(page)).toBe(file.text)
  })

  test('is not replaced by what is none, and says what that is', async ({ page, openApp, dropFiles }) => {
    const file = withImage(PNG_URL)
    await openApp()
    await open(dropFiles, page)(file)
    const alert = request(page).getByRole('alert')
    for (const [content, says] of [
      ['%PDF-1.7 ...', /a PDF/],
      ['{"request": {}}', /JSON/],
      ['', /an empty file/],
    ] as const) {
      await dropOnImage(page, 'picture.png', Buffer.from(content))
      await expect(alert).toContainText(says)
    }
    await dropOnImage(page, 'picture.png', Buffer.concat([PNG, Buffer.alloc(20_000_000)]))
    await expect(alert).toContainText('up to 20 MB')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(await downloadText(page)).toBe(file.text)
  })

  test('is chosen by keyboard, with a file picker', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await open(dropFiles, page)(withImage(PNG_URL))
    const chosen = page.waitForEvent('filechooser')
    await button(page, 'Replace image…').focus()
    await page.keyboard.press('Enter')
    await (await chosen).setFiles({ name: 'a.gif', mimeType: 'image/gif', buffer: SMALL_GIF })
    await expect(request(page)).toContainText('image/gif')
    expect(await downloadText(page)).toContain(GIF_URL)
  })

  test('is pasted while it has the focus', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await open(dropFiles, page)(withImage(PNG_URL))
    await button(page, 'Enlarge image').focus()
    await page.evaluate((base64) => {
      const transfer = new DataTransfer()
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([content], 'image.gif', { type: 'image/gif' }))
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer }),
      )
    }, SMALL_GIF.toString('base64'))
    await expect(request(page)).toContainText('image/gif')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('has a URL that is refused when its data is none', async ({ page, openApp, dropFiles }) => {
    await openApp()
    await open(
      dropFiles,
      page,
    )(withImage('https://models.example/a.png'.replace('https://models.example', 'about:')))
    const field = await startEditing(request(page), 'image URL')
    for (const [url, says] of [
      ['data:image/png;base64,@@@@', /not base64/],
      ['data:image/png', /no comma/],
      ['data:text/html;base64,PGI+', /text\/html/],
      ['data:image/png;base64,aGVsbG8=', /says image\/png, but its data is text/],
      [`data:image/jpeg;base64,${PNG.toString('base64')}`, /says image\/jpeg, but its data is image\/png/],
    ] as const) {
      await field.fill(url)
      await field.press('Enter')
      await expect(request(page).getByRole('alert')).toContainText(says)
      await expect(field).toHaveValue(url)
    }
    await field.fill(GIF_URL)
    await field.press('Enter')
    await expect(request(page)).toContainText('image/gif')
  })

  test('from elsewhere is brought into the recording', async ({
    page,
    context,
    openApp,
    dropFiles,
    otherHost,
  }) => {
    otherHost.answer('/red.png', { headers: { 'content-type': 'image/png' }, body: PNG })
    await context.addCookies([{ name: 'session', value: 'secret', url: otherHost.origin }])
    const file = withImage(`${otherHost.origin}/red.png`)
    await openApp()
    await open(dropFiles, page)(file)
    await button(page, 'Inline image').focus()
    await page.keyboard.press('Enter')
    await expect(button(page, 'Inline image')).toHaveCount(0)
    expect(await downloadText(page)).toBe(file.text.replace(`${otherHost.origin}/red.png`, PNG_URL))
    await expect(button(page, 'Undo')).toHaveAttribute('title', /Inline image/)
    for (const { headers } of otherHost.asked) {
      expect(headers).not.toHaveProperty('referer')
      expect(headers).not.toHaveProperty('cookie')
    }
  })

  test('whose host lets nobody read it stays, and that is said', async ({
    page,
    openApp,
    dropFiles,
    otherHost,
  }) => {
    const headers = { 'content-type': 'image/png', 'access-control-allow-origin': 'https://models.example' }
    otherHost.answer('/red.png', { headers, body: PNG })
    const file = withImage(`${otherHost.origin}/red.png`)
    await openApp()
    await open(dropFiles, page)(file)
    await button(page, 'Inline image').click()
    await expect(request(page).getByRole('alert')).toContainText(
      `${otherHost.host} does not let other pages read it`,
    )
    await expect(request(page).getByRole('alert')).toContainText('Save the image and drop it here.')
    expect(await downloadText(page)).toBe(file.text)
  })
})

test('nothing can be changed while the source is broken', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([{ name: 'cut.json', text: made().text.slice(0, -40) }])
  await expect(page.getByTestId('message').first()).toBeVisible()
  await button(page, 'Change message 1').click({ force: true })
  await expect(page.getByRole('menu')).toHaveCount(0)
})

/** Menus and forms are drawn inside of it. */
const PANE = 'section[aria-label="Request"]'

test('every control has a name and room, in menus and forms too', async ({
  page,
  openApp,
  dropFiles,
  axe,
}) => {
  await openApp()
  await open(
    dropFiles,
    page,
  )(
    made(MESSAGES, {
      stop: ['a'],
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: SCHEMA } },
    }),
  )
  await request(page)
    .getByRole('button', { name: /^Tools 2/ })
    .click()
  await expect(button(page, 'Change tool get_sun')).toBeVisible()
  expect(await axe(PANE)).toEqual([])
  await button(page, 'Change message 2').click()
  await page.getByRole('menuitem', { name: 'Add message before' }).click()
  await expect(page.getByRole('menuitem', { name: 'developer' })).toBeVisible()
  expect(await axe(PANE)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await button(page, 'Add parameter').click()
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await axe(PANE)).toEqual([])
})
