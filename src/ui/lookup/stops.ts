/** Marks the recordings of an answer that the arrow keys stop at. */
export const STOP = { 'data-stop': '' } as const

/** The recording after (1) or before (-1) the one in which the keyboard is; undefined where there is none. */
export function nextStop(
  within: Element,
  from: EventTarget,
  direction: 1 | -1,
): HTMLElement | 'before' | undefined {
  if (!(from instanceof Element)) return undefined
  const all = [...within.querySelectorAll<HTMLElement>('[data-stop]')]
  const here = all.findIndex((one) => one === from || one.closest('li')?.contains(from))
  if (here === -1) return undefined
  return here + direction < 0 ? 'before' : all[here + direction]
}
