/**
 * `checkCassette` for files that are not themselves the JSON that is read (YAML, event streams, bodies inside strings,
 * compressed ones): the same demands, made of the file's own text.
 *
 * - zero edits are zero changes;
 * - a leaf of the document takes a new value: the file re-reads as the same document with that one value, and the
 *   inverse restores the file to the letter; a file that cannot hold the value refuses with a sentence;
 * - every track takes any text, and no chunk comes or goes;
 * - a chunk that is put in and taken out again leaves the document as it was, and the file too where no layer is
 *   opaque;
 * - every truncation is read without an exception.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Interaction } from '../../src/core/cassette/cassette.ts'
import { setTrackText } from '../../src/core/cassette/edit-track.ts'
import { type Reading, readCassette, viewOf } from '../../src/core/open.ts'
import { scanJson } from '../../src/core/syntax/json-index.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { setJson, setString } from '../../src/core/syntax/resolve.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../src/core/text/edit.ts'
import { type Leaf, leavesOf, patch } from '../core/support/json-leaves.ts'
import { type Random, seededRandom } from '../core/support/random.ts'
import type { Checked } from './check-cassette.ts'

const LEAVES = 14
const TRACKS = 5
const TRUNCATIONS = 8
/** Characters that may be read again, for leaves and for tracks, each. */
const BUDGET = 1_000_000

const TEXTS = [
  'x',
  '',
  'Grüße, “世界” 👋🏽',
  'say "hi" \\ and: # \'quoted\'',
  'two\nlines\n\nand more',
] as const

type Demand = (holds: boolean, why: () => string) => void

interface Opened {
  readonly text: string
  readonly document: JsonDocument
  readonly container: string
  readonly interactions: readonly Interaction[]
}

export function checkProjected(text: string, name: string): Checked {
  const random = seededRandom(name)
  const demand: Demand = (holds, why) => {
    if (!holds) throw new Error(`${name}: ${why()}`)
  }
  const opened = open(text, readCassette(text), demand)
  demand(viewOf(text)?.json === opened.document.text, () => 'the way back is of another document')
  demand(viewOf(text)?.put([]).length === 0, () => 'zero edits are changes')
  const leaves = checkLeaves(opened, random, demand)
  const splices = checkTracks(opened, random, demand)
  checkTruncations(text, random, demand)
  const tracks = opened.interactions.reduce((sum, { stream }) => sum + stream.tracks.length, 0)
  return { leaves, tracks, splices }
}

function open(text: string, reading: Reading, demand: Demand): Opened {
  const { cassette, projected, sound } = reading
  demand(sound, () => `not sound: ${reading.diagnostics.map(({ message }) => message).join(' ')}`)
  if (cassette === undefined || projected === undefined) throw new Error('opens as nothing')
  demand(cassette.interactions.length > 0, () => 'has no interaction')
  return {
    text,
    document: new JsonDocument(projected, scanJson(projected)),
    container: cassette.container,
    interactions: cassette.interactions,
  }
}

/** The file after edits of its document; undefined where it says that it cannot hold them. */
function written(
  { text }: Opened,
  edits: readonly TextEdit[],
  what: string,
  demand: Demand,
): { readonly changed: string; readonly reading: Reading } | undefined {
  let outer: readonly TextEdit[]
  try {
    outer = viewOf(text)?.put(edits) ?? []
  } catch (error) {
    demand(error instanceof EditError && /\w{2,} \w+/.test(error.message), () => `${what}: ${String(error)}`)
    return undefined
  }
  const changed = applyEdits(text, outer)
  demand(applyEdits(changed, invertEdits(text, outer)) === text, () => `undoing ${what} left other text`)
  return { changed, reading: readCassette(changed) }
}

function checkLeaves(opened: Opened, random: Random, demand: Demand): number {
  const { text, document } = opened
  const before = JSON.parse(document.text) as unknown
  const leaves = shuffled(leavesOf(before), random).slice(0, LEAVES)
  let budget = BUDGET
  let checked = 0
  for (const leaf of leaves) {
    if (budget <= 0) break
    budget -= text.length
    const change = newValue(leaf, random)
    const at = [{ in: 'json', pointer: leaf.pointer }] as const
    const edits =
      typeof change.means === 'string'
        ? setString(document, at, change.means)
        : setJson(document, at, change.typed)
    const what = `setting ${leaf.pointer} to ${change.typed}`
    const after = written(opened, edits, what, demand)
    if (after === undefined) continue
    checked++
    const expected = { root: JSON.parse(document.text) as unknown }
    patch(expected, leaf.pointer, change.means)
    // what a format is known by was changed: it is another file now
    if (after.reading.cassette?.container !== opened.container) continue
    // how a body is written was changed: it reads as something else
    if (/\/(?:type|encoding|bodyEncoding|_isBinary|responseIsBinary)$/.test(leaf.pointer)) continue
    const now = after.reading.projected ?? after.changed
    demand(isDeepStrictEqual(JSON.parse(now), expected.root), () => `${what} re-reads as another document`)
  }
  demand(checked > 0, () => 'no leaf could be changed')
  return checked
}

function newValue({ value }: Leaf, random: Random): { readonly typed: string; readonly means: unknown } {
  if (typeof value !== 'string')
    return random.below(2) === 0 ? { typed: '42', means: 42 } : { typed: 'true', means: true }
  const cut = pairSafe(value, random.below(value.length + 1))
  const means = value.slice(0, cut) + random.pick(TEXTS) + value.slice(cut)
  return { typed: JSON.stringify(means), means }
}

/** An offset that does not cut a surrogate pair: no keystroke of a person does. */
function pairSafe(text: string, offset: number): number {
  const code = text.codePointAt(offset - 1)
  return code !== undefined && code > 0xffff ? offset - 1 : offset
}

function checkTracks(opened: Opened, random: Random, demand: Demand): number {
  const { document, text } = opened
  const tries = opened.interactions.flatMap(({ stream }, position) =>
    stream.tracks.map((track, number) => ({ stream, position, track, number })),
  )
  let budget = BUDGET
  let checked = 0
  for (const { stream, position, track, number } of shuffled(tries, random).slice(0, TRACKS)) {
    if (budget <= 0) break
    budget -= text.length
    const pieces = [...track.pieceNodes].map((id) => document.node(id))
    const said = pieces.map((node) => node.string() ?? node.raw).join('')
    demand(said === track.text, () => `track ${number} of ${position} is not what its pieces say`)
    const isText = pieces.every(({ kind }) => kind === 'string')
    const cut = pairSafe(track.text, random.below(track.text.length + 1))
    const wanted = isText
      ? `${track.text.slice(0, cut)}${random.pick(TEXTS)}${track.text.slice(cut)}`
      : '{"city": "Paris"}'
    if (pieces.length === 0 || (!isText && pieces.length > 1)) continue
    const what = `track ${number} of interaction ${position} = ${JSON.stringify(wanted)}`
    const after = written(opened, setTrackText(document, track, wanted), what, demand)
    if (after === undefined) continue
    checked++
    const now = after.reading.cassette?.interactions[position]?.stream
    const reread = now?.tracks[number]?.text ?? ''
    const isSame = isText ? reread === wanted : isDeepStrictEqual(JSON.parse(reread), JSON.parse(wanted))
    demand(isSame, () => `${what} re-reads as ${JSON.stringify(reread)}`)
    demand(now?.chunkNodes.length === stream.chunkNodes.length, () => `${what} changed the number of chunks`)
  }
  return checked
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random.below(2 ** 30) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function checkTruncations(text: string, random: Random, demand: Demand): void {
  for (let point = 0; point < TRUNCATIONS; point++) {
    const share = (point + random.below(1000) / 1000) / TRUNCATIONS
    const cut = text.slice(0, Math.floor(text.length * share))
    const { cassette, diagnostics } = readCassette(cut)
    demand(
      cassette !== undefined || diagnostics.some(({ message }) => message !== ''),
      () => `cut at ${cut.length} nothing is said`,
    )
  }
}
