import { lazy, Suspense } from 'react'
import { Button } from '../widgets/button.tsx'
import { useStores } from './deck.ts'
import { Actions, Body, useDraft } from './dialog-parts.tsx'
import { saveDraft } from './saving.ts'

const DiffView = lazy(async () => ({ default: (await import('../compare/diff-view.tsx')).DiffView }))

/** What a draft has changed in its file, before it is saved or just to see. */
export function Review({
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
