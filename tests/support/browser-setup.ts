import { existsSync } from 'node:fs'
import { ensureChromium } from './find-chromium.ts'
import { serveStatic } from './static-server.ts'

/** Before all browser tests: a browser, and the built app under a sub path. The workers inherit the environment. */
export default async function setUp(): Promise<() => Promise<void>> {
  process.env.CHROMIUM_PATH = ensureChromium()
  if (!existsSync('dist/index.html')) throw new Error('There is no dist. Run: npm run build')
  const server = await serveStatic('dist')
  process.env.DECK_URL = server.url
  return server.close
}
