import { type Decoded, decodeFile } from '../core/file-text.ts'
import type { Draft } from './draft.ts'

/** What a draft's file holds on disk, where that is not what the draft is compared with. */
export type DiskFile =
  | { readonly kind: 'text'; readonly file: Decoded; readonly bytes: Uint8Array }
  /** No text any more: it can be written over or left, but not loaded. */
  | { readonly kind: 'other'; readonly problem: string; readonly bytes: Uint8Array }
  | { readonly kind: 'gone' }

/** By draft id. */
export type DiskFiles = ReadonlyMap<string, DiskFile>

/** Undefined when the file is as the draft knows it. */
export function judgeDisk(draft: Draft, bytes: Uint8Array): DiskFile | undefined {
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) return { kind: 'other', problem: decoded.problem.message, bytes }
  const same = decoded.text === draft.base.text && decoded.bom === draft.base.bom
  return same ? undefined : { kind: 'text', file: decoded, bytes }
}

export function withDisk(all: DiskFiles, draftId: string, found: DiskFile | undefined): DiskFiles {
  if (found === undefined && !all.has(draftId)) return all
  const next = new Map(all)
  if (found === undefined) next.delete(draftId)
  else next.set(draftId, found)
  return next
}
