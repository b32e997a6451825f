import { type Draft, holdsWork } from './draft.ts'
import type { TypedField } from './journal.ts'

/** What stands in open, touched fields, by draft id. */
export type TypedFields = ReadonlyMap<string, readonly TypedField[]>

/** Whether something is lost with the draft: in itself, or in a field that is open or has not come back. */
export function losesWork(draft: Draft, typed: TypedFields): boolean {
  return holdsWork(draft) || typed.has(draft.id)
}

export function noteTyped(all: TypedFields, draftId: string, field: TypedField): TypedFields {
  const others = (all.get(draftId) ?? []).filter(({ id }) => id !== field.id)
  return new Map(all).set(draftId, [...others, field])
}

/** The same when there was no such field. */
export function forgetTyped(all: TypedFields, draftId: string, fieldId: string): TypedFields {
  const fields = all.get(draftId)
  const rest = fields?.filter(({ id }) => id !== fieldId)
  if (fields === undefined || rest === undefined || rest.length === fields.length) return all
  const next = new Map(all)
  if (rest.length > 0) next.set(draftId, rest)
  else next.delete(draftId)
  return next
}
