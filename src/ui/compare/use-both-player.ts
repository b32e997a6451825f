import { useEffect, useState } from 'react'

/** A tab in the background stops drawing; on return the clock does not leap over what was missed. */
const LONGEST_FRAME = 250

export interface BothPlayer {
  readonly time: number
  readonly playing: boolean
  readonly factor: number
  seek(time: number): void
  toggle(): void
  setFactor(factor: number): void
}

/** A clock for two answers. It stands at the end until it is played: both are complete then. */
export function useBothPlayer(duration: number): BothPlayer {
  const [time, setTime] = useState(duration)
  const [playing, setPlaying] = useState(false)
  const [factor, setFactor] = useState(1)
  useEffect(() => {
    if (!playing) return
    let before = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      const elapsed = Math.min(LONGEST_FRAME, Math.max(0, now - before))
      before = now
      setTime((value) => Math.min(duration, value + elapsed * factor))
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing, factor, duration])
  const ended = time >= duration
  // during rendering: an effect would draw the end twice
  if (playing && ended) setPlaying(false)
  return {
    time,
    playing,
    factor,
    seek: (value) => setTime(Math.max(0, Math.min(duration, value))),
    toggle: () => {
      if (!playing && ended) setTime(0)
      setPlaying(!playing)
    },
    setFactor,
  }
}
