import { Check, ChevronDown } from 'lucide-react'
import { Select } from 'radix-ui'
import { useRequestEditing } from './request-editing.ts'

interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

/** One of a few values. What is recorded and no option is one all the same. */
export function Choice<T extends string>({
  label,
  value,
  options,
  disabled,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly Option<T>[]
  readonly disabled: boolean
  onChange(value: T): void
}) {
  const layer = useRequestEditing()?.layer ?? null
  const shown: readonly Option<string>[] = options.some((option) => option.value === value)
    ? options
    : [{ value, label: value }, ...options]
  return (
    <Select.Root
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen && chosen.value !== value && !disabled) onChange(chosen.value)
      }}
    >
      <Select.Trigger
        aria-label={label}
        aria-disabled={disabled}
        className="recorded -my-0.5 -ml-1 inline-flex h-6 max-w-full items-center gap-1 rounded-md px-1 whitespace-nowrap hover:bg-sunk aria-disabled:cursor-not-allowed pointer-coarse:-my-2.5 pointer-coarse:h-10"
      >
        <span className="min-w-0 truncate">
          <Select.Value>{shown.find((option) => option.value === value)?.label}</Select.Value>
        </span>
        <ChevronDown aria-hidden size={12} className="shrink-0 text-ink-3" />
      </Select.Trigger>
      <Select.Portal container={layer}>
        <Select.Content
          position="popper"
          sideOffset={2}
          className="z-50 max-h-(--radix-select-content-available-height) overflow-hidden rounded-lg border border-line-2 bg-pane p-1 shadow-lg"
        >
          <Select.Viewport>
            {shown.map((option) => (
              <Select.Item
                key={option.value}
                value={option.value}
                className="flex h-7 items-center justify-between gap-4 rounded px-2 outline-none data-[highlighted]:bg-sunk pointer-coarse:h-10"
              >
                <Select.ItemText>
                  <span className="recorded">{option.label}</span>
                </Select.ItemText>
                <Select.ItemIndicator>
                  <Check aria-hidden size={12} />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  )
}
