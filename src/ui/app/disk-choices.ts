import { type DiskFile, withDisk } from '../../workspace/disk.ts'
import type { Stores } from './deck.ts'
import { notify } from './notices.ts'

/** The draft's text stays and is compared with what is on disk from now on: saving writes over that. */
export function keepMine({ session, disk }: Stores, draftId: string, found: DiskFile): void {
  if (found.kind !== 'text') return
  session.diskChanged(draftId, found.file, 'keep-mine')
  disk.update((all) => withDisk(all, draftId, undefined))
}

/** What is on disk takes the place of the draft's text, as a step that undo takes back. */
export function loadDisk({ session, disk }: Stores, draftId: string, found: DiskFile): void {
  if (found.kind !== 'text') return
  session.diskChanged(draftId, found.file, 'load')
  disk.update((all) => withDisk(all, draftId, undefined))
  notify('Loaded the file from disk. Undo brings your text back.')
}
