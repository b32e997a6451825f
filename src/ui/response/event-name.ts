import type { Interaction } from '../../core/cassette/cassette.ts'
import type { JsonDocument } from '../../core/syntax/json-node.ts'

/** Members by which a payload says itself what kind of event it is. */
const KIND_MEMBERS = ['type', 'event', 'event_type', 'object'] as const

/** The name of a chunk's event, where it says more than the payload does; every stream has "message". */
export function tellingEvent(
  document: JsonDocument,
  { stream }: Interaction,
  index: number,
): string | undefined {
  const name = stream.events?.[index]
  const id = stream.chunkNodes[index]
  if (!name || name === 'message' || id === undefined) return undefined
  const payload = document.node(id)
  return KIND_MEMBERS.some((member) => payload.get(member)?.string() === name) ? undefined : name
}
