import type { JsonNode } from '../../core/syntax/json-node.ts'
import { editNode } from '../../core/syntax/resolve.ts'
import type { Address } from '../../core/text/address.ts'
import type { TextEdit } from '../../core/text/edit.ts'
import { useDeck } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import { useRequestEditing } from './request-editing.ts'

/** Plans a change of one schema as a named step; a refusal is said in passing and returned. */
export function useSchemaChange(): (
  label: string,
  at: Address,
  plan: (node: JsonNode) => readonly TextEdit[],
  focus?: readonly string[],
) => string | undefined {
  const { edit } = useDeck()
  const editing = useRequestEditing()
  return (label, at, plan, focus) => {
    const refusal = edit(label, (document) => editNode(document, at, plan))
    if (refusal !== undefined && focus !== undefined) notify(refusal, 'error')
    else if (refusal === undefined && focus !== undefined) editing?.focusNext(focus)
    return refusal
  }
}
