import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import {
  assembledText,
  button,
  expectPlayhead,
  focusNothing,
  playhead,
  region,
  startEditing,
} from './support/deck.ts'
import { litTexts, pointOfCharacter } from './support/drawn-text.ts'
import { RIVER, RIVER_ANSWER, RIVER_PIECES, WEATHER, words } from './support/recordings.ts'

/** What the answer is when `count` chunks of `RIVER` have arrived; the first adds nothing. */
function riverAfter(count: number): string {
  return RIVER_PIECES.slice(0, Math.max(0, count - 1)).join('')
}

function chunkRow(page: Page, index: number): Locator {
  return page.getByTestId('chunk').filter({ has: button(page, `JSON of chunk ${index}`) })
}

/** Lets the browser draw so many frames: what has not moved by then does not move by itself. */
async function afterFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (frames) =>
      new Promise<void>((done) => {
        const next = (left: number): void => {
          if (left === 0) done()
          else requestAnimationFrame(() => next(left - 1))
        }
        next(frames)
      }),
    count,
  )
}

async function chooseSpeed(page: Page, chunksPerSecond: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Speed' }).click()
  await page.getByRole('option', { name: new RegExp(`^${chunksPerSecond} chunks/s$`) }).click()
}

test.describe('the river cassette', () => {
  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([RIVER])
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
    await focusNothing(page)
  })

  test('a cassette opens complete and paused, and says so to a screen reader', async ({ page }) => {
    await expectPlayhead(page, 10, 10)
    await expect(playhead(page)).toHaveAttribute('aria-valuenow', '10')
    await expect(playhead(page)).toHaveAttribute('aria-valuemax', '10')
    await expect(button(page, 'Play')).toBeVisible()
    await expect(button(page, 'Pause')).toHaveCount(0)
    await expect(region(page, 'Playback')).toContainText('synthetic')
  })

  test('Restart goes to the beginning, where nothing has been said', async ({ page }) => {
    await button(page, 'Restart').click()
    await expectPlayhead(page, 0, 10)
    await expect(assembledText(page)).toHaveText('')
    await expect(page.getByTestId('finish-reason')).toHaveCount(0)
  })

  test('Next and Previous chunk move by one and stop at the ends', async ({ page }) => {
    const next = button(page, 'Next chunk')
    const previous = button(page, 'Previous chunk')
    await next.click()
    await expectPlayhead(page, 10, 10)
    for (let position = 9; position >= 0; position--) {
      await previous.click()
      await expectPlayhead(page, position, 10)
      await expect(assembledText(page)).toHaveText(riverAfter(position))
    }
    await previous.click()
    await expectPlayhead(page, 0, 10)
    await next.click()
    await next.click()
    await expectPlayhead(page, 2, 10)
    await expect(assembledText(page)).toHaveText('Grü')
  })

  test('arrows, comma and full stop step; the finish comes with its chunk', async ({ page }) => {
    for (const [key, position] of [
      ['ArrowLeft', 9],
      [',', 8],
      [',', 7],
      ['.', 8],
      ['ArrowRight', 9],
      ['ArrowRight', 10],
      ['.', 10],
    ] as const) {
      await page.keyboard.press(key)
      await expectPlayhead(page, position, 10)
      await expect(page.getByTestId('finish-reason')).toHaveCount(position >= 9 ? 1 : 0)
    }
  })

  test('a click on a chunk moves the playhead there', async ({ page }) => {
    for (const index of [3, 0, 6]) {
      await chunkRow(page, index).getByRole('button').first().click()
      await expectPlayhead(page, index + 1, 10)
      await expect(assembledText(page)).toHaveText(riverAfter(index + 1))
      await expect(page.locator('[data-testid=chunk][aria-current]')).toHaveText(await chunkText(page, index))
    }
  })

  function chunkText(page: Page, index: number): Promise<string> {
    return chunkRow(page, index)
      .textContent()
      .then((text) => text ?? '')
  }

  test('a click on the text moves the playhead to the chunk that said it', async ({ page }) => {
    const at = await pointOfCharacter(assembledText(page), RIVER_ANSWER.indexOf('Köln') + 1)
    await page.mouse.click(at.x, at.y)
    await expectPlayhead(page, 4, 10)
    await expect(assembledText(page)).toHaveText('Grüße aus Köln')
  })

  test('pointing at a chunk lights its text, pointing at text lights its chunk', async ({ page }) => {
    expect(await litTexts(page)).toEqual([])
    await chunkRow(page, 3).hover()
    await expect.poll(() => litTexts(page)).toEqual([' Köln'])
    const at = await pointOfCharacter(assembledText(page), RIVER_ANSWER.indexOf('heißt') + 2)
    await page.mouse.move(at.x, at.y)
    await expect.poll(() => litTexts(page)).toEqual([' heißt'])
    await region(page, 'Request').hover()
    await expect.poll(() => litTexts(page)).toEqual([])
  })

  test('the text at the playhead stays lit', async ({ page }) => {
    await chunkRow(page, 3).getByRole('button').first().click()
    await region(page, 'Request').hover()
    await expect.poll(() => litTexts(page)).toEqual([' Köln'])
  })

  test('the slider is moved by its keys, one chunk at a time', async ({ page }) => {
    await playhead(page).focus()
    for (const [key, position] of [
      ['ArrowLeft', 9],
      ['ArrowLeft', 8],
      ['Home', 0],
      ['ArrowRight', 1],
      ['End', 10],
    ] as const) {
      await page.keyboard.press(key)
      await expectPlayhead(page, position, 10)
      await expect(assembledText(page)).toHaveText(riverAfter(position))
    }
  })

  test('the slider is moved by the mouse: a press jumps, dragging scrubs', async ({ page }) => {
    const middleOfThumb = async (key: 'Home' | 'End'): Promise<{ x: number; y: number }> => {
      await playhead(page).press(key)
      await expectPlayhead(page, key === 'Home' ? 0 : 10, 10)
      const box = await playhead(page).boundingBox()
      if (box === null) throw new Error('The slider is not on the screen.')
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    const left = await middleOfThumb('Home')
    const right = await middleOfThumb('End')
    const xOf = (position: number): number => left.x + ((right.x - left.x) * position) / 10
    await page.mouse.move(xOf(3), left.y)
    await page.mouse.down()
    await expectPlayhead(page, 3, 10)
    for (const position of [5, 7, 4]) {
      await page.mouse.move(xOf(position), left.y, { steps: 3 })
      await expectPlayhead(page, position, 10)
      await expect(assembledText(page)).toHaveText(riverAfter(position))
    }
    await page.mouse.up()
    await page.mouse.move(xOf(9), left.y)
    await expectPlayhead(page, 4, 10)
  })

  test('shortcuts stand down where a person types', async ({ page }) => {
    await page.keyboard.press('5')
    await expectPlayhead(page, 5, 10)
    const field = await startEditing(page, 'assembled answer')
    await field.press('End')
    await field.pressSequentially(' 7,.[]e?jk')
    await field.press('ArrowLeft')
    await expect(field).toHaveValue(`${RIVER_ANSWER} 7,.[]e?jk`)
    await expectPlayhead(page, 5, 10)
    await expect(button(page, 'Play')).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('space on a button presses that button and does not play', async ({ page }) => {
    await button(page, 'Previous chunk').focus()
    await page.keyboard.press('Space')
    await expectPlayhead(page, 9, 10)
    await afterFrames(page, 20)
    await expectPlayhead(page, 9, 10)
  })
})

test.describe('a stream of 200 chunks', () => {
  const { file, pieces } = words(200)
  const whole = pieces.join('')

  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([file])
    await expectPlayhead(page, 200, 200)
    await focusNothing(page)
  })

  test('Play at the end starts over, and the text grows chunk by chunk to exactly the whole', async ({
    page,
  }) => {
    await chooseSpeed(page, '60')
    const grown = assembledText(page).evaluate(
      (element, end) =>
        new Promise<readonly string[]>((done) => {
          const seen: string[] = []
          const observer = new MutationObserver(() => {
            const text = element.textContent
            if (text !== seen.at(-1)) seen.push(text)
            if (text !== end || seen.length < 2) return
            observer.disconnect()
            done(seen)
          })
          observer.observe(element, { childList: true, characterData: true, subtree: true })
        }),
      whole,
    )
    await button(page, 'Play').click()
    await expect(button(page, 'Pause')).toBeVisible()
    const seen = await grown
    await expect(button(page, 'Play')).toBeVisible()
    await expectPlayhead(page, 200, 200)
    const ends = pieces.map((_, at) => pieces.slice(0, at + 1).join(''))
    const states = ['', ...ends]
    const places = seen.map((text) => states.indexOf(text))
    expect(places, 'every text that was seen ends where a chunk ends').not.toContain(-1)
    expect(places, 'the text only grows').toEqual(places.toSorted((a, b) => a - b))
    expect(places[0], 'it starts over').toBeLessThan(100)
    expect(places.length, 'it is seen on its way').toBeGreaterThan(10)
    expect(seen.at(-1)).toBe(whole)
  })

  test('space plays and pauses, and pausing keeps the place', async ({ page }) => {
    await chooseSpeed(page, '30')
    await focusNothing(page)
    await page.keyboard.press('Space')
    await expect(button(page, 'Pause')).toBeVisible()
    await expect.poll(() => playhead(page).getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(3)
    await page.keyboard.press('Space')
    await expect(button(page, 'Play')).toBeVisible()
    const position = await playhead(page).getAttribute('aria-valuenow')
    expect(Number(position)).toBeLessThan(200)
    await afterFrames(page, 20)
    await expect(playhead(page)).toHaveAttribute('aria-valuenow', position ?? '')
    await expect(assembledText(page)).toHaveText(pieces.slice(0, Number(position) - 1).join(''))
    await page.keyboard.press('Space')
    await expect
      .poll(() => playhead(page).getAttribute('aria-valuenow').then(Number))
      .toBeGreaterThan(Number(position))
  })

  test('the speed changes while it plays', async ({ page }) => {
    await chooseSpeed(page, '2')
    await button(page, 'Play').click()
    await chooseSpeed(page, '300')
    await expect(page.getByRole('combobox', { name: 'Speed' })).toHaveText(/300/)
    // at 2 a second this would take 100 seconds
    await expectPlayhead(page, 200, 200)
    await expect(button(page, 'Play')).toBeVisible()
  })

  test('digits jump to tenths, shift and an arrow moves by a tenth', async ({ page }) => {
    for (const [key, position] of [
      ['5', 100],
      ['0', 0],
      ['9', 180],
      ['3', 60],
      ['Shift+ArrowRight', 80],
      ['Shift+ArrowLeft', 60],
      ['Shift+ArrowLeft', 40],
      ['1', 20],
      ['Shift+ArrowLeft', 0],
      ['Shift+ArrowLeft', 0],
    ] as const) {
      await page.keyboard.press(key)
      await expectPlayhead(page, position, 200)
    }
  })

  test('the chunk list follows the playhead', async ({ page }) => {
    for (const [key, index] of [
      ['5', 99],
      ['9', 179],
      ['1', 19],
    ] as const) {
      await page.keyboard.press(key)
      await expect(chunkRow(page, index)).toBeInViewport()
      await expect(chunkRow(page, index)).toHaveAttribute('aria-current')
    }
  })

  test('jumping while it plays goes on from there', async ({ page }) => {
    await chooseSpeed(page, '10')
    await focusNothing(page)
    await page.keyboard.press('Space')
    await page.keyboard.press('5')
    await expect.poll(() => playhead(page).getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(101)
    await expect(button(page, 'Pause')).toBeVisible()
  })

  test('what is to come can be shown, so that nothing reflows', async ({ page }) => {
    await button(page, 'Ahead').click()
    await page.keyboard.press('5')
    await expectPlayhead(page, 100, 200)
    await expect(assembledText(page)).toHaveText(whole)
    await expect.poll(() => litTexts(page)).toContain(pieces.slice(99).join(''))
  })
})

test('brackets go from marker to marker: reasoning, tool call, finish', async ({
  page,
  openApp,
  dropFiles,
}) => {
  await openApp()
  await dropFiles([WEATHER])
  await expectPlayhead(page, 9, 9)
  await page.keyboard.press('0')
  await expectPlayhead(page, 0, 9)
  for (const [key, position] of [
    [']', 2],
    [']', 5],
    [']', 9],
    ['[', 5],
    ['[', 2],
  ] as const) {
    await page.keyboard.press(key)
    await expectPlayhead(page, position, 9)
  }
  await expect(page.getByTestId('assembled-reasoning')).toHaveText('The person')
})

test('a tool call and reasoning grow with the playhead', async ({ page, openApp, dropFiles }) => {
  await openApp()
  await dropFiles([WEATHER])
  await expect(page.getByTestId('tool-arguments')).toHaveText('{"city": "Bergen", "days": 3}')
  await expect(page.getByTestId('assembled-reasoning')).toHaveText('The person wants a forecast.')
  await expect(assembledText(page)).toHaveText('I look it up.')
  await chunkRow(page, 6).getByRole('button').first().click()
  await expect(page.getByTestId('tool-arguments')).toHaveText('{"city": "Bergen",')
  await chunkRow(page, 3).getByRole('button').first().click()
  await expect(page.getByTestId('tool-name').filter({ visible: true })).toHaveCount(0)
  await expect(page.getByTestId('assembled-reasoning')).toHaveText('The person wants a forecast.')
})

test.describe('a link that asks to play at once', () => {
  const { file } = words(200)

  test.beforeEach(async ({ page, openApp, dropFiles }) => {
    await openApp()
    await dropFiles([file])
    await expectPlayhead(page, 200, 200)
    await page.keyboard.press('1')
    await expectPlayhead(page, 20, 200)
    await button(page, 'Share').click()
    const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    await page.goto('about:blank')
    await page.emulateMedia({ reducedMotion: test.info().title.includes('less motion') ? 'reduce' : null })
    await page.goto(`${link}&autoplay=1`)
  })

  test('plays', async ({ page }) => {
    await expect.poll(() => playhead(page).getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(22)
  })

  test('does not move where the person wants less motion', async ({ page }) => {
    await expectPlayhead(page, 20, 200)
    await afterFrames(page, 40)
    await expectPlayhead(page, 20, 200)
    await expect(button(page, 'Play')).toBeVisible()
    await button(page, 'Play').click()
    await expect.poll(() => playhead(page).getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(22)
  })
})

test('an answer that was not streamed has nothing to play', async ({ page, openApp, dropFiles }) => {
  const text =
    '{"request":{"method":"POST","url":"https://api.openai.com/v1/v1/chat/completions","headers":{},"body":{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]},"endpoint":"/v1/chat/completions","model":"gpt-4o"},"response":{"body":{"__type__":"openai.types.chat.chat_completion.ChatCompletion","__data__":{"id":"rec-1","choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hello there","role":"assistant"}}],"created":0,"model":"gpt-4o","object":"chat.completion"}},"is_streaming":false}}'
  await openApp()
  await dropFiles([{ name: 'whole.json', text }])
  await expect(assembledText(page)).toHaveText('Hello there')
  await expect(page.getByTestId('finish-reason')).toHaveText('stop')
  await expect(region(page, 'Playback')).toContainText('not streamed')
})
