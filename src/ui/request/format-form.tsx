import { useMemo } from 'react'
import type { ResponseFormat } from '../../core/cassette/conversation.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { useDeck } from '../app/deck.ts'
import { Choice } from './choice.tsx'
import { FormOrJson } from './form-parts.tsx'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'
import { Field, Fields } from './row.tsx'
import { SchemaForm } from './schema-form.tsx'

/** The wanted form of the answer: its type, and for a JSON schema its name and the schema itself. */
export function FormatForm({ format }: { readonly format: ResponseFormat | undefined }) {
  const type = <FormatType format={format} />
  if (format === undefined) return type
  const { name, schema, json } = format
  return (
    <FormOrJson
      label="response format"
      json={<RecordedValue located={json} label="response format" open />}
      form={
        <Fields>
          <Field name="type">{type}</Field>
          {name && (
            <Field name="name">
              <RecordedText located={name} label="schema name" mono />
            </Field>
          )}
          {schema && (
            <Field name="schema">
              <SchemaForm located={schema} label="response schema" />
            </Field>
          )}
          <OtherMembers format={format} />
        </Fields>
      }
    />
  )
}

/** Something is there that no field above shows: then all of it is. */
function OtherMembers({ format: { json, name, schema } }: { readonly format: ResponseFormat }) {
  const isMore = useMemo(() => {
    const { root } = JsonDocument.of(json.value)
    const inner = root?.get('json_schema')
    const shown = 1 + (inner ? 1 : 0)
    const shownInside = (name ? 1 : 0) + (schema ? 1 : 0)
    return root === undefined || root.memberCount > shown || (inner?.memberCount ?? 0) > shownInside
  }, [json, name, schema])
  if (!isMore) return null
  return (
    <Field name="as recorded">
      <RecordedValue located={json} label="response format" />
    </Field>
  )
}

function FormatType({ format }: { readonly format: ResponseFormat | undefined }) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  const formats = editing?.edits.formats ?? []
  return (
    <Choice
      label="response format type"
      value={format?.type ?? 'none'}
      options={formats.map((value) => ({ value, label: value }))}
      disabled={!editable || editing === undefined}
      onChange={(value) => editing?.act({ kind: 'set-response-format', format: value })}
    />
  )
}
