import { spliceBetween } from '../text/edit.ts'
import { answerChanges } from './answer-changes.ts'
import { chunkChanges } from './chunk-changes.ts'
import { chunkRuns, pairParts } from './chunk-runs.ts'
import { messageChanges } from './message-changes.ts'
import { requestChanges } from './request-changes.ts'
import type { Side } from './side.ts'
import { type Spelling, Walk } from './walk.ts'
import { CHANGE_KINDS, change, counted, fromTo, quote, type WordedChange } from './words.ts'

export type { Side } from './side.ts'
export type { ChunkRange, WordedChange } from './words.ts'

const MOST_OTHERS = 8
const HASH_SHOWN = 12

/**
 * What changed from one reading to another, in sentences, the most important first. Everything that differs is
 * said by somebody: by those who know what it means, each of whom claims what it speaks about, or at the end by
 * its place. Empty only when text, name and hash are the same.
 */
export function changesInWords(before: Side, after: Side): readonly WordedChange[] {
  const changes: WordedChange[] = []
  if (before.document.text !== after.document.text) {
    const walk = new Walk(before.document, after.document)
    const parts = pairParts(before, after)
    const runs = chunkRuns(before, after, parts)
    changes.push(
      ...answerChanges(before, after, parts, runs, walk),
      ...chunkChanges(before, after, runs, walk),
      ...messageChanges(before, after, walk),
      ...requestChanges(before, after, walk),
    )
    changes.push(...otherChanges(before, after, walk))
    const spelling = spellingChange(before, after, walk.spelling, changes.length === 0)
    if (spelling !== undefined) changes.push(spelling)
    if (changes.length === 0) changes.push(somewhere(before, after))
  } else if (before.fileText !== after.fileText) {
    changes.push(change('spelling', 'only how the file writes it changed, not what it says'))
  }
  if (before.requestHash !== after.requestHash)
    changes.push(hashChange(before.requestHash, after.requestHash))
  if (before.fileName !== after.fileName) {
    changes.push(change('file-name', `file renamed: ${quote(before.fileName)} → ${quote(after.fileName)}`))
  }
  return inOrder(changes)
}

function inOrder(changes: readonly WordedChange[]): readonly WordedChange[] {
  const bySentence = new Map(changes.map((one) => [one.sentence, one]))
  return [...bySentence.values()].toSorted(
    (a, b) => CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind),
  )
}

function hashChange(before: string | undefined, after: string | undefined): WordedChange {
  const short = (hash: string): string => (hash.length > HASH_SHOWN ? `${hash.slice(0, HASH_SHOWN)}…` : hash)
  const values = before && after ? `: ${short(before)} → ${short(after)}` : ''
  return change('request-hash', `request hash changed${values}`)
}

/** Whatever nobody has claimed, by its place. */
function otherChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const changes: WordedChange[] = []
  let more = 0
  // a recorder writes down in several places that a call failed; it has been said once
  const failed =
    (before.interaction.response.exception === undefined) !==
    (after.interaction.response.exception === undefined)
  if (before.document.root === undefined || after.document.root === undefined) return []
  walk.compare(0, 0, '', (pointer, oldId, newId) => {
    if (failed && pointer.includes('exception')) return
    if (changes.length >= MOST_OTHERS) {
      more++
      return
    }
    const at = pointer === '' ? '/' : pointer
    const [was, is] = [
      oldId < 0 ? undefined : before.document.node(oldId).raw,
      newId < 0 ? undefined : after.document.node(newId).raw,
    ]
    if (was === undefined) changes.push(change('other', `${at} added`))
    else if (is === undefined) changes.push(change('other', `${at} removed`))
    else changes.push(change('other', `other text changed at ${at}${fromTo(was, is)}`))
  })
  walk.around()
  if (more > 0) changes.push(change('other', `other text changed at ${counted(more, 'more place')}`))
  return changes
}

function spellingChange(
  before: Side,
  after: Side,
  spelling: Spelling,
  only: boolean,
): WordedChange | undefined {
  const { whiteSpace, escapes, keyOrder } = spelling
  const [old, now] = [before.document.text, after.document.text]
  const lineEnds = whiteSpace && old.replaceAll('\r\n', '\n') === now.replaceAll('\r\n', '\n')
  const what = [
    keyOrder && 'the order of keys',
    escapes && 'escapes',
    whiteSpace && (lineEnds ? 'line ends' : 'white space'),
  ].filter((word) => word !== false)
  if (what.length === 0) return undefined
  const words = what.join(' and ')
  return change('spelling', only ? `only ${words} changed` : `${words} changed as well`)
}

/** A difference that no reader sees, such as that of two duplicate keys. */
function somewhere(before: Side, after: Side): WordedChange {
  const splice = spliceBetween(before.document.text, after.document.text)
  const pointer = after.document.nodeAt(splice?.offset ?? 0)?.pointer
  return change('other', `other text changed at ${pointer || '/'}`)
}
