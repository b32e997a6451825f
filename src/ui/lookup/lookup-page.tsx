import { type KeyboardEvent, useRef, useState } from 'react'
import type { LookUp, LookUpCandidate, Offer } from '../../core/lookup/answer.ts'
import { Button } from '../widgets/button.tsx'
import { Area } from '../widgets/field.tsx'
import { Answer } from './answer.tsx'
import { Examples } from './examples.tsx'
import { nextStop } from './stops.ts'
import { type LookUpState, useLookUp } from './use-look-up.ts'

/** "Why was it not found?": a paste on top, the answer below; the field keeps the keyboard until Escape. */
export function LookUpPage({
  lookUp,
  onOpen,
  onCompare,
  onApply,
  initial = '',
  onText,
}: {
  lookUp(text: string, signal: AbortSignal, progress: (done: number, all: number) => void): Promise<LookUp>
  onOpen(path: string): void
  /** `asked`: what was asked, as JSON. */
  onCompare(candidate: LookUpCandidate, asked: string): void
  /** Returns why it could not be done, as a sentence. */
  onApply(offer: Offer): Promise<string | undefined>
  readonly initial?: string
  /** What stands in the field now, for who comes back to it. */
  onText?(text: string): void
}) {
  const [text, setTyped] = useState(initial)
  const setText = (next: string): void => {
    setTyped(next)
    onText?.(next)
  }
  const [state, again] = useLookUp(text, lookUp)
  const answers = useRef<HTMLDivElement>(null)
  // the last answer stays while the next one is looked for, so that nothing jumps
  const [last, setLast] = useState<LookUp>()
  if (state.kind === 'answered' && state.answer !== last) setLast(state.answer)
  if (state.kind === 'idle' && last !== undefined) setLast(undefined)
  const paste = useRef<HTMLTextAreaElement>(null)
  const onAnswerKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const next = nextStop(event.currentTarget, event.target, event.key === 'ArrowDown' ? 1 : -1)
    if (next === undefined) return
    event.preventDefault()
    // above the first is what was asked
    const goTo = next === 'before' ? paste.current : next
    goTo?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      again()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      const next = answers.current?.querySelector('button')
      if (next) next.focus()
      else event.currentTarget instanceof HTMLElement && event.currentTarget.blur()
    }
  }
  return (
    <section
      aria-label="Why was it not found?"
      className="hairline-scroll min-h-0 min-w-0 overflow-y-auto bg-pane"
    >
      <div className="mx-auto grid max-w-[1000px] min-w-0 gap-4 px-5 py-4">
        <div className="grid gap-1.5">
          <div className="flex min-h-7 flex-wrap items-center gap-x-3">
            <label htmlFor="lookup-paste" className="text-lg font-semibold whitespace-nowrap">
              Why was it not found?
            </label>
            {text !== '' && (
              <div className="flex min-w-0 flex-1 items-center gap-3 text-sm text-ink-3">
                <Looking state={state} />
                <Button className="ml-auto" onClick={() => setText('')}>
                  Clear
                </Button>
              </div>
            )}
          </div>
          <Area
            id="lookup-paste"
            ref={paste}
            rows={text === '' ? 3 : 6}
            value={text}
            autoFocus
            placeholder="Paste the failing test's error, a hash, or a request"
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            className="recorded max-h-80 resize-y"
          />
        </div>
        {state.kind === 'failed' && (
          <div role="alert" className="flex items-center gap-3">
            <p className="text-error">The look-up did not get through: {state.problem}</p>
            <Button tone="outline" onClick={again}>
              Try again
            </Button>
          </div>
        )}
        {text.trim() === '' && <Examples onUse={setText} />}
        <div
          aria-busy={state.kind === 'looking'}
          className={`grid min-w-0 gap-4 ${state.kind === 'looking' ? 'opacity-60' : ''}`}
        >
          {/* always there: what comes with its words is not read out everywhere */}
          <p
            role="status"
            data-testid="lookup-verdict"
            className="text-lg font-semibold break-words empty:sr-only"
          >
            {last?.verdict}
          </p>
          {last !== undefined && (
            // biome-ignore lint/a11y/noStaticElementInteractions: keys go from one recording to the next
            <div ref={answers} onKeyDown={onAnswerKey}>
              <Answer answer={last} onOpen={onOpen} onCompare={onCompare} onApply={onApply} />
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

/** How far it is: a hash that nobody knows is tried against thousands of recordings. */
function Looking({ state }: { readonly state: LookUpState }) {
  const { done, all } = state.kind === 'looking' ? state : {}
  const isLong = done !== undefined && all !== undefined && all > 1
  return (
    <>
      {/* said once: the numbers change many times a second */}
      <span role="status" className={isLong ? 'sr-only' : ''}>
        {state.kind === 'looking' && 'Looking among the recordings…'}
      </span>
      {isLong && (
        <>
          <progress
            aria-label="Trying what may have changed"
            value={done}
            max={all}
            className="library-progress h-1 min-w-16 flex-1"
          />
          <span data-testid="lookup-progress" className="tabular-nums">
            Trying what may have changed: {done.toLocaleString('en')} of {all.toLocaleString('en')}
          </span>
        </>
      )}
    </>
  )
}
