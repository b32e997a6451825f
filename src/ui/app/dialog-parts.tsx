import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Draft } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'

/** A dialog's title and what stands under it. */
export function Body({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-4">
      <Dialog.Title className="text-lg font-semibold tracking-[-0.01em]">{title}</Dialog.Title>
      {children}
    </div>
  )
}

/** The row of buttons at its foot, with the way out. */
export function Actions({ children, close }: { readonly children: ReactNode; close(): void }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button tone="quiet" onClick={close}>
        Cancel
      </Button>
      {children}
    </div>
  )
}

/** The draft that a dialog is about; it can be closed while the dialog is open. */
export function useDraft(draftId: string): Draft | undefined {
  const { session } = useStores()
  return useSelect(session.state, (value) => value.drafts.find(({ id }) => id === draftId))
}
