import { Pencil, X } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { TextEditor } from './text-editor.tsx'

/** Why nothing can be edited, where the caller gives no reason of its own. */
const SOURCE_BROKEN = 'The source does not parse; repair it first'

export interface EditableTextProps {
  readonly value: string
  /** What it is, as in "Edit <label>". */
  readonly label: string
  /** Takes what was typed; returns why it is refused, or undefined. Not called when nothing was changed. */
  readonly onCommit: (next: string) => string | undefined
  /** Enter makes a line; Ctrl/Cmd+Enter commits. Otherwise Enter commits. */
  readonly multiline?: boolean
  /** Typography of the text and of its editor alike. */
  readonly className?: string
  /** Set in the face of everything recorded. */
  readonly mono?: boolean
  /** Shown dimmed in the place of an empty text. */
  readonly placeholder?: string
  /** `true`, or the reason as it is shown. */
  readonly disabled?: boolean | string | undefined
  /** Replaces the display; a function is given the text that counts right now. */
  readonly children?: ReactNode | ((shown: string) => ReactNode)
}

/** A recorded text that can be changed where it stands: by its pencil button or a double click. */
export function EditableText(props: EditableTextProps) {
  const { value, label, multiline = false, className = '', mono = false, placeholder, children } = props
  const reason = props.disabled === true ? SOURCE_BROKEN : props.disabled || undefined
  const [typed, setTyped] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  // what was committed, until the panels have read the new text (they are not editable in between)
  const [committed, setCommitted] = useState<string>()
  const button = useRef<HTMLButtonElement>(null)
  // committing another editor by pressing this button makes the panels stale before the click arrives
  const wasReady = useRef(false)
  // moving the focus away takes it from the field, which is no wish to commit
  const isLeaving = useRef(false)
  if (committed !== undefined && reason === undefined) setCommitted(undefined)

  const open = () => {
    setRefusal(undefined)
    setTyped(committed ?? value)
  }
  const leave = () => {
    isLeaving.current = true
    button.current?.focus()
    isLeaving.current = false
  }
  const close = () => {
    setTyped(undefined)
    setRefusal(undefined)
    leave()
  }
  const commit = (text: string): boolean => {
    const refused = text === value ? undefined : props.onCommit(text)
    setRefusal(refused)
    if (refused !== undefined) return false
    if (text !== value) setCommitted(text)
    setTyped(undefined)
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (commit(event.currentTarget.value)) leave()
    }
  }
  const onDoubleClick = (event: MouseEvent) => {
    const inner = event.target instanceof Element && event.target.closest('button, a, input, textarea')
    if (!inner && reason === undefined) open()
  }

  const editing = typed !== undefined
  const shown = committed ?? value
  const face = `${mono ? 'recorded' : ''} ${className}`
  return (
    <div className="group/edit flex min-w-0 items-start gap-1">
      {editing ? (
        <TextEditor
          label={label}
          text={typed}
          refusal={refusal}
          multiline={multiline}
          className={face}
          placeholder={placeholder}
          onChange={setTyped}
          onKeyDown={onKeyDown}
          onBlur={() => !isLeaving.current && commit(typed)}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the pencil button beside it does the same
        <div className={`min-w-0 whitespace-pre-wrap wrap-break-word ${face}`} onDoubleClick={onDoubleClick}>
          {typeof children === 'function' ? children(shown) : (children ?? shown)}
          {children === undefined && shown === '' && <span className="text-ink-3">{placeholder}</span>}
        </div>
      )}
      {/* One element for both, so that Tab out of the editor lands on it and not on nothing. */}
      <button
        ref={button}
        type="button"
        aria-label={editing ? `Discard changes of ${label}` : `Edit ${label}`}
        aria-disabled={!editing && reason !== undefined}
        title={editing ? 'Discard (Esc)' : (reason ?? `Edit ${label}`)}
        onPointerDown={(event) => {
          wasReady.current = reason === undefined
          // the editor must not lose the focus to this button: that would commit
          if (editing) event.preventDefault()
        }}
        onMouseDown={(event) => editing && event.preventDefault()}
        onClick={() => {
          if (editing) close()
          else if (reason === undefined || wasReady.current) open()
          wasReady.current = false
        }}
        className={`-my-0.5 grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunk hover:text-ink focus-visible:opacity-100 group-hover/edit:opacity-100 aria-disabled:cursor-not-allowed aria-disabled:text-line-2 pointer-coarse:-my-2.5 pointer-coarse:size-10 pointer-coarse:opacity-100 ${editing ? '' : 'opacity-0'}`}
      >
        {editing ? <X size={13} aria-hidden /> : <Pencil size={12} aria-hidden />}
      </button>
    </div>
  )
}
