import type { Message } from '../../core/cassette/conversation.ts'
import { MessageMenu } from './message-menu.tsx'
import { PartList } from './part-view.tsx'
import { RecordedText } from './recorded.tsx'
import { Absent, ROW, ROW_LABEL } from './row.tsx'

/** One message: who speaks at the left, what is said at the right. Far from the screen it is not laid out. */
export function MessageTurn({
  message,
  position,
  count,
}: {
  readonly message: Message
  readonly position: number
  /** How many messages there are. */
  readonly count: number
}) {
  const { role, name, parts } = message
  return (
    <article
      data-testid="message"
      data-message={position - 1}
      aria-label={`Message ${position}, ${role}`}
      className={`${ROW} group/message border-b [contain-intrinsic-size:auto_120px] [content-visibility:auto]`}
    >
      <div className="relative min-w-0">
        <div className="flex items-start justify-between">
          <h3 className={`${ROW_LABEL} wrap-anywhere`}>{role}</h3>
          <MessageMenu message={message} position={position} count={count} />
        </div>
        {name && (
          <RecordedText located={name} label={`name of the ${role}`} mono className="text-xs text-ink-3" />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        {parts.length === 0 && <Absent>no content</Absent>}
        <PartList parts={parts} of={`message ${position}`} />
      </div>
    </article>
  )
}
