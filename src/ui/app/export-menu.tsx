import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'
import { askToSave, copyDraft, downloadDraft, saveAllChanged } from './saving.ts'
import { COMMAND } from './shortcuts.ts'

export const MENU = 'z-50 min-w-48 rounded-lg border border-line-2 bg-pane p-1 shadow-lg'
export const MENU_ITEM =
  'flex h-7 cursor-pointer items-center justify-between gap-6 rounded px-2 outline-none select-none data-[disabled]:opacity-40 data-[highlighted]:bg-sunk pointer-coarse:h-10'

/** The cassette leaves the desk: an unedited one byte for byte as it came. */
export function ExportMenu({ draft }: { readonly draft: Draft }) {
  const stores = useStores()
  const changed = isChanged(draft)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button tone="main" className="ml-1.5">
          Export <ChevronDown aria-hidden="true" size={13} className="-mr-1" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={4} className={MENU}>
        <DropdownMenu.Item className={MENU_ITEM} onSelect={() => downloadDraft(stores, draft)}>
          Download
        </DropdownMenu.Item>
        <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void copyDraft(stores, draft)}>
          Copy
        </DropdownMenu.Item>
        <DropdownMenu.Item className={MENU_ITEM} onSelect={() => askToSave(stores, draft)}>
          Save <kbd className="font-sans text-xs text-ink-3">{COMMAND}S</kbd>
        </DropdownMenu.Item>
        <SaveAllItem />
        <DropdownMenu.Separator className="my-1 border-t" />
        <DropdownMenu.Item
          className={MENU_ITEM}
          disabled={!changed}
          onSelect={() => stores.overlay.set({ kind: 'review', draftId: draft.id, save: false })}
        >
          {changed ? 'Show what changed' : 'Nothing was changed'}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

/** With one cassette "Save" is all there is. */
function SaveAllItem() {
  const stores = useStores()
  const drafts = useSelect(stores.session.state, (value) => value.drafts)
  if (drafts.length < 2) return null
  return (
    <DropdownMenu.Item
      className={MENU_ITEM}
      disabled={!drafts.some(isChanged)}
      onSelect={() => void saveAllChanged(stores)}
    >
      Save all changed <kbd className="font-sans text-xs text-ink-3">{COMMAND}Alt S</kbd>
    </DropdownMenu.Item>
  )
}
