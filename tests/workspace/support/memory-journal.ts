import { createHash } from 'node:crypto'
import { encodeFile } from '../../../src/core/file-text.ts'
import type { FieldWrite, JournalWrite, StoredDraft } from '../../../src/workspace/journal.ts'
import type { JournalPort } from '../../../src/workspace/keeper.ts'

export interface MemoryJournal extends JournalPort {
  readonly stored: Map<string, StoredDraft>
  /** Characters written so far. */
  written: number
  /** The next writes fail with this. */
  failure: Error | undefined
}

/** A journal that keeps everything in a map, with the rules of the real one. */
export function memoryJournal(): MemoryJournal {
  const stored = new Map<string, StoredDraft>()
  const apply = (write: JournalWrite, gone: string[]): void => {
    const { head, originText, baseText, from, steps, fields, closedFields } = write
    const before = stored.get(head.key)
    if (originText === undefined && before === undefined) gone.push(head.key)
    const open = new Map<string, FieldWrite>(
      originText === undefined ? before?.fields.map((field) => [field.id, field]) : [],
    )
    for (const id of closedFields) open.delete(id)
    for (const field of fields) {
      const opened = field.opened ?? open.get(field.id)?.opened
      open.set(field.id, { ...field, ...(opened !== undefined && { opened }) })
    }
    stored.set(head.key, {
      head,
      originText: originText ?? before?.originText,
      baseText: baseText ?? before?.baseText,
      handle: undefined,
      steps: [...(before?.steps.slice(0, from) ?? []), ...steps],
      fields: [...open.values()],
    })
  }
  const journal: MemoryJournal = {
    stored,
    written: 0,
    failure: undefined,
    adopt: async (whose) => (whose === 'others' ? [] : structuredClone([...stored.values()])),
    async write(writes, removed) {
      if (journal.failure !== undefined) throw journal.failure
      const gone: string[] = []
      for (const key of removed) stored.delete(key)
      for (const write of structuredClone(writes)) apply(write, gone)
      journal.written += JSON.stringify(writes).length
      return { gone, taken: [], failed: [] }
    },
    hash: async (file) => createHash('sha256').update(encodeFile(file)).digest('hex'),
  }
  return journal
}
