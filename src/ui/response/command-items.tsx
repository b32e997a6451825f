import { DropdownMenu } from 'radix-ui'
import { useDeck } from '../app/deck.ts'
import { MENU_ITEM } from '../widgets/menu.ts'
import type { CommandGroup, StreamCommand } from './stream-commands.ts'
import { useStreamCommand } from './use-stream-command.ts'

/** Groups of commands inside of a menu. */
export function CommandItems({
  groups,
  onDone,
}: {
  readonly groups: readonly CommandGroup[]
  onDone?: (command: StreamCommand) => void
}) {
  const { editable } = useDeck()
  const run = useStreamCommand()
  return groups.map(({ title, commands }) => (
    <DropdownMenu.Group key={title ?? ''} aria-label={title ?? 'Commands'}>
      {title && (
        <>
          <DropdownMenu.Separator className="my-1 border-t" />
          <DropdownMenu.Label className="px-2 pt-1 text-xs text-ink-3">{title}</DropdownMenu.Label>
        </>
      )}
      {commands.map((command) => (
        <DropdownMenu.Item
          key={command.label}
          className={MENU_ITEM}
          disabled={!editable}
          onSelect={() => {
            if (run(command)) onDone?.(command)
          }}
        >
          {command.name}
          {command.keys && (
            <span aria-hidden="true" className="text-xs text-ink-3">
              {command.keys}
            </span>
          )}
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Group>
  ))
}
