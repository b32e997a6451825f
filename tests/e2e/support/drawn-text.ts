/** Text as the browser has drawn it: where it stands, and what of it is lit. */
import type { Locator, Page } from '@playwright/test'

/** Texts that are lit up in the page, whatever the highlight is called. */
export function litTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((highlight) =>
      [...highlight].map((range) => {
        const live = document.createRange()
        live.setStart(range.startContainer, range.startOffset)
        live.setEnd(range.endContainer, range.endOffset)
        return live.toString()
      }),
    ),
  )
}

/** The middle of one character on the screen. */
export function pointOfCharacter(
  text: Locator,
  offset: number,
): Promise<{ readonly x: number; readonly y: number }> {
  return text.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    let left = wanted
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      if (left < node.length) {
        const range = document.createRange()
        range.setStart(node, left)
        range.setEnd(node, left + 1)
        const { x, y, width, height } = range.getBoundingClientRect()
        return { x: x + width / 2, y: y + height / 2 }
      }
      left -= node.length
    }
    throw new Error('There is no such character.')
  }, offset)
}
