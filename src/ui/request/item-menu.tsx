import { ChevronRight, Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { RequestCommand } from '../../core/cassette/request-edits.ts'
import { type Address, formatAddress } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { MENU, MENU_ITEM } from '../widgets/menu.ts'
import { keepFocus, useRequestEditing } from './request-editing.ts'

/** Hidden until it is pointed at or focused; always there where nothing can hover. */
const TRIGGER =
  'grid size-6 shrink-0 place-items-center rounded-md text-ink-3 opacity-0 hover:bg-sunk hover:text-ink focus-visible:opacity-100 data-[state=open]:bg-sunk data-[state=open]:opacity-100 aria-disabled:cursor-not-allowed pointer-coarse:size-10 pointer-coarse:opacity-100'

/** The menu of a message, a part or a tool. Its content is built when it opens. */
export function ItemMenu({
  name,
  item,
  className = '',
  children,
}: {
  /** What it changes, as in "Change <name>". */
  readonly name: string
  readonly item: Address
  readonly className?: string
  readonly children: () => ReactNode
}) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  const [open, setOpen] = useState(false)
  if (editing === undefined) return null
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => setOpen(next && editable)}>
      <DropdownMenu.Trigger
        aria-label={`Change ${name}`}
        title={`Change ${name}`}
        data-focus={formatAddress(item)}
        aria-disabled={!editable}
        className={`${TRIGGER} ${className}`}
      >
        <Ellipsis size={14} aria-hidden />
      </DropdownMenu.Trigger>
      {open && (
        <DropdownMenu.Portal container={editing.layer}>
          <DropdownMenu.Content align="end" sideOffset={2} loop className={MENU} onCloseAutoFocus={keepFocus}>
            {children()}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      )}
    </DropdownMenu.Root>
  )
}

export function Separator() {
  return <DropdownMenu.Separator className="my-1 border-t" />
}

/** One command; `disabled` where it cannot be done here. */
export function CommandItem({
  command,
  disabled = false,
  children,
}: {
  readonly command: RequestCommand
  readonly disabled?: boolean
  readonly children: ReactNode
}) {
  const editing = useRequestEditing()
  return (
    <DropdownMenu.Item className={MENU_ITEM} disabled={disabled} onSelect={() => editing?.act(command)}>
      {children}
    </DropdownMenu.Item>
  )
}

/** A few commands behind one word. */
export function SubMenu({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const editing = useRequestEditing()
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={`${MENU_ITEM} data-[state=open]:bg-sunk`}>
        {title}
        <ChevronRight size={13} aria-hidden className="-mr-1 text-ink-3" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal container={editing?.layer ?? null}>
        <DropdownMenu.SubContent loop sideOffset={2} collisionPadding={4} className={`${MENU} min-w-36!`}>
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}

/** What can be done to every item of a list. */
export function ListCommands({
  item,
  first,
  last,
}: {
  readonly item: Address
  readonly first: boolean
  readonly last: boolean
}) {
  return (
    <>
      <CommandItem command={{ kind: 'duplicate', item }}>Duplicate</CommandItem>
      <CommandItem command={{ kind: 'move', item, by: -1 }} disabled={first}>
        Move up
      </CommandItem>
      <CommandItem command={{ kind: 'move', item, by: 1 }} disabled={last}>
        Move down
      </CommandItem>
      <CommandItem command={{ kind: 'remove', item }}>Remove</CommandItem>
    </>
  )
}
