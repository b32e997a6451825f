/** What a person does and sees, in the words of the contract (landmarks and test ids). */
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect } from '../../support/deck-test.ts'

export function assembledText(page: Page): Locator {
  return page.getByTestId('assembled-text')
}

export function playhead(page: Page): Locator {
  return page.getByRole('slider', { name: 'Playback position' })
}

export async function expectPlayhead(page: Page, position: number, count: number): Promise<void> {
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', `chunk ${position} of ${count}`)
}

export function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}

export function button(page: Page | Locator, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Chooses one of the Export menu's items. */
export async function exportAs(page: Page, item: 'Download' | 'Copy' | 'Save'): Promise<void> {
  await button(page, 'Export').click()
  // not "Save all changed"; a shortcut may stand behind the word
  await page.getByRole('menuitem', { name: new RegExp(`^${item}(?! all)`) }).click()
}

export interface Download {
  readonly name: string
  readonly bytes: Buffer
}

export async function download(page: Page): Promise<Download> {
  const started = page.waitForEvent('download')
  await exportAs(page, 'Download')
  const arrived = await started
  return { name: arrived.suggestedFilename(), bytes: readFileSync(await arrived.path()) }
}

/** The exported file as text; a byte order mark stays a character of it. */
export async function downloadText(page: Page): Promise<string> {
  return (await download(page)).bytes.toString('utf8')
}

/** Changes a recorded text in its place: pencil, type, Ctrl+Enter. */
export async function editInPlace(scope: Page | Locator, label: string, text: string): Promise<void> {
  const field = await startEditing(scope, label)
  await field.fill(text)
  await field.press('Control+Enter')
  await expect(field).toHaveCount(0)
}

export async function startEditing(scope: Page | Locator, label: string): Promise<Locator> {
  const pencil = button(scope, `Edit ${label}`)
  await pencil.hover()
  await pencil.click()
  const field = scope.getByRole('textbox', { name: label, exact: true })
  await expect(field).toBeFocused()
  return field
}

/** `text` with the only occurrence of `before` replaced: what an edit must make of a file. */
export function replaceOnce(text: string, before: string, after: string): string {
  expect(text.split(before), `"${before}" stands once in the original`).toHaveLength(2)
  return text.replace(before, () => after)
}

/** Brings everything into the state in which no field or button has the keys for itself. */
export async function focusNothing(page: Page): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
}

/** What can be unfolded; menus and lists of choices are no folds. */
export const FOLDED = '[aria-expanded=false]:not([aria-haspopup]):not([role=combobox])'
