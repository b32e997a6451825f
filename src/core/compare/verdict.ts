/** What the difference between two recordings comes to. */
import type { Reason, Weight } from './meaning-words.ts'
import { worstFirst, worstOf } from './meaning-words.ts'

/**
 * From the least to the worst. `request`: what was asked differs, the answer means the same. `noise`: only ids, times,
 * padding, cutting into chunks and the like. `unreadable`: one of the two is no recording (any more).
 */
export const VERDICTS = ['identical', 'noise', 'request', 'wording', 'behaviour', 'unreadable'] as const
export type VerdictKind = (typeof VERDICTS)[number]

/** Plain data. */
export interface FileVerdict {
  readonly kind: VerdictKind
  /** "Behaviour: tool call get_weather removed", "Only ids, times and padding differ". */
  readonly sentence: string
  /** Why, the worst first, each a sentence without its full stop. */
  readonly reasons: readonly string[]
  /** Whether what was asked differs, whatever the answer. */
  readonly requestChanged: boolean
}

export const IDENTICAL: FileVerdict = {
  kind: 'identical',
  sentence: 'Identical, byte for byte',
  reasons: [],
  requestChanged: false,
}

export function unreadable(sentence: string, reasons: readonly string[] = []): FileVerdict {
  return { kind: 'unreadable', sentence, reasons, requestChanged: false }
}

/** The verdict on files that differ, for these reasons. `noise`: what else differs, in words. */
export function verdictFor(reasons: readonly Reason[], noise: NoiseWords): FileVerdict {
  const kind: Weight = worstOf(reasons.map(({ weight }) => weight))
  const sorted = worstFirst(reasons)
  const said = sorted.map(({ sentence }) => sentence)
  const requestChanged = reasons.some(({ weight }) => weight === 'request')
  const [first = ''] = said
  switch (kind) {
    case 'behaviour':
      return { kind, sentence: `Behaviour: ${first}`, reasons: said, requestChanged }
    case 'wording':
      return { kind, sentence: `Wording only: ${first}`, reasons: said, requestChanged }
    case 'request':
      return {
        kind,
        sentence: 'The request differs, the answer means the same',
        reasons: said,
        requestChanged,
      }
    case 'noise':
      return { kind, sentence: noise.sentence, reasons: [...said, ...noise.reasons], requestChanged }
  }
}

export interface NoiseWords {
  readonly sentence: string
  readonly reasons: readonly string[]
}
