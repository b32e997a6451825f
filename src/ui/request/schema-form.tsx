import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { addItemsSchema, addProperty, readSchema, type Schema } from '../../core/syntax/json-schema.ts'
import { formatAddress, type Located, within } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { FormOrJson, WordButton } from './form-parts.tsx'
import { RecordedValue } from './recorded.tsx'
import { SchemaDetails } from './schema-details.tsx'
import { PropertyHead } from './schema-property.tsx'
import { SchemaType } from './schema-type.tsx'
import { useSchemaChange } from './use-schema-change.ts'

/** A JSON schema as a form, its JSON one click away. */
export function SchemaForm({
  located,
  label,
}: {
  readonly located: Located<string>
  readonly label: string
}) {
  const schema = useMemo(() => schemaIn(located), [located])
  const json = <RecordedValue located={located} label={label} open />
  if (schema === undefined || schema.raw !== undefined) return json
  return (
    <FormOrJson
      label={label}
      json={json}
      form={
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce every single control with it
        <div role="group" aria-label={label} className="min-w-0">
          <SchemaContent schema={schema} path="" isRoot />
        </div>
      }
    />
  )
}

function schemaIn({ value, at }: Located<string>): Schema | undefined {
  const { root } = JsonDocument.of(value)
  return root && readSchema(root, at)
}

interface Nested {
  readonly schema: Schema
  /** The names that lead here, each with a dot behind it. */
  readonly path: string
}

/** What a schema says beside its type, and the schemas inside of it. */
function SchemaContent({ schema, path, isRoot = false }: Nested & { readonly isRoot?: boolean }) {
  const isObject = schema.type === undefined ? isRoot : /\bobject\b/.test(schema.type)
  return (
    <>
      <SchemaDetails schema={schema} name={path.slice(0, -1) || 'the schema'} isRoot={isRoot} />
      <Items schema={schema} path={path} />
      {(isObject || schema.properties !== undefined) && <Properties schema={schema} path={path} />}
    </>
  )
}

/** What stands in a list. */
function Items({ schema, path }: Nested) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  const { at, items, type = '', others } = schema
  const name = path.slice(0, -1) || 'the schema'
  if (items !== undefined) {
    return (
      <div className="min-w-0">
        <div className="flex items-center gap-1.5 text-ink-2" data-focus={formatAddress(items.at)}>
          each item
          <SchemaType schema={items} label={`type of the items of ${name}`} />
        </div>
        <div className="min-w-0 pl-2.5">
          <SchemaContent schema={items} path={`${path}items.`} />
        </div>
      </div>
    )
  }
  if (!/\barray\b/.test(type) || others.some(({ key }) => key === 'items')) return null
  return (
    <WordButton
      disabled={!editable}
      className="-ml-1.5"
      onClick={() =>
        change(`Say what the items of ${name} are`, at, addItemsSchema, [formatAddress(within(at, 'items'))])
      }
    >
      <Plus size={12} aria-hidden />
      Say what the items are
    </WordButton>
  )
}

/** The properties of an object, one below the other. */
function Properties({ schema, path }: Nested) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  const { at, properties = [] } = schema
  const add = (): void => {
    const name = freeName(properties.map((one) => one.name))
    change(`Add property ${path}${name}`, at, (node) => addProperty(node, name), [
      formatAddress(within(at, 'properties', name)),
    ])
  }
  return (
    <>
      <p className="text-xs text-ink-3">
        {properties.length > 0 ? `properties ${properties.length}` : 'no properties'}
      </p>
      {properties.length > 0 && (
        <ul className="flex flex-col gap-1.5 border-l pl-2.5 pointer-coarse:gap-4">
          {properties.map((property, place) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: renamed, it is still the same property
              key={place}
              data-focus={formatAddress(property.schema.at)}
              className="min-w-0"
            >
              <PropertyHead owner={schema} property={property} path={`${path}${property.name}`} />
              <div className="min-w-0 pl-2.5">
                {property.schema.raw ? (
                  <RecordedValue located={property.schema.raw} label={`schema of ${path}${property.name}`} />
                ) : (
                  <SchemaContent schema={property.schema} path={`${path}${property.name}.`} />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <WordButton
        disabled={!editable}
        className="-ml-1.5"
        data-focus={`${formatAddress(at)} add`}
        onClick={add}
      >
        <Plus size={12} aria-hidden />
        Add property{path && ` to ${path.slice(0, -1)}`}
      </WordButton>
    </>
  )
}

function freeName(taken: readonly string[]): string {
  let number = 1
  while (taken.includes(`property_${number}`)) number++
  return `property_${number}`
}
