import { hashedValue } from '../containers/llama-stack-json-key-request.ts'
import { CURRENT_RULES } from '../containers/llama-stack-json-key-request-rules.ts'
import { hashOfValue } from '../containers/llama-stack-json-key-trial.ts'
import type { IndexedEntry } from '../library/entry.ts'
import type { LookUp, LookUpCandidate, LookUpExact } from './answer.ts'
import { type Asked, askedOf, completedBy, wholeRequest } from './asked.ts'
import { type Candidate, candidateOf, hashInName, isHash, LLAMA_STACK } from './candidate.ts'
import { compareCandidate, type Target, weightOf } from './compare-candidate.ts'
import { pythonJson } from './difference.ts'
import { exactOf } from './exact.ts'
import { isNear } from './near.ts'
import { NAMED_CASSETTE, type Ranked, rankCandidates } from './nearest.ts'
import { recordingJson } from './offers.ts'
import { compareOther } from './other-recorders.ts'
import type { Paste } from './paste.ts'
import { textsOf } from './request-texts.ts'
import { type FoundBy, pasteOf, roundsOf, searchAsked, surroundingsOf } from './search-asked.ts'
import { notesOf, understoodOf } from './understood.ts'
import { verdictSentence } from './verdict-sentence.ts'

export type { LookUp } from './answer.ts'

export interface LookUpOptions {
  readonly signal?: AbortSignal
  /** Told how many steps of a search by hash are done, of how many: a recording read, or one tried in one way. */
  readonly progress?: (done: number, all: number) => void
  /** Milliseconds after which a search by hash gives up. */
  readonly patience?: number
}

type Read = (path: string) => Promise<string | undefined>

/** Recordings that are read to be compared: the best, and all of the test up to the second figure. */
const MOST_READ = 60
const MOST_OF_TEST = 400
/** However long they take. */
const LEAST_READ = 8
/** Read where there is a hash and nothing else to go by. */
const MOST_READ_BLINDLY = 3000
/** Bytes of those: they are held until the search is over. */
const MOST_BYTES_BLINDLY = 150_000_000
const MOST_SHOWN = 40
/** Shown where nothing is near. */
const MOST_ALIKE = 3
const LEAST_ALIKE = 0.12
/** Milliseconds: by then all that is likely has been tried among thousands of recordings. */
const PATIENCE = 20_000
/** Milliseconds between two turns that are left to others. */
const TURN = 40

/** Finds out why a recording was not found. `read` gives a file's text, undefined where it cannot be read. */
export async function lookUp(
  paste: Paste,
  entries: readonly IndexedEntry[],
  read: Read,
  options: LookUpOptions = {},
): Promise<LookUp> {
  return new Search(paste, entries, read, options).answer()
}

class Search {
  readonly #paste: Paste
  readonly #entries: readonly IndexedEntry[]
  readonly #read: Read
  readonly #options: LookUpOptions
  readonly #texts = new Map<string, string>()
  readonly #loaded = new Map<string, Candidate>()
  #turn = performance.now()
  #gaveUp = false

  constructor(paste: Paste, entries: readonly IndexedEntry[], read: Read, options: LookUpOptions) {
    this.#paste = paste
    this.#entries = entries
    this.#read = read
    this.#options = options
  }

  async answer(): Promise<LookUp> {
    const paste = this.#paste
    const asked = askedOf(paste)
    let ranked = this.#ranked(paste)
    const whole = asked && wholeRequest(asked)
    const ownHash = whole && hashOfValue(hashedValue(whole, CURRENT_RULES))
    const wanted = paste.hashes.length > 0 ? paste.hashes : ownHash === undefined ? [] : [ownHash]
    const exact = await this.#exact(wanted, asked)
    let foundBy: string | undefined
    let target: Target | undefined =
      whole &&
      ownHash !== undefined &&
      (paste.hashes.length === 0 || wanted.some((hash) => isHash(hash, ownHash)))
        ? { request: whole, hash: ownHash, certain: true }
        : undefined
    if (target === undefined && paste.hashes.length > 0 && exact.length === 0) {
      const found = await this.#search(ranked, asked)
      if (found !== undefined) {
        target = { ...found, certain: true }
        foundBy = found.path
        const words = textsOf(pythonJson(target.request.body))
        ranked = this.#ranked(pasteOf(paste, target.request, words))
      }
    }
    const compared = await this.#compare(ranked, asked, target, exact)
    // of a beginning that says nothing yet half the folder is the continuation
    const telling = asked?.cut === undefined ? compared : compared.filter(({ isLike }) => isLike)
    const candidates = telling.map(({ candidate }) => candidate)
    // a body alone is there where a recording of any test has it
    const same = exact.length > 0 ? exact : await this.#sameAs(candidates, asked)
    const rest = compared.filter(({ candidate: { path } }) => !same.some((one) => one.path === path))
    const near = rest.filter(({ candidate, isLike }) =>
      isNear(candidate, isLike || candidate.path === foundBy),
    )
    const recordingsOfTest = ranked
      .filter(({ sameTest }) => sameTest)
      .map(({ at }) => this.#entries[at]?.path ?? '')
    const shown = near.slice(0, MOST_SHOWN).map(({ candidate }) => candidate)
    const alike = same.length > 0 || shown.length > 0 ? [] : rest.filter(isSomewhatAlike)
    return {
      understood: understoodOf(paste),
      exact: same,
      candidates: shown,
      alike: alike.slice(0, MOST_ALIKE).map(({ candidate }) => candidate),
      recordingsOfTest,
      verdict: verdictSentence(paste, same, shown, { isKnown: target !== undefined, gaveUp: this.#gaveUp }),
      notes: notesOf(paste),
      ...(target && { asked: recordingJson(target.request) }),
      ...(!target && asked && { asked: pythonJson(asked.body) }),
      ...(same.length === 0 &&
        shown.length === 0 && { nothing: paste.problem === undefined ? NOTHING_NEAR : ONLY_WORDS }),
    }
  }

  #ranked(paste: Paste): readonly Ranked[] {
    const all = rankCandidates(paste, this.#entries, MOST_OF_TEST + MOST_READ)
    const isBlind = all.length < MOST_READ && this.#paste.hashes.length > 0
    if (!isBlind) return all
    const known = new Set(all.map(({ at }) => at))
    const others: Ranked[] = []
    let bytes = 0
    for (const [at, { facts, size }] of this.#entries.entries()) {
      if (others.length >= MOST_READ_BLINDLY || bytes > MOST_BYTES_BLINDLY) break
      if (facts?.container !== LLAMA_STACK || known.has(at)) continue
      bytes += size
      others.push({ at, score: 0, because: [], sameTest: false, isLike: false })
    }
    return [...all, ...others]
  }

  async #exact(wanted: readonly string[], asked: Asked | undefined): Promise<readonly LookUpExact[]> {
    const found: LookUpExact[] = []
    for (const { path } of this.#entries) {
      const hash = hashInName(path)
      if (hash === undefined || !wanted.some((one) => isHash(one, hash))) continue
      const candidate = await this.#load(path)
      if (candidate === undefined)
        found.push({ path, sentences: ['It is there: the file has this name.'], found: true })
      else
        found.push(exactOf(candidate, asked?.testId ?? this.#paste.tests.find((test) => test.includes('::'))))
    }
    return found
  }

  /** The request behind a hash. */
  async #search(ranked: readonly Ranked[], asked: Asked | undefined): Promise<FoundBy | undefined> {
    const { patience = PATIENCE, progress } = this.#options
    const start = performance.now()
    const isOver = (share: number): boolean => performance.now() - start > share * patience
    const candidates: Candidate[] = []
    const all = ranked.length + roundsOf(ranked.length)
    for (const [done, { at }] of ranked.entries()) {
      // what was read by then wants to be tried
      if (isOver(0.5)) this.#gaveUp = true
      if (this.#gaveUp) break
      if (this.#isTurnOver()) await this.#turnOver(() => progress?.(done, all))
      const candidate = await this.#load(this.#entries[at]?.path ?? '')
      if (candidate !== undefined) candidates.push(candidate)
    }
    const around = surroundingsOf(this.#paste, this.#entries, candidates)
    const found = await searchAsked(this.#paste.hashes, candidates, asked, around, (done) => {
      if (!this.#isTurnOver()) return true
      if (isOver(1)) {
        this.#gaveUp = true
        return false
      }
      return this.#turnOver(() => progress?.(ranked.length + done, all)).then(() => true)
    })
    if (found !== undefined) this.#gaveUp = false
    return found
  }

  async #compare(
    ranked: readonly Ranked[],
    asked: Asked | undefined,
    target: Target | undefined,
    exact: readonly LookUpExact[],
  ): Promise<readonly Compared[]> {
    const compared: Compared[] = []
    let read = 0
    const { patience = PATIENCE } = this.#options
    const start = performance.now()
    for (const one of ranked) {
      // a request of megabytes takes its time with each
      if (read >= LEAST_READ && performance.now() - start > patience) break
      const { at, sameTest, score, isLike } = one
      // blind reading was for the hash only
      if (read >= (sameTest ? MOST_OF_TEST : MOST_READ) || (score === 0 && target === undefined)) continue
      read++
      if (this.#isTurnOver()) await this.#turnOver()
      const { path = '', facts } = this.#entries[at] ?? {}
      const candidate = facts?.container === LLAMA_STACK ? await this.#load(path) : undefined
      if (candidate === undefined) {
        const text = this.#texts.get(path) ?? (await this.#read(path))
        const other = text === undefined ? undefined : compareOther(path, text, one, this.#paste)
        if (other !== undefined) compared.push({ candidate: other, isLike })
        continue
      }
      const known = target ?? this.#completed(asked, candidate)
      compared.push({ candidate: compareCandidate(candidate, one, known), isLike })
    }
    const isThere = (path: string): boolean => exact.some((found) => found.path === path)
    return compared
      .filter(({ candidate }) => !isThere(candidate.path))
      .map((one) => ({ ...one, weight: weightOf(one.candidate.differences) }))
      .toSorted(
        (a, b) =>
          Number(isNamed(b.candidate)) - Number(isNamed(a.candidate)) ||
          Number(b.candidate.compared) - Number(a.candidate.compared) ||
          Number(a.candidate.otherKind ?? false) - Number(b.candidate.otherKind ?? false) ||
          a.weight - b.weight ||
          b.candidate.score - a.candidate.score,
      )
  }

  #completed(asked: Asked | undefined, { request }: Candidate): Target | undefined {
    if (asked === undefined) return undefined
    const completed = completedBy(asked, request)
    const hash = hashOfValue(hashedValue(completed, CURRENT_RULES))
    const isPart = (asked.cut?.levels ?? 0) > 0
    return { request: completed, hash, certain: wholeRequest(asked) !== undefined, isPart }
  }

  /** Recordings that differ in nothing that is hashed, and have their own name. */
  async #sameAs(
    candidates: readonly LookUpCandidate[],
    asked: Asked | undefined,
  ): Promise<readonly LookUpExact[]> {
    const same: LookUpExact[] = []
    for (const { path, compared, differences } of candidates) {
      const candidate = compared && differences.length === 0 ? await this.#load(path) : undefined
      const hash = hashInName(path)
      if (candidate === undefined || hash === undefined || !isHash(candidate.hash, hash)) continue
      const exact = exactOf(candidate, asked?.testId)
      const { testId } = candidate.request
      const whose =
        asked?.testId === undefined && typeof testId === 'string' ? [`It is the recording of ${testId}.`] : []
      same.push({
        ...exact,
        sentences: [asked?.cut === undefined ? SAME : SAME_BEGINNING, ...whose, ...exact.sentences.slice(1)],
      })
    }
    return same
  }

  async #load(path: string): Promise<Candidate | undefined> {
    const known = this.#loaded.get(path)
    if (known !== undefined) return known
    const text = this.#texts.get(path) ?? (await this.#read(path))
    if (text === undefined) return undefined
    const candidate = candidateOf(path, text)
    if (candidate === undefined) this.#texts.set(path, text)
    else this.#loaded.set(path, candidate)
    return candidate
  }

  #isTurnOver(): boolean {
    return performance.now() - this.#turn > TURN
  }

  async #turnOver(tell?: () => void): Promise<void> {
    this.#options.signal?.throwIfAborted()
    tell?.()
    // a message may wait that stops all this
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.#options.signal?.throwIfAborted()
    this.#turn = performance.now()
  }
}

/** What was read, and whether it may be the one by what was known before. */
interface Compared {
  readonly candidate: LookUpCandidate
  readonly isLike: boolean
}

/** A test of the same file alone, or a word that many have, tells nobody anything. */
function isSomewhatAlike({ candidate: { score, otherKind } }: Compared): boolean {
  return score >= LEAST_ALIKE && !otherKind
}

/** An error that names a cassette is about that one. */
function isNamed({ because }: LookUpCandidate): boolean {
  return because.includes(NAMED_CASSETTE)
}

const SAME = 'It is there: nothing that is hashed differs.'
const SAME_BEGINNING = 'What was pasted of the request is in this one; what was cut off is not known.'
const NOTHING_NEAR =
  'Open the folder that holds the recordings of this test, or record the call if it never was.'
const ONLY_WORDS = 'The search above the list of recordings looks for words.'
