import type { JsonNode } from '../syntax/json-node.ts'
import { given, isEmpty, type Say } from './saying.ts'

/** What several dialects ask of an object, and how they say what stands beside the text. */

const SNAKE = new Map<string, string>()

/** A name of the JSON form (`functionCall`) as the same API's Python SDK spells it (`function_call`). */
export function snakeOf(camel: string): string {
  let snake = SNAKE.get(camel)
  if (snake === undefined) {
    snake = camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    SNAKE.set(camel, snake)
  }
  return snake
}

/** The inverse of `snakeOf`. */
export function camelOf(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** A member by its camelCase name, however its writer spells it; not null. */
export function either(node: JsonNode | undefined, camel: string): JsonNode | undefined {
  return given(node?.get(camel)) ?? given(node?.get(snakeOf(camel)))
}

/** Says what no reader asked for, so that nothing is dropped: every member that is not among the `known`. */
export function sayRest(object: JsonNode, known: ReadonlySet<string>, say: Say): void {
  for (const { key, value } of object.effectiveMembers()) {
    if (!known.has(key) && !known.has(camelOf(key)) && !isEmpty(value)) {
      say({ kind: 'unknown', why: key, json: value })
    }
  }
}

export function sayNote(label: string, json: JsonNode | undefined, say: Say, choice = 0): void {
  if (json !== undefined && !isEmpty(json)) say({ kind: 'note', choice, label, json })
}

/** A whole number for a text's or a call's name, the same one for the same name. */
export function numberOf(name: string): number {
  if (/^\d{1,15}$/.test(name)) return Number(name)
  // FNV-1a; two names of one answer meet by a chance of one in four thousand million
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  // negative: apart from the names that are numbers
  return -1 - (hash >>> 0)
}

export function mediaOf(type: string | undefined): 'image' | 'audio' | 'file' {
  if (type?.startsWith('image/')) return 'image'
  return type?.startsWith('audio/') ? 'audio' : 'file'
}
