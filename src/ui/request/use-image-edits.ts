import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { setString } from '../../core/syntax/resolve.ts'
import type { Located } from '../../core/text/address.ts'
import { remoteImageQuery } from '../../queries/remote-image.ts'
import { useDeck } from '../app/deck.ts'
import { asRecorded, imageUrlOf, problemOfImageUrl } from './image-bytes.ts'

export interface ImageEdits {
  /** What is under way, or why the last try was refused. */
  readonly busy: string | undefined
  readonly refusal: string | undefined
  replaceBy(file: Blob): Promise<void>
  /** A data: URL or an address, as it was pasted. */
  replaceByUrl(url: string): void
  inline(src: string, host: string): Promise<void>
}

/** Other images in the place of a recorded one. What is refused leaves the recording as it is. */
export function useImageEdits(url: Located<string>, mediaType?: string): ImageEdits {
  const { edit } = useDeck()
  const client = useQueryClient()
  const [busy, setBusy] = useState<string>()
  const [refusal, setRefusal] = useState<string>()

  const set = (label: string, next: string): void => {
    const written = asRecorded(url.value, mediaType, next)
    setRefusal(
      'problem' in written
        ? written.problem
        : edit(label, (document) => setString(document, url.at, written.text)),
    )
  }

  const take = async (label: string, doing: string, read: () => Promise<Uint8Array>): Promise<void> => {
    setBusy(doing)
    setRefusal(undefined)
    try {
      const made = imageUrlOf(await read())
      if ('problem' in made) setRefusal(made.problem)
      else set(label, made.url)
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(undefined)
    }
  }

  return {
    busy,
    refusal,
    replaceBy: (file) =>
      take('Replace image', 'Reading the file…', async () => {
        try {
          return new Uint8Array(await file.arrayBuffer())
        } catch {
          throw new Error('This file could not be read: it was moved, or access was withdrawn.')
        }
      }),
    replaceByUrl(next) {
      const problem = problemOfImageUrl(next)
      if (problem === undefined) set('Replace image', next.trim())
      else setRefusal(problem)
    },
    inline: (src, host) =>
      take('Inline image', `Fetching it from ${host}…`, () => client.fetchQuery(remoteImageQuery(src))),
  }
}

/**
 * Pasting an image while something in `figure` has the focus. The event itself goes to wherever text is
 * selected, so the window is asked, before the app opens what is pasted as a cassette.
 */
export function usePastedImage(figure: RefObject<HTMLElement | null>, edits: ImageEdits): void {
  const onPaste = useEffectEvent((event: ClipboardEvent): void => {
    const active = document.activeElement
    if (!figure.current?.contains(active) || active?.matches('input, textarea')) return
    const file = event.clipboardData?.files[0]
    const text = event.clipboardData?.getData('text/plain').trim() ?? ''
    if (file === undefined && !/^(?:data:|https?:)\S+$/i.test(text)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (file !== undefined) void edits.replaceBy(file)
    else edits.replaceByUrl(text)
  })
  useEffect(() => {
    const listener = (event: ClipboardEvent): void => onPaste(event)
    window.addEventListener('paste', listener, true)
    return () => window.removeEventListener('paste', listener, true)
  }, [])
}
