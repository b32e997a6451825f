import type { Parameter } from '../../core/cassette/conversation.ts'
import type { ParameterRule } from '../../core/cassette/request-edits.ts'
import { formatAddress } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { AddParameter } from './add-parameter.tsx'
import { FormOrJson, RemoveButton } from './form-parts.tsx'
import { controlFor } from './parameter-controls.tsx'
import { RecordedValue } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'
import { Fields } from './row.tsx'

/** The parameters as a form that is made from what the API allows. */
export function ParameterForm({ parameters }: { readonly parameters: readonly Parameter[] }) {
  const editing = useRequestEditing()
  if (editing === undefined) return null
  const { edits } = editing
  const names = new Set(parameters.map(({ name }) => name))
  return (
    <>
      {parameters.length > 0 && (
        <Fields>
          {parameters.map((parameter) => (
            <ParameterRow
              key={formatAddress(parameter.value.at)}
              parameter={parameter}
              rule={edits.parameters.find(({ name }) => name === parameter.name)}
            />
          ))}
        </Fields>
      )}
      <AddParameter rules={edits.parameters.filter(({ name }) => !names.has(name))} taken={names} />
    </>
  )
}

function ParameterRow({
  parameter: { name, value },
  rule,
}: {
  readonly parameter: Parameter
  readonly rule: ParameterRule | undefined
}) {
  const editing = useRequestEditing()
  const { editable } = useDeck()
  const control = rule && controlFor(rule, value)
  const json = <RecordedValue located={value} label={name} />
  const remove = (
    <RemoveButton
      label={name}
      disabled={!editable}
      onClick={() => editing?.act({ kind: 'set-member', object: editing.body, key: name, json: undefined })}
    />
  )
  return (
    <>
      <dt className="text-ink-2 wrap-anywhere" title={aboutOf(rule)}>
        {name}
      </dt>
      <dd className="group/row min-w-0" data-focus={formatAddress(value.at)}>
        {control ? (
          <FormOrJson label={name} form={control} json={json} actions={remove} />
        ) : (
          <div className="flex min-w-0 items-start gap-1">
            <div className="min-w-0 flex-1">{json}</div>
            <div className="-my-0.5 shrink-0 pointer-coarse:-my-2.5">{remove}</div>
          </div>
        )}
      </dd>
    </>
  )
}

function aboutOf(rule: ParameterRule | undefined): string | undefined {
  if (rule === undefined) return undefined
  const standard = rule.standard === undefined ? '' : ` Default: ${rule.standard}.`
  return `${rule.about}${standard}${rule.deprecated ? ' Deprecated.' : ''}`
}
