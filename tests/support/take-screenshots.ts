/** The pictures in the README, taken from today's app: `npm run screenshots`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { writeFolder } from '../e2e/support/folders.ts'
import { buildIfStale } from './build-if-stale.ts'
import { CHROMIUM_ARGUMENTS, ensureChromium } from './find-chromium.ts'
import { showcaseFolder } from './showcase-folder.ts'
import { showcaseRecording } from './showcase-recording.ts'
import { serveStatic } from './static-server.ts'

const FOLDER = 'tests/screenshots'
const NAME = '5c1f0b9d2e7a3f48c06d9be1752a84f3d0e6c19b7f2a5d834e1b60c7d9f8a2b3.json'

export default async function takeScreenshots(): Promise<number> {
  await buildIfStale()
  const server = await serveStatic('dist')
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS })
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme })
      await page.goto(server.url)
      await page.getByLabel('Files to open').setInputFiles({
        name: NAME,
        mimeType: 'application/json',
        buffer: Buffer.from(showcaseRecording()),
      })
      const slider = page.getByRole('slider', { name: 'Playback position' })
      await slider.waitFor()
      await page.keyboard.press('6')
      await page.getByRole('img').first().waitFor()
      await page.evaluate(() => document.fonts.ready)
      await page.waitForTimeout(500)
      await page.screenshot({ path: `${FOLDER}/deck-${colorScheme}.png` })
      await page.close()
    }
    await takeLibrary(browser, server.url)
    return 0
  } finally {
    await browser.close()
    await server.close()
  }
}

async function takeLibrary(browser: Browser, url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'))
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await page.goto(url)
    await page.getByLabel('Folder to open').setInputFiles(writeFolder(folder, showcaseFolder()))
    await page.getByTestId('recording').first().waitFor()
    await page.getByRole('searchbox').fill('the -safety')
    await page.getByTestId('hit').first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    await page.waitForTimeout(500)
    await page.screenshot({ path: `${FOLDER}/library-light.png` })
    await page.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
