/** Edits of recordings by the JSON that they are read as, whatever they are written in. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFile } from '../../../src/core/file-text.ts'
import { readCassette, viewOf } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { CORPUS_ROOT, PROJECT_ROOT } from '../../support/corpus.ts'

export const SEED = 'public/seed-llama.json'

export function isThere(file: string): boolean {
  return existsSync(pathOf(file))
}

function pathOf(file: string): string {
  return file === SEED ? join(PROJECT_ROOT, file) : join(CORPUS_ROOT, file)
}

export function textOf(file: string): string {
  const decoded = decodeFile(new Uint8Array(readFileSync(pathOf(file))))
  if (!('text' in decoded)) throw new Error(`${file} is no text`)
  return decoded.text
}

export type Edit = (text: string) => string

/** Every place of the file's own text. */
export function all(was: string | RegExp, is: string | ((at: number) => string)): Edit {
  return (text) => {
    let at = 0
    const result = text.replaceAll(was, () => (typeof is === 'string' ? is : is(at++)))
    if (result === text) throw new Error(`nothing is replaced: ${was}`)
    return result
  }
}

export function first(was: string, is: string): Edit {
  return (text) => {
    if (!text.includes(was)) throw new Error(`nothing is replaced: ${was}`)
    return text.replace(was, () => is)
  }
}

export function both(...edits: readonly Edit[]): Edit {
  return (text) => edits.reduce((edited, edit) => edit(edited), text)
}

interface Which {
  /** Of several, counted from 0; all where left out. Negative ones count from the end. */
  readonly at?: number
  /** Only below this place. */
  readonly below?: RegExp
}

/** Values of members called `key` that read as `was` (any where undefined), by new raw JSON. */
export function member(
  key: string,
  was: unknown,
  is: unknown | ((value: unknown, at: number) => unknown),
  { at, below }: Which = {},
): Edit {
  return (text) => {
    const { index, projected } = readCassette(text)
    if (index === undefined) throw new Error('not a recording')
    const document = new JsonDocument(projected ?? text, index)
    const found: { start: number; end: number; value: unknown }[] = []
    for (let id = 0; id < index.count; id++) {
      const node = document.node(id)
      if (node.kind !== 'object') continue
      for (const one of node.members()) {
        if (one.key !== key) continue
        const value: unknown = JSON.parse(one.value.raw)
        if (was !== undefined && JSON.stringify(value) !== JSON.stringify(was)) continue
        if (below && !below.test(document.pointerOf(one.value.id))) continue
        found.push({ start: one.value.start, end: one.value.end, value })
      }
    }
    const chosen = at === undefined ? found : found.slice(at, at === -1 ? undefined : at + 1)
    if (chosen.length === 0) throw new Error(`no member ${key} that is ${JSON.stringify(was)}`)
    const edits: TextEdit[] = chosen.map(({ start, end, value }, place) => ({
      offset: start,
      length: end - start,
      content: JSON.stringify(typeof is === 'function' ? is(value, place) : is),
    }))
    const view = projected === undefined ? undefined : viewOf(text)
    return applyEdits(text, view ? view.put(edits) : edits)
  }
}

/** The file's JSON written anew: other white space, escapes and spelling of numbers, keys in another order if wanted. */
export function rewritten(indent: number, sorted = false): Edit {
  return (text) => JSON.stringify(sorted ? sort(JSON.parse(text)) : JSON.parse(text), undefined, indent)
}

function sort(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sort)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sort(inner)]),
  )
}

/** The file's JSON changed as an object. For what no text edit says shortly. */
export function changed<File>(how: (file: File) => void): Edit {
  return (text) => {
    // the test knows the file's shape, the type system does not
    const file = JSON.parse(text) as File
    how(file)
    return JSON.stringify(file, undefined, 2)
  }
}
