/** Folders of recordings on disk, and the ways in which a person opens them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect } from '../../support/deck-test.ts'
import { region } from './deck.ts'
import {
  chunk,
  FIRST,
  pythonJson,
  question,
  recorded,
  STOP,
  streamed,
  textChunks,
  WEATHER,
} from './recordings.ts'

export interface FolderFile {
  readonly path: string
  readonly text: string
}

/** Writes files below a folder, which is made. */
export function writeFolder(folder: string, files: readonly FolderFile[]): string {
  for (const { path, text } of files) {
    const whole = join(folder, path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, text)
  }
  return folder
}

/** Chooses a folder with the browser's own dialog. */
export async function chooseFolder(page: Page, folder: string, name: RegExp = /folder/i): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name }).first().click()
  await (await chooser).setFiles(folder)
}

export function rows(page: Page): Locator {
  return page.getByTestId('recording')
}

export function searchField(page: Page): Locator {
  return page.getByRole('searchbox', { name: 'Search recordings' })
}

/** All of it has been read. */
export async function expectRead(page: Page, count: number): Promise<void> {
  await expect(page.getByTestId('library-progress')).toHaveCount(0, { timeout: 120_000 })
  await expect(page.getByRole('search').getByRole('status')).toHaveText(count.toLocaleString('en'))
}

/** The list, its rows from the top. */
export function library(page: Page): Locator {
  return region(page, 'Library')
}

/** A streamed answer of a few words to a question. */
export function asking(text: string, answer: string, model = 'gpt-4o'): string {
  return `${pythonJson(streamed([question(text)], textChunks(answer.split(/(?<= )/))))}\n`.replaceAll(
    '"model": "gpt-4o"',
    `"model": "${model}"`,
  )
}

/** Six files that differ in all that one filters by, a picture's name among them, and one that is no recording. */
export const MIXED: readonly FolderFile[] = [
  { path: 'agents/recordings/river.json', text: asking('Which river?', 'The Rhine it is.') },
  { path: 'agents/recordings/mountain.json', text: asking('Which mountain?', 'The Eiger.', 'gpt-4o-mini') },
  { path: 'agents/recordings/weather.json', text: (WEATHER as { readonly text: string }).text },
  {
    path: 'safety/recordings/cut.json',
    text: `${pythonJson(streamed([question('Tell me all.')], [FIRST, chunk({ content: 'It began' }), chunk({ content: null }, 'length')]))}\n`,
  },
  {
    path: 'safety/recordings/failed.json',
    text: `${pythonJson(
      recorded({
        messages: [question('Does it fail?')],
        response: {
          body: null,
          is_streaming: false,
          is_exception: true,
          exception_data: {
            category: 'provider_sdk',
            provider: 'openai',
            type: 'BadRequestError',
            message: 'too long',
            status_code: 400,
            body: null,
          },
          exception_message: 'too long',
        },
      }),
    )}\n`,
  },
  {
    path: 'safety/recordings/ünï-日本.json',
    text: `${pythonJson(streamed([question('Größe?')], [FIRST, chunk({ content: 'Groß.' }), STOP]))}\n`,
  },
  { path: 'safety/package.json', text: '{"name": "no recording"}\n' },
]
