import AxeBuilder from '@axe-core/playwright'
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test'

export { expect }

/** A file as a person drops it. */
export type DroppedFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly bytes: Uint8Array }

/** One accessibility rule that does not hold, short enough to read in a failed assertion. */
export interface AxeViolation {
  readonly rule: string
  readonly impact: string
  readonly help: string
  readonly where: readonly string[]
}

interface DeckOptions {
  /** Hosts (with port, where there is one) that the test expects the app to ask. */
  readonly allowedHosts: readonly string[]
}

interface DeckFixtures {
  /**
   * What went wrong behind the screen so far. Every test fails at its end if anything is left in it; a test that
   * provokes a problem on purpose checks the list and empties it.
   */
  readonly problems: string[]
  /** Opens the built app, with `#...` or `?...` after its address. */
  readonly openApp: (after?: string) => Promise<void>
  /** Drops files as a test of others would: a DataTransfer that holds plain files, no handles or entries. */
  readonly dropFiles: (files: readonly DroppedFile[]) => Promise<void>
  /** Checks the whole page, or what `selector` matches, against WCAG 2.2 AA and axe's best practices. */
  readonly axe: (selector?: string) => Promise<AxeViolation[]>
}

declare global {
  interface Window {
    reportPolicyViolation?: (text: string) => Promise<void>
  }
}

function deckUrl(): string {
  const url = process.env.DECK_URL
  if (!url) throw new Error('DECK_URL is not set: the browser tests run through playwright.config.ts.')
  return url
}

export const test = base.extend<DeckOptions & DeckFixtures>({
  allowedHosts: [[], { option: true }],

  problems: [
    async ({ page, context, allowedHosts }, use) => {
      const problems: string[] = []
      const own = new URL(deckUrl()).host
      const isForeign = (url: URL): boolean =>
        url.host !== '' && url.host !== own && !allowedHosts.includes(url.host)

      await context.exposeBinding('reportPolicyViolation', (_source, text: string) => {
        problems.push(`content security policy: ${text}`)
      })
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event
          void window.reportPolicyViolation?.(
            `${effectiveDirective} refused ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`,
          )
        })
      })
      // Nothing leaves the machine, even when the test is going to fail for it.
      await context.route(isForeign, (route) => route.abort())
      context.on('request', (request) => {
        if (isForeign(new URL(request.url()))) problems.push(`request to another host: ${request.url()}`)
      })
      context.on('weberror', (error) => problems.push(`uncaught: ${describe(error.error())}`))
      context.on('console', (message) => {
        if (isPolicyMessage(message)) problems.push(`console: ${message.text()}`)
      })
      const watch = (opened: Page): void => {
        opened.on('crash', () => problems.push('the tab crashed'))
        opened.on('websocket', (socket) => {
          if (isForeign(new URL(socket.url()))) problems.push(`websocket to another host: ${socket.url()}`)
        })
      }
      watch(page)
      context.on('page', watch)

      await use(problems)
      expect(problems, 'what went wrong behind the screen').toEqual([])
    },
    { auto: true },
  ],

  openApp: async ({ page }, use) => {
    await use(async (after = '') => {
      await page.goto(deckUrl() + after)
      await page.locator('#root > *').first().waitFor({ state: 'attached' })
    })
  },

  dropFiles: async ({ page }, use) => {
    await use((files) => dropOn(page, files))
  },

  axe: async ({ page }, use) => {
    await use(async (selector) => {
      // Off by default in axe, but part of AA since 2.2: targets of at least 24 px or with room around them.
      const builder = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } })
      const { violations } = await (selector ? builder.include(selector) : builder).analyze()
      return violations.map(({ id, impact, help, nodes }) => ({
        rule: id,
        impact: impact ?? 'unknown',
        help,
        where: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
      }))
    })
  },
})

async function dropOn(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const sent = files.map((file) =>
    'text' in file
      ? { name: file.name, text: file.text, base64: undefined }
      : { name: file.name, text: undefined, base64: Buffer.from(file.bytes).toString('base64') },
  )
  await page.evaluate((given) => {
    const transfer = new DataTransfer()
    for (const { name, text, base64 } of given) {
      const content = text ?? Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([content], name))
    }
    // On the body, as a pointer would: it bubbles through document to window, wherever the app listens.
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }),
      )
    }
  }, sent)
}

/** A worker has no document: its violations, and those before the listener, are only said on the console. */
function isPolicyMessage(message: ConsoleMessage): boolean {
  return (
    message.type() === 'error' &&
    /Content Security Policy|Content-Security-Policy|Trusted(?:HTML|Script|ScriptURL)\b/.test(message.text())
  )
}

function describe(error: Error): string {
  return error.stack ?? error.message
}
