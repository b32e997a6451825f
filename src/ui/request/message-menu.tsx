import { Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ContentPart, Message } from '../../core/cassette/conversation.ts'
import { type Address, formatAddress, holderOf } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { MENU } from '../widgets/menu.ts'
import { ADD_MESSAGE } from './focus-after.ts'
import { CommandItem, ItemMenu, ListCommands, Separator, SubMenu } from './item-menu.tsx'
import { keepFocus, useRequestEditing } from './request-editing.ts'

/** What can be done to a message; `position` counts from 1. */
export function MessageMenu({
  message,
  position,
  count,
}: {
  readonly message: Message
  readonly position: number
  readonly count: number
}) {
  const editing = useRequestEditing()
  if (editing === undefined) return null
  const { edits } = editing
  const { at, role } = message
  return (
    <ItemMenu
      name={`message ${position}`}
      item={at}
      className="-my-0.5 group-hover/message:opacity-100 md:absolute md:top-0 md:-right-3 pointer-coarse:-my-2"
    >
      {() => (
        <>
          <SubMenu title="Add message before">
            <Roles position={position - 1} />
          </SubMenu>
          <SubMenu title="Add message after">
            <Roles position={position} />
          </SubMenu>
          <Separator />
          {edits.parts.map((part) => (
            <CommandItem key={part} command={{ kind: 'add-part', message: at, part }}>
              Add {part}
            </CommandItem>
          ))}
          {edits.callers.includes(role) && (
            <CommandItem command={{ kind: 'add-tool-call', message: at }}>Add tool call</CommandItem>
          )}
          <Separator />
          <SubMenu title="Role">
            {edits.roles.map((other) => (
              <CommandItem
                key={other}
                command={{ kind: 'set-role', message: at, role: other }}
                disabled={other === role}
              >
                {other}
              </CommandItem>
            ))}
          </SubMenu>
          <ListCommands item={at} first={position === 1} last={position === count} />
        </>
      )}
    </ItemMenu>
  )
}

function Roles({ position }: { readonly position: number }) {
  const roles = useRequestEditing()?.edits.roles ?? []
  return roles.map((role) => (
    <CommandItem key={role} command={{ kind: 'add-message', role, position }}>
      {role}
    </CommandItem>
  ))
}

/** Stands below the last message. */
export function AddMessage() {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  if (editing === undefined) return null
  return (
    <div className="border-b px-5 py-1.5 md:pl-[104px] max-md:px-4">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button data-focus={ADD_MESSAGE} aria-disabled={!editable} className="-ml-2.5 text-sm text-ink-3">
            <Plus size={13} aria-hidden />
            Add message
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={editing.layer}>
          <DropdownMenu.Content
            align="start"
            sideOffset={2}
            loop
            className={MENU}
            onCloseAutoFocus={keepFocus}
          >
            <Roles position={editing.conversation.messages.length} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}

/** What can be done to a part; one that is no item of a list can only be removed. */
export function PartMenu({
  part,
  name,
  siblings,
}: {
  readonly part: ContentPart
  readonly name: string
  /** The parts beside it, itself included. */
  readonly siblings: readonly ContentPart[]
}) {
  const { item } = part
  if (item === undefined) return null
  const list = listOf(item)
  const kin = siblings.filter((other) => other.item && listOf(other.item) === list)
  const place = kin.indexOf(part)
  const isItem = /^\d+$/.test(holderOf(item)?.token ?? '')
  return (
    <ItemMenu
      name={name}
      item={item}
      className="absolute -top-0.5 right-0 group-focus-within/part:opacity-100 group-hover/part:opacity-100 pointer-coarse:-top-2.5"
    >
      {() =>
        isItem ? (
          <ListCommands item={item} first={place === 0} last={place === kin.length - 1} />
        ) : (
          <CommandItem command={{ kind: 'remove', item }}>Remove</CommandItem>
        )
      }
    </ItemMenu>
  )
}

/** Names the list that an item stands in. */
function listOf(item: Address): string | undefined {
  const holder = holderOf(item)
  return holder && formatAddress(holder.at)
}
