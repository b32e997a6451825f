import type { Browser, Page } from '@playwright/test'
import { test as base } from '../../support/deck-test.ts'

/** Follows links as somebody else would: in a browser that knows nothing. */
export const test = base.extend<{ readonly openAfresh: (link: string) => Promise<Page> }>({
  openAfresh: async ({ browser, problems }, use) => {
    const pages: Page[] = []
    await use(async (link) => {
      const page = await newPage(browser, problems)
      pages.push(page)
      await page.goto(link)
      return page
    })
    for (const page of pages) await page.context().close()
  },
})

async function newPage(browser: Browser, problems: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const own = new URL(process.env.DECK_URL ?? '').host
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`))
  context.on('request', (request) => {
    const { host } = new URL(request.url())
    if (host !== '' && host !== own) problems.push(`request to another host: ${request.url()}`)
  })
  return page
}
