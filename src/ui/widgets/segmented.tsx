/** A choice between a few views of the same thing. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T): void
}) {
  return (
    <fieldset aria-label={label} className="flex overflow-hidden rounded-md border border-line">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="h-6 px-2 text-sm text-ink-2 hover:text-ink focus-visible:-outline-offset-2 aria-pressed:bg-sunk aria-pressed:font-[550] aria-pressed:text-ink pointer-coarse:h-9"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
