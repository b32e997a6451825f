import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { useSelect, useStores } from '../app/deck.ts'
import { Button, IconButton } from '../widgets/button.tsx'
import { ago, type Place, placesOf } from './history-steps.ts'

/** How often relative times are told anew, in milliseconds. */
const TELL_AGAIN = 30_000

/**
 * Every step of the draft on screen, beside the deck (on a phone below it) and not over it: each one can be looked
 * at while the list stays.
 */
export function HistoryPanel({ draftId, close }: { readonly draftId: string; close(): void }) {
  const { session } = useStores()
  const draft = useSelect(session.state, (value) => value.drafts.find(({ id }) => id === draftId))
  const [openedFrom] = useState(() => document.activeElement)
  if (draft === undefined) return null
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            focusCurrent(event.currentTarget)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (openedFrom instanceof HTMLElement) openedFrom.focus()
          }}
          onInteractOutside={(event) => {
            // the button closes it itself; a click on it would otherwise close and open
            if (event.target instanceof Element && event.target.closest('[data-history]'))
              event.preventDefault()
          }}
          className="fixed top-[52px] right-4 z-50 flex max-h-[min(70vh,640px)] w-[340px] flex-col rounded-xl border border-line-2 bg-pane shadow-xl outline-none max-md:inset-x-0 max-md:top-auto max-md:right-0 max-md:bottom-0 max-md:max-h-[60vh] max-md:w-auto max-md:rounded-b-none"
        >
          <div className="flex shrink-0 items-center justify-between py-2 pr-2 pl-4">
            <Dialog.Title className="font-semibold">History</Dialog.Title>
            <IconButton label="Close" onClick={close}>
              <X aria-hidden="true" size={14} />
            </IconButton>
          </div>
          <Steps draft={draft} />
          <Foot draft={draft} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function focusCurrent(panel: EventTarget | null): void {
  if (!(panel instanceof HTMLElement)) return
  panel.querySelector<HTMLElement>('[aria-current="step"]')?.focus()
}

function Steps({ draft }: { readonly draft: Draft }) {
  const { session } = useStores()
  const places = useMemo(() => placesOf(draft), [draft])
  const now = useNow()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (draft.position >= 0) {
      list.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: 'nearest' })
    }
  }, [draft.position])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      if (key === 'y' || event.shiftKey) session.redo(draft.id)
      else session.undo(draft.id)
    } else if (!moveFocus(list.current, event.key)) return
    event.preventDefault()
  }
  return (
    <ol
      ref={list}
      aria-label="Steps"
      onKeyDown={onKeyDown}
      className="hairline-scroll min-h-0 flex-1 overflow-y-auto border-y py-1"
    >
      {places.map((place) => (
        <Step
          key={place.position}
          place={place}
          now={now}
          onJump={() => session.jump(draft.id, place.position)}
        />
      ))}
    </ol>
  )
}

function Step({ place, now, onJump }: { readonly place: Place; readonly now: number; onJump(): void }) {
  const { position, step, gist, isCurrent, isAhead, isSaved } = place
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? 'step' : undefined}
        onClick={onJump}
        title={isAhead ? 'Undone; click to do it again' : undefined}
        className={`grid w-full grid-cols-[20px_minmax(0,1fr)_auto] items-baseline gap-x-2 py-1 pr-4 pl-3 text-left hover:bg-sunk focus-visible:-outline-offset-2 pointer-coarse:py-2.5 ${
          isCurrent ? 'bg-sunk font-[550] text-ink' : isAhead ? 'text-ink-3' : 'text-ink'
        }`}
      >
        <Mark place={place} />
        <span className="min-w-0 break-words">
          {step?.label ?? 'As opened'}
          {gist && <span className="recorded block truncate font-normal text-ink-3">{gist}</span>}
          {isAhead && <span className="sr-only">, undone</span>}
        </span>
        <span className="flex gap-2 text-sm font-normal whitespace-nowrap text-ink-3 tabular-nums">
          {isSaved && <span className="text-stop">{position === 0 ? 'in the file' : 'saved'}</span>}
          {step && (
            <time
              dateTime={new Date(step.time).toISOString()}
              title={new Date(step.time).toLocaleString('en-GB')}
            >
              {ago(step.time, now)}
            </time>
          )}
        </span>
      </button>
    </li>
  )
}

/** A filled dot where the draft stands, a ring for a step that is undone, else its number. */
function Mark({ place: { position, isCurrent, isAhead } }: { readonly place: Place }) {
  if (isCurrent) return <i aria-hidden="true" className="ml-1.5 size-2 rounded-full bg-tape" />
  if (isAhead) return <i aria-hidden="true" className="ml-1.5 size-2 rounded-full border border-ink-3" />
  return (
    <span aria-hidden="true" className="text-right text-sm text-ink-3 tabular-nums">
      {position}
    </span>
  )
}

function Foot({ draft }: { readonly draft: Draft }) {
  const { overlay } = useStores()
  const ahead = draft.steps.length - draft.position
  return (
    <div className="flex min-h-11 shrink-0 items-center justify-between gap-3 py-1.5 pr-2 pl-4 text-sm text-ink-3">
      <span role="status">
        {ahead > 0
          ? `${ahead} undone ${ahead === 1 ? 'step' : 'steps'} kept`
          : draft.steps.length === 0
            ? 'Nothing was done yet.'
            : ''}
      </span>
      {isChanged(draft) && (
        <Button onClick={() => overlay.set({ kind: 'review', draftId: draft.id, save: false })}>
          What changed
        </Button>
      )}
    </div>
  )
}

/** Arrow keys, Home and End go from step to step; false for any other key. */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  const buttons = [...(list?.querySelectorAll('button') ?? [])]
  const here = buttons.findIndex((one) => one.matches(':focus'))
  const targets: ReadonlyMap<string, number> = new Map([
    ['ArrowDown', here + 1],
    ['ArrowUp', here - 1],
    ['Home', 0],
    ['End', buttons.length - 1],
  ])
  const to = targets.get(key)
  if (to === undefined) return false
  buttons[Math.max(0, Math.min(buttons.length - 1, to))]?.focus()
  return true
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TELL_AGAIN)
    return () => clearInterval(timer)
  }, [])
  return now
}
