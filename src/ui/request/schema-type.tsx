import { SCHEMA_TYPES, type Schema, setSchemaType } from '../../core/syntax/json-schema.ts'
import { useDeck } from '../app/deck.ts'
import { Choice } from './choice.tsx'
import { useSchemaChange } from './use-schema-change.ts'

/** In the place of a type where none is said. */
const ANY = 'any type'

/** The type of a schema; one of several types is shown as recorded. */
export function SchemaType({ schema, label }: { readonly schema: Schema; readonly label: string }) {
  const { editable } = useDeck()
  const change = useSchemaChange()
  // a type that is recorded but no text is shown below, and not replaced by a choice
  if (schema.others.some(({ key }) => key === 'type')) return null
  return (
    <Choice
      label={label}
      value={schema.type ?? ANY}
      options={[...SCHEMA_TYPES, ANY].map((type) => ({ value: type, label: type }))}
      disabled={!editable}
      onChange={(type) =>
        change(`Set ${label}`, schema.at, (node) => setSchemaType(node, type === ANY ? undefined : type), [])
      }
    />
  )
}
