import type { JsonDocument } from '../syntax/json-node.ts'

/** The chunk whose data holds a character of the file; undefined for a character outside all chunks. */
export function chunkAt(document: JsonDocument, chunkNodes: Int32Array, offset: number): number | undefined {
  let low = 0
  let high = chunkNodes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const node = document.node(chunkNodes[middle] ?? 0)
    if (offset < node.start) high = middle - 1
    else if (offset > node.end) low = middle + 1
    else return middle
  }
  return undefined
}
