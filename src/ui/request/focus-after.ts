import type { Conversation } from '../../core/cassette/conversation.ts'
import type { RequestCommand } from '../../core/cassette/request-edits.ts'
import { partsOf } from '../../core/cassette/request-labels.ts'
import { type Address, formatAddress, holderOf, within } from '../../core/text/address.ts'

/** The buttons that add, by the `data-focus` that they carry. */
export const ADD_MESSAGE = 'add-message'
export const ADD_TOOL = 'add-tool'
export const ADD_PARAMETER = 'add-parameter'

/** Where the focus belongs once the text has been read again: the first of these that is there. */
export function focusAfter(command: RequestCommand, after: Conversation): readonly string[] {
  const body = after.at ?? []
  switch (command.kind) {
    case 'add-message':
      return [formatAddress(within(body, 'messages', command.position))]
    case 'set-role':
      return [formatAddress(command.message)]
    case 'add-part':
    case 'add-tool-call': {
      const message = after.messages.find(({ at }) => formatAddress(at) === formatAddress(command.message))
      const wanted = command.kind === 'add-part' ? command.part : 'tool-call'
      const part = message && partsOf(message.parts).findLast(({ kind }) => kind === wanted)
      return [...(part?.item ? [formatAddress(part.item)] : []), formatAddress(command.message)]
    }
    case 'add-tool':
      return [formatAddress(within(body, 'tools', Math.max(0, after.tools.length - 1)))]
    case 'duplicate':
      return [neighbour(command.item, 1)]
    case 'move':
      return [neighbour(command.item, command.by)]
    case 'remove':
      return afterRemoval(command.item)
    case 'set-member':
      return command.json === undefined
        ? [ADD_PARAMETER]
        : [formatAddress(within(command.object, command.key))]
    case 'set-response-format':
      return []
  }
}

function neighbour(item: Address, by: number): string {
  const holder = holderOf(item)
  return holder === undefined ? '' : formatAddress(within(holder.at, Number(holder.token) + by))
}

/** What has moved up into the gap, else what stands before it, else what it was part of. */
function afterRemoval(item: Address): readonly string[] {
  const places = [formatAddress(item), neighbour(item, -1)]
  let holder = holderOf(item)
  while (holder !== undefined) {
    places.push(formatAddress(holder.at))
    if (holder.token === 'tools') places.push(ADD_TOOL)
    if (holder.token === 'messages') places.push(ADD_MESSAGE)
    holder = holderOf(holder.at)
  }
  return places
}
