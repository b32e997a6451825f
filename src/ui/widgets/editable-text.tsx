import { Pencil, X } from 'lucide-react'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { applyTyped, carryOver, lineEndOf, toLineFeeds } from '../../core/text/line-ends.ts'
import { TextEditor } from './text-editor.tsx'
import { newFieldId, useTypingMemory } from './typing.ts'

/** Why nothing can be edited, where the caller gives no reason of its own. */
const SOURCE_BROKEN = 'The source does not parse; repair it first'
const CHANGED_TOO =
  'This text has meanwhile been changed at the same place. Copy what you typed, discard it and edit the new text.'

/** An open editor. The field shows the text with "\n" for every line end, as every field does. */
interface Editing {
  readonly id: string
  /** The text that it was opened with. */
  readonly opened: string
  /** What typing has made of it, the line ends that nobody touched as they were. */
  readonly text: string
}

function typeInto({ id, opened, text }: Editing, typed: string): Editing {
  const isAsOpened = typed === toLineFeeds(opened)
  return { id, opened, text: isAsOpened ? opened : applyTyped(text, typed, lineEndOf(opened)) }
}

function opening(opened: string): Editing {
  return { id: newFieldId(), opened, text: opened }
}

/**
 * What stands in a field is on screen but nowhere else: it is told to whoever remembers it while it is typed,
 * and a field that shows what such a text was typed into opens itself with it.
 */
function useRemembered(
  label: string,
  shown: string,
  editing: Editing | undefined,
  /** Why the text could not be handed over when the field was taken away. */
  refusedAtEnd: RefObject<string | undefined>,
  reopen: (editing: Editing) => void,
): void {
  const memory = useTypingMemory()
  const typed = editing !== undefined && editing.text !== editing.opened ? editing : undefined
  useEffect(() => memory?.enter(label, shown), [memory, label, shown])
  useEffect(() => {
    if (typed !== undefined) memory?.note({ ...typed, label })
  }, [memory, typed, label])
  const typedId = typed?.id
  useEffect(() => {
    if (memory === undefined || typedId === undefined) return
    return () => (refusedAtEnd.current === undefined ? memory.forget(typedId) : memory.release(typedId))
  }, [memory, typedId, refusedAtEnd])
  const isOpen = editing !== undefined
  const reopenLatest = useEffectEvent(reopen)
  useEffect(() => {
    const waiting = isOpen ? undefined : memory?.claim(label, shown)
    if (waiting !== undefined) reopenLatest(waiting)
  }, [memory, label, shown, isOpen])
}

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
  const [editing, setEditing] = useState<Editing>()
  const [refusal, setRefusal] = useState<string>()
  // what was committed, until the panels have read the new text (they are not editable in between)
  const [committed, setCommitted] = useState<string>()
  const button = useRef<HTMLButtonElement>(null)
  // committing another editor by pressing this button makes the panels stale before the click arrives
  const wasReady = useRef(false)
  // moving the focus away takes it from the field, which is no wish to commit
  const isLeaving = useRef(false)
  if (committed !== undefined && reason === undefined) setCommitted(undefined)
  const shown = committed ?? value
  const isTouched = editing !== undefined && editing.text !== editing.opened
  if (editing !== undefined && !isTouched && editing.opened !== shown) {
    setEditing(opening(shown))
  }

  const open = () => {
    setRefusal(undefined)
    setEditing(opening(shown))
  }
  const leave = () => {
    isLeaving.current = true
    button.current?.focus()
    isLeaving.current = false
  }
  const close = () => {
    keepTyped.current = undefined
    setEditing(undefined)
    setRefusal(undefined)
  }
  /** Hands over what was typed, made to fit the text as it is now; returns why that is refused. */
  const handOver = ({ opened, text }: Editing): string | undefined => {
    if (text === opened) return undefined
    const next = carryOver(opened, text, shown)
    if (next === undefined) return CHANGED_TOO
    if (next === shown) return undefined
    const refused = props.onCommit(next)
    if (refused === undefined) setCommitted(next)
    return refused
  }
  const commit = (current: Editing): boolean => {
    const refused = handOver(current)
    if (refused === undefined) close()
    else setRefusal(refused)
    return refused === undefined
  }

  // an editor that is taken away (its row scrolled out, another cassette came) gets no blur event
  const keepTyped = useRef<() => string | undefined>(undefined)
  const refusedAtEnd = useRef<string>(undefined)
  useLayoutEffect(() => {
    keepTyped.current = isTouched ? () => handOver(editing) : undefined
  })
  useLayoutEffect(() => {
    refusedAtEnd.current = undefined
    return () => {
      refusedAtEnd.current = keepTyped.current?.()
    }
  }, [])
  useRemembered(label, shown, editing, refusedAtEnd, setEditing)

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
      leave()
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (editing && commit(typeInto(editing, event.currentTarget.value))) leave()
    }
  }
  const onDoubleClick = (event: MouseEvent) => {
    const inner = event.target instanceof Element && event.target.closest('button, a, input, textarea')
    if (!inner && reason === undefined) open()
  }

  const face = `${mono ? 'recorded' : ''} ${className}`
  return (
    <div className="group/edit flex min-w-0 items-start gap-1">
      {editing ? (
        <TextEditor
          label={label}
          text={toLineFeeds(editing.text)}
          refusal={refusal}
          multiline={multiline}
          className={face}
          placeholder={placeholder}
          onChange={(typed) => setEditing((current) => current && typeInto(current, typed))}
          onKeyDown={onKeyDown}
          onBlur={() => !isLeaving.current && commit(editing)}
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
          if (editing) {
            close()
            leave()
          } else if (reason === undefined || wasReady.current) open()
          wasReady.current = false
        }}
        className={`-my-0.5 grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunk hover:text-ink focus-visible:opacity-100 group-hover/edit:opacity-100 aria-disabled:cursor-not-allowed aria-disabled:text-line-2 pointer-coarse:-my-2.5 pointer-coarse:size-10 pointer-coarse:opacity-100 ${editing ? '' : 'opacity-0'}`}
      >
        {editing ? <X size={13} aria-hidden /> : <Pencil size={12} aria-hidden />}
      </button>
    </div>
  )
}
