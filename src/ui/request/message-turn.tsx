import type { Message } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { partAddress } from './part-address.ts'
import { PartView } from './part-view.tsx'
import { RecordedText } from './recorded.tsx'
import { Absent, ROW, ROW_LABEL } from './row.tsx'

/** One message: who speaks at the left, what is said at the right. Far from the screen it is not laid out. */
export function MessageTurn({ message, position }: { readonly message: Message; readonly position: number }) {
  const { role, name, parts } = message
  return (
    <article
      data-testid="message"
      aria-label={`Message ${position}, ${role}`}
      className={`${ROW} border-b [contain-intrinsic-size:auto_120px] [content-visibility:auto]`}
    >
      <div className="min-w-0">
        <h3 className={`${ROW_LABEL} wrap-anywhere`}>{role}</h3>
        {name && (
          <RecordedText located={name} label={`name of the ${role}`} mono className="text-xs text-ink-3" />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        {parts.length === 0 && <Absent>no content</Absent>}
        {parts.map((part) => (
          <PartView key={formatAddress(partAddress(part))} part={part} />
        ))}
      </div>
    </article>
  )
}
