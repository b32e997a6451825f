import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  type Opened,
  type OpenedDraft,
  openFiles,
  openLinkData,
  openPasted,
  openUrl,
  sampleUrl,
} from '../../queries/opening.ts'
import { readingQuery } from '../../queries/reading.ts'
import type { ChosenFile, Dropped } from '../../workspace/browser.ts'
import type { Draft } from '../../workspace/draft.ts'
import type { Location } from '../../workspace/location.ts'
import { judgeRemote } from '../../workspace/remote.ts'
import type { ReviewSource } from '../../workspace/review-port.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { viewOf } from '../../workspace/view.ts'
import { readDiff } from '../review/read-diff.ts'
import { clearAddress } from './address-bar.ts'
import { type Stores, useStores } from './deck.ts'

/** Every way into the app, for buttons, drops, pastes and links. */
export interface Opener {
  /** Files go on the desk, folders and archives on the shelf. */
  chosen(chosen: Dropped): Promise<void>
  /** Folders and archives; with one open already, the person is asked what to do with it. */
  trees(sources: readonly TreeSource[]): void
  /** Puts folders and archives on the shelf in place of what is there. */
  shelve(sources: readonly TreeSource[]): void
  /** A change of many recordings: goes to its page, where none is named to say which. */
  review(source: ReviewSource | undefined): void
  drop(transfer: DataTransfer): Promise<void>
  pasted(text: string): Promise<void>
  sample(): Promise<void>
  /** A URL that somebody (a person or a link) named; unknown hosts are confirmed first. */
  url(url: string, location?: Location): Promise<void>
  /** A URL whose host has been agreed to. */
  agreedUrl(url: string, location: Location): Promise<void>
  link(location: Location): Promise<void>
  /** Adds drafts beside what is open. */
  add(drafts: readonly OpenedDraft[], location?: Location): readonly string[]
  /** Opens drafts in place of everything that is open. */
  replace(drafts: readonly OpenedDraft[]): void
}

export function useOpener(): Opener {
  const stores = useStores()
  const client = useQueryClient()
  return useMemo(() => createOpener(stores, client), [stores, client])
}

function createOpener(stores: Stores, client: QueryClient): Opener {
  const { browser, session, handles, arrivals, overlay, keeper, screen, shelf, libraryView } = stores

  const remember = (ids: readonly string[], drafts: readonly OpenedDraft[], location?: Location): void =>
    ids.forEach((id, at) => {
      const handle = drafts[at]?.handle
      if (handle !== undefined) handles.set(id, handle)
      if (at > 0) return
      if (location !== undefined) arrivals.set(id, location)
      // only the first is on screen now; the others are read again when they are shown
      const draft = session.state.get().drafts.find((candidate) => candidate.id === id)
      const reading = drafts[at]?.reading
      if (draft && reading) client.setQueryData(readingQuery(draft).queryKey, viewOf(draft, reading))
    })

  const opener: Opener = {
    add(drafts, location) {
      if (location === undefined) clearAddress()
      const ids = session.open(drafts)
      remember(ids, drafts, location)
      if (ids.length > 0) screen.set('deck')
      return ids
    },
    replace(drafts) {
      clearAddress()
      screen.set('deck')
      remember(session.replaceAll(drafts), drafts)
    },
    async chosen({ files, trees }) {
      if (trees.length > 0) opener.trees(trees)
      if (files.length === 0) return
      const diff = files.length === 1 && files[0] !== undefined ? await diffOf(files[0]) : undefined
      if (diff !== undefined) opener.review(diff)
      else take(await openFiles(files))
    },
    trees(sources) {
      const isFirst = shelf.library.get() === undefined
      if (isFirst && sources.length === 1) opener.shelve(sources)
      else overlay.set({ kind: 'ask-trees', sources })
    },
    shelve(sources) {
      shelf.open(sources)
      // a link may have said what to look for in it
      libraryView.update((view) => (view.page === 'review' ? { ...view, page: 'recordings' } : view))
      stores.selection.set(new Set())
      stores.places.set(new Map())
      stores.lastRow.at = 0
      stores.lastRow.path = undefined
      screen.set('library')
    },
    review(source) {
      stores.reviewSource.set(source)
      libraryView.update((view) => ({ ...view, page: 'review' }))
      screen.set('library')
    },
    async drop(transfer) {
      const text = transfer.getData('text/plain')
      const dropped = await browser.filesOfDrop(transfer)
      if (dropped.files.length + dropped.trees.length > 0) await opener.chosen(dropped)
      else if (/^https?:\/\/\S+$/.test(text.trim())) await opener.url(text.trim())
      else if (text !== '') take(await openPasted(text))
      else session.reject([{ name: 'The drop', problem: nothingInIt }])
    },
    async pasted(text) {
      if (await isDiff(text)) opener.review({ kind: 'diff', name: 'Pasted diff', text, ...baseOf(stores) })
      else take(await openPasted(text))
    },
    async sample() {
      take(await openUrl(client, sampleUrl(), { kind: 'sample' }))
    },
    async url(url, location = {}) {
      if (await isGitHubChange(url)) {
        opener.review({ kind: 'github', url })
        return
      }
      const verdict = judgeRemote(url, window.location.href)
      if (verdict.kind === 'refused') {
        session.reject([
          { name: url, problem: { severity: 'error', code: 'refused-url', message: verdict.reason } },
        ])
      } else if (verdict.kind === 'ask') {
        overlay.set({ kind: 'confirm-host', url: verdict.url, host: verdict.host, location })
      } else await opener.agreedUrl(verdict.url, location)
    },
    async agreedUrl(url, location) {
      const { drafts, rejected } = await openUrl(client, url, { kind: 'url', url })
      if (!showRestored(drafts, location)) opener.add(drafts, location)
      if (rejected.length > 0) session.reject(rejected)
    },
    async link(location) {
      const { source, library } = location
      if (library !== undefined) {
        const { change, ...view } = library
        libraryView.set(view)
        if (change !== undefined) linkedChange(change)
        if (source === undefined) {
          await keeper.ready
          // work that an earlier visit left behind comes before an empty page, which a review is not
          if (session.state.get().drafts.length === 0 || change !== undefined) screen.set('library')
        }
      }
      if (source === undefined) return
      if (source.kind === 'url' && (await isGitHubChange(source.url))) {
        linkedChange(source.url)
        libraryView.update((view) => ({ ...view, page: 'review' }))
        screen.set('library')
        return
      }
      // what an earlier visit left of the same link has to be known first
      await keeper.ready
      if (source.kind === 'url') {
        const { url } = source
        // asking again for a host, only to show what has been fetched from it, would be odd
        const known = restored().find(({ origin }) => origin.kind === 'url' && origin.url === url)
        if (known === undefined) return opener.url(url, location)
        arrive(known.id, location)
        return
      }
      const { drafts, rejected } =
        source.kind === 'data'
          ? await openLinkData(source.data, source.name)
          : await openUrl(client, sampleUrl(), { kind: 'sample' })
      // a link never takes the place of anybody's work: it opens beside it
      if (!showRestored(drafts, location)) opener.add(drafts, location)
      if (rejected.length > 0) session.reject(rejected)
    },
  }

  /** One that is open already stays as it is. */
  const linkedChange = (url: string): void =>
    stores.reviewSource.update((open) =>
      open?.kind === 'github' && open.url === url ? open : { kind: 'link', url },
    )

  /** Drafts of an earlier visit that came back; once their notice is dismissed a link opens anew. */
  const restored = (): readonly Draft[] => {
    const { ids } = keeper.recovered.get()
    return session.state.get().drafts.filter(({ id }) => ids.includes(id))
  }

  const arrive = (id: string, location: Location): void => {
    if (!stores.playheads.has(id)) arrivals.set(id, location)
    session.show(id)
    screen.set('deck')
  }

  /** What came from the same link, with the same base, is shown as it was left instead of once more. */
  const showRestored = (drafts: readonly OpenedDraft[], location: Location): boolean => {
    const [opened] = drafts
    const known = restored().find(
      ({ origin, base }) =>
        origin.kind === opened?.origin.kind && base.text === opened.base.text && base.bom === opened.base.bom,
    )
    if (known !== undefined) arrive(known.id, location)
    return known !== undefined
  }

  /** The first files simply open; later ones ask whether to add, replace or compare. */
  function take({ drafts, rejected }: Opened): void {
    session.reject(rejected)
    if (drafts.length === 0) return
    if (session.state.get().drafts.length === 0) opener.add(drafts)
    else {
      // a drop while the last one is still being asked about joins it
      const asked = overlay.get()
      const waiting = asked?.kind === 'ask-open' ? asked.drafts : []
      overlay.set({ kind: 'ask-open', drafts: [...waiting, ...drafts] })
    }
  }

  /** A unified git diff is no recording: it is about many. */
  const diffOf = async ({ name, file }: ChosenFile): Promise<ReviewSource | undefined> => {
    if (!/\.(?:diff|patch|txt)$/i.test(name) || file.size > LONGEST_DIFF) return undefined
    const text = await readDiff(file).catch(() => '')
    return (await isDiff(text)) ? { kind: 'diff', name, text, ...baseOf(stores) } : undefined
  }

  return opener
}

/** A line that only a diff has; the rest is judged by what reads diffs. */
async function isDiff(text: string): Promise<boolean> {
  if (!/^(?:diff --|--- )/m.test(text.slice(0, DIFF_HEAD))) return false
  const { looksLikeDiff } = await import('../../core/review/git-diff.ts')
  return looksLikeDiff(text)
}

/** Characters in which a mail's or a commit's head ends. */
const DIFF_HEAD = 20_000

/** A pull request, a commit or a comparison, and not a file on the same host. */
async function isGitHubChange(url: string): Promise<boolean> {
  if (!/github/i.test(url)) return false
  const { parseGitHubUrl } = await import('../../core/review/github-url.ts')
  const change = parseGitHubUrl(url)
  return change !== undefined && 'kind' in change
}

/** Bytes; more than V8 can hold twice as a string. */
const LONGEST_DIFF = 200_000_000

/** The open folder: a diff says only what changed, the folder what the rest is. */
function baseOf({ shelf }: Stores): { readonly base?: readonly TreeSource[] } {
  const library = shelf.library.get()
  return library === undefined ? {} : { base: library.sources }
}

const nothingInIt = {
  severity: 'error',
  code: 'empty-drop',
  message: 'There was no file and no text in it.',
  advice: 'Drop a recording file, a folder of them, or paste the text of one.',
} as const
