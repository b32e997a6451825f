import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { useDeck, useStores } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { MENU, MENU_ITEM } from '../widgets/menu.ts'
import { CommandItems } from './command-items.tsx'
import { answerCommands } from './stream-commands.ts'
import { useRecording } from './use-stream-command.ts'

/** What can be done to the answer as a whole: another text, or another end. */
export function AnswerMenu() {
  const { interaction, editable } = useDeck()
  const { overlay } = useStores()
  const recording = useRecording()
  const trigger = useRef<HTMLButtonElement>(null)
  const asks = useRef(false)
  const { tracks } = interaction.stream
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          ref={trigger}
          aria-label="Change the answer"
          className="h-6 px-2 text-sm max-sm:-mr-2 pointer-coarse:h-9"
        >
          Change <ChevronDown aria-hidden="true" size={12} className="-mr-1" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label="Change the answer"
          align="end"
          sideOffset={4}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // first the focus, so that the dialog gives it back to the button
            trigger.current?.focus()
            if (asks.current) overlay.set({ kind: 'stream', task: { kind: 'replace', track: 0 } })
            asks.current = false
          }}
          collisionPadding={8}
          className={`${MENU} max-h-[70vh] max-w-[90vw] overflow-y-auto`}
        >
          {tracks.length > 0 && (
            <DropdownMenu.Item
              className={MENU_ITEM}
              disabled={!editable}
              onSelect={() => {
                asks.current = true
              }}
            >
              Replace the whole text…
            </DropdownMenu.Item>
          )}
          <CommandItems groups={answerCommands(recording)} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
