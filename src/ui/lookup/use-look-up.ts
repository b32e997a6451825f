import { useEffect, useEffectEvent, useState } from 'react'
import type { LookUp } from '../../core/lookup/answer.ts'

/** Milliseconds after a key before the paste is looked up: reading candidates is work. */
const SETTLE = 300

/** How a look-up stands. `text`: what it is about. */
export type LookUpState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking'; readonly text: string; readonly done?: number; readonly all?: number }
  | { readonly kind: 'answered'; readonly answer: LookUp; readonly text: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly text: string }

/** Looks up a text once it has settled; an older question is given up for a newer one. */
export function useLookUp(
  text: string,
  lookUp: (
    text: string,
    signal: AbortSignal,
    progress: (done: number, all: number) => void,
  ) => Promise<LookUp>,
): readonly [state: LookUpState, again: () => void] {
  const [state, setState] = useState<LookUpState>({ kind: 'idle' })
  const [round, setRound] = useState(0)
  const ask = useEffectEvent(async (pasted: string, signal: AbortSignal) => {
    setState({ kind: 'looking', text: pasted })
    try {
      const answer = await lookUp(pasted, signal, (done, all) => {
        if (!signal.aborted) setState({ kind: 'looking', text: pasted, done, all })
      })
      if (!signal.aborted) setState({ kind: 'answered', answer, text: pasted })
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof Error ? error.message : 'The look-up broke off.'
      setState({ kind: 'failed', problem, text: pasted })
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks the same question once more
  useEffect(() => {
    const controller = new AbortController()
    const isEmpty = text.trim() === ''
    const timer = setTimeout(
      () => (isEmpty ? setState({ kind: 'idle' }) : void ask(text, controller.signal)),
      isEmpty ? 0 : SETTLE,
    )
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [text, round])
  return [current(state, text), () => setRound(round + 1)]
}

/** What is known of an older text is not known of this one, though nobody looks yet. */
function current(state: LookUpState, text: string): LookUpState {
  if (text.trim() === '') return { kind: 'idle' }
  return state.kind === 'idle' || state.text !== text ? { kind: 'looking', text } : state
}
