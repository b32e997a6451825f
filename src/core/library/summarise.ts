/** One file as an entry of a library: what it is, what it is searched by, and what makes it the same as another. */
import type { Interaction } from '../cassette/cassette.ts'
import type { Conversation } from '../cassette/conversation.ts'
import type { Reading } from '../open.ts'
import type { JsonDocument } from '../syntax/json-node.ts'
import { answeredTexts, digestAnswered } from './answered.ts'
import { askedTexts, digestAsked } from './asked.ts'
import { addFeatures, countOf, errorTypesOf, modelOf } from './call-facts.ts'
import { detached, sharedFacts } from './detached.ts'
import { Digest } from './digest.ts'
import { endpointOf } from './endpoint.ts'
import type { EntryProblem, Facts, Feature, IndexedEntry, Outcome } from './entry.ts'
import { mostTelling, outcomeOf, statusOf } from './outcome.ts'
import { providerOf } from './provider.ts'
import { firstWords } from './readable.ts'
import { recordedAt } from './recorded-at.ts'

/** Longer texts are searched as far as this; few recordings ask or answer more. */
const LONGEST_TEXT = 200_000

/** A file that is no recording, or could not be read. */
export function problemEntry(
  path: string,
  size: number,
  modified: number,
  problem: EntryProblem,
): IndexedEntry {
  return {
    path,
    size,
    modified,
    problem: { code: problem.code, message: detached(problem.message) },
    asked: '',
    answered: '',
    askedDigest: '',
    answeredDigest: '',
  }
}

/** `document`: the nodes of the reading, for what only they say (when it was made, the model that answered). */
export function summariseRecording(
  path: string,
  size: number,
  modified: number,
  reading: Reading,
  document?: JsonDocument,
): IndexedEntry {
  const worst = reading.diagnostics.find(({ severity }) => severity === 'error')
  const { cassette } = reading
  if (cassette === undefined) {
    return problemEntry(path, size, modified, worst ?? NOT_A_RECORDING)
  }
  const facts = new FactsOfCalls(document)
  for (const interaction of cassette.interactions) facts.add(interaction)
  return {
    path,
    size,
    modified,
    facts: facts.done(cassette.container, cassette.variant),
    ...(worst && { problem: { code: worst.code, message: detached(worst.message) } }),
    ...facts.texts(),
  }
}

const NOT_A_RECORDING: EntryProblem = { code: 'unsupported', message: 'This is no recording of a call.' }

/** Adds up the calls of one file. */
class FactsOfCalls {
  readonly #document: JsonDocument | undefined
  readonly #models = new Set<string>()
  readonly #providers = new Set<string>()
  readonly #endpoints = new Set<string>()
  readonly #dialects = new Set<string>()
  readonly #finishes = new Set<string>()
  readonly #statuses = new Set<string>()
  readonly #errors = new Set<string>()
  readonly #tools = new Set<string>()
  readonly #offered = new Set<string>()
  readonly #features = new Set<Feature>()
  readonly #outcomes: Outcome[] = []
  readonly #asked: string[] = []
  readonly #answered: string[] = []
  readonly #askedDigest = new Digest()
  readonly #answeredDigest = new Digest()
  #asks = ''
  #answers = ''
  #interactions = 0
  #chunks = 0
  #test: string | undefined
  #input: number | undefined
  #output: number | undefined
  #recorded: number | undefined

  constructor(document: JsonDocument | undefined) {
    this.#document = document
  }

  add(interaction: Interaction): void {
    const { request, conversation, stream, dialect, testId } = interaction
    const url = request.url?.value ?? ''
    const model = modelOf(interaction, this.#document)
    const { provider, endpoint } = placeOf(url, dialect)
    const status = statusOf(interaction)
    const errors = errorTypesOf(interaction, this.#document)
    const outcome = outcomeOf(interaction)
    this.#interactions++
    this.#chunks += stream.chunkNodes.length
    this.#outcomes.push(outcome)
    this.#dialects.add(dialect)
    if (model !== undefined) this.#models.add(model)
    if (provider !== undefined) this.#providers.add(provider)
    if (endpoint !== undefined) this.#endpoints.add(endpoint)
    if (status !== undefined) this.#statuses.add(status)
    for (const error of errors) this.#errors.add(error)
    for (const { name } of conversation.tools) this.#offered.add(name)
    for (const { stop, parts } of stream.messages) {
      if (stop !== undefined && stop.reason.value !== '') this.#finishes.add(stop.reason.value)
      for (const part of parts) {
        if (part.kind === 'tool-call' && part.call.name?.value) this.#tools.add(part.call.name.value)
      }
    }
    // a recording of a tool is a call by what was asked, not by what was answered
    if (dialect === 'llama-stack-tool') for (const name of calledIn(conversation)) this.#tools.add(name)
    addFeatures(interaction, this.#features)
    this.#test ??= testId?.value
    this.#input = sum(this.#input, countOf(stream.usage?.inputTokens?.value))
    this.#output = sum(this.#output, countOf(stream.usage?.outputTokens?.value))
    this.#recorded ??= recordedAt(interaction, this.#document)
    this.#addTexts(interaction, outcome)
    this.#askedDigest.add(`${request.method?.value ?? ''} ${provider ?? ''} ${endpoint ?? ''}`)
    digestAsked(interaction, model ?? '', this.#askedDigest)
    digestAnswered(interaction, status ?? '', errors, this.#answeredDigest)
  }

  #addTexts(interaction: Interaction, outcome: Outcome): void {
    const answered = answeredTexts(interaction)
    this.#asked.push(...askedTexts(interaction))
    this.#answered.push(...answered)
    if (this.#asks === '' && this.#answers === '') {
      this.#asks = wordsOfUser(interaction)
      this.#answers = wordsOfAnswer(interaction, outcome, answered)
    }
  }

  done(container: string, variant: string | undefined): Facts {
    return sharedFacts({
      container,
      ...(variant !== undefined && { variant }),
      interactions: this.#interactions,
      asks: detached(this.#asks),
      answers: detached(this.#answers),
      models: [...this.#models],
      providers: [...this.#providers],
      endpoints: [...this.#endpoints],
      dialects: [...this.#dialects],
      outcome: mostTelling(this.#outcomes),
      finishes: [...this.#finishes],
      statuses: [...this.#statuses],
      errors: [...this.#errors],
      tools: [...this.#tools],
      offered: [...this.#offered],
      features: [...this.#features],
      chunks: this.#chunks,
      ...(this.#test !== undefined && { test: this.#test }),
      ...(this.#input !== undefined && { inputTokens: this.#input }),
      ...(this.#output !== undefined && { outputTokens: this.#output }),
      ...(this.#recorded !== undefined && { recorded: this.#recorded }),
    })
  }

  texts(): Pick<IndexedEntry, 'asked' | 'answered' | 'askedDigest' | 'answeredDigest'> {
    return {
      asked: joined(this.#asked),
      answered: joined(this.#answered),
      // two files of which neither says what was asked do not ask the same
      askedDigest: this.#asked.length === 0 ? '' : this.#askedDigest.hex(),
      answeredDigest: this.#answeredDigest.hex(),
    }
  }
}

/** A folder's calls go to a few URLs, thousands of times each. */
function placeOf(url: string, dialect: string): Place {
  const key = `${dialect} ${url}`
  const known = PLACES.get(key)
  if (known !== undefined) return known
  const place = { provider: providerOf(url, dialect), endpoint: endpointOf(url) }
  if (PLACES.size >= MOST_PLACES) PLACES.clear()
  PLACES.set(detached(key), place)
  return place
}

interface Place {
  readonly provider: string | undefined
  readonly endpoint: string | undefined
}

const PLACES = new Map<string, Place>()
const MOST_PLACES = 500

/** A string of its own, no part of the file's text. */
function joined(texts: readonly string[]): string {
  const text = texts.join('\n')
  if (text.length > LONGEST_TEXT) return detached(text.slice(0, LONGEST_TEXT))
  return texts.length === 1 ? detached(text) : text
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : one + (other ?? 0)
}

/** Of the first message of a user that has words; of whoever speaks where there is no user. */
function wordsOfUser({ conversation: { messages } }: Interaction): string {
  const users = messages.filter(({ role }) => /^(?:user|human)$/i.test(role))
  for (const { parts } of users.length > 0 ? users : messages) {
    for (const part of parts) {
      if (part.kind === 'text' && part.text.value.trim() !== '') return firstWords(part.text.value)
      if (part.kind === 'tool-call' && users.length === 0)
        return firstWords(`${part.call.name.value} ${part.call.arguments?.value ?? ''}`)
    }
  }
  return ''
}

function calledIn({ messages }: Conversation): readonly string[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'tool-call' ? part.call.name.value : [])),
  )
}

function wordsOfAnswer({ stream }: Interaction, outcome: Outcome, answered: readonly string[]): string {
  if (outcome === 'tool-calls') {
    const names = stream.messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'tool-call' ? (part.call.name?.value ?? 'a call') : [])),
    )
    return firstWords(names.join(', '))
  }
  if (outcome === 'embeddings')
    return stream.vectors.length === 1 ? '1 embedding' : `${stream.vectors.length} embeddings`
  const said = stream.tracks.find(({ kind, text }) => kind === WORDS_OF[outcome] && text.trim() !== '')
  return firstWords(said?.text ?? answered.find((text) => text.trim() !== '') ?? '')
}

/** Which of an answer's texts tells its outcome; where none does, whatever was said. */
const WORDS_OF: Readonly<Partial<Record<Outcome, string>>> = {
  text: 'text',
  structured: 'text',
  refusal: 'refusal',
}
