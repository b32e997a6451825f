import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PROJECT_ROOT } from '../support/corpus.ts'
import { expect } from '../support/deck-test.ts'
import { assembledText, button, editInPlace, expectPlayhead, region } from './support/deck.ts'
import { test } from './support/other-host.ts'
import { RIVER, RIVER_ANSWER } from './support/recordings.ts'

function question(page: Page) {
  return page.getByRole('dialog').filter({ has: page.getByRole('button', { name: /^Open from / }) })
}

function inHash(url: string): string {
  return `#url=${encodeURIComponent(url)}`
}

for (const [where, after] of [
  ['?url=', (url: string) => `?url=${encodeURIComponent(url)}`],
  ['#url=', inHash],
] as const) {
  test(`${where} opens a file of the own origin without asking`, async ({ page, openApp }) => {
    await page.route('**/river.json', (route) => route.fulfill({ body: RIVER.text }))
    await openApp(after(`${process.env.DECK_URL}river.json`))
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
    await expect(page).toHaveTitle(/river\.json/)
  })

  test(`${where} of another host asks first, names it, and sends neither cookie nor referrer`, async ({
    page,
    context,
    openApp,
    otherHost,
  }) => {
    otherHost.answer('/river.json', { body: RIVER.text })
    await context.addCookies([{ name: 'session', value: 'secret', url: otherHost.origin }])
    await openApp(after(`${otherHost.origin}/river.json`))
    await expect(question(page)).toContainText(otherHost.host)
    expect(otherHost.asked).toEqual([])
    await button(question(page), `Open from ${otherHost.host}`).click()
    await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
    expect(otherHost.asked.map(({ path }) => path)).toEqual(['/river.json'])
    expect(otherHost.asked[0]?.headers).not.toHaveProperty('cookie')
    expect(otherHost.asked[0]?.headers).not.toHaveProperty('referer')
  })
}

test('a host that is refused is never asked', async ({ page, openApp, otherHost }) => {
  await openApp(inHash(`${otherHost.origin}/river.json`))
  await button(question(page), 'Cancel').click()
  await expect(question(page)).toHaveCount(0)
  await expect(button(page, 'Open sample')).toBeVisible()
  expect(otherHost.asked).toEqual([])
})

test('a link with a position opens its file there', async ({ page, openApp, otherHost }) => {
  otherHost.answer('/river.json', { body: RIVER.text })
  await openApp(`${inHash(`${otherHost.origin}/river.json`)}&t=4`)
  await button(question(page), `Open from ${otherHost.host}`).click()
  await expect(assembledText(page)).toHaveText('Grüße aus Köln')
  await expectPlayhead(page, 4, 10)
})

test('a URL typed by the person opens', async ({ page, openApp, otherHost }) => {
  otherHost.answer('/river.json', { body: RIVER.text })
  await openApp()
  await page.getByRole('button', { name: /URL/ }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(`${otherHost.origin}/river.json`)
  await page.keyboard.press('Enter')
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER)
})

for (const { what, answer, says } of [
  { what: 'answers 404', answer: { status: 404, body: 'no' }, says: /404/ },
  {
    what: 'redirects elsewhere',
    answer: { status: 302, headers: { location: '/river.json' }, body: '' },
    says: /redirect/,
  },
  { what: 'holds no recording', answer: { body: '<!doctype html><p>Sign in' }, says: /HTML/ },
] as const) {
  test(`a host that ${what} gets a sentence`, async ({ page, openApp, otherHost }) => {
    otherHost.answer('/asked.json', answer)
    otherHost.answer('/river.json', { body: RIVER.text })
    await openApp(inHash(`${otherHost.origin}/asked.json`))
    await button(question(page), `Open from ${otherHost.host}`).click()
    await expect(page.getByTestId('diagnostic')).toContainText(says)
    expect(otherHost.asked.map(({ path }) => path)).toEqual(['/asked.json'])
  })
}

test('a host that does not let other pages read gets a sentence', async ({ page, openApp, otherHost }) => {
  otherHost.answer('/asked.json', {
    headers: { 'access-control-allow-origin': 'https://else.example' },
    body: RIVER.text,
  })
  await openApp(inHash(`${otherHost.origin}/asked.json`))
  await button(question(page), `Open from ${otherHost.host}`).click()
  await expect(page.getByTestId('diagnostic')).toContainText(otherHost.host)
  await expect(assembledText(page)).toHaveCount(0)
})

test('private, unencrypted and local addresses are refused without any request', async ({
  page,
  openApp,
}) => {
  await openApp()
  for (const address of [
    'http://example.com/a.json',
    'https://10.0.0.1/a.json',
    'https://172.16.5.4/a.json',
    'https://192.168.1.1/a.json',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/a.json',
    'https://0.0.0.0/a.json',
    'https://3232235777/a.json',
    'https://0xc0.0xa8.1.1/a.json',
    'https://[fd00::1]/a.json',
    'https://[fe80::1]/a.json',
    'https://[::ffff:192.168.1.1]/a.json',
    'https://[64:ff9b::c0a8:101]/a.json',
    'https://router.local/a.json',
    'https://intranet/a.json',
    'https://user:password@example.com/a.json',
    'ftp://example.com/a.json',
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:alert(1)',
    'https://',
  ]) {
    await test.step(address, async () => {
      // another fragment each time, so that the sentence cannot be the one before
      await page.evaluate((hash) => {
        window.location.hash = hash
      }, inHash(address))
      const problems = region(page, 'Problems')
      await expect(problems.getByRole('heading')).toHaveText(address)
      await expect(problems.getByTestId('diagnostic')).toHaveText(/\w+ \w+ \w+/)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  }
})

test.describe('from a page on the web', () => {
  const page_ = 'https://deck.example/app/'
  test.use({ allowedHosts: async ({ otherHost }, use) => use([otherHost.host, 'deck.example']) })

  test('loopback is refused too', async ({ page, otherHost }) => {
    await page.route(`${page_}**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice('/app/'.length)
      return route.fulfill({ path: join(PROJECT_ROOT, 'dist', path === '' ? 'index.html' : path) })
    })
    otherHost.answer('/river.json', { body: RIVER.text })
    for (const host of [otherHost.host, otherHost.host.replace('127.0.0.1', 'localhost')]) {
      await page.goto(page_ + inHash(`http://${host}/river.json`))
      await page.reload()
      await expect(page.getByTestId('diagnostic')).toContainText(host)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    expect(otherHost.asked).toEqual([])
  })
})

test('a link that is followed beside an edited cassette does not take its place', async ({
  page,
  openApp,
  dropFiles,
  otherHost,
}) => {
  otherHost.answer('/other.json', { body: RIVER.text.replaceAll('Rhein', 'Nil') })
  await openApp()
  await dropFiles([RIVER])
  await editInPlace(page, 'assembled answer', 'Mine.')
  await page.evaluate(
    (hash) => {
      window.location.hash = hash
    },
    inHash(`${otherHost.origin}/other.json`),
  )
  await button(question(page), `Open from ${otherHost.host}`).click()
  await expect(assembledText(page)).toHaveText(RIVER_ANSWER.replace('Rhein', 'Nil'))
  await page.keyboard.press('k')
  await expect(assembledText(page)).toHaveText('Mine.')
})
