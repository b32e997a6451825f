import { type ReactNode, useRef } from 'react'
import type { ParameterKind, ParameterRule } from '../../core/cassette/request-edits.ts'
import { findJsonError } from '../../core/syntax/json-error.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { setJson } from '../../core/syntax/resolve.ts'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { Choice } from './choice.tsx'
import { ON_ROW } from './form-parts.tsx'
import { RecordedText } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'
import { TextList } from './text-list.tsx'

type NumberKind = ParameterKind & { readonly is: 'number' | 'integer' }

/** The control for a recorded value; undefined where the value is of another kind than the API expects. */
export function controlFor({ name, kind }: ParameterRule, value: Located<string>): ReactNode | undefined {
  const node = JsonDocument.of(value.value).root
  switch (kind.is) {
    case 'number':
    case 'integer':
      return node?.kind === 'number' ? <NumberField name={name} kind={kind} value={value} /> : undefined
    case 'boolean':
      return node?.kind === 'boolean' ? <Pick name={name} value={value} of={['true', 'false']} /> : undefined
    case 'one of': {
      const options = kind.values.map((text) => JSON.stringify(text))
      return node?.kind === 'string' ? <Pick name={name} value={value} of={options} /> : undefined
    }
    case 'text': {
      const text = node?.string()
      return text === undefined ? undefined : (
        <RecordedText located={{ value: text, at: value.at }} label={name} mono multiline />
      )
    }
    case 'texts': {
      const text = node?.string()
      if (kind.orText && text !== undefined)
        return <RecordedText located={{ value: text, at: value.at }} label={name} mono multiline />
      const isTexts = node?.kind === 'array' && [...node.items()].every((item) => item.kind === 'string')
      return isTexts ? <TextList name={name} value={value} most={kind.most} known={kind.values} /> : undefined
    }
    case 'object':
      return undefined
  }
}

function Pick({ name, value, of }: { name: string; value: Located<string>; of: readonly string[] }) {
  const { editable } = useDeck()
  const editing = useRequestEditing()
  return (
    <Choice
      label={name}
      value={value.value}
      options={of.map((json) => ({ value: json, label: shownAs(json) }))}
      disabled={!editable}
      onChange={(json) => editing?.act({ kind: 'set-member', object: editing.body, key: name, json })}
    />
  )
}

/** A text without its quotes. */
function shownAs(json: string): string {
  return JsonDocument.of(json).root?.string() ?? json
}

/** A number with its range; one outside is warned about, and taken when it is meant. */
function NumberField({
  name,
  kind,
  value,
}: {
  readonly name: string
  readonly kind: NumberKind
  readonly value: Located<string>
}) {
  const { edit, editable } = useDeck()
  const range = rangeOf(kind)
  const warned = useRef<string>(undefined)
  // leaving the field hands over as well, but is no wish to record what was warned about
  const pressedEnter = useRef(false)
  const commit = (typed: string): string | undefined => {
    const next = typed.trim()
    const problem = findJsonError(next)
    if (problem) return `This is no JSON value: ${problem.message}.`
    const doubt = doubtAbout(kind, next)
    if (doubt !== undefined && !(pressedEnter.current && warned.current === next)) {
      warned.current = next
      return `${doubt} Press Enter once more to record it all the same.`
    }
    warned.current = undefined
    return edit(`Set ${name}`, (document) => setJson(document, value.at, next))
  }
  const doubt = doubtAbout(kind, value.value)
  return (
    <>
      <div
        className="flex min-w-0 flex-wrap items-start gap-x-2"
        onKeyDownCapture={({ key }) => {
          pressedEnter.current = key === 'Enter'
        }}
        onBlurCapture={() => {
          pressedEnter.current = false
        }}
      >
        <EditableText value={value.value} label={name} mono disabled={!editable} onCommit={commit} />
        {range !== '' && <span className={`text-xs leading-5 text-ink-3 ${ON_ROW}`}>{range}</span>}
      </div>
      {doubt !== undefined && <p className="text-sm text-error">{doubt}</p>}
    </>
  )
}

/** "0 to 2", "at least 1, whole" */
function rangeOf({ is, min, max }: NumberKind): string {
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `at least ${min}`
        : max !== undefined
          ? `at most ${max}`
          : ''
  return is === 'integer' ? [range, 'whole'].filter(Boolean).join(', ') : range
}

/** Why the API would refuse a number. */
function doubtAbout(kind: NumberKind, json: string): string | undefined {
  const node = JsonDocument.of(json).root
  const number = node?.number()
  // a value of another kind was written as JSON on purpose
  if (number === undefined) return undefined
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = kind
  if (number < min || number > max) return `${json} is outside of what the API takes: ${rangeOf(kind)}.`
  if (kind.is === 'integer' && !Number.isInteger(number)) return `${json} is no whole number.`
  return undefined
}
