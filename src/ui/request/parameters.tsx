import { lazy, Suspense } from 'react'
import type { Parameter } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { FoldedText } from '../widgets/fold.tsx'
import { RecordedValue } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'
import { Field, Fields, Section } from './row.tsx'

const ParameterForm = lazy(async () => ({ default: (await import('./parameter-form.tsx')).ParameterForm }))

/** Everything in the body beside messages and tools: a form where the dialect knows what it may be. */
export function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  const editing = useRequestEditing()
  if (editing === undefined && parameters.length === 0) return null
  return (
    <Section title="Parameters">
      {editing ? (
        <Suspense fallback={<Values parameters={parameters} />}>
          <ParameterForm parameters={parameters} />
        </Suspense>
      ) : (
        <Fields>
          {parameters.map(({ name, value }) => (
            <Field key={formatAddress(value.at)} name={name}>
              <RecordedValue located={value} label={name} />
            </Field>
          ))}
        </Fields>
      )}
    </Section>
  )
}

/** The same without controls: nothing that is typed may be lost when the form takes its place. */
function Values({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (
    <Fields>
      {parameters.map(({ name, value }) => (
        <Field key={formatAddress(value.at)} name={name}>
          <span className="recorded">
            <FoldedText text={value.value.slice(0, 400)} />
          </span>
        </Field>
      ))}
    </Fields>
  )
}
