/** A small choice with its word before it, as the list's head has two of. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [value: T, label: string])[]
  onChange(value: T): void
}) {
  return (
    <label className="flex items-center gap-1.5 whitespace-nowrap text-ink-3">
      {label}
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.currentTarget.value)
          if (chosen) onChange(chosen[0])
        }}
        className="h-7 rounded-md border border-transparent bg-transparent px-1 text-ink-2 hover:border-line-2 pointer-coarse:h-10"
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
