import { Dialog } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { ComparePanel } from './compare-dialog.tsx'
import { type Overlay, useSelect, useStores } from './deck.ts'
import { OpenUrlForm } from './open-url-form.tsx'
import { Palette } from './palette.tsx'
import { saveDraft } from './saving.ts'
import { SHORTCUTS } from './shortcuts.ts'
import type { Opener } from './use-opener.ts'

const DiffView = lazy(async () => ({ default: (await import('../compare/diff-view.tsx')).DiffView }))

const WIDE = new Set<Overlay['kind']>(['review', 'compare'])

/** Whatever lies over the deck; Escape and a click beside it close it. */
export function Dialogs({ overlay, opener }: { readonly overlay: Overlay; readonly opener: Opener }) {
  const { overlay: store } = useStores()
  const close = (): void => store.set(undefined)
  // there is no trigger: dialogs are opened by keys, menus and drops alike
  const [openedFrom] = useState(() => document.activeElement)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (openedFrom instanceof HTMLElement) openedFrom.focus()
          }}
          className={`fixed top-[12vh] left-1/2 z-50 max-h-[76vh] -translate-x-1/2 overflow-y-auto rounded-xl border border-line-2 bg-pane p-5 shadow-xl outline-none max-md:top-4 max-md:max-h-[92vh] ${
            WIDE.has(overlay.kind) ? 'w-[min(1200px,calc(100vw-32px))]' : 'w-[min(520px,calc(100vw-24px))]'
          }`}
        >
          <DialogBody overlay={overlay} opener={opener} close={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function DialogBody({
  overlay,
  opener,
  close,
}: {
  readonly overlay: Overlay
  readonly opener: Opener
  close(): void
}) {
  switch (overlay.kind) {
    case 'ask-open':
      return <AskOpen overlay={overlay} opener={opener} close={close} />
    case 'confirm-host':
      return (
        <Body title={`Open a file from ${overlay.host}?`}>
          <p className="text-ink-2">
            The file is fetched from there without cookies and without saying where you come from. The host
            sees your address, as for any page you visit.
          </p>
          <p className="recorded break-all text-ink-3">{overlay.url}</p>
          <Actions close={close}>
            <Button
              tone="main"
              autoFocus
              onClick={() => {
                close()
                void opener.agreedUrl(overlay.url, overlay.location)
              }}
            >
              Open from {overlay.host}
            </Button>
          </Actions>
        </Body>
      )
    case 'open-url':
      return (
        <Body title="Open from a URL">
          <OpenUrlForm opener={opener} close={close} />
        </Body>
      )
    case 'review':
      return <Review draftId={overlay.draftId} save={overlay.save} close={close} />
    case 'disk-changed':
      return <DiskChanged draftId={overlay.draftId} handle={overlay.handle} close={close} />
    case 'close-changed':
      return <CloseChanged draftId={overlay.draftId} close={close} />
    case 'compare':
      return (
        <Body title="Compare">
          <ComparePanel otherId={overlay.otherId} />
        </Body>
      )
    case 'shortcuts':
      return (
        <Body title="Keyboard shortcuts">
          <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {SHORTCUTS.map(([keys, does]) => (
              <div key={keys} className="contents">
                <dt className="recorded text-ink-2">{keys}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Body>
      )
    case 'palette':
      return (
        <>
          <Dialog.Title className="sr-only">Everything by name</Dialog.Title>
          <Palette opener={opener} close={close} />
        </>
      )
    default:
      return overlay satisfies never
  }
}

function Body({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-4">
      <Dialog.Title className="text-lg font-semibold tracking-[-0.01em]">{title}</Dialog.Title>
      {children}
    </div>
  )
}

function Actions({ children, close }: { readonly children: ReactNode; close(): void }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button tone="quiet" onClick={close}>
        Cancel
      </Button>
      {children}
    </div>
  )
}

function AskOpen({
  overlay,
  opener,
  close,
}: {
  readonly overlay: Extract<Overlay, { kind: 'ask-open' }>
  readonly opener: Opener
  close(): void
}) {
  const { session, overlay: store } = useStores()
  const changed = useSelect(session.state, ({ drafts }) => drafts.filter(isChanged).length)
  const current = useSelect(session.state, (value) => value.current)
  const { drafts } = overlay
  const what = drafts.length === 1 ? (drafts[0]?.name ?? 'the file') : `${drafts.length} files`
  return (
    <Body title={drafts.length === 1 ? 'Open this file' : `Open ${drafts.length} files`}>
      <p className="recorded truncate text-ink-2">{what}</p>
      {changed > 0 && (
        <p className="text-error">
          {changed === 1 ? 'One open cassette has' : `${changed} open cassettes have`} unsaved changes;
          replacing would lose them.
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        {drafts.length === 1 && current !== undefined && (
          <Button
            tone="outline"
            onClick={() => {
              opener.add(drafts)
              store.set({ kind: 'compare', otherId: current })
            }}
          >
            Compare
          </Button>
        )}
        <Button
          tone="outline"
          onClick={() => {
            close()
            opener.replace(drafts)
          }}
        >
          Replace
        </Button>
        <Button
          tone="main"
          autoFocus
          onClick={() => {
            close()
            opener.add(drafts)
          }}
        >
          Add
        </Button>
      </div>
    </Body>
  )
}

function useDraft(draftId: string): Draft | undefined {
  const { session } = useStores()
  return useSelect(session.state, (value) => value.drafts.find(({ id }) => id === draftId))
}

function Review({
  draftId,
  save,
  close,
}: {
  readonly draftId: string
  readonly save: boolean
  close(): void
}) {
  const stores = useStores()
  const draft = useDraft(draftId)
  if (draft === undefined) return null
  const labels = [...new Set(draft.steps.slice(0, draft.position).map(({ label }) => label))]
  return (
    <Body title={save ? `Save ${draft.name}?` : 'What changed'}>
      {labels.length > 0 && <p className="text-ink-2">{labels.join(' · ')}</p>}
      <div className="h-[48vh] overflow-hidden rounded-md border">
        <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>
          <DiffView
            original={draft.base.text}
            modified={draft.text}
            originalLabel="as opened"
            modifiedLabel="as edited"
          />
        </Suspense>
      </div>
      {save && (
        <Actions close={close}>
          <Button
            tone="main"
            autoFocus
            onClick={() => {
              close()
              void saveDraft(stores, draft)
            }}
          >
            Save
          </Button>
        </Actions>
      )}
    </Body>
  )
}

function DiskChanged({
  draftId,
  handle,
  close,
}: {
  readonly draftId: string
  readonly handle: FileSystemFileHandle
  close(): void
}) {
  const stores = useStores()
  const draft = useDraft(draftId)
  if (draft === undefined) return null
  return (
    <Body title="The file on disk has changed">
      <p className="text-ink-2">
        <span className="recorded">{handle.name}</span> is no longer what it was when it was opened here.
        Nothing was written. Overwriting loses what is on disk now; "Save as" leaves it.
      </p>
      <Actions close={close}>
        <Button
          tone="outline"
          onClick={() => {
            close()
            void saveDraft(stores, draft, 'own-whatever-it-holds')
          }}
        >
          Overwrite
        </Button>
        <Button
          tone="main"
          autoFocus
          onClick={() => {
            close()
            void saveDraft(stores, draft, 'other')
          }}
        >
          Save as…
        </Button>
      </Actions>
    </Body>
  )
}

function CloseChanged({ draftId, close }: { readonly draftId: string; close(): void }) {
  const { session } = useStores()
  const draft = useDraft(draftId)
  return (
    <Body title="Close without saving?">
      <p className="text-ink-2">
        <span className="recorded">{draft?.name}</span> has changes that are not saved in its file.
      </p>
      <Actions close={close}>
        <Button
          tone="main"
          onClick={() => {
            close()
            session.close(draftId)
          }}
        >
          Close and lose the changes
        </Button>
      </Actions>
    </Body>
  )
}
