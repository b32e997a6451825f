/**
 * What every recording must endure, whatever its format. `checkCassette` throws with the file's name, the
 * address and the value when one of these does not hold:
 *
 * - it opens as a container other than nothing, and zero edits are zero changes, to the byte, BOM too;
 * - every located leaf takes a new value: only characters inside its span change, it re-reads as that value,
 *   all other leaves stay equal, and the inverse restores the identical text;
 * - every track of the stream takes any text: only characters inside the string literals of its pieces
 *   change, no chunk comes or goes, it re-reads as that text, and the inverse restores the identical text;
 * - every truncation is read with a diagnostic, never with an exception.
 *
 * Cost. A whole comparison parses the file once more, which 1,400 pieces of a 1 MB file do not allow. So
 * each leaf is checked locally (the file is the same in front of and behind its span, and what stands in the
 * span is one JSON value, the new one: JSON is context-free, so that proves the rest), all of them at once
 * globally (one text with every edit applied), and as many as the budget allows globally one by one.
 */
import { isDeepStrictEqual } from 'node:util'
import { setTrackText } from '../../src/core/cassette/edit-track.ts'
import type { Stream, Track } from '../../src/core/cassette/stream.ts'
import { decodeFile, encodeFile } from '../../src/core/file-text.ts'
import { readCassette } from '../../src/core/open.ts'
import { scanJson } from '../../src/core/syntax/json-index.ts'
import { JsonDocument, type JsonNode } from '../../src/core/syntax/json-node.ts'
import { setJson, setString } from '../../src/core/syntax/resolve.ts'
import type { Address } from '../../src/core/text/address.ts'
import { applyEdits, invertEdits, type TextEdit } from '../../src/core/text/edit.ts'
import { type Leaf, leavesOf, patch } from '../core/support/json-leaves.ts'
import { type Random, seededRandom } from '../core/support/random.ts'
import { checkProjected } from './check-projected.ts'

const SAMPLED_LEAVES = 200
const TRUNCATIONS = 40
/** Characters that may be parsed for comparisons one by one, for leaves and for tracks, each. */
const BUDGET = 12_000_000
const EVERY_LEAF_BELOW = 20_000

/** Texts that break an editor which forgets an escape, a surrogate pair or a quote. */
const TEXTS = [
  '',
  'x',
  'Grüße, “世界”',
  '👋🏽 ok 👩‍👩‍👧',
  'say "hi" \\ and \\" and \\u00e9',
  'two\nlines\r\n\tand a tab',
  '/slash/ \u007f \u0000 \u001f',
  '\u2028\u2029\ufeff',
  'lone \ud83d and \udc00',
  '{"json": ["in", "a", "string"]}',
] as const

const JSON_TEXTS = ['{"a": [1, {}]}', '{"city": "Paris"}'] as const

/** New JSON for a scalar, with what it must mean. A number may gain ".0", which means the same. */
const VALUES: readonly { readonly typed: string; readonly means: unknown }[] = [
  { typed: '42', means: 42 },
  { typed: '-0.5e-3', means: -0.0005 },
  { typed: 'true', means: true },
  { typed: 'false', means: false },
  { typed: 'null', means: null },
  { typed: '"a \\"text\\" \\u00e9"', means: 'a "text" é' },
  { typed: ' {"a": [1, {}]} ', means: { a: [1, {}] } },
  { typed: '[]', means: [] },
]

export interface Checked {
  readonly leaves: number
  readonly tracks: number
  readonly splices: number
}

type Demand = (holds: boolean, why: () => string) => void

export function checkCassette(text: string, name: string): Checked {
  const isOfText = readCassette(text).projected === undefined
  return isOfText ? checkText(text, name) : checkProjected(text, name)
}

/** A file that is itself the JSON that is read. */
function checkText(text: string, name: string): Checked {
  const random = seededRandom(name)
  const demand: Demand = (holds, why) => {
    if (!holds) throw new Error(`${name}: ${why()}`)
  }
  const stream = checkOpening(text, demand)
  const leaves = checkLeaves(text, stream, random, demand)
  const splices = checkTracks(text, stream, random, demand)
  checkTruncations(text, random, demand)
  return { leaves, tracks: stream.tracks.length, splices }
}

function checkOpening(text: string, demand: Demand): Stream {
  const reading = readCassette(text)
  const { cassette } = reading
  demand(reading.sound, () => `not sound: ${reading.diagnostics.map(({ message }) => message).join(' ')}`)
  if (cassette === undefined) throw new Error(`opens as nothing: ${reading.diagnostics[0]?.message}`)
  demand(cassette.container !== '', () => 'the container has no id')
  const interaction = cassette.interactions[0]
  if (interaction === undefined) throw new Error('has no interaction')
  demand(applyEdits(text, []) === text, () => 'zero edits changed the text')
  demand(invertEdits(text, []).length === 0, () => 'zero edits have an inverse')
  for (const bom of [false, true]) {
    const bytes = encodeFile({ text, bom })
    const decoded = decodeFile(bytes)
    if (!('text' in decoded)) throw new Error(`own bytes are refused: ${decoded.problem.message}`)
    demand(decoded.text === text && decoded.bom === bom, () => `text differs after decoding, bom ${bom}`)
    demand(Buffer.from(encodeFile(decoded)).equals(bytes), () => `bytes differ after encoding, bom ${bom}`)
  }
  return interaction.stream
}

function addressOf(pointer: string): Address {
  return [{ in: 'json', pointer }]
}

interface NewValue {
  readonly leaf: Leaf
  readonly node: JsonNode
  readonly edits: readonly TextEdit[]
  readonly means: unknown
}

function checkLeaves(text: string, stream: Stream, random: Random, demand: Demand): number {
  const document = new JsonDocument(text, scanJson(text))
  const chosen = chooseLeaves(document, stream, random)
  const all = chosen.map((leaf) => giveNewValue(document, leaf, random, demand))
  let budget = BUDGET
  for (const change of shuffled(all, random)) {
    if (budget <= 0) break
    budget -= text.length
    checkGlobally(text, [change], demand)
  }
  const apart = all.filter(({ node }, at) => (all[at - 1]?.node.end ?? 0) <= node.start)
  checkGlobally(text, apart, demand)
  return all.length
}

/** All leaves of a small file; of a large one a sample with everything a person is likely to edit. */
function chooseLeaves(document: JsonDocument, stream: Stream, random: Random): readonly Leaf[] {
  const leaves = leavesOf(JSON.parse(document.text))
  if (document.text.length < EVERY_LEAF_BELOW) return leaves
  const pieces = new Set(stream.tracks.flatMap((track) => [...track.pieceNodes]))
  const piecePointers = new Set([...pieces].map((id) => document.pointerOf(id)))
  const always = leaves.filter(
    ({ pointer, value }) =>
      piecePointers.has(pointer) ||
      (typeof value === 'string' &&
        /^\/request\/(?:body|payload)\/(?:messages|contents|input)\//.test(pointer)),
  )
  const others = shuffled(leaves, random).slice(0, SAMPLED_LEAVES)
  const chosen = new Set([...always, ...others].map(({ pointer }) => pointer))
  return leaves.filter(({ pointer }) => chosen.has(pointer))
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random.below(2 ** 30) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function giveNewValue(document: JsonDocument, leaf: Leaf, random: Random, demand: Demand): NewValue {
  const { text } = document
  const { pointer, value } = leaf
  const node = document.find(pointer)
  if (node === undefined) throw new Error(`${pointer} is not found`)
  demand(isDeepStrictEqual(JSON.parse(node.raw), value), () => `${pointer} reads as ${node.raw}`)
  demand(
    document.pointerOf(node.id) === pointer,
    () => `${pointer} says it is ${document.pointerOf(node.id)}`,
  )
  const asText = typeof value === 'string' && random.below(4) > 0
  const { typed, means } = asText ? newText(value, random) : random.pick(VALUES)
  const edits = asText
    ? setString(document, addressOf(pointer), typed)
    : setJson(document, addressOf(pointer), typed)
  // a string that stays a string must keep its quotes
  const start = node.start + (asText ? 1 : 0)
  const end = node.end - (asText ? 1 : 0)
  demand(
    edits.every(({ offset, length }) => offset >= start && offset + length <= end),
    () => `setting ${pointer} to ${typed} touches characters outside ${start}..${end}`,
  )
  const inside = edits.map((edit) => ({ ...edit, offset: edit.offset - node.start }))
  const written = applyEdits(node.raw, inside)
  demand(
    isDeepStrictEqual(JSON.parse(written), means),
    () => `setting ${pointer} to ${typed} writes ${written}`,
  )
  const restored = applyEdits(written, invertEdits(node.raw, inside))
  demand(restored === node.raw, () => `undoing ${pointer} = ${typed} leaves ${restored} (was ${node.raw})`)
  demand(text.slice(node.start, node.end) === node.raw, () => `${pointer}: raw is not the text of its span`)
  return { leaf, node, edits, means }
}

function newText(old: string, random: Random): { readonly typed: string; readonly means: string } {
  const typed = random.below(2) === 0 ? random.pick(TEXTS) : spliced(old, random)
  return { typed, means: typed }
}

/** Applies changes to the whole file and compares it with what `JSON.parse` says of both. */
function checkGlobally(text: string, changes: readonly NewValue[], demand: Demand): void {
  const what = (): string =>
    changes.length === 1 ? `setting ${changes[0]?.leaf.pointer}` : `setting ${changes.length} leaves at once`
  const edits = changes.flatMap((change) => change.edits)
  const changed = applyEdits(text, edits)
  const expected = { root: JSON.parse(text) as unknown }
  for (const { leaf, means } of changes) patch(expected, leaf.pointer, means)
  demand(isDeepStrictEqual(JSON.parse(changed), expected.root), () => `${what()} changed another leaf`)
  demand(applyEdits(changed, invertEdits(text, edits)) === text, () => `undoing ${what()} left other text`)
  const [only] = changes
  if (only === undefined || changes.length > 1) return
  const { leaf, means, node } = only
  const behind = text.length - node.end
  demand(
    changed.slice(0, node.start) === text.slice(0, node.start) &&
      changed.slice(changed.length - behind) === text.slice(node.end),
    () => `${what()} changed characters outside its span`,
  )
  const reread = new JsonDocument(changed, scanJson(changed)).find(leaf.pointer)
  demand(
    reread !== undefined && isDeepStrictEqual(JSON.parse(reread.raw), means),
    () => `${what()} re-reads as ${reread?.raw}`,
  )
}

function spliced(old: string, random: Random): string {
  const from = pairSafe(old, random.below(old.length + 1))
  const to = pairSafe(old, Math.min(old.length, from + random.below(12)))
  return old.slice(0, from) + random.pick(TEXTS) + old.slice(to)
}

/** An offset that does not cut a surrogate pair: no keystroke of a person does. */
function pairSafe(text: string, offset: number): number {
  const code = text.codePointAt(offset - 1)
  return code !== undefined && code > 0xffff ? offset - 1 : offset
}

function newTrackTexts(track: Track, random: Random): readonly string[] {
  const { text, pieceEnds } = track
  const seam = pairSafe(text, pieceEnds[random.below(pieceEnds.length)] ?? 0)
  const acrossFrom = pairSafe(text, Math.max(0, seam - 1 - random.below(20)))
  const acrossTo = pairSafe(text, Math.min(text.length, seam + 1 + random.below(20)))
  return [
    random.pick(TEXTS) + text,
    text + random.pick(TEXTS),
    text.slice(0, seam) + random.pick(TEXTS) + text.slice(seam),
    text.slice(0, acrossFrom) + text.slice(acrossTo),
    spliced(text, random),
    spliced(spliced(text, random), random),
    random.pick(TEXTS),
    '',
  ]
}

function checkTracks(text: string, stream: Stream, random: Random, demand: Demand): number {
  const document = new JsonDocument(text, scanJson(text))
  const tries = stream.tracks.flatMap((track, position) => {
    const pieces = [...track.pieceNodes].map((id) => document.node(id))
    const joined = pieces.map(saidBy).join('')
    demand(joined === track.text, () => `track ${position} is not what its pieces say`)
    demand(track.pieceEnds.at(-1) === track.text.length, () => `track ${position} ends elsewhere`)
    // a text that is written twice is edited twice, and both say the same
    const strings = pieces.map((node, piece): PieceString => ({ node, piece }))
    for (const [piece, id] of track.twins ?? []) {
      demand(document.node(id).raw === pieces[piece]?.raw, () => `track ${position} has a twin that differs`)
      strings.push({ node: document.node(id), piece })
    }
    const isText = pieces.every(({ kind }) => kind === 'string')
    // arguments that came whole are JSON, and stay JSON
    const wanted = isText ? newTrackTexts(track, random) : pieces.length === 1 ? JSON_TEXTS : []
    return wanted.map((text) => ({ track, position, strings, wanted: text }))
  })
  let budget = BUDGET
  for (const { track, position, strings, wanted } of shuffled(tries, random)) {
    const edits = setTrackText(document, track, wanted)
    demand(
      edits.every(({ offset, length }) => strings.some(({ node }) => isWithin(node, offset, length))),
      () => `track ${position} = ${JSON.stringify(wanted)} touches more than its own string literals`,
    )
    demand(
      edits.every((edit) => isNearChange(track, wanted, pieceOf(strings, edit))),
      () => `track ${position} = ${JSON.stringify(wanted)} touches a chunk in which nothing changed`,
    )
    const changed = applyEdits(text, edits)
    demand(
      applyEdits(changed, invertEdits(text, edits)) === text,
      () => `undoing track ${position} = ${JSON.stringify(wanted)} left other text`,
    )
    if (budget <= 0) continue
    budget -= text.length
    const { cassette } = readCassette(changed)
    const after = cassette?.interactions[0]?.stream
    const reread = after?.tracks[position]
    demand(
      reread?.text === wanted,
      () => `track ${position} = ${JSON.stringify(wanted)} re-reads as ${JSON.stringify(reread?.text)}`,
    )
    demand(
      after?.chunkNodes.length === stream.chunkNodes.length,
      () => `track ${position} = ${JSON.stringify(wanted)} changed the number of chunks`,
    )
    demand(
      isDeepStrictEqual(
        after?.tracks.map((other, at) => (at === position ? '' : other.text)),
        stream.tracks.map((other, at) => (at === position ? '' : other.text)),
      ),
      () => `track ${position} = ${JSON.stringify(wanted)} changed another track`,
    )
  }
  return tries.length
}

/** A string that holds a piece of a track, or repeats it. */
interface PieceString {
  readonly node: JsonNode
  readonly piece: number
}

function pieceOf(strings: readonly PieceString[], { offset, length }: TextEdit): number {
  return strings.find(({ node }) => isWithin(node, offset, length))?.piece ?? -1
}

/** The text that a piece adds: a string's content, or JSON as it is written. */
function saidBy(node: JsonNode): string {
  return node.string() ?? node.raw
}

function isWithin(node: JsonNode, offset: number, length: number): boolean {
  const edge = node.kind === 'string' ? 1 : 0
  return offset >= node.start + edge && offset + length <= node.end - edge
}

/** True when a piece holds some of the characters that differ, give or take a surrogate pair. */
function isNearChange(track: Track, wanted: string, piece: number): boolean {
  const { text, pieceEnds } = track
  let front = 0
  while (front < text.length && text[front] === wanted[front]) front++
  let back = text.length
  let wantedBack = wanted.length
  while (back > front && wantedBack > front && text[back - 1] === wanted[wantedBack - 1]) {
    back--
    wantedBack--
  }
  const start = piece > 0 ? (pieceEnds[piece - 1] ?? 0) : 0
  return (pieceEnds[piece] ?? 0) >= front - 1 && start <= back + 1
}

function checkTruncations(text: string, random: Random, demand: Demand): void {
  for (let point = 0; point < TRUNCATIONS; point++) {
    const share = (point + random.below(1000) / 1000) / TRUNCATIONS
    const cut = text.slice(0, Math.floor(text.length * share))
    const reading = readCassette(cut)
    if (reading.sound && isJson(cut)) continue
    demand(!reading.sound, () => `cut at ${cut.length} it is said to be sound`)
    demand(
      reading.diagnostics.some(({ severity, message }) => severity === 'error' && message !== ''),
      () => `cut at ${cut.length} it has no diagnostic`,
    )
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
