import { chromium, type Locator, type Page } from '@playwright/test'
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../support/find-chromium.ts'
import { serveStatic } from '../support/static-server.ts'
import type { Measurement } from './measurement.ts'
import { syntheticRecording } from './synthetic-recording.ts'

const CHUNKS = 500_000
const SECONDS = 5
const OPEN_TIMEOUT = 120_000

interface Frames {
  /** Milliseconds between two frames, by the frames' own clock. */
  readonly gaps: readonly number[]
  readonly longTasks: readonly number[]
}

declare global {
  interface Window {
    stopWatchingFrames?: () => Frames
  }
}

function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const gaps: number[] = []
    const longTasks: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    let previous: number | undefined
    let watching = true
    const onFrame = (time: number): void => {
      if (previous !== undefined) gaps.push(time - previous)
      previous = time
      if (watching) requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
    window.stopWatchingFrames = () => {
      watching = false
      for (const { duration } of observer.takeRecords()) longTasks.push(duration)
      observer.disconnect()
      return { gaps, longTasks }
    }
  })
}

async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await watchFrames(page)
  await act()
  return page.evaluate(() => window.stopWatchingFrames?.() ?? { gaps: [], longTasks: [] })
}

/**
 * Generated inside the page, since over 100 MB need not pass through the debugging protocol; as an expression, since
 * the page's policy lets no script be made from text.
 */
async function dropSyntheticRecording(page: Page): Promise<void> {
  await page.evaluate(`{
    const transfer = new DataTransfer()
    transfer.items.add(new File([(${syntheticRecording})(${CHUNKS})], 'huge.json', { type: 'application/json' }))
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }))
    }
  }`)
}

/** The fastest pace on offer: the largest number in an option's name, or the last option. */
async function chooseHighestSpeed(page: Page): Promise<string> {
  const speed = page.getByRole('combobox', { name: 'Speed' })
  const isNative = (await speed.evaluate((element) => element.tagName)) === 'SELECT'
  if (!isNative) await speed.click()
  const options = isNative ? speed.locator('option') : page.getByRole('option')
  await options.first().waitFor({ state: 'attached' })
  const names = await options.allTextContents()
  const pace = (name: string): number => Number(/[\d.,]+/.exec(name)?.[0].replaceAll(',', '') ?? -1)
  const fastest = names.reduce((best, name) => (pace(name) >= pace(best) ? name : best), names.at(-1) ?? '')
  if (isNative) await speed.selectOption({ label: fastest.trim() })
  else await options.nth(names.indexOf(fastest)).click()
  return fastest.trim()
}

function positionOf(slider: Locator): Promise<number> {
  return slider.evaluate((element) =>
    element instanceof HTMLInputElement
      ? element.valueAsNumber
      : Number(element.getAttribute('aria-valuenow')),
  )
}

/** Drags the playhead to and fro over most of its way for some seconds, as a hand does. */
async function scrub(page: Page, slider: Locator): Promise<void> {
  const thumb = await slider.boundingBox()
  const region = await page.getByRole('region', { name: 'Playback' }).boundingBox()
  if (!thumb || !region) throw new Error('The slider "Playback position" is not on the screen.')
  const y = thumb.y + thumb.height / 2
  await page.mouse.move(thumb.x + thumb.width / 2, y)
  await page.mouse.down()
  const started = Date.now()
  for (let step = 0; Date.now() - started < SECONDS * 1000; step++) {
    const share = 0.5 + 0.35 * Math.sin(step / 15)
    await page.mouse.move(region.x + region.width * share, y)
  }
  await page.mouse.up()
}

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.POSITIVE_INFINITY
}

function rows(what: string, frames: Frames, note: string): readonly Measurement[] {
  const longest = Math.max(0, ...frames.longTasks)
  return [
    { what: `${what}: p95 frame`, unit: 'ms', budget: 16.7, measured: percentile95(frames.gaps), note },
    {
      what: `${what}: longest task`,
      unit: 'ms',
      budget: 50,
      measured: longest,
      note: longest === 0 ? 'none above 50 ms' : `${frames.longTasks.length} above 50 ms`,
    },
  ]
}

export async function benchPlayback(): Promise<readonly Measurement[]> {
  const server = await serveStatic('dist')
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.url)
    await page.locator('#root > *').first().waitFor()
    const opening = performance.now()
    await dropSyntheticRecording(page)
    const slider = page.getByRole('slider', { name: 'Playback position' })
    await slider.and(page.locator('[aria-valuetext*="500"]')).waitFor({ timeout: OPEN_TIMEOUT })
    const opened = (performance.now() - opening) / 1000

    const pace = await chooseHighestSpeed(page)
    await slider.focus()
    await page.keyboard.press('Home')
    const before = await positionOf(slider)
    const playing = await framesDuring(page, async () => {
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await page.waitForTimeout(SECONDS * 1000)
    })
    const played = (await positionOf(slider)) - before
    if (!(played > 0)) throw new Error('Play did not move the playhead.')
    const pause = page.getByRole('button', { name: 'Pause', exact: true })
    if (await pause.isVisible()) await pause.click()
    const scrubbing = await framesDuring(page, () => scrub(page, slider))
    return [
      ...rows(
        'play, 500,000 chunks',
        playing,
        `${played.toLocaleString('en')} chunks in ${SECONDS} s at "${pace}"`,
      ),
      ...rows(
        'scrub, 500,000 chunks',
        scrubbing,
        `${scrubbing.gaps.length} frames; opened in ${opened.toFixed(1)} s`,
      ),
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}
