/** The one door into core: text -> syntax -> container -> bodies -> interactions -> chunks -> deltas -> stream. */
import type { Cassette, Interaction } from './cassette/cassette.ts'
import { type Conversation, EMPTY_CONVERSATION } from './cassette/conversation.ts'
import type { Delta } from './cassette/delta.ts'
import type { Diagnostic } from './cassette/diagnostic.ts'
import { duplicateKeys } from './cassette/duplicate-keys.ts'
import { foldChunks } from './cassette/fold.ts'
import type { StoredInteraction } from './containers/container.ts'
import { recogniseJson, recogniseText } from './containers/not-yet.ts'
import type { Dialect, DialectSniff } from './dialects/dialect.ts'
import { DIALECTS, dialectOf } from './dialects/index.ts'
import type { Decoders } from './encoding/compression.ts'
import { WHAT_WORKS } from './file-text.ts'
import { type Projected, project } from './project.ts'
import type { View } from './projection/view.ts'
import { findJsonError } from './syntax/json-error.ts'
import { type JsonIndex, scanJson } from './syntax/json-index.ts'
import { JsonDocument, type JsonNode } from './syntax/json-node.ts'
import { lineColumnAt } from './syntax/lines.ts'

/** Deeper files are refused: every reader and every view would have to walk them. */
export const MAX_DEPTH = 512

/** What was read from one text. Plain data, crosses a worker. */
export interface Reading {
  /** Undefined when there is nothing in the text that can be shown as a cassette. */
  readonly cassette: Cassette | undefined
  /**
   * The JSON that the cassette was read from, where that is not the text itself: the file seen as one JSON value, with
   * its bodies unpacked. All addresses and nodes are those of this text.
   */
  readonly projected?: string
  /** Of the readable part of `projected`, or of the text. */
  readonly index: JsonIndex | undefined
  /** All that is wrong, most severe first. Spans are those of the file's text. */
  readonly diagnostics: readonly Diagnostic[]
  /** False when the text breaks off or breaks: the cassette is what could be read before that. */
  readonly sound: boolean
}

export interface ReadOptions {
  /** The text's own index, where somebody has it (`rescanJson`): the scan is most of the work. */
  readonly index?: JsonIndex
  readonly decoders?: Decoders
}

/** Reads a text as a cassette. Never throws for any text. */
export function readCassette(text: string, { index, decoders }: ReadOptions = {}): Reading {
  const whole = index ?? scanJson(text)
  if (whole.valid) return readProjected(project(new JsonDocument(text, whole), decoders), [])
  const projected = project(text, decoders)
  if (projected && 'problem' in projected) return unreadable(projected.problem)
  if (projected) return readProjected(projected, [])
  const error = findJsonError(text)
  const other = recogniseText(text)
  if (other !== undefined || error === undefined || !/^\s*[[{]/.test(text)) return unreadable(notKnown(other))
  const { line, column } = lineColumnAt(text, error.offset)
  const what = error.atEnd
    ? `The JSON breaks off at line ${line}, column ${column}: ${error.message}.`
    : `The JSON breaks at line ${line}, column ${column}: ${error.message}.`
  const problem: Diagnostic = {
    severity: 'error',
    code: error.atEnd ? 'truncated' : 'not-json',
    message: what,
    advice: 'Repair it in the source, or open an intact copy of the file.',
    span: { start: Math.min(error.offset, text.length), end: Math.min(error.offset + 1, text.length) },
  }
  const begun = new JsonDocument(text.slice(0, error.soundUntil), scanJson(text, error.soundUntil))
  return { ...readProjected(project(begun, decoders), [problem]), sound: false }
}

/** What a text is read from, with the ways back into it; undefined for a text that is none. */
export function readProjection(text: string, decoders?: Decoders): Projected | undefined {
  const index = scanJson(text)
  const projected = project(index.valid ? new JsonDocument(text, index) : text, decoders)
  return projected && 'view' in projected ? projected : undefined
}

/** The way back from a reading's JSON to the file's text; undefined where they are the same. */
export function viewOf(text: string, decoders?: Decoders): View | undefined {
  return readProjection(text, decoders)?.view
}

function notKnown(what: string | undefined): Diagnostic {
  return {
    severity: 'error',
    code: 'unsupported',
    message: what
      ? `This is ${what}, no recording of a call.`
      : 'This is no recording that Cassette Deck knows: neither JSON, nor YAML, nor a stream of events.',
    advice: WHAT_WORKS,
  }
}

function unreadable(problem: Diagnostic): Reading {
  return { cassette: undefined, index: undefined, diagnostics: [problem], sound: false }
}

function readProjected(projected: Projected, found: readonly Diagnostic[]): Reading {
  const { document, view, container } = projected
  const { index, root } = document
  const base = { index, ...(view && { projected: document.text }), sound: found.length === 0 }
  const nothing = (problem: Diagnostic): Reading => ({
    ...base,
    cassette: undefined,
    diagnostics: [...found, problem],
  })
  if (index.depth > MAX_DEPTH) {
    return nothing({
      severity: 'error',
      code: 'too-deep',
      message: `This file is nested ${index.depth.toLocaleString('en')} levels deep; no recorder writes more than a few dozen.`,
      advice: `Files of up to ${MAX_DEPTH} levels are read.`,
    })
  }
  if (root === undefined || container === undefined) {
    const what = root && recogniseJson(root)
    // a broken text has been told what is wrong with it
    if (found.length > 0 && what === undefined) {
      const diagnostics = found.map((problem) => ({ ...problem, advice: 'Open an intact copy of the file.' }))
      return { ...base, cassette: undefined, diagnostics, sound: false }
    }
    return nothing({
      severity: 'error',
      code: 'unsupported',
      message: what
        ? `This is ${what}, no recording of a call.`
        : `This is ${projected.syntax === 'yaml' ? 'YAML' : 'JSON'}, but no recording that Cassette Deck knows: there is no request and no response in it.`,
      advice: WHAT_WORKS,
    })
  }
  const { interactions, diagnostics, variant = '' } = container.format.read(root, projected.bodies)
  if (interactions.length === 0 && found.length === 0) {
    return nothing({
      severity: 'error',
      code: 'no-interactions',
      message: `This is a file of the format "${container.format.label}", but there is no call in it.`,
      advice: WHAT_WORKS,
    })
  }
  const written = variant + (projected.packed ?? '')
  const here = [...diagnostics, ...duplicateKeys(document)]
  const all = [...found, ...projected.diagnostics, ...here.map((problem) => inFile(problem, view))]
  const cassette: Cassette = {
    container: container.format.id,
    ...(written !== '' && { variant: written }),
    because: container.because,
    interactions: interactions.map((stored) => interpret(document, stored)),
    diagnostics: all,
  }
  return { ...base, cassette, diagnostics: all }
}

/** A problem with the place that it has in the file. */
function inFile(problem: Diagnostic, view: View | undefined): Diagnostic {
  if (view === undefined || problem.span === undefined) return problem
  const { span, ...rest } = problem
  const outer = view.span(span.start, span.end)
  return outer ? { ...rest, span: outer } : rest
}

/** Finds the dialect by what the payload looks like and reads what was said. */
function interpret(document: JsonDocument, stored: StoredInteraction): Interaction {
  const { request, requestBody, response, chunks, at, testId, extras } = stored
  const { ids, events, framing, list, encodings, length } = chunks
  const saying = sayingChunk(document, ids)
  const first = ids[saying] === undefined ? undefined : document.node(ids[saying])
  const { dialect, sniff } = surestDialect((candidate) =>
    candidate.sniff(request, requestBody, first, events?.[saying]),
  )
  const times = chunks.times ?? timesOf(document, ids, dialect.timeOf)
  return {
    at,
    dialect: dialect.id,
    dialectBecause: sniff.because,
    request,
    conversation: conversationOf(document, stored, dialect),
    response: {
      ...response,
      framing,
      ...(list && { chunkList: list }),
      ...(encodings && { encodings }),
      ...(length !== undefined && { length }),
    },
    stream: foldChunks(document, ids, dialect.readChunk, {
      ...(events && { events }),
      ...(times && { times }),
    }),
    extras,
    ...(testId && { testId }),
  }
}

/** The dialect that is surest, the first of several; once one is certain the others are not asked. */
function surestDialect(sniffOf: (dialect: Dialect) => DialectSniff): {
  readonly dialect: Dialect
  readonly sniff: DialectSniff
} {
  let best: { readonly dialect: Dialect; readonly sniff: DialectSniff } | undefined
  for (const dialect of DIALECTS) {
    const sniff = sniffOf(dialect)
    if (best === undefined || sniff.confidence > best.sniff.confidence) best = { dialect, sniff }
    if (sniff.confidence >= 1) break
  }
  if (best === undefined) throw new Error('there is no dialect')
  return best
}

/** What was asked, with what the client went on to say where it did. */
function conversationOf(
  document: JsonDocument,
  { requestBody, extras }: StoredInteraction,
  dialect: Dialect,
): Conversation {
  const opening = requestBody ? dialect.readRequest(requestBody) : EMPTY_CONVERSATION
  const later = extras.flatMap(({ sent, value }) => {
    const step = value.at[0]
    const node = sent && step?.in === 'json' ? document.find(step.pointer) : undefined
    return node ? dialect.readRequest(node).messages : []
  })
  return later.length === 0 ? opening : { ...opening, messages: [...opening.messages, ...later] }
}

/** When the chunks were made, where all of several say so. */
function timesOf(
  document: JsonDocument,
  ids: Int32Array,
  timeOf: ((chunk: JsonNode) => number | undefined) | undefined,
): Float64Array | undefined {
  if (timeOf === undefined || ids.length < 2) return undefined
  const times = new Float64Array(ids.length)
  let last = Number.NEGATIVE_INFINITY
  for (const [at, id] of ids.entries()) {
    const time = timeOf(document.node(id))
    if (time === undefined || Number.isNaN(time)) return undefined
    last = Math.max(last, time)
    times[at] = last
  }
  return times
}

/** Azure's first chunk has empty `choices`: a dialect is recognised by the first chunks that say something. */
function sayingChunk(document: JsonDocument, ids: Int32Array): number {
  const first = ids.subarray(0, 8)
  const saying = first.findIndex((id) => document.node(id).get('choices')?.item(0) !== undefined)
  return saying === -1
    ? Math.max(
        0,
        first.findIndex((id) => document.node(id).kind === 'object'),
      )
    : saying
}

/** What chunk `position` of an interaction says, read again from the text when somebody looks at it. */
export function deltasOfChunk(
  document: JsonDocument,
  interaction: Interaction,
  position: number,
): readonly Delta[] {
  const id = interaction.stream.chunkNodes[position]
  if (id === undefined) return []
  const deltas: Delta[] = []
  const event = interaction.stream.events?.[position]
  dialectOf(interaction.dialect).readChunk(document.node(id), (delta) => deltas.push(delta), event)
  return deltas
}
