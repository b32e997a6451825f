/**
 * A keystroke in the source of the 1.1 MB file: from the key to the repaint of the panels, against the same key in
 * the same Monaco without the app around it, in one run and taking turns.
 */
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { chromium, type Page } from '@playwright/test'
import { SOURCE_OPTIONS } from '../../src/ui/source/editor-options.ts'
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../support/find-chromium.ts'
import { type StaticServer, serveStatic } from '../support/static-server.ts'
import { largestRealRecording } from './bench-files.ts'
import type { Measurement } from './measurement.ts'

const ROUNDS = 4
const KEYS_A_ROUND = 20
/** Milliseconds: people type slower than the machine repaints. */
const BETWEEN_KEYS = 200

declare global {
  interface Window {
    /** Milliseconds from each key to the paint of what it changed last. */
    keyTimes?: number[]
  }
}

/** Notes for each key when the last change below `watched` was painted. */
function watchKeys(page: Page, watched: string): Promise<void> {
  return page.evaluate((selector) => {
    const times: number[] = []
    window.keyTimes = times
    let pressed: number | undefined
    window.addEventListener(
      'keydown',
      (event) => {
        pressed = event.timeStamp
        times.push(Number.NaN)
      },
      { capture: true },
    )
    const element = document.querySelector(selector)
    if (element === null) throw new Error(`${selector} is not on the page.`)
    new MutationObserver(() => {
      const from = pressed
      const key = times.length - 1
      if (from === undefined) return
      requestAnimationFrame(() => {
        // a message is handled after the frame has been painted
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          times[key] = performance.now() - from
        }
        channel.port2.postMessage(null)
      })
    }).observe(element, { subtree: true, childList: true, characterData: true })
  }, watched)
}

async function typeKeys(page: Page): Promise<readonly number[]> {
  await page.bringToFront()
  await page.evaluate(() => {
    if (window.keyTimes) window.keyTimes.length = 0
  })
  for (let key = 0; key < KEYS_A_ROUND; key++) {
    await page.keyboard.press('x')
    await page.waitForTimeout(BETWEEN_KEYS)
  }
  const times = await page.evaluate(() => window.keyTimes ?? [])
  if (times.length !== KEYS_A_ROUND || times.some((time) => !Number.isFinite(time))) {
    throw new Error(`Some of the ${KEYS_A_ROUND} keys changed nothing: ${times.map(Math.round).join(' ')}`)
  }
  return times
}

/** Puts the caret into the text of a chunk in the middle of the file. */
async function placeCaret(page: Page, needle: string): Promise<void> {
  const field = page.locator('.monaco-editor textarea.inputarea').first()
  await field.focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+F')
  await page.keyboard.insertText(needle)
  await page.waitForTimeout(800)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  // the selection ends behind the needle, inside of the text
  await page.keyboard.press('ArrowRight')
}

/** A text that only one chunk has, as the file writes it, from its key to its last character but one. */
function needleOf(text: string): string {
  const contents = [...text.matchAll(/"content": "(?:[^"\\]){2,}/g)].map(([found]) => found)
  const middle = contents.slice(Math.floor(contents.length / 2))
  const once = middle.find((found) => text.split(`${found}"`).length === 2 && text.split(found).length === 2)
  if (once === undefined) throw new Error('No chunk says anything that no other says.')
  return once
}

async function openApp(page: Page, server: StaticServer, file: string, needle: string): Promise<void> {
  await page.goto(server.url)
  await page.getByLabel('Files to open').first().setInputFiles(file)
  await page.getByRole('region', { name: 'Chunks' }).waitFor()
  await page.keyboard.press('e')
  await page.locator('.monaco-editor .view-line').first().waitFor()
  await placeCaret(page, needle)
  await watchKeys(page, '[data-testid="assembled-text"]')
}

/** The editor as the app builds it, alone on a page. Its chunk starts the app as well, which idles out of sight. */
async function openBare(page: Page, server: StaticServer, text: string, needle: string): Promise<void> {
  const assets = await readdir('dist/assets')
  const setup = assets.find((name) => /^monaco-setup-.*\.js$/.test(name))
  const styles = assets.filter((name) => name.endsWith('.css'))
  if (setup === undefined) throw new Error('The build has no chunk for Monaco.')
  await page.route(`${server.url}bare.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html>${styles.map((name) => `<link rel="stylesheet" href="assets/${name}">`).join('')}<div id="root" hidden></div><div id="bare" style="height:420px"></div>`,
    }),
  )
  await page.goto(`${server.url}bare.html`)
  // as an expression: the loader that runs this file gives `import()` another meaning
  await page.evaluate(`(async () => {
    const module = await import(${JSON.stringify(`${server.url}assets/${setup}`)})
    const monaco = Object.values(module).find((each) => each?.editor?.create)
    const options = ${JSON.stringify({ ...SOURCE_OPTIONS, language: 'json', value: text })}
    monaco.editor.create(document.getElementById('bare'), options)
  })()`)
  await page.locator('.monaco-editor .view-line').first().waitFor()
  await placeCaret(page, needle)
  await watchKeys(page, '.monaco-editor .view-lines')
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export async function benchEditing(): Promise<readonly Measurement[]> {
  const file = largestRealRecording()
  const text = readFileSync(file, 'utf8')
  const needle = needleOf(text)
  const server = await serveStatic('dist')
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS })
  try {
    const viewport = { width: 1440, height: 900 }
    const app = await browser.newPage({ viewport })
    const bare = await browser.newPage({ viewport })
    await openApp(app, server, file, needle)
    await openBare(bare, server, text, needle)
    // the first keys of each wake things up
    await typeKeys(app)
    await typeKeys(bare)
    const times = { app: [] as number[], bare: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(...(await typeKeys(bare)))
      times.app.push(...(await typeKeys(app)))
    }
    const [ours, alone] = [percentile(times.app, 0.95), percentile(times.bare, 0.95)]
    return [
      {
        what: 'a key in the 1.1 MB file: p95',
        unit: 'x bare Monaco',
        budget: 1.5,
        measured: ours / alone,
        note: `${ours.toFixed(1)} ms to the panels, ${alone.toFixed(1)} ms alone; p50 ${percentile(times.app, 0.5).toFixed(1)} and ${percentile(times.bare, 0.5).toFixed(1)}`,
      },
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}
