import { type Ref, useImperativeHandle, useRef } from 'react'
import { useStores } from './deck.ts'
import type { Opener } from './use-opener.ts'

/** Opens the browser's own dialogs. */
export interface FileDialogs {
  pickFiles(): void
  pickFolder(): void
}

/** The two hidden inputs behind "Open" and "Open folder". */
export function FileInputs({ opener, ref }: { readonly opener: Opener; readonly ref: Ref<FileDialogs> }) {
  const { browser } = useStores()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => ({
    pickFiles: () => files.current?.click(),
    pickFolder: () => folder.current?.click(),
  }))
  const take = (input: HTMLInputElement, isFolder: boolean): void => {
    const chosen = browser.filesOfInput(input.files, isFolder)
    // the same file can be chosen again
    input.value = ''
    if (chosen.length > 0) void opener.files(chosen)
  }
  return (
    <div hidden>
      <input
        ref={files}
        type="file"
        multiple
        aria-label="Files to open"
        tabIndex={-1}
        onChange={(event) => take(event.currentTarget, false)}
      />
      <input
        ref={folder}
        type="file"
        // React has no name of its own for this attribute
        {...{ webkitdirectory: '' }}
        aria-label="Folder to open"
        tabIndex={-1}
        onChange={(event) => take(event.currentTarget, true)}
      />
    </div>
  )
}
