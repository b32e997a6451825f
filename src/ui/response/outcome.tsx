import type { Usage } from '../../core/cassette/stream.ts'
import { setJson, setString } from '../../core/syntax/resolve.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useDeck, useSelect, useStores } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { JsonView } from '../widgets/json-view.tsx'

/** How the answer ended: finish reasons, token usage, errors. */
export function Outcome() {
  const { interaction, edit, editable } = useDeck()
  const { playback } = useStores()
  const { messages, usage, errors } = interaction.stream
  const arrived = useSelect(playback, chunksArrived)
  const stops = messages.filter(({ stop }) => stop !== undefined)
  if (messages.length === 0 && usage === undefined && errors.length === 0 && !interaction.response.status) {
    return null
  }
  return (
    <footer className="mt-4 flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t pt-2.5 text-ink-2">
      {stops.map(({ choice, stop }) => {
        if (stop === undefined) return null
        const shown = stop.chunk < arrived
        return (
          <span key={choice} className="inline-flex items-baseline gap-1.5">
            {stops.length > 1 ? `finish of choice ${choice}` : 'finish'}
            {shown ? (
              <EditableText
                value={stop.reason.value}
                label="finish reason"
                mono
                disabled={!editable}
                onCommit={(next) =>
                  edit('Edit finish reason', (document) => setString(document, stop.reason.at, next))
                }
              >
                <b data-testid="finish-reason" className="recorded font-semibold text-ink">
                  {stop.reason.value}
                </b>
              </EditableText>
            ) : (
              <span className="text-ink-3">not yet</span>
            )}
          </span>
        )
      })}
      {stops.length === 0 && messages.length > 0 && <span>no finish reason recorded</span>}
      {usage === undefined ? (
        messages.length > 0 && <span>usage: not recorded</span>
      ) : usage.chunk < arrived ? (
        <UsageCounts usage={usage} />
      ) : (
        <span className="text-ink-3">usage: not yet</span>
      )}
      {errors.map(({ chunk, message }) => (
        <span key={chunk} className="text-error">
          error in chunk {chunk}: {message}
        </span>
      ))}
      {interaction.response.status && (
        <span className="inline-flex items-baseline gap-1.5">
          status
          <b className="recorded font-semibold text-ink">{interaction.response.status.value}</b>
        </span>
      )}
    </footer>
  )
}

/** Token counts as recorded, each editable where it stands. */
function UsageCounts({ usage }: { readonly usage: Usage }) {
  const { edit, editable } = useDeck()
  const counts = [
    ['in', usage.inputTokens],
    ['out', usage.outputTokens],
    ['cached', usage.cachedInputTokens],
    ['reasoning', usage.reasoningTokens],
  ] as const
  return counts.map(
    ([name, count]) =>
      count && (
        <span key={name} className="inline-flex items-baseline gap-1.5">
          {name}
          <EditableText
            value={count.value}
            label={`${name} tokens`}
            mono
            disabled={!editable}
            onCommit={(next) => edit(`Edit ${name} tokens`, (document) => setJson(document, count.at, next))}
          >
            <b className="recorded font-semibold text-ink">{count.value}</b>
          </EditableText>
        </span>
      ),
  )
}

/** A call that ended in an exception: what kind, what it said, all that was recorded about it. */
export function RecordedExceptionPanel() {
  const { interaction, edit, editable } = useDeck()
  const { exception } = interaction.response
  if (exception === undefined) return null
  const { type, status, message, json } = exception
  return (
    <section aria-label="Recorded exception" className="mb-4 border-l-2 border-error pl-2.5">
      <h3 className="font-[550] text-error">
        {type}
        {status && <span className="recorded"> {status.value}</span>}
      </h3>
      {message && (
        <EditableText
          value={message.value}
          label="exception message"
          multiline
          disabled={!editable}
          onCommit={(next) =>
            edit('Edit exception message', (document) => setString(document, message.at, next))
          }
        />
      )}
      {json && <JsonView raw={json.value} label="Exception as recorded" />}
    </section>
  )
}
