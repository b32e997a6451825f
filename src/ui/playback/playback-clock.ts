import { useEffect } from 'react'
import { advance } from '../../workspace/playback.ts'
import { useSelect, useStores } from '../app/deck.ts'

/** A tab in the background stops drawing; on return the playhead does not leap over what was missed. */
const LONGEST_FRAME = 250

/** Moves the playhead, a frame at a time, while it plays. */
export function usePlaybackClock(): void {
  const { playback } = useStores()
  const playing = useSelect(playback, (value) => value.playing)
  useEffect(() => {
    if (!playing) return
    let before = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      const elapsed = Math.min(LONGEST_FRAME, Math.max(0, now - before))
      before = now
      playback.update((value) => advance(value, elapsed))
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [playback, playing])
}
