import { formatAddress, pointerTokens } from '../text/address.ts'
import { isEcho, isLink, noiseGroup } from './noise-names.ts'
import { nodeOf, type Side } from './side.ts'
import { type Spelling, Walk } from './walk.ts'

/** What differs and means nothing, by what it is. */
export interface NoiseGroup {
  readonly name: string
  readonly count: number
  /** It is known to mean nothing; else only nobody reads it. */
  readonly known: boolean
  /** Names of the fields. */
  readonly fields: readonly string[]
}

export interface Noise {
  readonly groups: readonly NoiseGroup[]
  readonly count: number
  readonly spelling: Spelling
  /** Texts among them that stand where nobody reads: they may be an answer. */
  readonly texts: readonly string[]
}

const MOST_FIELDS = 6

interface Tally {
  count: number
  known: boolean
  readonly fields: Set<string>
}

/**
 * Counts what differs between two documents besides what was asked and answered. `pairs`: the interactions that were
 * compared by their meaning; what they say is left out.
 */
export function noiseOf(all: readonly (readonly [before: Side, after: Side])[]): Noise {
  // two APIs say everything otherwise; what is the same in them has been told
  const pairs = all.filter(([before, after]) => before.interaction.dialect === after.interaction.dialect)
  const groups = new Map<string, Tally>()
  const texts = new Set<string>()
  const [first] = pairs
  if (first === undefined) return { groups: [], count: 0, spelling: NO_SPELLING, texts: [] }
  const walk = new Walk(first[0].document, first[1].document)
  const tell = (pointer: string): void => {
    const { name, field, known } = groupOf(pointer)
    const tally = groups.get(name) ?? { count: 0, known, fields: new Set<string>() }
    tally.count++
    if (tally.fields.size < MOST_FIELDS) tally.fields.add(field)
    groups.set(name, tally)
    if (!known && isText(pointer)) texts.add(field)
  }
  let recut = 0
  for (const [before, after] of pairs) recut += claimAnswer(before, after, walk) ? 1 : 0
  for (const [before, after] of pairs) {
    claimRequest(before, after, walk, tell)
    const [old, now] = [before.interaction.stream.chunkNodes, after.interaction.stream.chunkNodes]
    const both = Math.min(old.length, now.length, MOST_CHUNKS)
    for (let at = 0; at < both; at++) walk.compare(old[at] ?? 0, now[at] ?? 0, '', (pointer) => tell(pointer))
    for (const id of old) walk.claim(id, undefined)
    for (const id of now) walk.claim(undefined, id)
  }
  if (pairs.length === all.length && pairs.every(isLaidOutAlike)) {
    walk.compare(0, 0, '', (pointer) => tell(pointer))
    walk.around()
  }
  if (recut > 0) groups.set('cutting into chunks', { count: recut, known: true, fields: new Set() })
  const told = [...groups].map(([name, { count, known, fields }]) => ({
    name,
    count,
    known,
    fields: [...fields],
  }))
  return {
    groups: told.toSorted((a, b) => b.count - a.count),
    count: told.reduce((sum, { count }) => sum + count, 0),
    spelling: walk.spelling,
    texts: [...texts],
  }
}

/** Whether both recorders put their requests at the same place, so that the rest can be compared as well. */
function isLaidOutAlike([before, after]: readonly [Side, Side]): boolean {
  const placeOf = ({ interaction, document }: Side): string | undefined => {
    const at = (interaction.request.body ?? interaction.request.url)?.at ?? interaction.at
    return document.root && formatAddress(at).replace(/\/\d+/g, '')
  }
  const place = placeOf(before)
  return place !== undefined && place === placeOf(after)
}

const NO_SPELLING: Spelling = { whiteSpace: false, escapes: false, keyOrder: false }

/** More are of the same kind. */
const MOST_CHUNKS = 20_000

/** What a client only sends back; all else in a request has been judged. */
function claimRequest(before: Side, after: Side, walk: Walk, tell: (pointer: string) => void): void {
  const [old, now] = [before.interaction, after.interaction]
  const [oldBody, newBody] = [
    nodeOf(before.document, old.request.body),
    nodeOf(after.document, now.request.body),
  ]
  if (oldBody !== undefined && newBody !== undefined) {
    walk.compare(oldBody, newBody, '', (pointer) => {
      const token = pointerTokens(pointer)?.at(-1) ?? ''
      if (isEcho(token) || isLink(token) || noiseGroup(token) === 'ids') tell(pointer)
    })
  }
  const claim = (side: Side, isOld: boolean): void => {
    const { request, extras, response } = side.interaction
    const said = [
      request.body,
      request.url,
      request.method,
      request.model,
      response.status,
      response.exception?.json,
    ]
    const sent = extras.filter((extra) => extra.sent).map(({ value }) => value)
    for (const located of [...said, ...sent]) {
      const id = nodeOf(side.document, located)
      walk.claim(isOld ? id : undefined, isOld ? undefined : id)
    }
  }
  claim(before, true)
  claim(after, false)
}

/** The texts and calls, and all that says them again. Whether they are cut otherwise. */
function claimAnswer(before: Side, after: Side, walk: Walk): boolean {
  const [old, now] = [before.interaction.stream, after.interaction.stream]
  const [oldTexts, newTexts] = [old, now].map(({ tracks }) => new Set(tracks.map(({ text }) => text)))
  // what says an unchanged text again has to say it again
  for (const { text, pieceNodes, restated = [], twins } of old.tracks) {
    for (const id of pieceNodes) walk.claim(id, undefined)
    if (!newTexts?.has(text))
      for (const id of [...restated, ...(twins?.values() ?? [])]) walk.claim(id, undefined)
  }
  for (const { text, pieceNodes, restated = [], twins } of now.tracks) {
    for (const id of pieceNodes) walk.claim(undefined, id)
    if (!oldTexts?.has(text))
      for (const id of [...restated, ...(twins?.values() ?? [])]) walk.claim(undefined, id)
  }
  const ends = ({ tracks }: typeof old): string => tracks.map(({ pieceEnds }) => pieceEnds.join()).join(' ')
  return old.chunkNodes.length !== now.chunkNodes.length || ends(old) !== ends(now)
}

/** A member that mostly holds an answer, and not where an API repeats the question. */
function isText(pointer: string): boolean {
  const tokens = pointerTokens(pointer) ?? []
  return (
    /^(?:text|content|body|string|delta|output|result|transcript|summary|arguments)$/.test(
      tokens.at(-1) ?? '',
    ) &&
    !tokens.some((token) =>
      /^(?:tools|prompt|input|instructions|session|reasoning|request|metadata)$/.test(token),
    )
  )
}

/** What recorders write about the recording, not about the call. */
const RECORDER =
  /^(?:id_normalization_mapping|recorded_with|version|_recorder|timings|cache|startedDateTime|pages|creator|browser|comment|duration|bodySize|headersSize|httpVersion|proto|proto_major|proto_minor|content_length|statusText|redirectURL|uncompressed|_transferSize|connection|serverIPAddress)$/

function groupOf(pointer: string): { name: string; field: string; known: boolean } {
  const tokens = (pointerTokens(pointer) ?? []).filter((token) => !/^(?:\d+|-)$/.test(token))
  const field = tokens.at(-1) ?? 'value'
  if (tokens.some((token) => /headers?$/i.test(token))) return { name: 'headers', field, known: true }
  if (tokens.some((token) => /^(?:embedding|values|embeddings)$/.test(token)))
    return { name: 'last digits of embeddings', field: 'embedding', known: true }
  for (const token of tokens.toReversed()) {
    const group = noiseGroup(token)
    if (group !== undefined) return { name: group, field: token, known: true }
  }
  if (tokens[0] === 'test_id') return { name: 'the test', field, known: true }
  if (tokens.some((token) => RECORDER.test(token)))
    return { name: "the recorder's notes", field, known: true }
  return { name: 'other fields', field, known: false }
}
