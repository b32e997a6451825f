import type { QueryClient } from '@tanstack/react-query'
import { unpackFile } from '../core/exports/permalink.ts'
import { decodeFile } from '../core/file-text.ts'
import type { Reading } from '../core/open.ts'
import { readBytes } from '../platform/files.ts'
import type { ChosenFile } from '../workspace/browser.ts'
import type { Origin } from '../workspace/draft.ts'
import type { NewDraft, Rejected } from '../workspace/session.ts'
import { readWithDoor } from './core-door.ts'
import { remoteFileQuery } from './remote-file.ts'

/** What came out of opening some files: drafts for those that are text, reasons for the rest. */
export interface Opened {
  readonly drafts: readonly OpenedDraft[]
  readonly rejected: readonly Rejected[]
}

export interface OpenedDraft extends NewDraft {
  /** Its first reading, so that nothing is read twice. */
  readonly reading: Reading
  readonly handle?: FileSystemFileHandle
}

function rejected(name: string, code: string, message: string, advice?: string): Opened {
  return {
    drafts: [],
    rejected: [{ name, problem: { severity: 'error', code, message, ...(advice && { advice }) } }],
  }
}

/** Takes bytes in through core's door. What holds no cassette is refused with the reason. */
async function openBytes(name: string, bytes: Uint8Array, origin: Origin): Promise<Opened> {
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) return { drafts: [], rejected: [{ name, problem: decoded.problem }] }
  const reading = await readWithDoor(decoded.text)
  const problem = reading.diagnostics[0]
  if (reading.cassette === undefined && problem !== undefined) {
    return { drafts: [], rejected: [{ name, problem }] }
  }
  return { drafts: [{ name, origin, base: decoded, reading }], rejected: [] }
}

export async function openFiles(files: readonly ChosenFile[]): Promise<Opened> {
  const opened = await Promise.all(
    files.map((file) => openFile(file).catch((error: unknown) => tooMuch(file.name, error))),
  )
  return {
    drafts: opened.flatMap(({ drafts }) => drafts),
    rejected: opened.flatMap((one) => one.rejected),
  }
}

/** Memory ran out, or the reader died of it: the one file is refused, everything else goes on. */
function tooMuch(name: string, error: unknown): Opened {
  const why = error instanceof Error ? error.message : String(error)
  return rejected(
    name,
    'too-much',
    `This file was too much for the browser: ${why}.`,
    'Open a smaller part of it.',
  )
}

/** Takes in a file of a library, whose bytes have been read. */
export async function openRead(
  name: string,
  bytes: Uint8Array,
  handle: FileSystemFileHandle | undefined,
): Promise<Opened> {
  const opened = await openBytes(name, bytes, { kind: 'file' }).catch((error: unknown) =>
    tooMuch(name, error),
  )
  return withHandle(opened, handle)
}

function withHandle({ drafts, rejected }: Opened, handle: FileSystemFileHandle | undefined): Opened {
  return { drafts: drafts.map((draft) => (handle ? { ...draft, handle } : draft)), rejected }
}

async function openFile({ name, file, handle }: ChosenFile): Promise<Opened> {
  const bytes = await readBytes(file)
  if (bytes === undefined) {
    return rejected(name, 'unreadable', 'This file could not be read: it was moved, or access was withdrawn.')
  }
  return withHandle(await openBytes(name, bytes, { kind: 'file' }), handle)
}

export function openPasted(text: string): Promise<Opened> {
  const name = 'pasted.json'
  return openBytes(name, new TextEncoder().encode(text), { kind: 'paste' }).catch((error: unknown) =>
    tooMuch(name, error),
  )
}

/** The cassette inside a link. */
export async function openLinkData(data: string, name: string): Promise<Opened> {
  const unpacked = unpackFile(data)
  if (!unpacked.ok)
    return rejected(name, 'bad-link', unpacked.reason, 'Ask for the link again, or for the file.')
  return openBytes(name, unpacked.bytes, { kind: 'link' })
}

/** Fetches a file the person agreed to. The sample is fetched the same way, from the app's own folder. */
export async function openUrl(client: QueryClient, url: string, origin: Origin): Promise<Opened> {
  const name = nameOf(url)
  try {
    return await openBytes(name, await client.fetchQuery(remoteFileQuery(url)), origin)
  } catch (error) {
    return rejected(name, 'fetch-failed', error instanceof Error ? error.message : String(error))
  }
}

/** The file name in a URL. Decoding may bring out separators; only what stands behind the last one counts. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  let name = last
  try {
    name = decodeURIComponent(last)
  } catch {
    // not percent-encoded after all: the text is the name
  }
  // control characters have no place in a file name
  return (
    name
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\p{Cc}/gu, '') || 'cassette.json'
  )
}

/** The built-in sample's address: beside the page, under whatever path the app is served. */
export function sampleUrl(): string {
  return new URL('seed-llama.json', document.baseURI).href
}
