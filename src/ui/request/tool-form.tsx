import type { ToolDefinition } from '../../core/cassette/conversation.ts'
import { useDeck } from '../app/deck.ts'
import { Choice } from './choice.tsx'
import { ItemMenu, ListCommands } from './item-menu.tsx'
import { MemberText } from './member-text.tsx'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'
import { SchemaForm } from './schema-form.tsx'

/** A tool in the place where it stands: name, description, strictness and the schema of its parameters. */
export function ToolForm({
  tool,
  position,
  count,
}: {
  readonly tool: ToolDefinition
  /** Counted from 1. */
  readonly position: number
  readonly count: number
}) {
  const { name, definition, nameText, description, schema, json } = tool
  const heading = <h4 className="recorded font-[550] wrap-anywhere">{name}</h4>
  return (
    <div className="group/part relative min-w-0 pr-7 pointer-coarse:pr-11">
      {nameText ? (
        <RecordedText located={nameText} label={`name of ${name}`}>
          {heading}
        </RecordedText>
      ) : (
        heading
      )}
      {nameText && (
        <>
          <MemberText
            object={definition}
            member="description"
            located={description}
            label={`description of ${name}`}
            className="max-w-[64ch]"
          />
          <Strict tool={tool} />
        </>
      )}
      {schema ? (
        <SchemaForm located={schema} label={`schema of ${name}`} />
      ) : (
        <RecordedValue located={json} label={`definition of ${name}`} />
      )}
      <ItemMenu
        name={`tool ${name}`}
        item={json.at}
        className="absolute -top-0.5 right-0 group-focus-within/part:opacity-100 group-hover/part:opacity-100 pointer-coarse:-top-2.5"
      >
        {() => <ListCommands item={json.at} first={position === 1} last={position === count} />}
      </ItemMenu>
    </div>
  )
}

const NOT_SAID = 'not said'

/** Whether calls must follow the schema exactly. */
function Strict({ tool: { name, definition, strict } }: { readonly tool: ToolDefinition }) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  return (
    <div className="flex items-center gap-1.5 text-ink-2">
      strict
      <Choice
        label={`strict of ${name}`}
        value={strict?.value ?? NOT_SAID}
        options={['true', 'false', NOT_SAID].map((value) => ({ value, label: value }))}
        disabled={!editable}
        onChange={(value) =>
          editing?.act({
            kind: 'set-member',
            object: definition,
            key: 'strict',
            json: value === NOT_SAID ? undefined : value,
          })
        }
      />
    </div>
  )
}
