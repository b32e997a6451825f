import type { Page } from '@playwright/test'
import { expect, test } from '../support/deck-test.ts'
import { button, editInPlace, exportAs, region, replaceOnce } from './support/deck.ts'
import { expectOnDisk, giveOwnDisk, onDisk, writeOnDisk } from './support/own-disk.ts'
import { RIVER, RIVER_ANSWER, type TextFile } from './support/recordings.ts'

const EDITED_ANSWER = RIVER_ANSWER.replace('Rhein', 'Main')
const EDITED = replaceOnce(RIVER.text, '" Rhein"', '" Main"')

async function dropIn(page: Page, file: TextFile): Promise<void> {
  await page.evaluate(
    ([name, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text ?? ''], name ?? ''))
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: transfer }))
    },
    [file.name, file.text] as const,
  )
  await expect(page).toHaveTitle(new RegExp(file.name))
}

/** Two tabs with the same file, each with a handle of its own. */
async function twoTabs(first: Page, openApp: () => Promise<void>): Promise<readonly [Page, Page]> {
  const second = await first.context().newPage()
  for (const page of [first, second]) await giveOwnDisk(page)
  await openApp()
  await writeOnDisk(first, RIVER.name, RIVER.text)
  await second.goto(first.url())
  await dropIn(first, RIVER)
  await dropIn(second, RIVER)
  return [first, second]
}

function also(page: Page, text = 'Also open in another tab.') {
  return page.getByRole('status').filter({ hasText: text })
}

test('two tabs with one file know of each other, and of unsaved changes', async ({ page, openApp }) => {
  const [first, second] = await twoTabs(page, openApp)
  await expect(also(first)).toBeVisible()
  await expect(also(second)).toBeVisible()
  await editInPlace(first, 'assembled answer', EDITED_ANSWER)
  await expect(also(second, 'Also open in another tab, with unsaved changes there.')).toBeVisible()
  await expect(also(first)).toBeVisible()
  await button(first, 'Undo').click()
  await expect(also(second)).toBeVisible()
  await second.close({ runBeforeUnload: true })
  await expect(also(first, 'Also open')).toHaveCount(0)
})

test('a tab is told when another one has saved, and cannot write over that silently', async ({
  page,
  openApp,
}) => {
  const [first, second] = await twoTabs(page, openApp)
  await expect(also(first)).toBeVisible()
  await expect(also(second)).toBeVisible()
  await editInPlace(second, 'assembled answer', RIVER_ANSWER.replace('Rhein', 'Nil'))
  await editInPlace(first, 'assembled answer', EDITED_ANSWER)
  await exportAs(first, 'Save')
  await button(first.getByRole('dialog'), 'Save').click()
  await expectOnDisk(first, RIVER.name, EDITED)
  await expect(also(second, 'Saved in another tab')).toBeVisible()
  await expect(region(second, 'Disk')).toContainText('river.json has changed on disk')
  await exportAs(second, 'Save')
  await button(second.getByRole('dialog'), 'Save').click()
  await expect(second.getByRole('dialog', { name: 'The file on disk has changed' })).toBeVisible()
  expect(await onDisk(second, RIVER.name)).toBe(EDITED)
  await button(second.getByRole('dialog'), 'Load disk').click()
  await expect(also(second)).toBeVisible()
})

test('two edits of one file in two tabs both survive a reload of both', async ({ page, openApp }) => {
  const [first, second] = await twoTabs(page, openApp)
  await editInPlace(first, 'assembled answer', 'Eins')
  await editInPlace(second, 'assembled answer', 'Zwei')
  await Promise.all([first.reload(), second.reload()])
  await expect(first.getByTestId('assembled-text')).toHaveText('Eins')
  await expect(second.getByTestId('assembled-text')).toHaveText('Zwei')
})

test('files of one name and size that differ are not taken for one', async ({ page, openApp }) => {
  const second = await page.context().newPage()
  await openApp()
  await second.goto(page.url())
  await dropIn(page, RIVER)
  await dropIn(second, { ...RIVER, text: RIVER.text.replace('Rhein', 'Rhone') })
  await page.waitForTimeout(1500)
  await expect(also(page, 'Also open')).toHaveCount(0)
  await expect(also(second, 'Also open')).toHaveCount(0)
})

test('opening many files hashes none of them', async ({ page, openApp, dropFiles }) => {
  await page.addInitScript(() => {
    const { digest } = SubtleCrypto.prototype
    Object.assign(window, { hashed: 0 })
    SubtleCrypto.prototype.digest = function (...given) {
      ;(window as unknown as { hashed: number }).hashed++
      return digest.apply(this, given)
    }
  })
  await openApp()
  const beside = await page.context().newPage()
  await beside.goto(page.url())
  await dropIn(beside, RIVER)
  // as many as open side by side; more would be a library
  const many = Array.from({ length: 39 }, (_, at) => ({ name: `f${at}.json`, text: RIVER.text }))
  await dropFiles([...many, RIVER])
  await expect(also(beside)).toBeVisible()
  const hashed = () => page.evaluate(() => (window as unknown as { hashed: number }).hashed)
  // the one that both have, and no other
  expect(await hashed()).toBe(1)
})

test('a tab that was taken for dead leaves its draft to the one that took it, and keeps its own', async ({
  page,
  openApp,
}) => {
  const heads = (take: boolean) =>
    page.evaluate(
      (isTaken) =>
        new Promise<readonly { readonly tab: string; readonly steps: number }[]>((resolve) => {
          const opening = indexedDB.open('cassette-deck')
          opening.onsuccess = () => {
            const transaction = opening.result.transaction(['drafts', 'texts'], 'readwrite')
            const drafts = transaction.objectStore('drafts')
            const all = drafts.getAll()
            all.onsuccess = () => {
              for (const head of isTaken ? all.result : []) {
                drafts.put({ ...head, tab: 'other' })
                transaction.objectStore('texts').put('', [head.key, `taken from ${head.tab}`])
              }
            }
            transaction.oncomplete = () => {
              opening.result.close()
              resolve(all.result.map(({ tab, steps }) => ({ tab, steps })))
            }
          }
        }),
      take,
    )
  await openApp()
  await dropIn(page, RIVER)
  await editInPlace(page, 'assembled answer', EDITED_ANSWER)
  await expect.poll(() => heads(false)).toHaveLength(1)
  // there is no other tab: the second look for what dead ones left would give it back
  await page.waitForTimeout(3500)
  await heads(true)
  await editInPlace(page, 'finish reason', 'length')
  await expect.poll(() => heads(false)).toHaveLength(2)
  const stored = await heads(false)
  expect(stored.find(({ tab }) => tab === 'other')?.steps).toBe(1)
  expect(stored.find(({ tab }) => tab !== 'other')?.steps).toBe(2)
  await expect(region(page, 'Storage')).toHaveCount(0)
  await button(page, 'Undo').click()
  await page.waitForTimeout(500)
  expect((await heads(false)).map(({ tab }) => tab)).toContain('other')
})
