/**
 * File names that say what the file holds. A door of its own beside `open.ts`: reading a file needs none of it,
 * and the hash and its older rules need not be there before the first paint.
 */
import type { NameVerdict, Naming, RequestKey } from './containers/container.ts'
import { llamaStackNaming } from './containers/llama-stack-json-key.ts'
import type { JsonDocument } from './syntax/json-node.ts'
import { jsonStringLayer } from './syntax/json-string.ts'
import { spliceBetween, type TextEdit } from './text/edit.ts'

/** By the container's id; formats that are not here name their files as the person likes. */
const NAMINGS: ReadonlyMap<string, Naming> = new Map([['llama-stack-json', llamaStackNaming]])

/** What is to be known about the key of a recording. */
export interface KeyReport {
  readonly verdict: NameVerdict
  /** Undefined where it cannot be computed. */
  readonly key?: RequestKey
  /** How many strings inside of the file are made from another hash than this. */
  readonly otherIds: number
}

/** Undefined where the format does not name its files after what they hold. */
export function reportKey(
  container: string,
  document: JsonDocument,
  fileName: string,
): KeyReport | undefined {
  const naming = NAMINGS.get(container)
  const { root } = document
  if (naming === undefined || root === undefined) return undefined
  const key = naming.keyOf(root)
  const verdict = naming.judge(root, fileName)
  return key === undefined
    ? { verdict, otherIds: 0 }
    : { verdict, key, otherIds: idEdits(naming, document, key).length }
}

/** How a file's name relates to what the file holds. */
export function judgeName(
  container: string,
  document: JsonDocument,
  fileName: string,
): NameVerdict | undefined {
  return document.root && NAMINGS.get(container)?.judge(document.root, fileName)
}

/** The hash by which the recorder finds a file. */
export function hashOf(container: string, document: JsonDocument): string | undefined {
  return document.root && NAMINGS.get(container)?.keyOf(document.root)?.hash
}

/** A file's own name for what it holds, and the edits of what in it is made from that. */
export interface Renaming {
  readonly name: string
  readonly edits: readonly TextEdit[]
}

/** What has to follow a change of the request; undefined where there is nothing to follow it by. */
export function followKey(container: string, document: JsonDocument): Renaming | undefined {
  const naming = NAMINGS.get(container)
  const key = document.root && naming?.keyOf(document.root)
  return naming && key && { name: key.fileName, edits: idEdits(naming, document, key) }
}

function idEdits(naming: Naming, document: JsonDocument, key: RequestKey): readonly TextEdit[] {
  const wanted = naming.idOf(key)
  if (document.root === undefined) return []
  return naming.derivedIds(document.root).flatMap((node) => {
    if (node.string() === wanted) return []
    const layer = jsonStringLayer(document.text, node.start, node.end, document.habits)
    const splice = spliceBetween(layer.text, wanted)
    return splice === undefined ? [] : [layer.toInner(splice)]
  })
}
