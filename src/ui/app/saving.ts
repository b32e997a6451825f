import { type Decoded, encodeFile } from '../../core/file-text.ts'
import type { SaveOutcome } from '../../workspace/browser.ts'
import { judgeDisk, withDisk } from '../../workspace/disk.ts'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import type { Stores } from './deck.ts'
import { notify } from './notices.ts'

/** The draft as the file it would be. */
function fileOf(draft: Draft): Decoded {
  return { ...draft.base, text: draft.text }
}

/** Downloads the cassette under its own name. */
export function downloadDraft({ browser }: Stores, draft: Draft): void {
  browser.download(draft.name, encodeFile(fileOf(draft)))
}

/** Downloads several cassettes as one archive. */
export async function downloadZip({ browser }: Stores, drafts: readonly Draft[]): Promise<void> {
  const { zipFiles } = await import('../../core/exports/zip.ts')
  const files = drafts.map((draft) => ({ name: draft.name, bytes: encodeFile(fileOf(draft)) }))
  browser.download('cassettes.zip', zipFiles(files))
}

/** Copies the cassette's text, to the letter. */
export async function copyDraft({ browser }: Stores, draft: Draft): Promise<void> {
  if (draft.base.bytes) notify('This file is no text: download it instead.', 'error')
  else if (await browser.copyText(draft.text)) notify('Copied the whole file.')
  else notify('The browser did not allow copying. Download the file instead.', 'error')
}

/** Saving shows what changed first; an unchanged cassette has nothing to save. */
export function askToSave(stores: Stores, draft: Draft): void {
  if (isChanged(draft)) stores.overlay.set({ kind: 'review', draftId: draft.id, save: true })
  else notify('Nothing was changed; the file is as it was.')
}

/**
 * Where a draft is written: to its own file if that is as the draft knows it, to another one, or over what the
 * person has seen to be in it.
 */
type SaveTo = 'own' | 'other' | { readonly over: Uint8Array }

/** Drafts that are being written right now: a second save would race the first. */
const writing = new Set<string>()

/** Writes the draft to its file, or to one the person chooses where it has none yet or has another name now. */
export async function saveDraft(stores: Stores, draft: Draft, to: SaveTo = 'own'): Promise<void> {
  const own = stores.handles.get(draft.id)
  const handle = to === 'other' || isRenamed(draft) ? undefined : own
  const outcome = await write(stores, draft, handle, typeof to === 'object' ? to.over : undefined)
  switch (outcome?.kind) {
    case 'saved':
      notify(`Saved ${outcome.handle.name}.${oldFile(draft, own, outcome.handle)}`)
      break
    case 'unsure':
      notify(`${outcome.handle.name} was written, but ${outcome.reason} Look at the file.`, 'error')
      break
    case 'changed-on-disk':
    case 'gone':
      stores.overlay.set({ kind: 'disk-changed', draftId: draft.id })
      break
    case 'unsupported':
      downloadDraft(stores, draft)
      notify('This browser cannot write files in place; the file was downloaded instead.')
      break
    case 'failed':
      notify(
        `Not saved: ${outcome.reason} ${outcome.emptied ? 'The file that you chose may be empty now; the text is still here.' : 'The file on disk is as it was.'}`,
        'error',
      )
      break
    case 'cancelled':
    case undefined:
      break
    default:
      outcome satisfies never
  }
}

/** Writes every changed draft that has a file of its own, one after the other, and says how each went. */
export async function saveAllChanged(stores: Stores): Promise<void> {
  const changed = stores.session.state.get().drafts.filter(isChanged)
  if (changed.length === 0) {
    notify('Nothing was changed; all files are as they were.')
    return
  }
  const names: Record<'saved' | 'unsure' | 'conflicts' | 'failed' | 'busy' | 'homeless', string[]> = {
    saved: [],
    unsure: [],
    conflicts: [],
    failed: [],
    busy: [],
    homeless: [],
  }
  for (const { id } of changed) {
    // those before it took their time: it may have been closed, saved or given another name meanwhile
    const draft = stores.session.state.get().drafts.find((one) => one.id === id)
    if (draft === undefined || !isChanged(draft)) continue
    const handle = isRenamed(draft) ? undefined : stores.handles.get(id)
    const outcome = handle && (await write(stores, draft, handle, undefined))
    names[handle === undefined ? 'homeless' : sortOf(outcome)].push(draft.name)
  }
  const homeless = names.homeless.length
  const sentences = [
    `${names.saved.length} saved`,
    names.unsure.length > 0 && `written, but look at what the file holds now: ${listed(names.unsure)}`,
    names.conflicts.length > 0 && `${listed(names.conflicts)} changed on disk: nothing was written there`,
    names.failed.length > 0 && `not saved, and as before on disk: ${listed(names.failed)}`,
    names.busy.length > 0 && `being written already: ${listed(names.busy)}`,
    homeless > 0 &&
      `${homeless} ${homeless === 1 ? 'has' : 'have'} no file of ${homeless === 1 ? 'its' : 'their'} own yet: download ${homeless === 1 ? 'it' : 'them as a zip'}`,
  ].filter((sentence) => sentence !== false)
  const isBad = names.unsure.length + names.conflicts.length + names.failed.length > 0
  notify(`${sentences.join('; ')}.`, isBad ? 'error' : 'info')
}

/** Undefined is a draft that is being written already. */
function sortOf(outcome: SaveOutcome | undefined): 'saved' | 'unsure' | 'conflicts' | 'failed' | 'busy' {
  if (outcome === undefined) return 'busy'
  if (outcome.kind === 'saved' || outcome.kind === 'unsure') return outcome.kind
  return outcome.kind === 'changed-on-disk' || outcome.kind === 'gone' ? 'conflicts' : 'failed'
}

function listed(names: readonly string[]): string {
  const more = names.length - 3
  return more > 0 ? `${names.slice(0, 3).join(', ')} and ${more} more` : names.join(', ')
}

/** Its file is still the one with the old name. */
function isRenamed(draft: Draft): boolean {
  return draft.name !== draft.baseName
}

function oldFile(draft: Draft, own: FileSystemFileHandle | undefined, written: FileSystemFileHandle): string {
  return own !== undefined && isRenamed(draft) && own.name !== written.name
    ? ` ${own.name} is still there as it was.`
    : ''
}

/** One save, and what it means for the session. Undefined when the draft is being written already. */
async function write(
  stores: Stores,
  draft: Draft,
  handle: FileSystemFileHandle | undefined,
  over: Uint8Array | undefined,
): Promise<SaveOutcome | undefined> {
  const { browser, handles, disk } = stores
  if (writing.has(draft.id)) return undefined
  writing.add(draft.id)
  const file = fileOf(draft)
  const expected = handle === undefined ? undefined : (over ?? encodeFile(draft.base))
  const outcome = await browser
    .save({ name: draft.name, bytes: encodeFile(file), handle, expected })
    .finally(() => writing.delete(draft.id))
  if (outcome.kind === 'saved') {
    handles.set(draft.id, outcome.handle)
    disk.update((all) => withDisk(all, draft.id, undefined))
    markWritten(stores, draft, file, outcome.handle.name)
  } else if (outcome.kind === 'changed-on-disk') {
    disk.update((all) => withDisk(all, draft.id, judgeDisk(draft, outcome.bytes)))
  } else if (outcome.kind === 'gone') {
    disk.update((all) => withDisk(all, draft.id, { kind: 'gone' }))
  }
  return outcome
}

/** The person may have typed on meanwhile: what was written is the text as it was when the save began. */
function markWritten({ session }: Stores, draft: Draft, file: Decoded, name: string): void {
  const now = session.state.get().drafts.find(({ id }) => id === draft.id)
  if (now?.name === draft.name && name !== draft.name) {
    // another name was chosen in the dialog: from now on this is what it is called
    session.commit(draft.id, { label: `Save as ${name}`, edits: [], name, revision: now.revision })
  }
  session.saved(draft.id, file, name)
}
