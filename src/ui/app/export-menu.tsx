import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { MENU, MENU_ITEM } from '../widgets/menu.ts'
import { useSelect, useStores } from './deck.ts'
import { askToSave, copyDraft, downloadDraft, downloadZip, saveAllChanged } from './saving.ts'
import { COMMAND } from './shortcuts.ts'

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
        <AllItems />
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

/** With one cassette "Save" and "Download" are all there is. */
function AllItems() {
  const stores = useStores()
  const drafts = useSelect(stores.session.state, (value) => value.drafts)
  if (drafts.length < 2) return null
  const changed = drafts.filter(isChanged)
  return (
    <>
      <DropdownMenu.Separator className="my-1 border-t" />
      <DropdownMenu.Item
        className={MENU_ITEM}
        disabled={changed.length === 0}
        onSelect={() => void saveAllChanged(stores)}
      >
        Save all changed <kbd className="font-sans text-xs text-ink-3">{COMMAND}Alt S</kbd>
      </DropdownMenu.Item>
      <DropdownMenu.Item
        className={MENU_ITEM}
        disabled={changed.length === 0}
        onSelect={() => void downloadZip(stores, changed)}
      >
        Zip of the changed
      </DropdownMenu.Item>
      <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void downloadZip(stores, drafts)}>
        Zip of all {drafts.length.toLocaleString('en')}
      </DropdownMenu.Item>
    </>
  )
}
