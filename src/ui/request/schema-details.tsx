import { Plus } from 'lucide-react'
import { setMember } from '../../core/syntax/json-member.ts'
import { addOption, removeOption, type Schema } from '../../core/syntax/json-schema.ts'
import { formatAddress, within } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { ON_ROW, RemoveButton, WordButton } from './form-parts.tsx'
import { MemberText } from './member-text.tsx'
import { RecordedValue } from './recorded.tsx'
import { useSchemaChange } from './use-schema-change.ts'

/** Description, allowed values, and whatever the form does not know, as it is recorded. */
export function SchemaDetails({
  schema,
  name,
  isRoot,
}: {
  readonly schema: Schema
  /** As it is spoken of. */
  readonly name: string
  readonly isRoot: boolean
}) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  const { at, description, others } = schema
  return (
    <>
      {(!isRoot || description) && (
        <MemberText
          object={at}
          member="description"
          located={description}
          label={`description of ${name}`}
          className="max-w-[64ch] text-ink-2"
        />
      )}
      <Options schema={schema} name={name} />
      {others.map(({ key, value }) => (
        <div key={key} className="group/row grid grid-cols-[minmax(0,auto)_minmax(0,1fr)_auto] gap-x-2">
          <span className="recorded leading-5 text-ink-3">{key}</span>
          <RecordedValue located={value} label={`${key} of ${name}`} />
          <RemoveButton
            label={`${key} of ${name}`}
            disabled={!editable}
            onClick={() =>
              change(`Remove ${key} of ${name}`, at, (node) => setMember(node, key, undefined), [
                formatAddress(at),
              ])
            }
          />
        </div>
      ))}
    </>
  )
}

/** The allowed values of an enumeration. */
function Options({ schema, name }: { readonly schema: Schema; readonly name: string }) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  const { at, options } = schema
  if (options === undefined) return null
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-3">
      <span className="text-ink-2">one of</span>
      {options.map((option, position) => (
        <span
          key={formatAddress(option.at)}
          data-focus={formatAddress(option.at)}
          className="group/row flex min-w-0 items-start"
        >
          <RecordedValue located={option} label={`value ${position + 1} of ${name}`} />
          <span className="-my-0.5 pointer-coarse:-my-2.5">
            <RemoveButton
              label={`value ${position + 1} of ${name}`}
              disabled={!editable}
              onClick={() =>
                change(`Remove a value of ${name}`, at, (node) => removeOption(node, position), [
                  formatAddress(within(at, 'enum', Math.max(0, position - 1))),
                  formatAddress(at),
                ])
              }
            />
          </span>
        </span>
      ))}
      <AddOption schema={schema} name={name} />
    </div>
  )
}

/** One more allowed value; the first of them limits what was free before. */
export function AddOption({ schema, name }: { readonly schema: Schema; readonly name: string }) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  const { at, options = [], type } = schema
  const start = type === 'number' || type === 'integer' ? '0' : '"value"'
  const place = formatAddress(within(at, 'enum', options.length))
  return (
    <WordButton
      disabled={!editable}
      aria-label={options.length === 0 ? `Limit ${name} to values` : `Add value of ${name}`}
      title={options.length === 0 ? 'Limit to values' : undefined}
      className={options.length === 0 ? ON_ROW : '-my-0.5 -ml-1.5'}
      onClick={() => change(`Add a value of ${name}`, at, (node) => addOption(node, start), [place])}
    >
      <Plus size={12} aria-hidden />
      {options.length === 0 ? 'Limit' : 'Add value'}
    </WordButton>
  )
}
