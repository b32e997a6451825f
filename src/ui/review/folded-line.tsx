import { type ReactNode, useState } from 'react'
import type { Span } from '../../core/review/line-rows.ts'
import { FoldButton, wholeCharacter } from '../widgets/fold.tsx'

/** Longer stretches are folded, down to so much at each of their ends. */
const LONG = 300
const KEPT = 80
/** So much of one stretch goes into the page at most. */
const MOST = 100_000

/** A line of any length: what differs in it stands out, and long stretches on all sides are folded. */
export function FoldedLine({ text, span }: { readonly text: string; readonly span: Span | undefined }) {
  if (span === undefined || (span.from === 0 && span.to === text.length)) return <Stretch text={text} />
  return (
    <>
      <Stretch text={text.slice(0, span.from)} keep="end" />
      {span.to > span.from && (
        <b className="rounded-xs font-[550] underline decoration-1 underline-offset-2">
          <Stretch text={text.slice(span.from, span.to)} />
        </b>
      )}
      <Stretch text={text.slice(span.to)} keep="start" />
    </>
  )
}

/** `keep`: the end that is near to what differs; without it both are kept. */
function Stretch({ text, keep }: { readonly text: string; readonly keep?: 'start' | 'end' }): ReactNode {
  const [isWhole, setWhole] = useState(false)
  if (text.length <= LONG) return text
  const kept = isWhole ? MOST / 2 : KEPT
  if (text.length <= 2 * kept) return text
  const head = isWhole || keep !== 'end' ? wholeCharacter(text, kept) : 0
  const tail = isWhole || keep !== 'start' ? wholeCharacter(text, text.length - kept) : text.length
  const words = `${(tail - head).toLocaleString('en')} characters`
  return (
    <>
      {text.slice(0, head)}
      {isWhole ? (
        <span className="font-sans text-ink-3"> … {words} more than a page can show … </span>
      ) : (
        <FoldButton onClick={() => setWhole(true)}>{` … ${words} … `}</FoldButton>
      )}
      {text.slice(tail)}
    </>
  )
}
