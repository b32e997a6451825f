import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { useDeck, useStores } from '../app/deck.ts'
import type { StreamTask } from '../app/stream-task.ts'
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
  const asked = useRef<StreamTask>(undefined)
  const { chunk } = at
  const groups = chunkCommands(recording, chunk)
  const ask = (task: StreamTask) => () => {
    asked.current = task
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
            // first the focus, so that a dialog gives it back to the row
            if (at.from.isConnected) at.from.focus()
            if (asked.current) overlay.set({ kind: 'stream', task: asked.current })
          }}
        >
          {groups.length === 0 ? (
            <DropdownMenu.Label className="max-w-64 px-2 py-1.5 text-ink-2">
              This response was not recorded as a list of chunks: there is one, and it is changed by its
              fields.
            </DropdownMenu.Label>
          ) : (
            <>
              <DropdownMenu.Item
                className={MENU_ITEM}
                disabled={!editable}
                onSelect={ask({ kind: 'insert', position: chunk })}
              >
                Insert before…
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={MENU_ITEM}
                disabled={!editable}
                onSelect={ask({ kind: 'insert', position: chunk + 1 })}
              >
                Insert after…
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={MENU_ITEM}
                disabled={!editable}
                onSelect={ask({ kind: 'split', chunk })}
              >
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
