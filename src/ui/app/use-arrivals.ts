import { useEffect, useRef } from 'react'
import { holdsWork } from '../../workspace/draft.ts'
import { parseLocation } from '../../workspace/location.ts'
import { useSelect, useStores } from './deck.ts'
import { saveAllChanged } from './saving.ts'
import type { Opener } from './use-opener.ts'

/** Opens what the address bar names, at the start and whenever a link is followed in this tab. */
export function useLinks(opener: Opener): void {
  const { session } = useStores()
  const started = useRef(false)
  useEffect(() => {
    const follow = (): void => {
      const parsed = parseLocation(window.location.search, window.location.hash)
      if (parsed.ok) void opener.link(parsed.location)
      else {
        session.reject([
          { name: 'The link', problem: { severity: 'error', code: 'newer-link', message: parsed.reason } },
        ])
      }
    }
    // React's strict mode runs effects twice; the link at the start is followed once
    if (!started.current) follow()
    started.current = true
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [opener, session])
}

/** Pasting text anywhere outside a text field opens it. */
export function usePaste(opener: Opener): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const target = event.target
      if (target instanceof Element && target.closest('input, textarea, .monaco-editor, [role="dialog"]'))
        return
      const files = [...(event.clipboardData?.files ?? [])]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (files.length === 0 && text.trim() === '') return
      event.preventDefault()
      if (files.length > 0)
        void opener.chosen({ files: files.map((file) => ({ name: file.name, file })), trees: [] })
      else if (/^https?:\/\/\S+$/.test(text.trim())) void openLinkOrUrl(opener, text.trim())
      else void opener.pasted(text)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [opener])
}

/** A link to this app holds its cassette in the fragment; any other URL names a file. */
async function openLinkOrUrl(opener: Opener, text: string): Promise<void> {
  // what is no address after all is refused in words there
  if (!URL.canParse(text)) return opener.url(text)
  const url = new URL(text)
  const parsed = parseLocation(url.search, url.hash)
  if (parsed.ok && parsed.location.source?.kind === 'data') await opener.link(parsed.location)
  else await opener.url(text)
}

/** Closing the page asks first when something would be lost by it: what is journalled comes back. */
export function useUnloadGuard(): void {
  const { session, typing, keeper } = useStores()
  const changed = useSelect(session.state, ({ drafts }) => drafts.some(holdsWork))
  const isTyping = useSelect(typing, (all) => all.size > 0)
  const isWorking = changed || isTyping
  useEffect(() => {
    if (!isWorking) return
    const onBeforeUnload = (event: BeforeUnloadEvent): void => {
      if (!keeper.flush()) event.preventDefault()
    }
    window.addEventListener('beforeunload', onBeforeUnload)
    return () => window.removeEventListener('beforeunload', onBeforeUnload)
  }, [isWorking, keeper])
}

/** Ctrl/Cmd+Alt+S saves all that is changed. AltGr is Ctrl+Alt as well, and types letters. */
export function useSaveAllKey(): void {
  const stores = useStores()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isIt = (event.ctrlKey || event.metaKey) && event.altKey && event.code === 'KeyS'
      if (!isIt || event.getModifierState('AltGraph') || stores.overlay.get() !== undefined) return
      event.preventDefault()
      // what is being typed in place is committed by leaving it
      const field = document.activeElement
      if (field instanceof HTMLTextAreaElement && !field.closest('.monaco-editor')) field.blur()
      requestAnimationFrame(() => void saveAllChanged(stores))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [stores])
}
