import { Dialog } from 'radix-ui'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import { AskOpen } from './ask-open-dialog.tsx'
import { AskTrees } from './ask-trees-dialog.tsx'
import { ComparePanel } from './compare-dialog.tsx'
import { type Overlay, useStores } from './deck.ts'
import { Actions, Body } from './dialog-parts.tsx'
import { CloseChanged, DiskChanged } from './disk-dialogs.tsx'
import { OpenUrlForm } from './open-url-form.tsx'
import { Palette } from './palette.tsx'
import { Review } from './review-dialog.tsx'
import { SHORTCUTS } from './shortcuts.ts'
import type { Opener } from './use-opener.ts'

const StreamDialog = lazy(async () => ({
  default: (await import('../response/stream-dialog.tsx')).StreamDialog,
}))

const HistoryPanel = lazy(async () => ({
  default: (await import('../history/history-panel.tsx')).HistoryPanel,
}))

const PLACE = 'top-[12vh] max-h-[76vh] max-md:top-4 max-md:max-h-[92vh]'
const NARROW = `${PLACE} w-[min(520px,calc(100vw-24px))]`
const WIDE = `${PLACE} w-[min(1200px,calc(100vw-32px))]`
const WHOLE =
  'top-3 h-[calc(100dvh-24px)] w-[calc(100vw-24px)] [--compare-height:calc(100dvh-108px)] max-md:[--compare-height:calc(100dvh-108px)]'
const SIZES: Partial<Record<Overlay['kind'], string>> = { review: WIDE, 'compare-disk': WIDE, compare: WHOLE }

type ModalOverlay = Exclude<Overlay, { readonly kind: 'history' }>

/** Whatever lies over the deck; Escape and a click beside it close it. */
export function Dialogs({ overlay, opener }: { readonly overlay: Overlay; readonly opener: Opener }) {
  const { overlay: store } = useStores()
  const close = (): void => store.set(undefined)
  // not over the deck but beside it: what a step looks like is seen there
  if (overlay.kind === 'history') {
    return (
      <Suspense>
        <HistoryPanel draftId={overlay.draftId} close={close} />
      </Suspense>
    )
  }
  return <Modal overlay={overlay} opener={opener} close={close} />
}

/** A dialog in the middle, the deck dimmed behind it. */
function Modal({
  overlay,
  opener,
  close,
}: {
  readonly overlay: ModalOverlay
  readonly opener: Opener
  close(): void
}) {
  // there is no trigger: dialogs are opened by keys, menus and drops alike
  const [openedFrom] = useState(() => document.activeElement)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          // a click beside it must not take what was typed into it
          onInteractOutside={(event) => overlay.kind === 'stream' && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (openedFrom instanceof HTMLElement) openedFrom.focus()
          }}
          className={`fixed left-1/2 z-50 -translate-x-1/2 overflow-y-auto rounded-xl border border-line-2 bg-pane p-5 shadow-xl outline-none ${SIZES[overlay.kind] ?? NARROW}`}
          // what scrolls must be reached by the keyboard, also where nothing in it can be
          tabIndex={0}
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
  readonly overlay: ModalOverlay
  readonly opener: Opener
  close(): void
}) {
  switch (overlay.kind) {
    case 'ask-open':
      return <AskOpen overlay={overlay} opener={opener} close={close} />
    case 'ask-trees':
      return <AskTrees sources={overlay.sources} opener={opener} close={close} />
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
    case 'compare-disk':
      return <DiskChanged draftId={overlay.draftId} compare={overlay.kind === 'compare-disk'} close={close} />
    case 'close-changed':
      return <CloseChanged draftId={overlay.draftId} close={close} />
    case 'compare':
      return (
        <Body title="Compare">
          <ComparePanel otherId={overlay.otherId} />
        </Body>
      )
    case 'stream':
      return (
        <Suspense fallback={<Dialog.Title className="text-ink-3">Loading…</Dialog.Title>}>
          <StreamDialog task={overlay.task} close={close} />
        </Suspense>
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
