/** Whether a query can only find what another one found: one more letter, one more word. */
import { textMatch } from './matcher.ts'
import type { Query, Term, TextTerm } from './query.ts'

/** False where that is not certain. */
export function isNarrower(query: Query, than: Query): boolean {
  const terms = new Set(query.terms.map((term) => JSON.stringify(term)))
  return than.terms.every((term) => {
    if (isOfTheMoment(term)) return false
    if (terms.has(JSON.stringify(term))) return true
    return (
      term.kind === 'text' &&
      !term.negated &&
      query.terms.some((longer) => longer.kind === 'text' && !longer.negated && implies(longer, term))
    )
  })
}

/** An age is another one a moment later. */
function isOfTheMoment(term: Term): boolean {
  if (term.kind === 'any') return term.terms.some(isOfTheMoment)
  return term.kind === 'range' && term.field === 'age'
}

function implies(longer: TextTerm, shorter: TextTerm): boolean {
  // spaces stand for any number of spaces and line breaks
  if (/\s/.test(shorter.folded)) return false
  // a whole hash finds files that are named by its beginning, of which the shorter word need not be a part
  if (textMatch(longer).hash !== undefined)
    return !longer.folded.startsWith('rec-') && longer.folded.startsWith(shorter.folded)
  return longer.folded.includes(shorter.folded)
}
