import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const INSTALL = 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium'

/** Switches for a browser that runs in a container and asks nobody for anything. */
export const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a Chromium: the one that was named, the system's, or Playwright's own download. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) return isExecutable(named) ? named : undefined
  return [...USUAL_PLACES, chromium.executablePath()].find(isExecutable)
}

/** How to become root without being asked anything: not needed, by sudo, or not at all. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined
}

/** Finds a Chromium or, on Debian and Ubuntu, installs one; the error is a sentence with the command that helps. */
export function ensureChromium(): string {
  const named = process.env.CHROMIUM_PATH
  if (named && !isExecutable(named)) {
    throw new Error(
      `CHROMIUM_PATH is "${named}", which is no program that can be run. Correct it or unset it.`,
    )
  }
  const found = findChromium()
  if (found) return found
  const root = existsSync('/usr/bin/apt-get') ? rootPrefix() : undefined
  if (root === undefined) {
    const command = existsSync('/usr/bin/apt-get')
      ? `sudo sh -c '${INSTALL}'`
      : 'npx playwright install --with-deps chromium'
    throw new Error(`The browser tests need Chromium and none was found. Install it with: ${command}`)
  }
  console.log('No Chromium found; installing it with apt.')
  const [program = 'sh', ...rest] = [...root, 'sh', '-c', INSTALL]
  const { status } = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'] })
  const installed = findChromium()
  if (installed) return installed
  // Ubuntu has no Chromium package outside snap; Playwright brings its own where there is internet.
  throw new Error(
    `The browser tests need Chromium and apt could not install it (exit code ${status}). Try: npx playwright install --with-deps chromium`,
  )
}
