import { expect, test } from '../support/deck-test.ts'

test('the app opens under a sub path, says that nothing leaves the browser, and breaks no rule', async ({
  page,
  openApp,
  axe,
}) => {
  const missing: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`)
  })
  await openApp()
  await expect(page).toHaveTitle(/Cassette Deck/)
  await expect(page.getByText(/nothing leaves (?:the|this|your) browser/i)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open sample' })).toBeVisible()
  expect(await axe()).toEqual([])
  expect(missing, 'files of the app that are not where it looks for them').toEqual([])
})

test('the icon and the manifest are found from the sub path', async ({ page, openApp }) => {
  await openApp()
  const resolved = (selector: string, attribute: string): Promise<string> =>
    page.locator(selector).evaluate((element, name) => {
      return new URL(element.getAttribute(name) ?? '', document.baseURI).href
    }, attribute)
  const icon = await page.request.get(await resolved('link[rel=icon]', 'href'))
  expect(icon.headers()['content-type']).toBe('image/svg+xml')
  const address = await resolved('link[rel=manifest]', 'href')
  const manifest: { start_url: string } = await (await page.request.get(address)).json()
  expect(new URL(manifest.start_url, address).href).toBe(page.url())
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a ${colorScheme} system`, () => {
    test.use({ colorScheme })

    test('the theme is on the page before its first paint, and a choice outlives the system', async ({
      page,
      openApp,
    }) => {
      await openApp()
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      const chosen = colorScheme === 'light' ? 'dark' : 'light'
      await page.evaluate((theme) => localStorage.setItem('cassette-deck:theme', theme), chosen)
      // Without the app's own code: what is there now is what the first paint has.
      await page.route('**/assets/*.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: '' }),
      )
      await page.reload()
      await expect(page.locator('html')).toHaveAttribute('data-theme', chosen)
      await expect(page.locator('meta[name=color-scheme]')).toHaveAttribute('content', chosen)
    })
  })
}

test('a script that finds its way into the page is refused, and the tests see it', async ({
  page,
  openApp,
  problems,
}) => {
  await openApp()
  const accepted = await page.evaluate(() => {
    const attempts = [
      () => document.body.setAttribute('onclick', 'document.title = "ran"'),
      () => {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title = `ran`">')
      },
      () => new Worker('data:text/javascript,postMessage(1)'),
    ]
    const accepted = attempts.filter((attempt) => {
      try {
        attempt()
        return true
      } catch {
        return false
      }
    })
    document.body.click()
    return accepted.length
  })
  expect(accepted).toBe(0)
  await expect(page).not.toHaveTitle('ran')
  await expect
    .poll(() => problems.filter((problem) => problem.startsWith('content security policy')).length)
    .toBe(3)
  problems.length = 0
})

test('a request to another host is stopped, and the tests see it', async ({ page, openApp, problems }) => {
  await openApp()
  await page.evaluate(() => fetch('https://example.com/').catch(() => undefined))
  expect(problems).toEqual(['request to another host: https://example.com/'])
  problems.length = 0
})
