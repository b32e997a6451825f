/**
 * One file of a folder, as far as a list, a search and a summary need it. Plain data: it crosses workers and is kept
 * between visits, so a change of its shape or meaning needs a new `ENTRY_VERSION`.
 */

/** Entries of another version are read anew. */
export const ENTRY_VERSION = 2

/** What came of a recording, the most telling first. `other` is an answer that is there and that no dialect reads. */
export const OUTCOMES = [
  'error',
  'refusal',
  'tool-calls',
  'structured',
  'text',
  'media',
  'embeddings',
  'listing',
  'other',
  'empty',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a recording has, for `has:`. */
export const FEATURES = [
  'image',
  'audio',
  'file',
  'system',
  'tools',
  'tool-calls',
  'tool-results',
  'reasoning',
  'refusal',
  'structured',
  'stream',
  'usage',
  'logprobs',
  'test',
  'error',
] as const
export type Feature = (typeof FEATURES)[number]

/** A file of the folder. */
export interface Entry {
  /** Below what was opened, with forward slashes; unique in a library, and as the file system has it (any Unicode). */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch; 0 where unknown. */
  readonly modified: number
  /** Absent for what is no recording. */
  readonly facts?: Facts
  /** Why it is none, or what is wrong with it. */
  readonly problem?: EntryProblem
}

export interface EntryProblem {
  /** A diagnostic's code. */
  readonly code: string
  readonly message: string
}

/** A file that was listed and is not there any more. Its place stays its own, for when it is back. */
export function isGone({ problem }: Entry): boolean {
  return problem?.code === 'vanished'
}

/** What a row says of a recording, and what it is filtered by. Lists are distinct, in order of appearance. */
export interface Facts {
  readonly container: string
  readonly variant?: string
  /** How many calls the file holds; the texts below are those of the first call that asks or answers something. */
  readonly interactions: number
  /** First words of the user, on one line, at most `LONGEST_WORDS` characters; empty where nobody asked in words. */
  readonly asks: string
  /** First words of the answer, likewise; for tool calls their names. */
  readonly answers: string
  readonly models: readonly string[]
  /** "openai", "azure", "anthropic", "ollama", ...: the host's owner where it is known, else the host. */
  readonly providers: readonly string[]
  /** Path of the URL, without what is doubled or an id of somebody: "/v1/chat/completions". */
  readonly endpoints: readonly string[]
  readonly dialects: readonly string[]
  /** Of the calls of the file, the most telling. */
  readonly outcome: Outcome
  /** As recorded. */
  readonly finishes: readonly string[]
  /** HTTP status codes, where recorded. */
  readonly statuses: readonly string[]
  /** Exception classes and error types. */
  readonly errors: readonly string[]
  /** Names of tools that were called; `offered`: that could have been. */
  readonly tools: readonly string[]
  readonly offered: readonly string[]
  readonly features: readonly Feature[]
  /** Of all calls. */
  readonly chunks: number
  readonly test?: string
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** Milliseconds since the epoch at which the call was made, where the file says so. */
  readonly recorded?: number
}

export const LONGEST_WORDS = 160

/** An entry with what it is searched by. Stays in the worker. */
export interface IndexedEntry extends Entry {
  /** All that was asked (messages, system prompts, tool definitions' names and descriptions, parameters' names and values). */
  readonly asked: string
  /** All that was answered (texts, reasoning, refusals, tool calls with their arguments, errors). */
  readonly answered: string
  /**
   * Digests (13 hex digits) of what was asked without the test and without ids, numbers' spelling and other noise; and
   * of what was answered without ids, times, padding and cutting into chunks. Equal digests: the same but for noise.
   */
  readonly askedDigest: string
  readonly answeredDigest: string
}
