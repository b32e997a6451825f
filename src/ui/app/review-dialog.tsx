import { Tabs } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Draft } from '../../workspace/draft.ts'
import { Button } from '../widgets/button.tsx'
import { useStores } from './deck.ts'
import { Actions, Body, useDraft } from './dialog-parts.tsx'
import { saveDraft } from './saving.ts'

const DiffView = lazy(async () => ({ default: (await import('../compare/diff-view.tsx')).DiffView }))
const ChangeWords = lazy(async () => ({ default: (await import('../history/change-words.tsx')).ChangeWords }))
const PatchView = lazy(async () => ({ default: (await import('../history/patch-view.tsx')).PatchView }))

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
  return (
    <Body title={save ? `Save ${draft.name}?` : 'What changed'}>
      <Changes draft={draft} close={close} />
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

const TABS = [
  ['words', 'In words'],
  ['sides', 'Side by side'],
  ['patch', 'Patch'],
] as const

/** The same change for three readers: who wants to know what it means, who wants to see it, who wants to pass it on. */
function Changes({ draft, close }: { readonly draft: Draft; close(): void }) {
  const [tab, setTab] = useState<string>('words')
  return (
    <Tabs.Root value={tab} onValueChange={setTab} className="grid min-w-0 gap-3">
      <Tabs.List aria-label="How to show it" className="flex gap-4 border-b">
        {TABS.map(([value, label]) => (
          <Tabs.Trigger
            key={value}
            value={value}
            className="-mb-px border-b-2 border-transparent pb-1.5 text-ink-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-[550] data-[state=active]:text-ink pointer-coarse:py-2.5"
          >
            {label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <View value="words" className="max-h-[48vh] min-h-24 overflow-y-auto">
        <ChangeWords draft={draft} close={close} />
      </View>
      <View value="sides" className="h-[48vh] overflow-hidden rounded-md border">
        <DiffView
          original={draft.base.text}
          modified={draft.text}
          originalLabel="as opened"
          modifiedLabel="as edited"
        />
      </View>
      <View value="patch" className="h-[48vh]">
        <PatchView draft={draft} />
      </View>
    </Tabs.Root>
  )
}

function View({
  value,
  className,
  children,
}: {
  readonly value: string
  readonly className: string
  readonly children: ReactNode
}) {
  return (
    <Tabs.Content value={value} className={`hairline-scroll min-w-0 outline-none ${className}`}>
      <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>{children}</Suspense>
    </Tabs.Content>
  )
}
