import type { LookUpCandidate, RequestDifference } from './answer.ts'
import { weightOf } from './compare-candidate.ts'

/** Where a request says what it is about; all else is how it is asked. */
const ABOUT = /^\/(?:body|payload|kwargs)\/(?:messages|contents|inputs?|prompt|query|documents|texts)(?:\/|$)/

/** Above this share of a text, another text is asked. */
const OTHER_TEXT = 0.6
/** Characters of two values that say little. */
const SHORT = 60
/** Requests that differ in more are two requests. */
const HEAVIEST = 3.5

/**
 * Whether a recording may be the one that was meant, or only has a word or a model in common with what was asked.
 * `isLike`: by its test, its name or its words, which need no comparison.
 */
export function isNear(
  { compared, otherKind, differences }: Pick<LookUpCandidate, 'compared' | 'otherKind' | 'differences'>,
  isLike: boolean,
): boolean {
  if (isLike) return true
  if (!compared || otherKind) return false
  // something else asked of another place
  if (differences.some(isElsewhere) && differences.some(({ pointer }) => ABOUT.test(pointer))) return false
  return !differences.some(isAnotherQuestion) && weightOf(differences) <= HEAVIEST
}

function isElsewhere({ field, pointer }: RequestDifference): boolean {
  return field === 'url path' || pointer === '/url'
}

function isAnotherQuestion({ pointer, kind, share, was = '', is = '' }: RequestDifference): boolean {
  if (!ABOUT.test(pointer)) return false
  // an empty message is null for some
  return share === undefined ? kind === 'changed' && was.length + is.length > SHORT : share > OTHER_TEXT
}
