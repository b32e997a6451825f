import { JsonDocument, type JsonNode } from '../syntax/json-node.ts'
import { EditError } from '../text/edit.ts'

/** JSON that somebody wrote. Throws `EditError` when it is none. */
export function parsedJson(json: string): JsonNode {
  const { root, index } = JsonDocument.of(json)
  if (root === undefined || !index.valid) throw new EditError('this would be no JSON any more')
  return root
}
