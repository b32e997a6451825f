import type { ExcerptPart } from '../compare/excerpt.ts'

/** One difference between what was recorded and what was asked. Plain data. */
export interface RequestDifference {
  /** Where, in what is hashed: "/body/messages/2/content". Positions are those of the request that was asked. */
  readonly pointer: string
  /** The same in words: "temperature", "message 3 (user)", "tool get_weather: description", "test id". */
  readonly field: string
  /** `type`: the same number as an integer and as a float, which are hashed differently. */
  readonly kind: 'changed' | 'added' | 'removed' | 'type' | 'moved'
  /** What was recorded, shortened, with what cannot be seen made visible; absent where it was added. */
  readonly was?: string
  /** What was asked; absent where it was removed. */
  readonly is?: string
  /** "temperature: 0.0 was recorded, 0 was asked: Python hashes a float and an integer differently". */
  readonly sentence: string
  /** For texts: how much of them differs, 0 to 1. */
  readonly share?: number
  /** For texts: what of the difference cannot be seen, in words. */
  readonly unseen?: string
  /** For texts: the words that differ, and some around them. */
  readonly excerpt?: readonly ExcerptPart[]
}

/** A value of the recording to be written, or taken away where there is no `json`. */
export interface OfferedEdit {
  /** In the file: "/request/body/temperature". */
  readonly pointer: string
  readonly json?: string
}

/** What can be done so that the recorder finds the recording. Plain data. */
export type Offer =
  /** The file holds what was asked, under a name that nobody looks for any more. `to` is a path. */
  | { readonly kind: 'rename'; readonly path: string; readonly to: string; readonly sentence: string }
  /** The recording becomes one of what was asked: `edits` of its request, its ids and then its name follow. */
  | {
      readonly kind: 'edit'
      readonly path: string
      readonly to: string
      readonly edits: readonly OfferedEdit[]
      readonly sentence: string
    }
  /** The same in a copy: who asked for the recording as it is still finds it. */
  | {
      readonly kind: 'copy'
      readonly path: string
      readonly to: string
      readonly edits: readonly OfferedEdit[]
      readonly sentence: string
    }

/** A recording whose name is the hash that was looked for. */
export interface LookUpExact {
  readonly path: string
  /** One sentence each: that it is there, and what may be wrong with it nevertheless. */
  readonly sentences: readonly string[]
  /** Whether the recorder finds it there, as far as can be told from here. */
  readonly found: boolean
}

/** A recording that may have been meant. */
export interface LookUpCandidate {
  readonly path: string
  /** 0 to 1: how much it looks like what was asked, before it was read. */
  readonly score: number
  /** Why, each a few words: "same test", "same model". */
  readonly because: readonly string[]
  readonly sameTest: boolean
  /** What was asked is another kind of call, by its URL or by what its body holds. */
  readonly otherKind?: true
  /** Whether what was asked is known, so that `differences` are all there are. */
  readonly compared: boolean
  readonly differences: readonly RequestDifference[]
  /** Its recorder compares the calls themselves, so there is no hash to prove it. */
  readonly unhashed?: true
  /** What differs and is not hashed, each a sentence without its full stop. */
  readonly harmless: readonly string[]
  /** The differences are proved: with them the request hashes to what was looked for. */
  readonly certain: boolean
  /** None where only the beginning of the request is known: its hash is not. */
  readonly offers: readonly Offer[]
  /** What of the recording's request would be written otherwise for it to be what was asked. */
  readonly edits?: readonly OfferedEdit[]
}

/** The answer to "Why was it not found?". Plain data. */
export interface LookUp {
  /** What was recognised in the paste, in words, a few each: "hash 0f3a1c…", "test test_x[a]", "a curl command". */
  readonly understood: readonly string[]
  /** Recordings whose name is the hash, or that of the request. Empty: it is not there. */
  readonly exact: readonly LookUpExact[]
  /** Those that may have been meant, the best first. */
  readonly candidates: readonly LookUpCandidate[]
  /** Where there are none: a few that only have a model or some words in common with what was asked. */
  readonly alike: readonly LookUpCandidate[]
  /** Paths of the recordings of the test that was named. */
  readonly recordingsOfTest: readonly string[]
  /** The sentence above it all: "It is there.", "Not there. The nearest differs in temperature." */
  readonly verdict: string
  /** What else is to be known of the answer, a sentence each: that the paste breaks off. */
  readonly notes: readonly string[]
  /** What was asked, as JSON, where it is known: for a comparison with a candidate. */
  readonly asked?: string
  /** Why there are no candidates; a sentence. */
  readonly nothing?: string
}
