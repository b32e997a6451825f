import { Button } from '../widgets/button.tsx'
import { useStores } from './deck.ts'
import { Actions, Body, useDraft } from './dialog-parts.tsx'
import { saveDraft } from './saving.ts'

/** Somebody else has written the file since it was opened. */
export function DiskChanged({
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

/** A draft with changes is about to go. */
export function CloseChanged({ draftId, close }: { readonly draftId: string; close(): void }) {
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
