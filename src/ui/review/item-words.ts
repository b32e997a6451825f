import type { ReviewItem } from '../../core/review/review-item.ts'

/** Reasons that a row has room for. */
const MOST = 3

/** What became of a file, without the word that stands before it already. */
export function whatChanged({ verdict, note }: ReviewItem): string {
  if (verdict === undefined) return note ?? 'Waiting to be judged'
  const { kind, sentence, reasons } = verdict
  const isSaid = kind === 'behaviour' || kind === 'wording' || kind === 'request'
  if (!isSaid || reasons.length === 0) return sentence
  const more = reasons.length - MOST
  // a doubt has its place in the detail
  const said = reasons.slice(0, MOST).map((reason) => reason.replace(/ \(of the answer, or of .*\)$/, ''))
  return said.join(' · ') + (more > 0 ? ` · and ${more} more` : '')
}
