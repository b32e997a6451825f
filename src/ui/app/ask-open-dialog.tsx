import { losesWork } from '../../workspace/typing.ts'
import { Button } from '../widgets/button.tsx'
import { type Overlay, useSelect, useStores } from './deck.ts'
import { Body } from './dialog-parts.tsx'
import type { Opener } from './use-opener.ts'

/** Files came while others are open. */
export function AskOpen({
  overlay,
  opener,
  close,
}: {
  readonly overlay: Extract<Overlay, { kind: 'ask-open' }>
  readonly opener: Opener
  close(): void
}) {
  const { session, typing, overlay: store } = useStores()
  const typed = useSelect(typing, (all) => all)
  const changed = useSelect(
    session.state,
    ({ drafts: open }) => open.filter((draft) => losesWork(draft, typed)).length,
  )
  const current = useSelect(session.state, (value) => value.current)
  const { drafts } = overlay
  const what = drafts.length === 1 ? (drafts[0]?.name ?? 'the file') : `${drafts.length} files`
  return (
    <Body title={drafts.length === 1 ? 'Open this file' : `Open ${drafts.length} files`}>
      <p className="recorded truncate text-ink-2">{what}</p>
      {changed > 0 && (
        <p className="text-error">
          {changed === 1 ? 'One open cassette has' : `${changed} open cassettes have`} unsaved changes;
          replacing would lose them.
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        {drafts.length === 1 && current !== undefined && (
          <Button
            tone="outline"
            onClick={() => {
              opener.add(drafts)
              store.set({ kind: 'compare', otherId: current })
            }}
          >
            Compare
          </Button>
        )}
        <Button
          tone="outline"
          onClick={() => {
            close()
            opener.replace(drafts)
          }}
        >
          Replace
        </Button>
        <Button
          tone="main"
          autoFocus
          onClick={() => {
            close()
            opener.add(drafts)
          }}
        >
          Add
        </Button>
      </div>
    </Body>
  )
}
