import { lazy, Suspense } from 'react'
import type { DiskFile } from '../../workspace/disk.ts'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'
import { Actions, Body, useDraft } from './dialog-parts.tsx'
import { keepMine, loadDisk } from './disk-choices.ts'
import { saveDraft } from './saving.ts'

const DiffView = lazy(async () => ({ default: (await import('../compare/diff-view.tsx')).DiffView }))

/** Somebody else has written the file since it was opened: nothing is written until the person has chosen. */
export function DiskChanged({
  draftId,
  compare,
  close,
}: {
  readonly draftId: string
  readonly compare: boolean
  close(): void
}) {
  const stores = useStores()
  const draft = useDraft(draftId)
  const found = useSelect(stores.disk, (all) => all.get(draftId))
  if (draft === undefined) return null
  if (found === undefined) {
    return (
      <Body title="The file on disk is as you know it">
        <Actions close={close}>{null}</Actions>
      </Body>
    )
  }
  const name = stores.handles.get(draftId)?.name ?? draft.name
  return (
    <Body title={found.kind === 'gone' ? 'The file is no longer there' : 'The file on disk has changed'}>
      <p className="text-ink-2">
        <span className="recorded">{name}</span> {whatHappened(found)}
      </p>
      {compare && found.kind === 'text' && (
        <div className="h-[48vh] overflow-hidden rounded-md border">
          <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>
            <DiffView
              original={found.file.text}
              modified={draft.text}
              originalLabel="on disk"
              modifiedLabel="mine"
            />
          </Suspense>
        </div>
      )}
      <Actions close={close}>
        <Choices draft={draft} found={found} compare={compare} close={close} />
      </Actions>
    </Body>
  )
}

function whatHappened(found: DiskFile): string {
  switch (found.kind) {
    case 'gone':
      return 'was moved or deleted since it was opened here. Nothing was written; your text is still here.'
    case 'other':
      return `is another file now. ${found.problem} Nothing was written.`
    case 'text':
      return 'is no longer what it was when it was opened here. Nothing was written. "Keep mine" saves your text over it; "Load disk" puts what is on disk in its place, and undo brings yours back.'
    default:
      return found satisfies never
  }
}

function Choices({
  draft,
  found,
  compare,
  close,
}: {
  readonly draft: Draft
  readonly found: DiskFile
  readonly compare: boolean
  close(): void
}) {
  const stores = useStores()
  const choose = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <>
      {found.kind !== 'gone' && (
        <Button
          tone="outline"
          onClick={choose(() => {
            keepMine(stores, draft.id, found)
            void saveDraft(stores, draft, { over: found.bytes })
          })}
        >
          Keep mine
        </Button>
      )}
      {found.kind === 'text' && (
        <Button tone="outline" onClick={choose(() => loadDisk(stores, draft.id, found))}>
          Load disk
        </Button>
      )}
      {found.kind === 'text' && !compare && (
        <Button
          tone="outline"
          onClick={() => stores.overlay.set({ kind: 'compare-disk', draftId: draft.id })}
        >
          Compare
        </Button>
      )}
      <Button tone="main" autoFocus onClick={choose(() => void saveDraft(stores, draft, 'other'))}>
        Save as…
      </Button>
    </>
  )
}

/** A draft that holds work is about to go. */
export function CloseChanged({ draftId, close }: { readonly draftId: string; close(): void }) {
  const { session, typing } = useStores()
  const draft = useDraft(draftId)
  const isTyping = useSelect(typing, (all) => all.has(draftId))
  const loss =
    draft === undefined || isChanged(draft)
      ? 'has changes that are not saved in its file.'
      : isTyping
        ? 'has a field with text that was typed into it and not taken over yet.'
        : 'is as in its file, but the steps of its history lead to texts that are in no file.'
  return (
    <Body title="Close without saving?">
      <p className="text-ink-2">
        <span className="recorded">{draft?.name}</span> {loss}
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
