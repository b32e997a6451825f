import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'

/** Where the browser cannot size a field by its content, it is measured after each change. */
const SIZES_ITSELF = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

/** The field behind `EditableText`: as large as its text, with the caret at the end. */
export function TextEditor({
  label,
  text,
  refusal,
  multiline,
  className,
  placeholder,
  onChange,
  onKeyDown,
  onBlur,
}: {
  readonly label: string
  readonly text: string
  readonly refusal: string | undefined
  readonly multiline: boolean
  readonly className: string
  readonly placeholder: string | undefined
  onChange(text: string): void
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void
  onBlur(): void
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each text has its own height
  useLayoutEffect(() => {
    const element = field.current
    if (SIZES_ITSELF || element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])
  return (
    <div className={`min-w-0 flex-1 ${className}`}>
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label={label}
        aria-describedby={hint}
        aria-invalid={refusal !== undefined}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        // another window was chosen: the field still has the focus of this one
        onBlur={(event) => document.activeElement !== event.currentTarget && onBlur()}
        // the ground and the outline lie outside of the box: the text stands where it stood before
        className="field-sizing-content m-0 block max-h-[70vh] w-full resize-none rounded-[1px] border-0 bg-sunk p-0 whitespace-pre-wrap wrap-break-word shadow-[0_0_0_4px_var(--sunk)] outline-2 outline-offset-4 outline-tape placeholder:text-ink-3"
      />
      <span id={hint} className="sr-only">
        {multiline ? 'Control Enter' : 'Enter'} or leaving the field keeps the change, Escape discards it.
      </span>
      {refusal !== undefined && (
        <p role="alert" className="mt-2 font-sans text-sm text-error">
          {refusal}
        </p>
      )}
    </div>
  )
}
