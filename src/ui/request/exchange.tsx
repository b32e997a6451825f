import { createContext, type ReactNode, type RefCallback, use, useMemo, useRef } from 'react'
import { type Message, pairToolCalls, type ToolExchange } from '../../core/cassette/conversation.ts'

type End = 'call' | 'result'

interface Exchange {
  readonly pairs: ReadonlyMap<string, ToolExchange>
  /** Marks the element that shows one end of an exchange. */
  place(end: End, id: string): RefCallback<HTMLElement>
  /** Brings that element into view, gives it the focus and lets it light up. */
  jump(end: End, id: string): void
}

const ExchangeContext = createContext<Exchange | undefined>(undefined)

export function useExchange(): Exchange {
  const exchange = use(ExchangeContext)
  if (exchange === undefined) throw new Error('ExchangeProvider is missing')
  return exchange
}

/** Knows which tool call each result answers, and where both stand on the screen. */
export function ExchangeProvider({
  messages,
  children,
}: {
  readonly messages: readonly Message[]
  readonly children: ReactNode
}) {
  const places = useRef(new Map<string, HTMLElement>())
  const exchange = useMemo<Exchange>(
    () => ({
      pairs: pairToolCalls(messages),
      place: (end, id) => (element) => {
        if (element === null) return
        const key = `${end} ${id}`
        places.current.set(key, element)
        return () => {
          if (places.current.get(key) === element) places.current.delete(key)
        }
      },
      jump(end, id) {
        const found = (): HTMLElement | undefined => places.current.get(`${end} ${id}`)
        const element = found()
        if (element !== undefined) goTo(element)
        else {
          // earlier messages can be folded
          document.querySelector<HTMLElement>('[data-unfold-messages]')?.click()
          requestAnimationFrame(() => goTo(found()))
        }
      },
    }),
    [messages],
  )
  return <ExchangeContext value={exchange}>{children}</ExchangeContext>
}

function goTo(element: HTMLElement | undefined): void {
  if (element === undefined) return
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'center' })
  // messages off the screen have only a guessed height: once drawn, things may have moved
  requestAnimationFrame(() => element.scrollIntoView({ block: 'center' }))
  light(element)
}

function light(element: HTMLElement): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.animate([{ backgroundColor: 'var(--tape-wash)' }, { backgroundColor: 'transparent' }], {
    duration: 1400,
    easing: calm ? 'step-end' : 'ease-in',
  })
}
