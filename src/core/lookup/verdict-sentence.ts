import type { LookUpCandidate, LookUpExact } from './answer.ts'
import type { Paste } from './paste.ts'

/** The answer in one or two sentences. */
export function verdictSentence(
  paste: Paste,
  exact: readonly LookUpExact[],
  candidates: readonly LookUpCandidate[],
  { isKnown, gaveUp }: { readonly isKnown: boolean; readonly gaveUp: boolean },
): string {
  const [there] = exact
  const isCut = (paste.requests[0]?.cut?.levels ?? 0) > 0
  if (there !== undefined && isCut && paste.hashes.length === 0) {
    return exact.length === 1
      ? 'A recording begins as what was pasted does.'
      : `${exact.length} recordings begin as what was pasted does.`
  }
  if (there !== undefined) {
    if (exact.some(({ found }) => found))
      return exact.length === 1 ? 'It is there.' : `It is there, ${exact.length} times.`
    return 'There is a file of this name, but the recorder does not find it.'
  }
  const [best] = candidates
  const tried = gaveUp
    ? 'What led to this hash was not found in the time that a search may take, so not all was tried.'
    : 'None of the changes that are usually made to a request leads from a recording to this hash.'
  if (best === undefined) {
    if (paste.hashes.length > 0) return `It is not there. ${tried} Paste the whole error, or the request.`
    return paste.problem ?? 'It is not there, and nothing in this folder is near to it.'
  }
  if (paste.problem !== undefined) {
    return 'This is no error and no request, only words: the recordings that ask them are listed.'
  }
  if (!best.compared) {
    const why = paste.hashes.length > 0 ? tried : 'What was asked is not known, so nothing can be compared.'
    return `It is not there. ${why} Paste the request as well to see what differs.`
  }
  if (best.differences.length === 0 && best.unhashed) {
    return 'A call like this is recorded: nothing that was said of it differs. It may have been given out already, since most recorders play each call once, or differ in what was not pasted.'
  }
  if (best.differences.length === 0) {
    return 'What was asked was recorded, but under a name that the recorder does not look for.'
  }
  const fields = [...new Set(best.differences.map(({ field }) => field))]
  const listed =
    fields.length > 3 ? `${fields.slice(0, 3).join(', ')} and ${fields.length - 3} more` : fields.join(', ')
  const how = best.certain && isKnown ? 'That is certain: with it the hash is reproduced.' : ''
  return `It is not there. The nearest recording differs in ${listed}. ${how}`.trim()
}
