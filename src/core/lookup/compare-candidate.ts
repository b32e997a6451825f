import { type HashedRequest, hashedValue } from '../containers/llama-stack-json-key-request.ts'
import { CURRENT_RULES } from '../containers/llama-stack-json-key-request-rules.ts'
import type { LookUpCandidate, RequestDifference } from './answer.ts'
import { type CallKind, callKindOf, isOtherKind } from './call-kind.ts'
import type { Candidate } from './candidate.ts'
import { differencesOf } from './difference.ts'
import { harmlessBetween } from './harmless.ts'
import type { Ranked } from './nearest.ts'
import { offersFor } from './offers.ts'

/** What a recording is compared with. */
export interface Target {
  readonly request: HashedRequest
  readonly hash: string
  /** By the hash itself, or because all of the request was pasted. */
  readonly certain: boolean
  readonly olderRule?: string
  /** Only a part of the request was pasted, and the rest is taken from the recording. */
  readonly isPart?: boolean
}

/** More are not shown of one recording. */
const MOST_DIFFERENCES = 60

/** A candidate with its exact differences; without a target only with what made it one. */
export function compareCandidate(
  candidate: Candidate,
  { score, because, sameTest }: Omit<Ranked, 'at' | 'isLike'>,
  target: Target | undefined,
): LookUpCandidate {
  const { path } = candidate
  const base = { path, score, because, sameTest }
  if (target === undefined) {
    return { ...base, compared: false, differences: [], harmless: [], certain: false, offers: [] }
  }
  const { request, certain, olderRule, isPart } = target
  const offers = offersFor(candidate, target)
  const edits = offers.find((offer) => offer.kind !== 'rename')?.edits
  const differences = [
    ...differencesOf(candidate.hashed, hashedValue(request, CURRENT_RULES)),
    ...(olderRule === undefined ? [] : [ruleDifference(olderRule)]),
  ]
  const otherKind = isOtherKind(kindOf(candidate.request), kindOf(request))
  return {
    ...base,
    ...(otherKind && { otherKind, because: [...because, OTHER_KIND] }),
    compared: true,
    differences: differences.slice(0, MOST_DIFFERENCES),
    harmless: harmlessBetween(candidate.request, request),
    certain,
    offers: isPart ? [] : offers,
    ...(edits && { edits }),
  }
}

/** What is said of a candidate that cannot be the same call. */
export const OTHER_KIND = 'another kind of call'

function kindOf(request: HashedRequest): CallKind {
  return callKindOf(request.kind === 'tool' ? undefined : request.url, request.body)
}

function ruleDifference(past: string): RequestDifference {
  return {
    pointer: '',
    field: "recorder's rule",
    kind: 'changed',
    sentence: `recorder's rule: the hash that was asked for was made by an older recorder, which ${past}`,
  }
}

/** How much would have to change; the id of the test alone is little. */
export function weightOf(differences: readonly RequestDifference[]): number {
  return differences.reduce((sum, { field, kind, pointer, share, was = '', is = '' }) => {
    if (field === 'test id' || field === "recorder's rule") return sum + 0.4
    if (kind === 'type' || kind === 'moved') return sum + 0.5
    const isMessage = /^\/(?:body|payload)\/(?:messages|contents|input)/.test(pointer)
    if (share !== undefined) return sum + (isMessage ? 0.5 + 2 * share : 0.5 + share)
    // all that a message says is another thing, in another form
    if (kind === 'changed' && /^[[{]/.test(was) !== /^[[{]/.test(is)) return sum + 3
    return sum + (isMessage ? 2 : 1)
  }, 0)
}
