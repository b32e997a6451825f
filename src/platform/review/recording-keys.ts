/** What a recording says about itself, to know it again under another name and to tell a person what it is. */
import type { Decoders } from '../../core/encoding/compression.ts'
import { decodeFile } from '../../core/file-text.ts'
import type { Facts, IndexedEntry } from '../../core/library/entry.ts'
import { summariseRecording } from '../../core/library/summarise.ts'
import { readCassette } from '../../core/open.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'

/** Undefined for what is no recording. */
export function summaryOf(path: string, bytes: Uint8Array, decoders?: Decoders): IndexedEntry | undefined {
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) return undefined
  const reading = readCassette(decoded.text, { ...(decoders && { decoders }) })
  const { index, projected } = reading
  const document = index && new JsonDocument(projected ?? decoded.text, index)
  const entry = summariseRecording(path, bytes.length, 0, reading, document)
  return entry.facts === undefined ? undefined : entry
}

/** The surest first: the same question of the same test, the same question, the same test asking the same model. */
export function keysOf({ facts, askedDigest }: IndexedEntry): readonly string[] {
  if (facts === undefined) return []
  const { test, endpoints, models, interactions } = facts
  const kind = `${endpoints.join(' ')} ${models.join(' ')} ${interactions}`
  return [
    `${test ?? ''} ${askedDigest} ${kind}`,
    `${askedDigest} ${kind}`,
    ...(test === undefined ? [] : [`${test} ${kind}`]),
  ]
}

/** What a person knows a recording by. */
export interface Description {
  /** What was asked, else what was called; empty where neither is known. */
  readonly asks: string
  readonly words: string
}

/** Undefined for what is no recording. */
export function describe(path: string, bytes: Uint8Array, decoders?: Decoders): Description | undefined {
  const facts = summaryOf(path, bytes, decoders)?.facts
  return facts && { asks: facts.asks || (facts.endpoints[0] ?? ''), words: inWords(facts) }
}

/** "openai-chat, gpt-4o, asks "Hi", answers "Hello"". */
function inWords({ container, models, asks, answers, outcome, interactions }: Facts): string {
  const parts = [
    container,
    ...models.slice(0, 1),
    ...(interactions > 1 ? [`${interactions} calls`] : []),
    ...(asks === '' ? [] : [`asks "${short(asks)}"`]),
    answers === '' ? outcome : `answers "${short(answers)}"`,
  ]
  return parts.join(', ')
}

function short(words: string): string {
  const characters = Array.from(words)
  return characters.length <= 60 ? words : `${characters.slice(0, 59).join('')}…`
}
