import { chunkAt } from '../../core/cassette/chunk-at.ts'
import type { JsonNode } from '../../core/syntax/json-node.ts'
import { spanInFile } from '../../queries/core-door.ts'
import type { Deck, TextRange } from './deck.ts'

/** Where a value stands in the text that the source pane shows: the file's own, or for a file that is no text its JSON. */
export function placeInSource(
  { draft, view, document }: Pick<Deck, 'draft' | 'view' | 'document'>,
  { start, end }: Pick<JsonNode, 'start' | 'end'>,
): TextRange | undefined {
  return draft.base.bytes ? { start, end } : spanInFile(view.text, document, { start, end })
}

/** The chunk at a place of that text. */
export function chunkAtSource(deck: Deck, offset: number): number | undefined {
  const { draft, document, view, interaction } = deck
  const { chunkNodes } = interaction.stream
  if (draft.base.bytes || document.text === view.text) return chunkAt(document, chunkNodes, offset)
  // chunks stand in the file in their order; one that stands nowhere in it ends the search
  let low = 0
  let high = chunkNodes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const span = spanInFile(view.text, document, document.node(chunkNodes[middle] ?? 0))
    if (span === undefined) return undefined
    if (offset < span.start) high = middle - 1
    else if (offset > span.end) low = middle + 1
    else return middle
  }
  return undefined
}
