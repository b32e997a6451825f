import { Command } from 'cmdk'
import { Plus } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { ParameterRule } from '../../core/cassette/request-edits.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { ADD_PARAMETER } from './focus-after.ts'
import { keepFocus, useRequestEditing } from './request-editing.ts'

const ITEM =
  'flex cursor-pointer flex-col rounded px-2 py-1 data-[selected=true]:bg-sunk pointer-coarse:min-h-10 pointer-coarse:justify-center'

/** Members of the body that have a place of their own. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['messages', 'tools', 'response_format'])

/** The parameters that are not there yet, by name; any other name can be typed. */
export function AddParameter({
  rules,
  taken,
}: {
  readonly rules: readonly ParameterRule[]
  readonly taken: ReadonlySet<string>
}) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  if (editing === undefined) return null
  const name = typed.trim()
  const isTaken = taken.has(name) || SHOWN_ELSEWHERE.has(name)
  const isFree = name !== '' && !isTaken && !rules.some((rule) => rule.name === name)
  const add = (key: string, json: string): void => {
    setOpen(false)
    setTyped('')
    editing.act({ kind: 'set-member', object: editing.body, key, json })
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          data-focus={ADD_PARAMETER}
          aria-disabled={!editable}
          className="mt-1 -ml-2.5 text-sm text-ink-3"
        >
          <Plus size={13} aria-hidden />
          Add parameter
        </Button>
      </Popover.Trigger>
      <Popover.Portal container={editing.layer}>
        <Popover.Content
          align="start"
          sideOffset={2}
          aria-label="Add parameter"
          className="z-50 w-[340px] max-w-[calc(100vw-16px)] rounded-lg border border-line-2 bg-pane p-1 shadow-lg"
          onCloseAutoFocus={keepFocus}
        >
          <Command label="Parameter">
            <Command.Input
              autoFocus
              value={typed}
              onValueChange={setTyped}
              placeholder="Name of the parameter"
              className="h-8 w-full border-b bg-transparent px-2 outline-none placeholder:text-ink-3 pointer-coarse:h-10"
            />
            <Command.List
              label="Parameters"
              className="hairline-scroll max-h-[min(320px,50vh)] overflow-y-auto pt-1"
            >
              <Command.Empty className="px-2 py-1.5 text-ink-3">
                {isTaken ? `${name} is there already.` : 'No parameter of that name.'}
              </Command.Empty>
              {rules.map((rule) => (
                <Command.Item
                  key={rule.name}
                  value={rule.name}
                  keywords={[rule.about]}
                  className={ITEM}
                  onSelect={() => add(rule.name, rule.start)}
                >
                  <span className="recorded">
                    {rule.name}
                    {rule.deprecated && <span className="font-sans text-ink-3"> deprecated</span>}
                  </span>
                  <span className="text-sm text-ink-2">{rule.about}</span>
                </Command.Item>
              ))}
              {isFree && (
                <Command.Item
                  value={`free name ${name}`}
                  forceMount
                  className={ITEM}
                  onSelect={() => add(name, '""')}
                >
                  <span>
                    Add <span className="recorded">{name}</span>
                  </span>
                  <span className="text-sm text-ink-2">The API does not know this name.</span>
                </Command.Item>
              )}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
