import type { Entry, Facts, Outcome } from '../../core/library/entry.ts'
import { nameOfPath } from '../widgets/path-words.ts'

/** The first line of a row: what was asked, else what there is to say. */
export function titleOf({ path, facts, problem }: Entry): string {
  if (facts?.asks) return facts.asks
  // a list of models is JSON, which says less than what was called
  if (facts?.outcome === 'listing' && facts.endpoints[0]) return facts.endpoints[0]
  if (facts?.answers) return facts.answers
  if (facts?.endpoints[0]) return facts.endpoints[0]
  return problem?.message ?? nameOfPath(path)
}

interface OutcomeWords {
  readonly words: string
  /** Tailwind class; the word says the same. */
  readonly tone: string
}

const PLAIN: Readonly<Record<Outcome, OutcomeWords>> = {
  error: { words: 'error', tone: 'text-error' },
  refusal: { words: 'refusal', tone: 'text-error' },
  'tool-calls': { words: 'tool calls', tone: 'text-tool' },
  structured: { words: 'structured', tone: 'text-ink-2' },
  text: { words: 'text', tone: 'text-ink-2' },
  media: { words: 'media', tone: 'text-ink-2' },
  embeddings: { words: 'embeddings', tone: 'text-ink-2' },
  listing: { words: 'listing', tone: 'text-ink-2' },
  other: { words: 'something else', tone: 'text-ink-2' },
  empty: { words: 'empty', tone: 'text-ink-3' },
}

/** "get_weather, get_time", "BadRequestError 400", "text". */
export function outcomeWords(facts: Facts): OutcomeWords {
  const { words, tone } = PLAIN[facts.outcome]
  if (facts.outcome === 'tool-calls' && facts.tools.length > 0) return { words: facts.tools.join(', '), tone }
  if (facts.outcome === 'error') {
    const said = [facts.errors[0], facts.statuses.find((status) => /^[45]/.test(status))]
    return { words: said.filter(Boolean).join(' ') || words, tone }
  }
  return { words, tone }
}

/** "11.2 kB", in thousands, as file managers say it. */
export function sizeWords(bytes: number): string {
  if (bytes < 0) return ''
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes
  let unit = -1
  do {
    value /= 1000
    unit++
  } while (value >= 999.5 && unit < units.length - 1)
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** "48 chunks", "3 calls", "whole". */
export function lengthWords({ interactions, chunks, features }: Facts): string {
  if (interactions > 1) return `${interactions.toLocaleString('en')} calls`
  if (!features.includes('stream')) return 'whole'
  return `${chunks.toLocaleString('en')} ${chunks === 1 ? 'chunk' : 'chunks'}`
}

/** "gemini-2.5-flash" of "publishers/google/models/gemini-2.5-flash". */
export function modelWords(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1) || model
}

/** A test's own name: "test_x[case]" of "tests/a/test_b.py::test_x[case]". */
export function testWords(test: string): string {
  const at = test.lastIndexOf('::')
  return at === -1 ? test : test.slice(at + 2)
}
