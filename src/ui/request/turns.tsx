import { ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Message } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { type GoesOn, goesOnFrom, goesOnWords } from '../interactions/goes-on.ts'
import { MessageTurn } from './message-turn.tsx'

/** Fewer known messages than this are not worth a fold. */
const WORTH_FOLDING = 2

/**
 * The messages in the order in which they were sent. Where the request repeats an earlier one of the file and goes on
 * from it, as those of agents do, what was known then is folded.
 */
export function Turns({ messages }: { readonly messages: readonly Message[] }) {
  const { view, position } = useDeck()
  const [unfolded, setUnfolded] = useState(false)
  const goesOn = useMemo(
    () => goesOnFrom(view.cassette?.interactions ?? [], position),
    [view.cassette, position],
  )
  const known = goesOn?.known ?? 0
  const folded = known >= WORTH_FOLDING && !unfolded
  const turn = (message: Message, index: number) => (
    <MessageTurn
      key={formatAddress(message.at)}
      message={message}
      position={index + 1}
      count={messages.length}
    />
  )
  return (
    <>
      {goesOn && (
        <GoesOnLine
          goesOn={goesOn}
          count={messages.length}
          folded={folded}
          onToggle={known >= WORTH_FOLDING ? () => setUnfolded(folded) : undefined}
        />
      )}
      {!folded && messages.slice(0, known).map(turn)}
      {goesOn && !folded && known < messages.length && (
        <p className="border-b bg-sunk px-5 py-1 text-sm text-ink-2 max-md:px-4">
          New since interaction {goesOn.from + 1}
        </p>
      )}
      {messages.slice(known).map((message, at) => turn(message, known + at))}
    </>
  )
}

/** How this request goes on from an earlier one, and the way to what both have. */
function GoesOnLine({
  goesOn,
  count,
  folded,
  onToggle,
}: {
  readonly goesOn: GoesOn
  readonly count: number
  readonly folded: boolean
  readonly onToggle: (() => void) | undefined
}) {
  const { known, answered } = goesOn
  return (
    <div
      data-testid="goes-on"
      className="flex flex-wrap items-center gap-x-3 border-b px-5 py-2 text-sm text-ink-2 max-md:px-4"
    >
      <span>{goesOnWords(count, goesOn)}</span>
      {onToggle && (
        <button
          type="button"
          aria-expanded={!folded}
          {...(folded && { 'data-unfold-messages': '' })}
          onClick={onToggle}
          className="-ml-1 flex items-center gap-1 rounded-md text-ink-3 hover:text-ink pointer-coarse:min-h-10"
        >
          <ChevronRight size={14} aria-hidden className={folded ? '' : 'rotate-90'} />
          {folded ? 'show' : 'hide'} the {known} earlier{answered ? ', its answer among them' : ''}
        </button>
      )}
    </div>
  )
}
