import type { Library } from '../../workspace/library.ts'
import { useStores } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { sizeWords } from './entry-words.ts'

/** How far the reading is, with the way to stop it; nothing once all is read. */
export function LibraryProgressBar({ library }: { readonly library: Library }) {
  const { shelf } = useStores()
  const { status, progress } = library
  if (status === 'ready') return null
  if (status === 'failed') {
    return (
      <p role="alert" className="border-b bg-error-wash px-4 py-1.5">
        {library.problem}
      </p>
    )
  }
  const { files, listed, done } = progress
  const share = files === 0 ? 0 : done / files
  if (status === 'cancelled') {
    return (
      <p role="status" className="flex items-center gap-3 border-b bg-sunk px-4 py-1">
        Stopped after {done.toLocaleString('en')} of {files.toLocaleString('en')}
        {listed ? '' : ' or more'} files. What was read is here.
        <Button onClick={() => shelf.refresh()}>Go on</Button>
      </p>
    )
  }
  return (
    <div className="flex items-center gap-3 border-b bg-pane px-4 py-1">
      <progress
        aria-label="Reading the folder"
        value={listed ? share : undefined}
        max={1}
        className="library-progress h-1 min-w-24 flex-1 indeterminate:motion-safe:animate-pulse [&:indeterminate::-webkit-progress-bar]:bg-tape/45"
      />
      <span data-testid="library-progress" className="whitespace-nowrap text-ink-2 tabular-nums">
        {done.toLocaleString('en')} of {files.toLocaleString('en')}
        {listed ? '' : '+'} files
        <span className="text-ink-3 max-sm:hidden">
          {' '}
          · {sizeWords(progress.bytes)}
          {progress.cached > 0 && ` · ${progress.cached.toLocaleString('en')} from the last visit`}
        </span>
      </span>
      <Button onClick={() => shelf.cancel()}>Cancel</Button>
    </div>
  )
}
