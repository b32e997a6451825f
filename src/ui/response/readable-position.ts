import { useEffect, useState } from 'react'
import { chunksArrived } from '../../workspace/playback.ts'
import { useStores } from '../app/deck.ts'

/** Rows that the eye can follow; a leap over more of them redraws the whole list. */
const LEAP = 24
/** Milliseconds between two leaps: drawing a screen of new rows takes longer than a frame. */
const REST = 350

/**
 * How many chunks have arrived as far as the list is concerned: exact while the playhead walks, and at rest; while
 * it flies (a fast pace, a scrub) the list glances at it a few times a second.
 */
export function useReadablePosition(): number {
  const { playback } = useStores()
  const [position, setPosition] = useState(() => chunksArrived(playback.get()))
  useEffect(() => {
    let shown = -1
    let leaptAt = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (): void => {
      clearTimeout(timer)
      timer = undefined
      const next = chunksArrived(playback.get())
      const now = performance.now()
      const isLeap = Math.abs(next - shown) > LEAP
      if (isLeap && now - leaptAt < REST) {
        timer = setTimeout(show, REST - (now - leaptAt))
        return
      }
      if (isLeap) leaptAt = now
      shown = next
      setPosition(next)
    }
    show()
    const stop = playback.subscribe(() => {
      if (timer === undefined) show()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [playback])
  return position
}
