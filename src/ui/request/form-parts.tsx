import { Braces, X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type ReactNode, useState } from 'react'

const SMALL =
  'grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunk hover:text-ink aria-pressed:bg-sunk aria-pressed:text-ink aria-disabled:cursor-not-allowed pointer-coarse:size-10'
/** Hidden until its row is pointed at or focused; always there where nothing can hover. */
export const ON_ROW =
  'opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100'

function SmallButton({
  label,
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button type="button" aria-label={label} title={label} className={`${SMALL} ${className}`} {...rest} />
  )
}

export function RemoveButton({
  label,
  disabled,
  onClick,
}: {
  /** What is removed. */
  readonly label: string
  readonly disabled: boolean
  onClick(): void
}) {
  return (
    <SmallButton
      label={`Remove ${label}`}
      aria-disabled={disabled}
      className={ON_ROW}
      onClick={() => !disabled && onClick()}
    >
      <X size={13} aria-hidden />
    </SmallButton>
  )
}

/** The same for a form, whose rows are rows of their own. */
const ON_FORM =
  'opacity-0 group-focus-within/form:opacity-100 group-hover/form:opacity-100 pointer-coarse:opacity-100'

/** A form, with the JSON behind it one click away. */
export function FormOrJson({
  label,
  form,
  json,
  actions,
}: {
  readonly label: string
  readonly form: ReactNode
  readonly json: ReactNode
  /** Beside the toggle. */
  readonly actions?: ReactNode
}) {
  const [raw, setRaw] = useState(false)
  return (
    <div className="group/form flex min-w-0 items-start gap-1">
      <div className="min-w-0 flex-1">{raw ? json : form}</div>
      <div className="-my-0.5 flex shrink-0 pointer-coarse:-my-2.5">
        <SmallButton
          label={`${label} as JSON`}
          aria-pressed={raw}
          className={raw ? '' : ON_FORM}
          onClick={() => setRaw(!raw)}
        >
          <Braces size={12} aria-hidden />
        </SmallButton>
        {actions}
      </div>
    </div>
  )
}

/** A short word that can be pressed, in the size of the text beside it. */
export function WordButton({ className = '', disabled, onClick, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      aria-disabled={disabled}
      onClick={(event) => !disabled && onClick?.(event)}
      className={`inline-flex min-h-6 items-center gap-1 rounded-md px-1.5 text-sm text-ink-3 hover:bg-sunk hover:text-ink aria-disabled:cursor-not-allowed pointer-coarse:min-h-10 ${className}`}
      {...rest}
    />
  )
}
