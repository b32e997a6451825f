import { type Ref, useImperativeHandle, useRef } from 'react'
import { useStores } from './deck.ts'
import type { Opener } from './use-opener.ts'

/** Opens the browser's own dialogs. */
export interface FileDialogs {
  pickFiles(): void
  /** Through a field, as all browsers have it: the files as they are now. */
  pickFolder(): void
  /** With a handle, where the browser has such: it can be looked into again, on the next visit too, and saved into. */
  pickDirectory(): Promise<void>
}

/** The two hidden inputs behind "Open" and "Open folder". */
export function FileInputs({ opener, ref }: { readonly opener: Opener; readonly ref: Ref<FileDialogs> }) {
  const { browser } = useStores()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => ({
    pickFiles: () => files.current?.click(),
    pickFolder: () => folder.current?.click(),
    pickDirectory: async () => {
      const picked = await browser.pickFolder()
      if (picked === undefined) folder.current?.click()
      else if (picked !== 'cancelled') opener.trees([picked])
    },
  }))
  const take = async (input: HTMLInputElement, isFolder: boolean): Promise<void> => {
    const chosen = browser.filesOfInput(input.files, isFolder)
    // the same file can be chosen again
    input.value = ''
    await opener.chosen(await chosen)
  }
  return (
    <div hidden>
      <input
        ref={files}
        type="file"
        multiple
        aria-label="Files to open"
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget, false)}
      />
      <input
        ref={folder}
        type="file"
        // React has no name of its own for this attribute
        {...{ webkitdirectory: '' }}
        aria-label="Folder to open"
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget, true)}
      />
    </div>
  )
}
