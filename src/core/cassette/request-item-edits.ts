/** What is changed alike in the requests of every API: items of lists come, go and move, members are set. */
import { findJsonError } from '../syntax/json-error.ts'
import { insertItems, moveItem, removeItems, removeMember } from '../syntax/json-list.ts'
import { setMember } from '../syntax/json-member.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { editNode } from '../syntax/resolve.ts'
import { type Address, holderOf } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { RequestCommand } from './request-edits.ts'

type ItemCommand = Extract<RequestCommand, { kind: 'duplicate' | 'remove' | 'move' | 'set-member' }>

/** Lists that an API refuses when they are empty: the last item takes its list along. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(['tool_calls', 'tools'])

export function planItemCommand(document: JsonDocument, command: ItemCommand): readonly TextEdit[] {
  switch (command.kind) {
    case 'duplicate':
      return inHolder(document, command.item, duplicate)
    case 'remove':
      return removeItem(document, command.item)
    case 'move':
      return inHolder(document, command.item, (list, token) => {
        const from = positionIn(list, token)
        return moveItem(list, from, from + command.by)
      })
    case 'set-member':
      return editNode(document, command.object, (object) => setChecked(object, command.key, command.json))
  }
}

function setChecked(object: JsonNode, key: string, json: string | undefined): readonly TextEdit[] {
  if (key === '') throw new EditError('a name is needed')
  const problem = json === undefined ? undefined : findJsonError(json)
  if (problem !== undefined) throw new EditError(`this is no JSON value: ${problem.message}`)
  return setMember(object, key, json?.trim())
}

export function inHolder(
  document: JsonDocument,
  item: Address,
  change: (holder: JsonNode, token: string) => readonly TextEdit[],
): readonly TextEdit[] {
  const holder = holderOf(item)
  if (holder === undefined) throw new EditError('the whole document cannot be changed like this')
  // of what is gone nothing can be said; of what has become something else the revision tells
  editNode(document, item, () => [])
  return editNode(document, holder.at, (node) => change(node, holder.token))
}

export function positionIn(list: JsonNode, token: string): number {
  if (list.kind !== 'array') throw new EditError('this stands in no list')
  return Number(token)
}

function duplicate(list: JsonNode, token: string): readonly TextEdit[] {
  const position = positionIn(list, token)
  return [insertItems(list, position + 1, [list.item(position)?.raw ?? ''])]
}

function removeItem(document: JsonDocument, item: Address): readonly TextEdit[] {
  return inHolder(document, item, (holder, token) => {
    if (holder.kind === 'object') return removeMember(holder, token)
    const list = holderOf(holder.at)
    const isLast = holder.item(1) === undefined
    if (isLast && list && NEVER_EMPTY.has(list.token)) {
      return editNode(document, list.at, (owner) => removeMember(owner, list.token))
    }
    return [removeItems(holder, positionIn(holder, token))]
  })
}

/** The first name of a kind that is not taken. */
export function freeName(stem: string, taken: ReadonlySet<string | undefined>): string {
  let number = 1
  while (taken.has(`${stem}${number}`)) number++
  return `${stem}${number}`
}
