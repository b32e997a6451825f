/** Random work on a recording that ends without warning, and what is there afterwards. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { syntheticRecording } from '../../bench/synthetic-recording.ts'
import type { Random } from '../../core/support/random.ts'
import { expect } from '../../support/deck-test.ts'
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/find-chromium.ts'
import { button, downloadText, focusNothing, region, startEditing } from './deck.ts'
import { killBrowser } from './kill-browser.ts'

const ENDS = ['reload', 'close', 'navigate', 'SIGKILL'] as const
const WORKS = ['open field', 'committed field', 'source', 'open field', 'committed field'] as const
/** Chunks: files of 12 KB, 230 KB, 1.2 MB and 4.8 MB. */
const SIZES = [50, 50, 1000, 1000, 5000, 20_000] as const
const FIELD = 'finish reason'

export interface KillRun {
  readonly how: (typeof ENDS)[number]
  readonly work: (typeof WORKS)[number]
  readonly kilobytes: number
  /** Keys typed or values committed, and how many of these were on screen a second before the end. */
  readonly made: number
  readonly owed: number
  readonly found: number
  /** How often the page asked whether to leave, since the file itself was not stored yet. */
  readonly asked: number
  readonly note?: string
}

/** A browser on a profile of its own that can be killed and started again. */
export class KillableBrowser {
  private readonly profile = mkdtempSync(join(tmpdir(), 'deck-kill-'))
  private context: BrowserContext | undefined

  async page(): Promise<Page> {
    const executablePath = findChromium()
    this.context ??= await chromium.launchPersistentContext(this.profile, {
      args: CHROMIUM_ARGUMENTS,
      ...(executablePath && { executablePath }),
      viewport: { width: 1280, height: 800 },
    })
    this.context.setDefaultTimeout(20_000)
    return this.context.newPage()
  }

  async kill(): Promise<void> {
    this.context = undefined
    await killBrowser(this.profile)
  }

  async dispose(): Promise<void> {
    await this.kill()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function killRun(browser: KillableBrowser, url: string, random: Random): Promise<KillRun> {
  const how = random.pick(ENDS)
  const work = random.pick(WORKS)
  const text = syntheticRecording(random.pick(SIZES))
  const page = await browser.page()
  await page.goto(url)
  await drop(page, text)
  const times = await doWork(page, work, 8 + random.below(40), 20 + random.below(60))
  await page.waitForTimeout(random.below(3) === 0 ? random.below(1200) : 0)
  let next = page
  let asked = 0
  const end = Date.now()
  if (how === 'SIGKILL') {
    await browser.kill()
    next = await browser.page()
    await next.goto(url)
  } else {
    asked = await leave(page, how)
    if (how === 'close') next = await browser.page()
    if (how !== 'reload') await next.goto(url)
  }
  // a person who is asked and stays has lost nothing; who closes, reloads or goes on owes us not even a second
  const owed = how === 'SIGKILL' ? times.filter((time) => time <= end - 1000).length : times.length
  const found = await whatIsThere(next, work, text, owed)
  await next.close()
  return { how, work, kilobytes: Math.round(text.length / 1024), made: times.length, owed, asked, ...found }
}

async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'run.json'))
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: transfer }))
  }, text)
  await expect(button(page, 'Export')).toBeVisible()
}

/** Types one key, or commits one value, after the other; when each was on screen. */
async function doWork(page: Page, work: KillRun['work'], count: number, pause: number): Promise<number[]> {
  const times: number[] = []
  const key = async (letter: string): Promise<void> => {
    await page.keyboard.press(letter)
    times.push(Date.now())
    await page.waitForTimeout(pause)
  }
  if (work === 'source') {
    await showSource(page, true)
    await page.locator('.monaco-editor .view-lines').first().waitFor()
    await page.locator('.monaco-editor .view-lines').first().click()
    await page.keyboard.press('Control+End')
    for (let made = 0; made < count; made++) await key('Space')
  } else if (work === 'open field') {
    const field = await startEditing(page, FIELD)
    await field.press('End')
    for (let made = 0; made < count; made++) await key('x')
  } else {
    for (let made = 1; made <= Math.ceil(count / 8); made++) {
      const field = await startEditing(page, FIELD)
      await field.fill(`stop${'x'.repeat(made)}`)
      await field.press('Control+Enter')
      await expect(page.getByTestId('finish-reason')).toHaveText(`stop${'x'.repeat(made)}`)
      times.push(Date.now())
    }
  }
  return times
}

/** Whether it is shown is a setting, which outlives the page. */
async function showSource(page: Page, shown: boolean): Promise<void> {
  const toggle = button(page, 'Source')
  if ((await toggle.getAttribute('aria-pressed')) !== String(shown)) await toggle.click()
}

/** Leaves the page as a person does; one who is asked whether to leave stays for a moment. */
async function leave(page: Page, how: 'reload' | 'close' | 'navigate'): Promise<number> {
  let asked = 0
  let isAsked = false
  page.on('dialog', (dialog) => {
    asked++
    isAsked = true
    void dialog.dismiss()
  })
  for (;;) {
    isAsked = false
    const left =
      how === 'close'
        ? page.waitForEvent('close', { timeout: 0 }).then(() => true)
        : page.waitForEvent('load', { timeout: 0 }).then(() => true)
    left.catch(() => {})
    if (how === 'close') await page.close({ runBeforeUnload: true })
    else {
      const go = how === 'reload' ? 'location.reload()' : 'location.assign("icon.svg")'
      await page.evaluate(`setTimeout(() => ${go})`)
    }
    const stayed = (async () => {
      while (!isAsked) await new Promise((resolve) => setTimeout(resolve, 20))
      return false
    })()
    if (await Promise.race([left, stayed])) {
      isAsked = true
      return asked
    }
    await page.waitForTimeout(300)
  }
}

async function whatIsThere(
  page: Page,
  work: KillRun['work'],
  text: string,
  owed: number,
): Promise<{ readonly found: number; readonly note?: string }> {
  try {
    await expect(region(page, 'Restored')).toBeVisible({ timeout: owed > 0 ? 20_000 : 5000 })
  } catch {
    const screen = await page.locator('body').innerText()
    return { found: 0, note: screen.slice(0, 200) }
  }
  let found: number
  if (work === 'open field') {
    const field = page.getByRole('textbox', { name: FIELD, exact: true })
    await expect(field).toBeVisible()
    found = (await field.inputValue()).replace('stop', '').length
    await field.press('Escape')
  } else {
    const now = await downloadText(page)
    found = work === 'source' ? now.length - text.length : (/"stop(x*)"/.exec(now)?.[1]?.length ?? 0)
    // nothing else of the file may have changed
    const expected =
      work === 'source' ? text + ' '.repeat(found) : text.replace('"stop"', `"stop${'x'.repeat(found)}"`)
    if (now !== expected) return { found: -1, note: 'the file has other changes' }
  }
  await focusNothing(page)
  await showSource(page, false)
  if (work === 'open field') await expect(region(page, 'Restored')).toHaveCount(0)
  else {
    await button(page, 'Discard…').click()
    await button(page, 'Discard for good').click()
    await expect(button(page, 'Open')).toBeVisible()
  }
  await page.waitForTimeout(400)
  return { found }
}
