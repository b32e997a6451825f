import { useMemo } from 'react'
import type { ResponseFormat } from '../../core/cassette/conversation.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import type { Located } from '../../core/text/address.ts'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { Field, Fields, Section } from './row.tsx'

/** In what form the answer was asked for; a JSON schema with its name. */
export function ResponseFormatSection({ format }: { readonly format: ResponseFormat }) {
  const { name, schema, json } = format
  const type = useMemo(() => typeOf(json), [json])
  const isWholeShown = type?.isAll ?? false
  return (
    <Section title="Response format">
      <Fields>
        {type && (
          <Field name="type">
            <RecordedText located={type.located} label="response format type" mono />
          </Field>
        )}
        {name && (
          <Field name="name">
            <RecordedText located={name} label="schema name" mono />
          </Field>
        )}
        {schema && (
          <Field name="schema">
            <RecordedValue located={schema} label="response schema" />
          </Field>
        )}
        {!isWholeShown && (
          <Field name="as recorded">
            <RecordedValue located={json} label="response format" />
          </Field>
        )}
      </Fields>
    </Section>
  )
}

/** The `type` with its own address, and whether there is anything else. */
function typeOf(json: Located<string>): { located: Located<string>; isAll: boolean } | undefined {
  const root = JsonDocument.of(json.value).root
  const type = root?.get('type')?.string()
  const step = json.at.at(-1)
  if (root === undefined || type === undefined || step?.in !== 'json') return undefined
  const at = [...json.at.slice(0, -1), { in: 'json' as const, pointer: `${step.pointer}/type` }]
  return { located: { value: type, at }, isAll: [...root.members()].length === 1 }
}
