import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { useDeck, useStores } from '../app/deck.ts'
import { MENU, MENU_ITEM } from '../widgets/menu.ts'
import { CommandItems } from './command-items.tsx'
import { chunkCommands, type StreamCommand } from './stream-commands.ts'
import { useRecording } from './use-stream-command.ts'

/** Where a chunk's menu was asked for. */
export interface MenuAt {
  readonly chunk: number
  /** Client coordinates of its corner. */
  readonly x: number
  readonly y: number
  /** What has the focus again when it closes. */
  readonly from: HTMLElement
}

/** The one menu of all chunks: half a million rows have no menu each. */
export function ChunkMenu({
  at,
  onClose,
  onDone,
}: {
  readonly at: MenuAt
  onClose(): void
  onDone(command: StreamCommand): void
}) {
  const { editable } = useDeck()
  const { overlay } = useStores()
  const recording = useRecording()
  const opensDialog = useRef(false)
  const { chunk } = at
  const groups = chunkCommands(recording, chunk)
  const ask = (what: 'before' | 'after' | 'split') => () => {
    opensDialog.current = true
    overlay.set({
      kind: 'stream',
      task:
        what === 'split'
          ? { kind: 'split', chunk }
          : { kind: 'insert', position: what === 'before' ? chunk : chunk + 1 },
    })
  }
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger
        tabIndex={-1}
        aria-label={`Menu of chunk ${chunk}`}
        className="pointer-events-none fixed size-0 opacity-0"
        style={{ left: at.x, top: at.y }}
      />
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={`Chunk ${chunk}`}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={`${MENU} max-h-[70vh] overflow-y-auto`}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (!opensDialog.current && at.from.isConnected) at.from.focus()
          }}
        >
          {groups.length === 0 ? (
            <DropdownMenu.Label className="max-w-64 px-2 py-1.5 text-ink-2">
              This response was not recorded as a list of chunks: there is one, and it is changed by its
              fields.
            </DropdownMenu.Label>
          ) : (
            <>
              <DropdownMenu.Item className={MENU_ITEM} disabled={!editable} onSelect={ask('before')}>
                Insert before…
              </DropdownMenu.Item>
              <DropdownMenu.Item className={MENU_ITEM} disabled={!editable} onSelect={ask('after')}>
                Insert after…
              </DropdownMenu.Item>
              <DropdownMenu.Item className={MENU_ITEM} disabled={!editable} onSelect={ask('split')}>
                Split…
              </DropdownMenu.Item>
            </>
          )}
          <CommandItems groups={groups} onDone={onDone} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
