import { useEffect } from 'react'
import { markerFrom, type Playback, pause, seek, step, togglePlay } from '../../workspace/playback.ts'
import type { Store } from '../../workspace/store.ts'
import type { Stores } from './deck.ts'

/** The key beside which letters are commands. */
export const COMMAND = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl '

/** A key and what it does, for the sheet that lists them. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ['Space', 'play or pause'],
  ['← →', 'one chunk back or on (also , and .)'],
  ['Shift ← →', 'a tenth back or on'],
  ['0 – 9', 'jump to 0 – 90 %'],
  ['[ ]', 'previous or next marker: tool call, reasoning, finish'],
  ['j k', 'next or previous cassette, in the library as it is filtered'],
  ['l', 'to the library; Escape comes back'],
  ['n Shift N', 'next or previous place that the search found'],
  ['n p', 'in a comparison: next or previous difference'],
  ['v', 'in a review: viewed, and on to the next that is not'],
  ['/', 'in the library: search'],
  ['x', 'in the library: select'],
  ['Shift J K', 'next or previous interaction of this file'],
  ['e', 'open or close the source'],
  ['h', 'history: go back or on to any step'],
  [`${COMMAND}Z`, 'undo'],
  [`${COMMAND}Shift Z`, 'redo'],
  [`${COMMAND}O`, 'open'],
  [`${COMMAND}S`, 'save'],
  [`${COMMAND}Alt S`, 'save all that is changed'],
  ['Delete', 'on a chunk: delete it'],
  ['Alt ↑ ↓', 'on a chunk: move it'],
  [`${COMMAND}K`, 'everything by name'],
  [`${COMMAND}F`, 'find words in this cassette'],
  ['?', 'this list'],
  ['Esc', 'close what lies on top'],
]

/** What the keys change. */
type KeyedStores = Pick<Stores, 'overlay' | 'playback' | 'screen' | 'session' | 'settings' | 'shelf'>

/** What shortcuts do beyond the stores. */
export interface ShortcutActions {
  /** The next (1) or previous (-1) cassette: of those that are open, or in the library. */
  showCassette(direction: 1 | -1): void
  /** The next (1) or previous (-1) interaction of the file on screen. */
  showInteraction(direction: 1 | -1): void
  open(): void
  save(): void
}

/** Shortcuts stand down where the person types, and where a control has its own use for the key. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], .monaco-editor, [role="menu"], [role="listbox"], [role="dialog"]',
    ) !== null
  )
}

/** The source editor has its own find. */
function inSource(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.monaco-editor') !== null
}

function usesArrows(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role="slider"], [role="menu"], [role="combobox"]') !== null
  )
}

/** The row of a chunk or an interaction is moved to with Enter; after a click on it the space bar should still play. */
function usesSpace(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest('[data-row], [data-interaction]') !== null) return false
  return target.closest('button, a, summary, [role="combobox"]') !== null
}

function playbackKey(
  event: KeyboardEvent,
  playback: Store<Playback>,
  markers: () => readonly number[],
): boolean {
  const tenth = (value: Playback): number => Math.max(1, Math.round(value.count / 10))
  const marker = (direction: 1 | -1): void =>
    playback.update((value) => {
      const position = markerFrom(value, markers(), direction)
      return position === undefined ? value : pause(seek(value, position))
    })
  const arrows = !usesArrows(event.target)
  if (event.key === ' ' && !usesSpace(event.target)) playback.update(togglePlay)
  else if (event.key === 'ArrowRight' && arrows)
    playback.update((value) => step(value, event.shiftKey ? tenth(value) : 1))
  else if (event.key === 'ArrowLeft' && arrows)
    playback.update((value) => step(value, event.shiftKey ? -tenth(value) : -1))
  else if (event.key === '.') playback.update((value) => step(value, 1))
  else if (event.key === ',') playback.update((value) => step(value, -1))
  else if (event.key === ']') marker(1)
  else if (event.key === '[') marker(-1)
  else if (/^[0-9]$/.test(event.key)) {
    playback.update((value) => seek(value, (value.count * Number(event.key)) / 10))
  } else return false
  return true
}

/** Keys with Ctrl or Cmd; these work everywhere but in the source editor, which has its own. */
function commandKey(event: KeyboardEvent, stores: KeyedStores, actions: ShortcutActions): boolean {
  const { session, overlay } = stores
  const current = session.state.get().current
  const key = event.key.toLowerCase()
  // with Shift the letters belong to the browser, except redo
  if (event.shiftKey && key !== 'z') return false
  // the browser's own find sees only the rows that are drawn
  if (key === 'k' || (key === 'f' && !inSource(event.target))) overlay.set({ kind: 'palette' })
  else if (key === 'o') actions.open()
  else if (key === 's') actions.save()
  else if ((key === 'z' || key === 'y') && current !== undefined && !isTyping(event.target)) {
    if (key === 'y' || event.shiftKey) session.redo(current)
    else session.undo(current)
  } else return false
  return true
}

/** A held key must not flip these to and fro. */
function isSwitch(key: string): boolean {
  return key === ' ' || key === 'e'
}

/** The keyboard, for as long as the app is on screen. */
export function useShortcuts(
  stores: KeyedStores,
  markers: () => readonly number[],
  actions: ShortcutActions,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || stores.overlay.get() !== undefined) return
      if (event.ctrlKey || event.metaKey) {
        if (event.altKey) return
        if (commandKey(event, stores, actions)) event.preventDefault()
        return
      }
      // Alt makes brackets on many keyboards: "[" is Option+5 on a German Mac
      if (event.altKey && !/^[[\]]$/.test(event.key)) return
      if (isTyping(event.target) || (event.repeat && isSwitch(event.key))) return
      const { settings, overlay, playback } = stores
      const { current } = stores.session.state.get()
      if (event.key === 'l' && stores.shelf.library.get() !== undefined) stores.screen.set('library')
      else if (event.key === '?') overlay.set({ kind: 'shortcuts' })
      else if (current === undefined) return
      else if (event.shiftKey && event.key.toLowerCase() === 'j') actions.showInteraction(1)
      else if (event.shiftKey && event.key.toLowerCase() === 'k') actions.showInteraction(-1)
      else if (event.key === 'j') actions.showCassette(1)
      else if (event.key === 'k') actions.showCassette(-1)
      else if (event.key === 'h') overlay.set({ kind: 'history', draftId: current })
      else if (event.key === 'e') settings.update((value) => ({ ...value, sourceOpen: !value.sourceOpen }))
      else if (!playbackKey(event, playback, markers)) return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [stores, markers, actions])
}
