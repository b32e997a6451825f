import { type ReactNode, useEffect, useState } from 'react'
import { encodeFile } from '../../core/file-text.ts'
import { holdsWork, isChanged } from '../../workspace/draft.ts'
import type { TypedField } from '../../workspace/journal.ts'
import { forgetTyped, losesWork } from '../../workspace/typing.ts'
import { Button } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'
import { keepMine, loadDisk } from './disk-choices.ts'
import { notify } from './notices.ts'
import { saveDraft } from './saving.ts'
import { isWaiting } from './use-typing.ts'

/** What there is to know about the person's work: where it is kept, where else it is, what came back. */
export function WorkNotices({ draftId }: { readonly draftId: string | undefined }) {
  return (
    <>
      <StorageNotice />
      <RestoredNotice />
      <LostNotice />
      {draftId !== undefined && (
        <>
          <TypedNotice key={draftId} draftId={draftId} />
          <DiskNotice draftId={draftId} />
          <ElsewhereNotice draftId={draftId} />
        </>
      )}
    </>
  )
}

/** One line over the whole width, with what can be done about it. */
function Line({
  label,
  grave = false,
  children,
}: {
  readonly label: string
  readonly grave?: boolean
  readonly children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      className={`flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 border-b px-4 py-1 ${grave ? 'bg-error-wash' : 'bg-sunk'}`}
    >
      {children}
    </section>
  )
}

function StorageNotice() {
  const { keeper, session, typing } = useStores()
  const status = useSelect(keeper.status, (value) => value)
  const changed = useSelect(session.state, ({ drafts }) => drafts.some(holdsWork))
  const isTyping = useSelect(typing, (all) => all.size > 0)
  if (status.kind !== 'off' || !(changed || isTyping)) return null
  return (
    <Line label="Storage" grave>
      <p role="alert">
        Changes are kept in this tab only: {status.reason}{' '}
        <span className="text-ink-2">Save before you close it.</span>
      </p>
    </Line>
  )
}

/** Says what came back, until it is saved. It can be thrown away again, but not by one slip. */
function RestoredNotice() {
  const { keeper, session, typing } = useStores()
  const typed = useSelect(typing, (all) => all)
  const ids = useSelect(keeper.recovered, (value) => value.ids)
  const drafts = useSelect(session.state, (value) => value.drafts)
  /** Ids: what comes back later has not been asked about. */
  const [asked, setAsked] = useState<readonly string[]>([])
  const restored = drafts.filter((draft) => ids.includes(draft.id) && losesWork(draft, typed))
  if (restored.length === 0) return null
  const areUnsaved = restored.some((draft) => isChanged(draft) || typed.has(draft.id))
  const what = restored.length === 1 ? '1 cassette' : `${restored.length} cassettes`
  const dismiss = (): void => keeper.recovered.update((value) => ({ ...value, ids: [] }))
  const discard = (): void => {
    dismiss()
    for (const { id } of restored) session.close(id)
    notify(`Discarded the changes of ${what}.`)
  }
  return (
    <Line label="Restored">
      <p role="status" className="mr-auto">
        Restored {what} with {areUnsaved ? 'unsaved changes' : 'steps that no file holds'}.
      </p>
      {restored.every(({ id }) => asked.includes(id)) ? (
        <>
          <span className="text-ink-2">The changes are then gone for good.</span>
          <Button onClick={() => setAsked([])}>Keep them</Button>
          <Button tone="outline" onClick={discard}>
            Discard for good
          </Button>
        </>
      ) : (
        <>
          <Button onClick={() => setAsked(restored.map(({ id }) => id))}>Discard…</Button>
          <Button onClick={dismiss}>Dismiss</Button>
        </>
      )}
    </Line>
  )
}

/** Stored drafts that do not fit together: what is left of their text can be had, nothing is applied blindly. */
function LostNotice() {
  const { keeper, browser } = useStores()
  const lost = useSelect(keeper.recovered, (value) => value.lost)
  if (lost.length === 0) return null
  return (
    <Line label="Not restored" grave>
      <div className="mr-auto grid gap-1">
        {lost.map(({ key, name, reason, text, marks }) => (
          <p key={key} className="flex flex-wrap items-center gap-2">
            <span>
              Unsaved changes of <span className="recorded">{name}</span> could not be restored: {reason}.
            </span>
            {text !== undefined && (
              <Button tone="outline" onClick={() => browser.download(name, encodeFile({ ...marks, text }))}>
                Download what is left
              </Button>
            )}
          </p>
        ))}
      </div>
      <Button onClick={() => keeper.forgetLost()}>Forget {lost.length === 1 ? 'it' : 'them'}</Button>
    </Line>
  )
}

/** Milliseconds after which a typed text that found its field no more is shown. */
const FIELDS_APPEAR_WITHIN = 4000
const NO_FIELDS: readonly TypedField[] = []

function TypedNotice({ draftId }: { readonly draftId: string }) {
  const { typing, browser } = useStores()
  const fields = useSelect(typing, (all) => all.get(draftId) ?? NO_FIELDS)
  const [waiting, setWaiting] = useState<readonly TypedField[]>(NO_FIELDS)
  useEffect(() => {
    const timer = setTimeout(
      () => setWaiting(fields.filter(({ id }) => isWaiting(id))),
      fields.length > 0 ? FIELDS_APPEAR_WITHIN : 0,
    )
    return () => clearTimeout(timer)
  }, [fields])
  const left = waiting.filter((field) => fields.includes(field) && isWaiting(field.id))
  if (left.length === 0) return null
  const copy = async (text: string): Promise<void> => {
    if (await browser.copyText(text)) notify('Copied what you had typed.')
    else notify('The browser did not allow copying.', 'error')
  }
  return (
    <Line label="Typed before">
      <div className="mr-auto grid min-w-0 gap-1">
        <p>You had typed this into fields that are not on screen now:</p>
        {left.map(({ id, label, text }) => (
          <p key={id} className="flex min-w-0 items-center gap-2">
            <span className="shrink-0 text-ink-2">{label}</span>
            <span className="recorded truncate">{text.slice(0, 200)}</span>
            <Button tone="outline" onClick={() => void copy(text)}>
              Copy
            </Button>
          </p>
        ))}
      </div>
      <Button
        onClick={() =>
          typing.update((all) => left.reduce((rest, { id }) => forgetTyped(rest, draftId, id), all))
        }
      >
        Dismiss
      </Button>
    </Line>
  )
}

function DiskNotice({ draftId }: { readonly draftId: string }) {
  const stores = useStores()
  const found = useSelect(stores.disk, (all) => all.get(draftId))
  const draft = useSelect(stores.session.state, ({ drafts }) => drafts.find(({ id }) => id === draftId))
  if (found === undefined || draft === undefined) return null
  const name = stores.handles.get(draftId)?.name ?? draft.name
  const happened =
    found.kind === 'gone'
      ? 'is no longer where it was.'
      : found.kind === 'other'
        ? `is another file now. ${found.problem}`
        : 'has changed on disk since it was opened here.'
  return (
    <Line label="Disk">
      <p role="status" className="mr-auto">
        <span className="recorded">{name}</span> {happened}
      </p>
      {found.kind === 'text' && (
        <>
          <Button tone="outline" onClick={() => keepMine(stores, draftId, found)}>
            Keep mine
          </Button>
          <Button tone="outline" onClick={() => loadDisk(stores, draftId, found)}>
            Load disk
          </Button>
          <Button tone="outline" onClick={() => stores.overlay.set({ kind: 'compare-disk', draftId })}>
            Compare
          </Button>
        </>
      )}
      <Button tone="outline" onClick={() => void saveDraft(stores, draft, 'other')}>
        Save as…
      </Button>
    </Line>
  )
}

function ElsewhereNotice({ draftId }: { readonly draftId: string }) {
  const { peers } = useStores()
  const elsewhere = useSelect(peers.elsewhere, (all) => all.get(draftId))
  if (elsewhere === undefined) return null
  return (
    <p role="status" className="border-b px-4 py-1 text-sm text-ink-2">
      {elsewhere.saved
        ? 'Saved in another tab: the file on disk is no longer the one that was opened here.'
        : `Also open in another tab${elsewhere.changed ? ', with unsaved changes there' : ''}.`}
    </p>
  )
}
