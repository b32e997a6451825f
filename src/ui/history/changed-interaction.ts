import type { Interaction } from '../../core/cassette/cassette.ts'
import { spanOf } from '../../core/syntax/resolve.ts'
import { type CassetteView, shownIn } from '../../workspace/view.ts'

/**
 * Which interaction to tell the changes of: the one on screen if it is another one than before, else the first that is.
 * What changed in the others is told by its place.
 */
export function changedInteraction(
  before: CassetteView | undefined,
  after: CassetteView | undefined,
  onScreen: number,
): number {
  const count = after?.cassette?.interactions.length ?? 0
  const others = Array.from({ length: count }, (_, position) => position).filter((at) => at !== onScreen)
  return [onScreen, ...others].find((at) => textAt(before, at) !== textAt(after, at)) ?? onScreen
}

function textAt(view: CassetteView | undefined, position: number): string | undefined {
  const shown = shownIn(view, position)
  return shown?.position === position ? textOf(shown.document, shown.interaction) : undefined
}

function textOf(document: NonNullable<CassetteView['document']>, { at }: Interaction): string | undefined {
  const span = spanOf(document, at)
  return span && document.text.slice(span.start, span.end)
}
