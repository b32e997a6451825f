import { type FocusEvent, type RefObject, useCallback, useEffect, useRef } from 'react'

/** Frames in which a row that has just been made may still be hidden: a virtual list measures it first. */
const FRAMES = 10

/** Puts the focus into the list: on the row that the keyboard stands on, on the list where there is none. */
export function focusList(
  list: HTMLElement | null = document.querySelector('[data-library-list]'),
  frames = FRAMES,
): void {
  const row = list?.querySelector<HTMLElement>('[data-active] button')
  row?.focus({ preventScroll: true })
  if (list === null || (row && document.activeElement === row)) return
  // meanwhile the list keeps it, and gives it on unless somebody took it elsewhere
  list.focus({ preventScroll: true })
  if (!row || frames === 0) return
  requestAnimationFrame(() => {
    if (document.activeElement === list) focusList(list, frames - 1)
  })
}

/**
 * One row of the list is in the order of the Tab key. While the focus is in the list it goes along with the row that
 * the keyboard stands on, also when the row that had it is drawn no longer. A list that comes up while nothing has
 * the focus takes it: a folder was opened, or one comes back from a recording.
 */
export function useListFocus(list: RefObject<HTMLElement | null>): {
  readonly section: { onFocus(): void; onBlur(event: FocusEvent): void }
  /** To be told when another row is the one that the keyboard stands on, and when it is drawn anew. */
  follow(): void
} {
  const isInside = useRef(false)
  const follow = useCallback((): void => {
    const { activeElement, body } = document
    if (!isInside.current || list.current === null) return
    if (activeElement !== body && !list.current.contains(activeElement)) return
    // the box of the row itself may keep it
    if (activeElement?.closest('[data-active]') == null) focusList(list.current)
  }, [list])
  useEffect(() => {
    if (document.activeElement === document.body) focusList(list.current)
  }, [list])
  const section = {
    onFocus: () => {
      isInside.current = true
    },
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
      // a row that goes away while it has the focus gives it to nobody
      if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) isInside.current = false
    },
  }
  return { section, follow }
}
