import { setJson, setString } from '../../core/syntax/resolve.ts'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { EditableText, type EditableTextProps } from '../widgets/editable-text.tsx'
import { EditableValue } from '../widgets/editable-value.tsx'
import { FoldedText, wholeCharacter } from '../widgets/fold.tsx'

/** A text of the recording, edited at the place that it was read from. Long ones are folded. */
export function RecordedText({
  located,
  label,
  ...rest
}: { readonly located: Located<string> } & Omit<EditableTextProps, 'value' | 'onCommit' | 'disabled'>) {
  const { edit, editable } = useDeck()
  const { placeholder = 'empty' } = rest
  return (
    <EditableText
      {...rest}
      value={located.value}
      label={label}
      placeholder={placeholder}
      disabled={!editable}
      onCommit={(next) => edit(`Edit ${label}`, (document) => setString(document, located.at, next))}
    >
      {rest.children ??
        ((shown) =>
          shown === '' ? <span className="text-ink-3">{placeholder}</span> : <FoldedText text={shown} />)}
    </EditableText>
  )
}

/** A value of the recording as the file writes it, edited as JSON. */
export function RecordedValue({
  located,
  label,
  open,
}: {
  readonly located: Located<string>
  readonly label: string
  readonly open?: boolean
}) {
  const { edit, editable } = useDeck()
  return (
    <EditableValue
      raw={located.value}
      label={label}
      {...(open !== undefined && { open })}
      disabled={!editable}
      onCommit={(next) => edit(`Edit ${label}`, (document) => setJson(document, located.at, next))}
    />
  )
}

/** Longer ones are pictures and sounds: nobody edits them by hand, and no field or page should hold them. */
const DATA_LENGTH = 2000

/** Characters of a URL that are read as one; behind them only the beginning is shown. */
const SHOWN_LENGTH = 160

/** A URL or base64 text. A very long one shows only its beginning, and is replaced rather than edited. */
export function RecordedData({
  located,
  label,
  check,
}: {
  readonly located: Located<string>
  readonly label: string
  /** Why a text is refused here. */
  readonly check?: (typed: string) => string | undefined
}) {
  const { edit, editable } = useDeck()
  const { value, at } = located
  const count = value.length.toLocaleString('en')
  const isLong = value.length > DATA_LENGTH
  return (
    <EditableText
      value={isLong ? '' : value}
      label={label}
      mono
      className="text-xs text-ink-3"
      placeholder={isLong ? `Paste what shall replace the ${count} characters` : 'empty'}
      disabled={!editable}
      onCommit={(next) => check?.(next) ?? edit(`Edit ${label}`, (document) => setString(document, at, next))}
    >
      {value.length > SHOWN_LENGTH
        ? `${value.slice(0, wholeCharacter(value, 40))}… ${count} characters`
        : undefined}
    </EditableText>
  )
}
