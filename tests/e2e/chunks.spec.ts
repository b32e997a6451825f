/**
 * Every command on chunks and answers, by mouse and by keyboard. What the file must become is made here, from plain
 * values and by the recorder's own layout; nothing of the app has a part in it.
 */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, button, downloadText, expectPlayhead, region } from './support/deck.ts'
import { type Json, pythonJson, RIVER, RIVER_ANSWER, type TextFile, WEATHER } from './support/recordings.ts'

type Hand = 'mouse' | 'keyboard'
type Recording = { response: { body: Chunk[] } & Record<string, unknown> } & Record<string, unknown>
type Delta = { content?: string | null; tool_calls?: { function: { arguments: string } }[] | null }
type Chunk = {
  __data__: {
    model: string
    choices: { delta: Delta; finish_reason: string | null; logprobs?: null }[]
    usage: unknown
  }
}

/** The file as the recorder would write it with this done to it. */
function written(file: TextFile, change: (recording: Recording) => void): string {
  const value = JSON.parse(file.text) as Recording
  change(value)
  // the one float of these files, which JavaScript does not tell from an integer
  return `${pythonJson(value as Json).replace('"temperature": 0,', '"temperature": 0.0,')}\n`
}

function saying(chunk: Chunk, content: string): Chunk {
  const copy = structuredClone(chunk)
  const choice = copy.__data__.choices[0]
  if (choice === undefined) throw new Error('the chunk has no choice')
  choice.delta.content = content
  return copy
}

/** Opens the commands of a chunk and chooses one. */
async function choose(page: Page, hand: Hand, chunk: number, command: string): Promise<void> {
  const row = page.getByTestId('chunk').nth(chunk)
  const commands = button(page, `Commands of chunk ${chunk}`)
  if (hand === 'mouse') {
    await row.hover()
    await commands.click()
    await page.getByRole('menuitem', { name: command, exact: true }).click()
    return
  }
  await commands.focus()
  await page.keyboard.press('Enter')
  await pickByKeys(page, command)
}

/** In an open menu: down to the item, then Enter. */
async function pickByKeys(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name, exact: true })
  await expect(item).toBeVisible()
  for (
    let step = 0;
    step < 30 && !(await item.evaluate((element) => element === document.activeElement));
    step++
  ) {
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}

async function chooseForAnswer(page: Page, hand: Hand, command: string): Promise<void> {
  const menu = button(page, 'Change the answer')
  if (hand === 'mouse') {
    await menu.click()
    await page.getByRole('menuitem', { name: command, exact: true }).click()
    return
  }
  await menu.focus()
  await page.keyboard.press('Enter')
  await pickByKeys(page, command)
}

async function confirm(page: Page, hand: Hand, name: string): Promise<void> {
  if (hand === 'mouse') await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  else {
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

interface Command {
  readonly what: string
  readonly file: TextFile
  act(page: Page, hand: Hand): Promise<void>
  /** What the command makes of the recording, in plain values. */
  change(recording: Recording): void
  /** Undefined where there is none any more. */
  readonly answer: string | undefined
  /** As the history names it. */
  readonly step: string
}

const at = (recording: Recording, position: number): Chunk => {
  const found = recording.response.body[position]
  if (found === undefined) throw new Error(`there is no chunk ${position}`)
  return found
}

// RIVER: role, 7 pieces, stop, usage
const COMMANDS: readonly Command[] = [
  {
    what: 'duplicate',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 3, 'Duplicate'),
    change: (of) => of.response.body.splice(4, 0, at(of, 3)),
    answer: RIVER_ANSWER.replace(' Köln', ' Köln Köln'),
    step: 'Duplicate chunk 3',
  },
  {
    what: 'delete',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 3, 'Delete'),
    change: (of) => of.response.body.splice(3, 1),
    answer: RIVER_ANSWER.replace(' Köln', ''),
    step: 'Delete chunk 3',
  },
  {
    what: 'move up',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 3, 'Move up'),
    change: (of) => of.response.body.splice(2, 2, at(of, 3), at(of, 2)),
    answer: RIVER_ANSWER.replace('ße aus Köln', ' Kölnße aus'),
    step: 'Move chunk 3 up',
  },
  {
    what: 'move down',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 2, 'Move down'),
    change: (of) => of.response.body.splice(2, 2, at(of, 3), at(of, 2)),
    answer: RIVER_ANSWER.replace('ße aus Köln', ' Kölnße aus'),
    step: 'Move chunk 2 down',
  },
  {
    what: 'merge with the next',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 2, 'Merge with next'),
    change: (of) => of.response.body.splice(2, 2, saying(at(of, 2), 'ße aus Köln')),
    answer: RIVER_ANSWER,
    step: 'Merge chunks 2 and 3',
  },
  {
    what: 'insert before',
    file: RIVER,
    async act(page, hand) {
      await choose(page, hand, 3, 'Insert before…')
      await page.getByRole('textbox', { name: 'Text of the new chunk' }).fill(' “kölle” 👋🏽')
      await confirm(page, hand, 'Insert')
    },
    change: (of) => of.response.body.splice(3, 0, saying(at(of, 3), ' “kölle” 👋🏽')),
    answer: RIVER_ANSWER.replace(' Köln', ' “kölle” 👋🏽 Köln'),
    step: 'Insert chunk 3',
  },
  {
    what: 'insert after, as JSON in another layout',
    file: RIVER,
    async act(page, hand) {
      await choose(page, hand, 3, 'Insert after…')
      await page.getByRole('dialog').getByRole('button', { name: 'JSON', exact: true }).click()
      await page
        .getByRole('textbox', { name: 'JSON of the new chunk' })
        .fill('{"__data__":{"n":1.0,"list":[]}}')
      await confirm(page, hand, 'Insert')
    },
    change: (of) => of.response.body.splice(4, 0, { __data__: { n: 'ONE', list: [] } } as never),
    answer: RIVER_ANSWER,
    step: 'Insert chunk 4',
  },
  {
    what: 'split at a character',
    file: RIVER,
    async act(page, hand) {
      await choose(page, hand, 5, 'Split…')
      const cut = page.getByRole('slider', { name: 'Split after character' })
      await cut.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByTestId('split-half').first()).toHaveText('·h')
      await confirm(page, hand, 'Split')
    },
    change: (of) => of.response.body.splice(5, 1, saying(at(of, 5), ' h'), saying(at(of, 5), 'eißt')),
    answer: RIVER_ANSWER,
    step: 'Split chunk 5',
  },
  {
    what: 'break off',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 3, 'Break off after this'),
    change: (of) => of.response.body.splice(4),
    answer: 'Grüße aus Köln',
    step: 'Break off after chunk 3',
  },
  {
    what: 'finish here with length',
    file: RIVER,
    act: (page, hand) => choose(page, hand, 3, 'Finish here with length'),
    change(of) {
      const choice = at(of, 8).__data__.choices[0]
      if (choice) choice.finish_reason = 'length'
      of.response.body.splice(4, 4)
    },
    answer: 'Grüße aus Köln',
    step: 'Finish with length after chunk 3',
  },
  {
    what: 'finish with content_filter',
    file: RIVER,
    act: (page, hand) => chooseForAnswer(page, hand, 'Finish with content_filter'),
    change(of) {
      const choice = at(of, 8).__data__.choices[0]
      if (choice) choice.finish_reason = 'content_filter'
    },
    answer: RIVER_ANSWER,
    step: 'Finish with content_filter',
  },
  {
    what: 'empty the answer',
    file: RIVER,
    act: (page, hand) => chooseForAnswer(page, hand, 'Empty answer'),
    change: (of) => of.response.body.splice(1, 7),
    answer: '',
    step: 'Empty the answer',
  },
  {
    what: 'fail with an error of the provider',
    file: RIVER,
    act: (page, hand) => chooseForAnswer(page, hand, '429 rate limit'),
    change(of) {
      const body = {
        message: 'Rate limit reached for requests. Please try again in 20s.',
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      }
      const message =
        "Error code: 429 - {'error': {'message': 'Rate limit reached for requests. Please try again in 20s.', 'type': 'requests', 'param': None, 'code': 'rate_limit_exceeded'}}"
      of.response = {
        body: null as never,
        is_streaming: false,
        is_exception: true,
        exception_data: {
          category: 'provider_sdk',
          provider: 'openai',
          type: 'RateLimitError',
          message,
          status_code: 429,
          body,
        },
        exception_message: message,
      }
    },
    answer: undefined,
    step: 'Fail with 429',
  },
  {
    what: 'one field in all chunks',
    file: RIVER,
    async act(page, hand) {
      const set = button(region(page, 'Chunks'), 'Set model in all chunks')
      if (hand === 'mouse') await set.click()
      else {
        await set.focus()
        await page.keyboard.press('Enter')
      }
      await page.getByRole('dialog').getByRole('textbox', { name: 'model' }).fill('gpt-ö')
      await confirm(page, hand, 'Set in 10 chunks')
    },
    change(of) {
      for (const chunk of of.response.body) chunk.__data__.model = 'gpt-ö'
    },
    answer: RIVER_ANSWER,
    step: 'Set model in all chunks',
  },
  {
    what: 'replace the text, one chunk per word',
    file: RIVER,
    async act(page, hand) {
      await chooseForAnswer(page, hand, 'Replace the whole text…')
      await page.getByRole('textbox', { name: 'New text' }).fill('Der Rhein, na klar!')
      await page.getByRole('radio', { name: 'One chunk per word' }).check()
      await expect(page.getByTestId('preview-chunk')).toHaveText(['Der', '·Rhein,', '·na', '·klar!'])
      await confirm(page, hand, 'Replace')
    },
    change: (of) =>
      of.response.body.splice(
        1,
        7,
        ...['Der', ' Rhein,', ' na', ' klar!'].map((text, index) => saying(at(of, 1 + index), text)),
      ),
    answer: 'Der Rhein, na klar!',
    step: 'Replace the answer (one chunk per word)',
  },
  {
    what: 'replace the text, more chunks than before',
    file: RIVER,
    async act(page, hand) {
      await chooseForAnswer(page, hand, 'Replace the whole text…')
      await page.getByRole('textbox', { name: 'New text' }).fill('a b c d e f g h i')
      await page.getByRole('radio', { name: 'One chunk per word' }).check()
      await confirm(page, hand, 'Replace')
    },
    change: (of) =>
      of.response.body.splice(
        1,
        7,
        ...['a', ' b', ' c', ' d', ' e', ' f', ' g', ' h', ' i'].map((text) => saying(at(of, 1), text)),
      ),
    answer: 'a b c d e f g h i',
    step: 'Replace the answer (one chunk per word)',
  },
]

for (const hand of ['mouse', 'keyboard'] as const) {
  for (const { what, file, act, change, answer, step } of COMMANDS) {
    test(`${what}, by ${hand}`, async ({ page, openApp, dropFiles }) => {
      await openApp()
      await dropFiles([file])
      await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
      await act(page, hand)
      if (answer === undefined) await expect(region(page, 'Recorded exception')).toContainText('429')
      else await expect(assembledText(page)).toHaveText(answer)
      expect(await downloadText(page)).toBe(written(file, change).replace('"n": "ONE"', '"n": 1.0'))
      await expect(button(page, 'Undo')).toHaveAttribute('title', `Undo ${step}`)
      await button(page, 'Undo').click()
      await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
      expect(await downloadText(page)).toBe(file.text)
    })
  }
}

test('keys on a row delete and move its chunk, and the focus goes along', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  const row = (index: number) => page.locator(`[data-row="${index}"]`)
  await row(2).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER.replace('ße aus Köln', ' Kölnße aus'))
  await expect(row(3)).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
  await expect(row(2)).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER.replace('ße aus', ''))
  await expect(row(2)).toBeFocused()
  await expectPlayhead(page, 9, 9)
  // a right click opens the same menu
  await row(2).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Duplicate', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(2)).toBeFocused()
})

test('the arguments of a tool call are broken so that no parser takes them', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([WEATHER])
  const before = await page.getByTestId('tool-arguments').first().textContent()
  await button(page, 'Change the answer').click()
  await page
    .getByRole('menuitem', { name: /^Malformed arguments/ })
    .first()
    .click()
  await expect(page.getByText('These arguments are not valid JSON.')).toBeVisible()
  const after = (await page.getByTestId('tool-arguments').first().textContent()) ?? ''
  expect(before?.startsWith(after) && after.length > 0).toBe(true)
  expect(() => JSON.parse(after)).toThrow()
})

test('a refused command says why and leaves the draft alone', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'Commands of chunk 3').focus()
  await page.keyboard.press('Enter')
  await pickByKeys(page, 'Insert after…')
  await page.getByRole('dialog').getByRole('button', { name: 'JSON', exact: true }).click()
  await page.getByRole('textbox', { name: 'JSON of the new chunk' }).fill('{"a": }')
  await page.getByRole('dialog').getByRole('button', { name: 'Insert', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('no JSON value')
  await expect(page.getByRole('textbox', { name: 'JSON of the new chunk' })).toHaveValue('{"a": }')
  await page.keyboard.press('Escape')
  expect(await downloadText(page)).toBe(RIVER.text)
})

test('a chunk is edited field by field', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'JSON of chunk 8').click()
  await region(page, 'Chunks').getByRole('button', { name: 'Fields', exact: true }).click()
  const label = 'choices.0.finish_reason of chunk 8'
  await button(page, `Edit ${label}`).focus()
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: label, exact: true })
  await field.fill('length')
  await field.press('Control+Enter')
  await expect(page.getByTestId('finish-reason')).toHaveText('length')
  expect(await downloadText(page)).toBe(
    written(RIVER, (of) => {
      const choice = at(of, 8).__data__.choices[0]
      if (choice) choice.finish_reason = 'length'
    }),
  )
})

test('a dialog gives the focus back to where it was asked for', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  const commands = button(page, 'Commands of chunk 3')
  await choose(page, 'keyboard', 3, 'Split…')
  await expect(page.getByRole('slider', { name: 'Split after character' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(commands).toBeFocused()
  await chooseForAnswer(page, 'keyboard', 'Replace the whole text…')
  await page.getByRole('textbox', { name: 'New text' }).fill('typed for ten minutes')
  // a click beside it is no wish to lose that
  await page.mouse.click(5, 500)
  await expect(page.getByRole('textbox', { name: 'New text' })).toHaveValue('typed for ten minutes')
  await page.keyboard.press('Escape')
  await expect(button(page, 'Change the answer')).toBeFocused()
})

test('an unfolded chunk is followed when others go in front of it', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([RIVER])
  await button(page, 'JSON of chunk 5').click()
  await expect(button(page, 'Edit text of chunk 5')).toBeAttached()
  await page.locator('[data-row="2"]').focus()
  await page.keyboard.press('Delete')
  await expect(button(page, 'JSON of chunk 4')).toHaveAttribute('aria-expanded', 'true')
  await expect(button(page, 'JSON of chunk 5')).toHaveAttribute('aria-expanded', 'false')
  await button(page, 'Undo').click()
  await expect(button(page, 'JSON of chunk 5')).toHaveAttribute('aria-expanded', 'true')
})

test('arrows go from the row that has the focus, and other keys delete nothing', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([RIVER])
  await expectPlayhead(page, 10, 10)
  await page.locator('[data-row="2"]').focus()
  await page.keyboard.press('Control+Backspace')
  await page.keyboard.press('Shift+Delete')
  await expect(page.getByTestId('chunk')).toHaveCount(10)
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-row="3"]')).toBeFocused()
  await expectPlayhead(page, 4, 10)
})
