import {
  removeProperty,
  renameProperty,
  type Schema,
  type SchemaProperty,
  setRequired,
} from '../../core/syntax/json-schema.ts'
import { formatAddress, within } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { RemoveButton, WordButton } from './form-parts.tsx'
import { AddOption } from './schema-details.tsx'
import { SchemaType } from './schema-type.tsx'
import { useSchemaChange } from './use-schema-change.ts'

/** The line of a property: its name, its type, whether it is required. */
export function PropertyHead({
  owner,
  property: { name, required, schema },
  path,
}: {
  readonly owner: Schema
  readonly property: SchemaProperty
  readonly path: string
}) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  return (
    <div className="group/row flex min-w-0 flex-wrap items-start gap-x-1.5 pointer-coarse:gap-y-5 pointer-coarse:py-2.5">
      <EditableText
        value={name}
        label={`property ${path}`}
        mono
        className="font-[550]"
        placeholder="no name"
        disabled={!editable}
        onCommit={(next) =>
          change(`Rename property ${path}`, owner.at, (node) => renameProperty(node, name, next))
        }
      />
      <span className="-my-0.5 flex min-w-0 flex-wrap items-center pointer-coarse:-my-2.5">
        {schema.raw === undefined && <SchemaType schema={schema} label={`type of ${path}`} />}
        <WordButton
          aria-pressed={required}
          aria-label={`${path} is required`}
          disabled={!editable}
          onClick={() =>
            change(
              `Make ${path} ${required ? 'optional' : 'required'}`,
              owner.at,
              (node) => setRequired(node, name, !required),
              [],
            )
          }
        >
          {required ? 'required' : 'optional'}
        </WordButton>
        {schema.options === undefined && /\b(?:string|number|integer)\b/.test(schema.type ?? '') && (
          <AddOption schema={schema} name={path} />
        )}
        <RemoveButton
          label={`property ${path}`}
          disabled={!editable}
          onClick={() =>
            change(`Remove property ${path}`, owner.at, (node) => removeProperty(node, name), [
              ...neighboursOf(owner, name),
              `${formatAddress(owner.at)} add`,
            ])
          }
        />
      </span>
    </div>
  )
}

/** The places of the properties beside one that goes. */
function neighboursOf({ properties = [], at }: Schema, name: string): readonly string[] {
  const position = properties.findIndex((one) => one.name === name)
  return [properties[position + 1], properties[position - 1]].flatMap((one) =>
    one ? formatAddress(within(at, 'properties', one.name)) : [],
  )
}
