/** A disk of the test's own: real file handles of the origin's private file system; only the pickers are fake. */
import type { Page } from '@playwright/test'
import { expect } from '../../support/deck-test.ts'

/** Before the app is opened: what is dropped, and what is picked to save to, lies in the private file system. */
export async function giveOwnDisk(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(DataTransferItem.prototype, {
      async getAsFileSystemHandle(this: DataTransferItem) {
        const file = this.getAsFile()
        const root = await navigator.storage.getDirectory()
        return file && root.getFileHandle(file.name).catch(() => null)
      },
    })
    Object.assign(window, {
      askedFor: [],
      showSaveFilePicker: async ({ suggestedName }: { readonly suggestedName: string }) => {
        const { askedFor, pickedName } = window as unknown as { askedFor: string[]; pickedName?: string }
        askedFor.push(suggestedName)
        const root = await navigator.storage.getDirectory()
        return root.getFileHandle(pickedName ?? suggestedName, { create: true })
      },
    })
  })
}

export async function onDisk(page: Page, name: string): Promise<string | undefined> {
  return page.evaluate(async (file) => {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getFileHandle(file).catch(() => undefined)
    // while it is being written it cannot be read: whoever asks asks again
    const read = async (): Promise<string | undefined> => handle && (await handle.getFile()).text()
    return read().catch(() => undefined)
  }, name)
}

/** Somebody else writes the file, or deletes it. */
export async function writeOnDisk(page: Page, name: string, text: string | undefined): Promise<void> {
  await page.evaluate(
    async ([file, content]) => {
      const root = await navigator.storage.getDirectory()
      if (content === undefined) return root.removeEntry(file ?? '')
      const writable = await (await root.getFileHandle(file ?? '', { create: true })).createWritable()
      await writable.write(content)
      return writable.close()
    },
    [name, text] as const,
  )
}

/** The person comes back to the window. */
export async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
}

export async function expectOnDisk(page: Page, name: string, text: string): Promise<void> {
  await expect.poll(() => onDisk(page, name)).toBe(text)
}
