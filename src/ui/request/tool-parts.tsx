import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { RequestToolCall } from '../../core/cassette/conversation.ts'
import type { Located } from '../../core/text/address.ts'
import { FoldedText } from '../widgets/fold.tsx'
import { JsonView } from '../widgets/json-view.tsx'
import { useExchange } from './exchange.tsx'
import { RecordedText } from './recorded.tsx'
import { Absent } from './row.tsx'

const JUMP =
  'inline-flex items-center gap-1 rounded-sm text-sm text-tool underline decoration-line-2 underline-offset-3 hover:decoration-tool pointer-coarse:min-h-10'

/** A call that the model made earlier in the conversation. */
export function ToolCallPart({ call }: { readonly call: RequestToolCall }) {
  const { pairs, place, jump } = useExchange()
  const id = call.id?.value
  const answeredIn = id === undefined ? undefined : pairs.get(id)?.answeredIn
  return (
    <div
      ref={id === undefined ? undefined : place('call', id)}
      tabIndex={-1}
      data-testid="request-tool-call"
      className="flex flex-col border-l-2 border-tool pl-2.5 pointer-coarse:gap-2"
    >
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-xs font-[550] text-tool">Tool call</span>
        {id !== undefined && answeredIn !== undefined ? (
          <button type="button" className={JUMP} onClick={() => jump('result', id)}>
            result in message {answeredIn + 1}
            <ArrowDown size={12} aria-hidden />
          </button>
        ) : (
          <span className="text-sm text-ink-3">no result in this request</span>
        )}
      </div>
      <div className="flex flex-wrap gap-x-3">
        <RecordedText located={call.name} label="tool name" mono className="font-[550]" />
        {call.id && (
          <RecordedText located={call.id} label="call id" mono className="text-xs leading-5 text-ink-3" />
        )}
      </div>
      {call.arguments ? <Arguments located={call.arguments} /> : <Absent>no arguments</Absent>}
    </div>
  )
}

/** Shown as the JSON they hold where they do; edited as the string that they are. */
function Arguments({ located }: { readonly located: Located<string> }) {
  return (
    <RecordedText located={located} label="tool arguments" mono multiline placeholder="empty arguments">
      {(shown) => <ArgumentsDisplay text={shown} />}
    </RecordedText>
  )
}

function ArgumentsDisplay({ text }: { readonly text: string }) {
  const isTree = useMemo(() => holdsTree(text), [text])
  if (text === '') return <span className="text-ink-3">empty arguments</span>
  return isTree ? <JsonView raw={text} label="tool arguments" open /> : <FoldedText text={text} />
}

function holdsTree(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** What a tool answered, with the way back to the call. */
export function ToolResultPart({
  callId,
  children,
}: {
  readonly callId: Located<string> | undefined
  /** Its content. */
  readonly children: ReactNode
}) {
  const { pairs, place, jump } = useExchange()
  const id = callId?.value
  const pair = id === undefined ? undefined : pairs.get(id)
  return (
    <div ref={id === undefined ? undefined : place('result', id)} tabIndex={-1} className="min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        {id !== undefined && pair?.calledIn !== undefined ? (
          <button type="button" className={JUMP} onClick={() => jump('call', id)}>
            result of {pair.name}
            <ArrowUp size={12} aria-hidden />
          </button>
        ) : (
          <span className="text-sm text-ink-3">
            {id === undefined ? 'result without a call id' : 'result of a call that is not in this request'}
          </span>
        )}
        {callId && (
          <RecordedText located={callId} label="call id" mono className="text-xs leading-5 text-ink-3" />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2">{children}</div>
    </div>
  )
}
