import { useEffect, useState } from 'react'
import type { Opener } from './use-opener.ts'

/** A place that has its own use for what is dropped on it. */
function takesDrop(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-takes-drop]') !== null
}

/** The whole window takes drops; while something is held over it, it says so. */
export function DropZone({ opener }: { readonly opener: Opener }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    // dragenter and dragleave fire for every element crossed; only the balance tells
    let depth = 0
    const settle = (change: number): void => {
      depth = Math.max(0, depth + change)
      setOver(depth > 0)
    }
    const onEnter = (event: DragEvent): void => {
      event.preventDefault()
      settle(1)
    }
    const onOver = (event: DragEvent): void => {
      event.preventDefault()
      setOver(depth > 0 && !takesDrop(event.target))
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const onLeave = (): void => settle(-1)
    const onDrop = (event: DragEvent): void => {
      event.preventDefault()
      depth = 0
      setOver(false)
      if (takesDrop(event.target)) return
      if (event.dataTransfer) void opener.drop(event.dataTransfer)
    }
    const events = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const
    // in the capturing phase: the source editor would take text drops for itself
    for (const [name, listener] of Object.entries(events))
      window.addEventListener(name, listener as EventListener, true)
    return () => {
      for (const [name, listener] of Object.entries(events)) {
        window.removeEventListener(name, listener as EventListener, true)
      }
    }
  }, [opener])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-bg/85 p-4">
      <p className="rounded-lg border border-dashed border-tape bg-pane px-8 py-6 text-lg font-semibold">
        Drop to open. Nothing leaves this browser.
      </p>
    </div>
  )
}
