/** Differences by what they come to, and the sentences about them. */

/** From the least to the worst. `noise`: of nothing that anybody asked or answered. */
export const WEIGHTS = ['noise', 'request', 'wording', 'behaviour'] as const
export type Weight = (typeof WEIGHTS)[number]

/** Why two recordings are not the same: a sentence without its full stop. */
export interface Reason {
  readonly weight: Weight
  readonly sentence: string
}

export function reason(weight: Weight, sentence: string): Reason {
  return { weight, sentence }
}

export function worstOf(weights: Iterable<Weight>): Weight {
  let worst = 0
  for (const weight of weights) worst = Math.max(worst, WEIGHTS.indexOf(weight))
  return WEIGHTS[worst] ?? 'noise'
}

/** The worst first; what is as bad keeps its order. */
export function worstFirst(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.toSorted((a, b) => WEIGHTS.indexOf(b.weight) - WEIGHTS.indexOf(a.weight))
}
