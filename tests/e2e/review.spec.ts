/** A change of many recordings, from each place that it may come from, to the last file looked at. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Locator, Page, Route } from '@playwright/test'
import { GitRepo } from '../core/review/support/git-repo.ts'
import { test as base, expect } from '../support/deck-test.ts'
import { GitHubStub } from '../support/github-stub.ts'
import { AFTER, BEFORE, EXPECTED } from '../support/review-recordings.ts'
import { region } from './support/deck.ts'

const TOKEN = 'ghp_onlyForThisTest'

interface Change {
  readonly repo: GitRepo
  readonly before: string
  readonly after: string
}

const test = base.extend<
  { readonly gitHub: (stub: GitHubStub) => Promise<void> },
  { readonly change: Change }
>({
  change: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const repo = new GitRepo()
      const before = repo.commit(BEFORE)
      const after = repo.commit(AFTER, 'Record anew')
      await use({ repo, before, after })
      repo.remove()
    },
    { scope: 'worker' },
  ],
  gitHub: async ({ page }, use) => {
    const stubs: GitHubStub[] = []
    await use(async (stub) => {
      stubs.push(await stub.listen())
      const forward = async (route: Route, prefix: string): Promise<void> => {
        const { pathname, search } = new URL(route.request().url())
        const answer = await fetch(`${stub.url}${prefix}${pathname}${search}`, {
          headers: await route.request().allHeaders(),
        })
        await route.fulfill({
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        })
      }
      await page.context().route('https://api.github.com/**', (route) => forward(route, ''))
      await page.context().route('https://raw.githubusercontent.com/**', (route) => forward(route, '/raw'))
    })
    for (const stub of stubs) await stub.close()
  },
})

// the stand-in answers in their place
test.use({ allowedHosts: ['api.github.com', 'raw.githubusercontent.com'] })

const pulls = ({ before, after }: Change) => [{ number: 3, title: 'Record anew', base: before, head: after }]

function items(page: Page): Locator {
  return page.getByTestId('review-item')
}

async function openReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: /review a pull request/i }).click()
}

async function reviewPull(page: Page, url = 'https://github.com/octo/deck/pull/3/files'): Promise<void> {
  await page.getByLabel(/^URL of a pull request/).fill(url)
  await page.getByRole('button', { name: 'Review', exact: true }).click()
}

/** All files, the worst first. */
async function expectJudged(page: Page, expected: ReadonlyMap<string, string> = EXPECTED): Promise<void> {
  await expect(page.getByTestId('review-progress')).toHaveText(/viewed$/)
  const found = await items(page).evaluateAll((rows) =>
    rows.map((row) => [row.getAttribute('data-path'), row.getAttribute('data-verdict')]),
  )
  expect(found).toEqual([...expected])
}

function writeFolder(name: string, files: ReadonlyMap<string, string>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'deck-review-')), name)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

test('a pull request comes to a verdict for each recording, worst first', async ({
  page,
  openApp,
  gitHub,
  change,
}) => {
  await gitHub(new GitHubStub({ folder: change.repo.folder, pulls: pulls(change) }))
  await openApp()
  await openReview(page)
  await reviewPull(page)
  await expectJudged(page)
  const review = region(page, 'Review')
  await expect(review.getByRole('link', { name: /octo\/deck#3 · Record anew/ })).toHaveAttribute(
    'href',
    'https://github.com/octo/deck/pull/3',
  )
  await expect(review).toContainText('1 other file changed too')
  // by its question, and what is another in it said once
  await expect(items(page).first()).toContainText(/Behaviour\s*First\?/)
  await expect(items(page).first()).toContainText(/finish reason stop → length/)

  // by key through the list, into the comparison and on
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'behaviour')
  await page.keyboard.press('v')
  await expect(page.getByTestId('review-progress')).toHaveText('1 of 7 viewed')
  // on to the next that was not looked at
  await expect(page.getByTestId('review-detail')).toContainText('broken.json')
  await page.keyboard.press('j')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'wording')
  await expect(page.getByTestId('review-detail')).toContainText('words ü.json')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(page.getByTestId('review-detail')).toContainText('stop.json')
  await page.keyboard.press('v')
  await expect(page.getByTestId('review-progress')).toHaveText('0 of 7 viewed')
  await expect(page.getByTestId('review-detail')).toContainText('stop.json')
  // whoever reads in the comparison goes on from there, and comes back to the row
  const detail = page.getByTestId('review-detail')
  await detail.getByRole('button').last().focus()
  await page.keyboard.press('j')
  await expect(detail).toContainText('broken.json')
  await expect(detail).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('review-detail')).toHaveCount(0)
  await expect(items(page).nth(1).getByRole('button')).toBeFocused()
  await page.keyboard.press('k')
  await expect(items(page).first().getByRole('button')).toBeFocused()

  // the sum in words; each is a filter
  await expect(page.getByRole('group', { name: 'Show only' }).getByRole('button')).toHaveText([
    '1 changes behaviour',
    '1 unreadable',
    '1 wording only',
    '1 request only',
    '1 added',
    '1 removed',
    '1 only ids and times',
  ])
  await page.locator('[data-testid="review-count"][data-verdict="added"]').click()
  await expect(items(page)).toHaveCount(1)
  await items(page).getByRole('button').click()
  await expect(page.getByTestId('review-detail')).toContainText('This file is new')
  await expect(page.getByTestId('review-detail')).toContainText('gpt-4o-new')
  await page.getByRole('button', { name: 'Open', exact: true }).last().click()
  await expect(page.getByTestId('assembled-text')).toHaveText('Llama')
})

test('a reload takes up the review with its marks; a link asks before anything is asked of GitHub', async ({
  page,
  context,
  openApp,
  gitHub,
  change,
}) => {
  await gitHub(new GitHubStub({ folder: change.repo.folder, pulls: pulls(change) }))
  await openApp()
  await openReview(page)
  await reviewPull(page)
  await expectJudged(page)
  await page.getByLabel('Viewed recordings/stop.json').check()
  await expect(page).toHaveURL(/page=review.*change=https/)
  const address = page.url()
  await page.reload()
  await expectJudged(page)
  await expect(page.getByTestId('review-progress')).toHaveText('1 of 7 viewed')
  await expect(page.getByLabel('Viewed recordings/stop.json')).toBeChecked()

  const asked: string[] = []
  context.on('request', (request) => {
    const { host } = new URL(request.url())
    if (/github/.test(host)) asked.push(host)
  })
  const byHand = `#url=https://github.com/octo/deck/pull/3`
  for (const link of [address, new URL(byHand, address).href]) {
    const other = await context.newPage()
    await other.goto(link)
    await expect(other.getByRole('heading', { name: 'Load octo/deck#3 from api.github.com?' })).toBeVisible()
    expect(asked).toEqual([])
    await other.getByRole('button', { name: 'Load from api.github.com' }).click()
    await expectJudged(other)
    expect(asked).toContain('api.github.com')
    asked.length = 0
    await other.close()
  }
})

test('what cannot be opened again after a reload is named', async ({ page, openApp, change }) => {
  await openApp()
  await openReview(page)
  const diff = change.repo.git('diff', change.before, change.after)
  await page.getByLabel('Text of a diff').fill(diff)
  await expect(page.getByTestId('review-progress')).toHaveText(/viewed$/)
  await items(page).first().getByRole('checkbox').check()
  await expect(page).toHaveURL(/page=review/)
  await page.reload()
  await expect(region(page, 'Review')).toContainText(
    'Pasted diff was reviewed here before the page was reloaded',
  )
  await page.getByLabel('Text of a diff').fill(diff)
  await expect(page.getByTestId('review-progress')).toHaveText('1 of 7 viewed')
})

test('two zips whose roots have other names come to the same', async ({ page, openApp }) => {
  const folders: string[] = []
  await openApp()
  await openReview(page)
  for (const [name, files] of [
    ['Before', BEFORE],
    ['After', AFTER],
  ] as const) {
    const folder = writeFolder(`repo-${name}`, files)
    const zip = join(dirname(folder), `${name}.zip`)
    execFileSync('python3', ['-m', 'zipfile', '-c', zip, `${folder}/`])
    await page.getByLabel(`${name}: zip or tar.gz`).setInputFiles(zip)
    await expect(page.getByTestId(`review-${name.toLowerCase()}`)).toContainText(`${name}.zip`)
    folders.push(dirname(folder))
  }
  await page.getByRole('button', { name: 'Review the change' }).click()
  await expectJudged(page)
  await expect(region(page, 'Review')).toContainText('Before.zip → After.zip')
  await expect(region(page, 'Review')).toContainText('1 file is the same on both sides')
  for (const folder of folders) rmSync(folder, { recursive: true })
})

test('a pasted diff is judged by its lines, and says so', async ({ page, openApp, change }) => {
  await openApp()
  await openReview(page)
  const diff = change.repo.git('diff', change.before, change.after)
  await page.getByLabel('Text of a diff').fill(diff)
  await expect(page.getByTestId('review-progress')).toHaveText(/viewed$/)
  await expect(items(page).first()).toHaveAttribute('data-verdict', 'behaviour')
  await page.locator('[data-path="recordings/stop.json"]').getByRole('button').click()
  const detail = page.getByTestId('review-detail')
  await expect(detail.getByTestId('verdict')).toContainText('"finish_reason" changed: "stop" → "length"')
  await expect(detail).toContainText('Judged by the changed lines only')
  const lines = detail.getByRole('region', { name: 'Changed lines' })
  await expect(lines.locator('[data-line="removed"]')).toContainText('"finish_reason": "stop"')
  await expect(lines.locator('[data-line="added"]')).toContainText('"finish_reason": "length"')
  await expect(lines.locator('[data-line="same"]')).toHaveCount(6)
  await expect(lines.locator('b').first()).toHaveText('stop')
  // as PowerShell saves it, and an empty one
  await page.getByRole('button', { name: 'Review another change' }).click()
  const chosen = page.getByLabel('Diff to review')
  await chosen.setInputFiles({ name: 'none.diff', mimeType: 'text/plain', buffer: Buffer.from('\n') })
  await expect(page.getByRole('alert')).toContainText('none.diff is empty')
  const powerShell = Buffer.from(`\ufeff${diff.replaceAll('\n', '\r\n')}`, 'utf16le')
  await chosen.setInputFiles({ name: 'utf16.diff', mimeType: 'text/plain', buffer: powerShell })
  await expect(items(page).first()).toHaveAttribute('data-verdict', 'behaviour')
  // a diff with all of the file in it needs no folder
  await page.getByRole('button', { name: 'Review another change' }).click()
  await page
    .getByLabel('Text of a diff')
    .fill(change.repo.git('diff', '-U100000', change.before, change.after))
  await expectJudged(page)
})

test('a diff as PowerShell saves it is one wherever it is dropped', async ({
  page,
  openApp,
  dropFiles,
  change,
}) => {
  await openApp()
  const diff = change.repo.git('diff', change.before, change.after).replaceAll('\n', '\r\n')
  await dropFiles([{ name: 'change.diff', bytes: Buffer.from(`\ufeff${diff}`, 'utf16le') }])
  await expect(items(page).first()).toHaveAttribute('data-verdict', 'behaviour')
})

test.describe('what stops it', () => {
  test('a private repository asks for a token, which is sent to GitHub only and kept nowhere', async ({
    page,
    openApp,
    gitHub,
    change,
  }) => {
    await gitHub(new GitHubStub({ folder: change.repo.folder, pulls: pulls(change), privateToken: TOKEN }))
    await openApp()
    await openReview(page)
    await reviewPull(page)
    const alert = page.getByRole('alert')
    await expect(alert).toContainText('private repositories too')
    await alert.getByLabel(/^Token/).fill('ghp_mistyped')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(alert).toContainText('does not accept this token')
    await alert.getByLabel(/^Token/).fill(TOKEN)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expectJudged(page)
    const kept = await page.evaluate(async () => {
      const databases = await indexedDB.databases()
      const values: unknown[] = [location.href, { ...localStorage }, { ...sessionStorage }]
      for (const { name } of databases) {
        const opened = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name ?? '')
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        for (const store of opened.objectStoreNames) {
          const all = await new Promise<unknown>((resolve) => {
            const request = opened.transaction(store).objectStore(store).getAll()
            request.onsuccess = () => resolve(request.result)
            request.onerror = () => resolve(undefined)
          })
          values.push(all)
        }
        opened.close()
      }
      return JSON.stringify(values)
    })
    expect(kept).not.toContain(TOKEN)
    expect(await page.content()).not.toContain(TOKEN)
  })

  test('the rate limit says when it ends', async ({ page, openApp, gitHub, change }) => {
    const reset = Math.floor(Date.now() / 1000) + 600
    await gitHub(new GitHubStub({ folder: change.repo.folder, pulls: pulls(change), remaining: 1, reset }))
    await openApp()
    await openReview(page)
    await reviewPull(page)
    await expect(page.getByRole('alert')).toContainText(
      /used up.*Try again at \d\d:\d\d \(in 1[01] minutes\)/,
    )
  })

  test('no connection says what else works', async ({ page, openApp }) => {
    await openApp()
    await page.context().route('https://api.github.com/**', (route) => route.abort())
    await openReview(page)
    await reviewPull(page)
    await expect(page.getByRole('alert')).toContainText(/did not answer.*add \.diff to the URL/)
  })

  test('another URL is refused before anything is asked', async ({ page, openApp }) => {
    await openApp()
    await openReview(page)
    await reviewPull(page, 'https://git.example.com/a/b/pull/1')
    await expect(page.getByRole('alert')).toContainText('from github.com only')
  })
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`everything can be reached at ${viewport.width} px`, async ({ page, openApp, change, axe }) => {
    await page.setViewportSize(viewport)
    await openApp()
    await openReview(page)
    // the page comes by itself, after the screen
    await expect(region(page, 'Review')).toBeVisible()
    expect.soft(await axe()).toEqual([])
    await page
      .getByLabel('Text of a diff')
      .fill(change.repo.git('diff', '-U100000', change.before, change.after))
    await expectJudged(page)
    expect.soft(await axe()).toEqual([])
    await items(page).first().getByRole('button').click()
    await expect(page.getByTestId('verdict')).toBeVisible()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect.soft(await axe()).toEqual([])
    const sideways = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    expect(sideways).toBe(0)
    if (viewport.width < 900) {
      await expect(items(page).first()).toBeHidden()
      await page.getByRole('button', { name: 'All files' }).click()
    }
    await expect(items(page).first()).toBeVisible()
  })
}
