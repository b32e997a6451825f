import { Plus } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { ToolDefinition } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { Disclosure } from '../widgets/fold.tsx'
import { ADD_TOOL } from './focus-after.ts'
import { useRequestEditing } from './request-editing.ts'
import { Absent } from './row.tsx'

const ToolForm = lazy(async () => ({ default: (await import('./tool-form.tsx')).ToolForm }))

/** A section that opens, its title in line with the roles above. */
export const FOLDED_SECTION = 'border-b px-5 py-2.5 max-md:px-4'
/** Its content, in line with the texts above. */
export const FOLDED_CONTENT = 'mt-1 ml-[84px] min-w-0 max-md:ml-0'

/** The tools that were offered to the model. */
export function Tools({ tools }: { readonly tools: readonly ToolDefinition[] }) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  if (editing === undefined && tools.length === 0) return null
  const names = tools.map(({ name }) => name).join(', ')
  return (
    <Disclosure
      title={`Tools ${tools.length}`}
      aside={names && <span className="recorded">{names.slice(0, 200)}</span>}
      className={FOLDED_SECTION}
    >
      <div className={FOLDED_CONTENT}>
        <ul className="flex flex-col gap-3">
          {tools.map((tool, at) => (
            <li key={formatAddress(tool.json.at)} className="min-w-0">
              <Suspense fallback={<Absent>{tool.name}</Absent>}>
                <ToolForm tool={tool} position={at + 1} count={tools.length} />
              </Suspense>
            </li>
          ))}
        </ul>
        {editing && (
          <Button
            data-focus={ADD_TOOL}
            aria-disabled={!editable}
            className="mt-1 -ml-2.5 text-sm text-ink-3"
            onClick={() => editable && editing.act({ kind: 'add-tool' })}
          >
            <Plus size={13} aria-hidden />
            Add tool
          </Button>
        )}
      </div>
    </Disclosure>
  )
}
