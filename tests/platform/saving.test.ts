import { afterEach, describe, expect, it, vi } from 'vitest'
import { save } from '../../src/platform/saving.ts'

const bytes = new TextEncoder().encode('new')
const abort = () => new DOMException('Blocked by Safe Browsing.', 'AbortError')

function handle(close: () => Promise<void>, content = 'old'): FileSystemFileHandle {
  const writable = { write: async () => {}, abort: async () => {}, close }
  return {
    name: 'a.json',
    getFile: async () => new File([content], 'a.json'),
    createWritable: async () => writable,
  } as unknown as FileSystemFileHandle
}

function picker(pick: () => Promise<FileSystemFileHandle>): void {
  vi.stubGlobal('window', { showSaveFilePicker: pick })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('saving', () => {
  it('is cancelled only in the picker', async () => {
    picker(async () => {
      throw abort()
    })
    expect(await save({ name: 'a.json', bytes })).toEqual({ kind: 'cancelled' })
  })

  it('says that a file that was chosen may be empty now when writing it failed', async () => {
    picker(async () =>
      handle(async () => {
        throw abort()
      }),
    )
    const failed = { kind: 'failed', reason: 'Blocked by Safe Browsing.', emptied: true }
    expect(await save({ name: 'a.json', bytes })).toEqual(failed)
  })

  it('leaves a file that was not chosen just now as it was, and says why', async () => {
    vi.stubGlobal('window', {})
    const own = handle(async () => {
      throw abort()
    })
    const expected = new TextEncoder().encode('old')
    const failed = { kind: 'failed', reason: 'Blocked by Safe Browsing.' }
    expect(await save({ name: 'a.json', bytes, handle: own, expected })).toEqual(failed)
  })
})
