import { useEffect, useMemo } from 'react'
import { parseQuery, soughtTexts } from '../../core/library/query.ts'
import { type Stores, useSelect } from '../app/deck.ts'

/** More ranges than this would make drawing slow and help nobody. */
const MOST = 1000
const NAME = 'search-hit'
const HERE = 'search-hit-here'

/**
 * The words that the library was searched for, lit where they stand in the recording on screen; `n` and `Shift+N` go
 * from one to the next. The panels draw what they draw: only what is drawn is lit, and found anew when that changes.
 * Returns what is looked for, for those who fold things away.
 */
export function useSearchHits({ libraryView, places, overlay }: Stores, draftId: string): RegExp | undefined {
  const query = useSelect(libraryView, (view) => view.query)
  const isFromLibrary = useSelect(places, (all) => all.has(draftId))
  const sought = useMemo(() => (isFromLibrary ? needleOf(query) : undefined), [isFromLibrary, query])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cassette begins with its first hit
  useEffect(() => {
    if (!('highlights' in CSS)) return
    const main = document.querySelector('main')
    if (sought === undefined || main === null) return
    const needle = new RegExp(sought.source, 'giu')
    const all = new Highlight()
    const here = new Highlight()
    here.priority = 1
    CSS.highlights.set(NAME, all)
    CSS.highlights.set(HERE, here)
    let at = -1
    let found: readonly Range[] = []
    const find = (): void => {
      found = rangesIn(main, needle)
      all.clear()
      for (const range of found) all.add(range)
    }
    let waiting: number | undefined
    const later = (): void => {
      waiting ??= requestAnimationFrame(() => {
        waiting = undefined
        find()
      })
    }
    const watched = new MutationObserver(later)
    watched.observe(main, { childList: true, subtree: true, characterData: true })
    find()
    const step = (direction: 1 | -1): void => {
      if (found.length === 0) return
      at = (at + direction + found.length) % found.length
      const range = found[at]
      here.clear()
      if (range === undefined) return
      here.add(range)
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
    }
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : undefined
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key.toLowerCase() !== 'n' || overlay.get() !== undefined) return
      if (target?.closest('input, textarea, select, [contenteditable="true"], .monaco-editor')) return
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      watched.disconnect()
      if (waiting !== undefined) cancelAnimationFrame(waiting)
      CSS.highlights.delete(NAME)
      CSS.highlights.delete(HERE)
    }
  }, [sought, overlay, draftId])
  return sought
}

function needleOf(query: string): RegExp | undefined {
  const words = wordsOf(query).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return words.length === 0 ? undefined : new RegExp(words.join('|'), 'iu')
}

/** Words and phrases that have to be there, as they were typed. */
function wordsOf(query: string): readonly string[] {
  return soughtTexts(parseQuery(query)).flatMap(({ text }) => (text === '' ? [] : [text]))
}

function rangesIn(root: Element, needle: RegExp): readonly Range[] {
  const ranges: Range[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null && ranges.length < MOST; node = walker.nextNode()) {
    // the editor paints its lines itself, and has a find of its own
    if (node.parentElement?.closest('.monaco-editor')) continue
    for (const match of (node.nodeValue ?? '').matchAll(needle)) {
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      ranges.push(range)
      if (ranges.length >= MOST) break
    }
  }
  return ranges
}
