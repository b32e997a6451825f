import { type KeyboardEvent, useRef, useState } from 'react'
import type { LookUp, Offer } from '../../core/lookup/answer.ts'
import { Button } from '../widgets/button.tsx'
import { Area } from '../widgets/field.tsx'
import { Answer } from './answer.tsx'
import { Examples } from './examples.tsx'
import { useLookUp } from './use-look-up.ts'

/** "Why was it not found?": a paste on top, the answer below; the field keeps the keyboard until Escape. */
export function LookUpPage({
  lookUp,
  onOpen,
  onCompare,
  onApply,
  initial = '',
}: {
  lookUp(text: string, signal: AbortSignal): Promise<LookUp>
  onOpen(path: string): void
  /** `asked`: what was asked, as JSON. */
  onCompare(path: string, asked?: string): void
  /** Returns why it could not be done, as a sentence. */
  onApply(offer: Offer): Promise<string | undefined>
  readonly initial?: string
}) {
  const [text, setText] = useState(initial)
  const [state, again] = useLookUp(text, lookUp)
  const answers = useRef<HTMLDivElement>(null)
  // the last answer stays while the next one is looked for, so that nothing jumps
  const [last, setLast] = useState<LookUp>()
  if (state.kind === 'answered' && state.answer !== last) setLast(state.answer)
  if (state.kind === 'idle' && last !== undefined) setLast(undefined)
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
          <label htmlFor="lookup-paste" className="text-lg font-semibold">
            Why was it not found?
          </label>
          <Area
            id="lookup-paste"
            rows={text === '' ? 3 : 6}
            value={text}
            autoFocus
            placeholder="Paste the failing test's error, a hash, or a request"
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            className="recorded max-h-80 resize-y"
          />
          {text !== '' && (
            <div className="flex items-center gap-2 text-sm text-ink-3">
              <span role="status" className="mr-auto">
                {state.kind === 'looking' && 'Looking among the recordings…'}
              </span>
              <Button onClick={() => setText('')}>Clear</Button>
            </div>
          )}
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
        {last !== undefined && (
          <div
            ref={answers}
            aria-busy={state.kind === 'looking'}
            className={state.kind === 'looking' ? 'opacity-60' : ''}
          >
            <Answer answer={last} onOpen={onOpen} onCompare={onCompare} onApply={onApply} />
          </div>
        )}
      </div>
    </section>
  )
}
