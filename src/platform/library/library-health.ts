import { decodeFile } from '../../core/file-text.ts'
import type { IndexedEntry } from '../../core/library/entry.ts'
import { type Health, healthOf, type StaleName } from '../../core/library/health.ts'
import { followKey, judgeName } from '../../core/naming.ts'
import { scanJson } from '../../core/syntax/json-index.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import type { Unreadable } from '../../workspace/tree.ts'
import { nameOfPath } from '../tree/likely-recording.ts'

/** The one format that names its files after what they hold. */
const NAMED_BY_CONTENT = 'llama-stack-json'
const AT_ONCE = 8

export interface HealthCheck {
  readonly entries: readonly IndexedEntry[]
  read(path: string): Promise<Uint8Array | Unreadable>
  progress(done: number, all: number): void
  /** Lets others in; rejects when nobody waits for the answer any more. */
  breathe(): Promise<void>
}

/** Looks through a library for what needs tidying. Reads the files again: their names are judged by all that they hold. */
export async function checkHealth({ entries, read, progress, breathe }: HealthCheck): Promise<Health> {
  // the list may grow meanwhile
  const listed = [...entries]
  const named = listed.filter(({ facts }) => facts?.container === NAMED_BY_CONTENT)
  const stale: StaleName[] = []
  for (let at = 0; at < named.length; at += AT_ONCE) {
    const some = named.slice(at, at + AT_ONCE)
    const found = await Promise.all(some.map(async ({ path }) => staleName(path, await read(path))))
    stale.push(...found.filter((each) => each !== undefined))
    progress(Math.min(at + AT_ONCE, named.length), named.length)
    await breathe()
  }
  return healthOf(listed, stale)
}

function staleName(path: string, bytes: Uint8Array | Unreadable): StaleName | undefined {
  if ('problem' in bytes) return undefined
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) return undefined
  const { text } = decoded
  const index = scanJson(text)
  if (!index.valid) return undefined
  const document = new JsonDocument(text, index)
  const name = nameOfPath(path)
  const verdict = judgeName(NAMED_BY_CONTENT, document, name)
  // of the others the recorder finds the file, or nobody can say whether it does
  if (verdict?.kind !== 'older-rule' && verdict?.kind !== 'other-request') return undefined
  const better = followKey(NAMED_BY_CONTENT, document)?.name
  const to = better !== undefined && { to: path.slice(0, path.length - name.length) + better }
  if (verdict.kind === 'older-rule') return { path, verdict, because: verdict.because, ...to }
  return {
    path,
    verdict,
    because: 'The name is the hash of another request: this one was edited, or the file was renamed.',
    ...to,
  }
}
