import { findJsonError } from '../../core/syntax/json-error.ts'
import { EditableText } from './editable-text.tsx'
import { FoldedText } from './fold.tsx'
import { JsonView } from './json-view.tsx'

/** Above this a field is no place to edit JSON in. */
const EDITABLE_LENGTH = 50_000

/** A JSON value as the file writes it, edited as JSON: scalars on a line, objects and arrays as their text. */
export function EditableValue({
  raw,
  label,
  onCommit,
  disabled,
  open,
  className,
}: {
  readonly raw: string
  readonly label: string
  /** Takes sound JSON; returns why it is refused all the same, or undefined. */
  readonly onCommit: (next: string) => string | undefined
  readonly disabled?: boolean | string | undefined
  /** Objects and arrays: the outermost level is unfolded at first. */
  readonly open?: boolean
  readonly className?: string
}) {
  const nested = raw.startsWith('{') || raw.startsWith('[')
  const tooLong = raw.length > EDITABLE_LENGTH ? 'Too long to be edited here; use the source' : undefined
  const check = (next: string) => {
    const problem = findJsonError(next)
    return problem ? `This is no JSON value: ${problem.message}.` : onCommit(next)
  }
  return (
    <EditableText
      value={raw}
      label={label}
      mono
      multiline={nested}
      onCommit={check}
      disabled={disabled || tooLong}
      {...(className !== undefined && { className })}
    >
      {(shown) =>
        nested ? <JsonView raw={shown} label={label} open={open ?? false} /> : <FoldedText text={shown} />
      }
    </EditableText>
  )
}
