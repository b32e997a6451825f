import { useEffect } from 'react'
import { judgeDisk, withDisk } from '../../workspace/disk.ts'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { type Stores, useSelect, useStores } from './deck.ts'

/**
 * Looks whether files are still what their drafts are compared with: when the window is come back to, when a
 * draft is shown, and when another tab says that it saved.
 */
export function useDiskWatch(): void {
  const stores = useStores()
  const { session, peers } = stores
  const current = useSelect(session.state, (value) => value.current)
  useEffect(() => {
    void look(stores, ({ id }) => id === current)
  }, [stores, current])
  useEffect(() => {
    const onReturn = (): void => {
      if (document.visibilityState === 'hidden') return
      peers.refresh()
      const shown = session.state.get().current
      void look(stores, (draft) => draft.id === shown || isChanged(draft))
    }
    const onSavedElsewhere = (): void => {
      const elsewhere = peers.elsewhere.get()
      void look(stores, ({ id }) => elsewhere.get(id)?.saved === true)
    }
    window.addEventListener('focus', onReturn)
    document.addEventListener('visibilitychange', onReturn)
    const unsubscribe = peers.elsewhere.subscribe(onSavedElsewhere)
    return () => {
      window.removeEventListener('focus', onReturn)
      document.removeEventListener('visibilitychange', onReturn)
      unsubscribe()
    }
  }, [stores, session, peers])
}

/** One file after the other: a hundred of them must not be read at once. */
async function look(stores: Stores, which: (draft: Draft) => boolean): Promise<void> {
  const { session, handles, browser, disk } = stores
  for (const { id, base } of session.state.get().drafts.filter(which)) {
    const handle = handles.get(id)
    if (handle === undefined) continue
    const found = await browser.readDisk(handle)
    // it may have been saved, or closed, while the file was read
    const draft = session.state.get().drafts.find((candidate) => candidate.id === id)
    if (draft === undefined || draft.base !== base || handles.get(id) !== handle) continue
    if (found.kind === 'gone') disk.update((all) => withDisk(all, id, { kind: 'gone' }))
    if (found.kind === 'read') disk.update((all) => withDisk(all, id, judgeDisk(draft, found.bytes)))
  }
}
