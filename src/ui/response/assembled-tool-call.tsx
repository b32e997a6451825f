import { setTrackText } from '../../core/cassette/edit-track.ts'
import type { AssembledToolCall as ToolCall } from '../../core/cassette/stream.ts'
import { setString } from '../../core/syntax/resolve.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useDeck, useSelect, useSettings, useStores } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { TrackText } from './track-text.tsx'

/** A tool call with its arguments growing as they were streamed. */
export function AssembledToolCall({
  call,
  firstChunk,
}: {
  readonly call: ToolCall
  readonly firstChunk: number
}) {
  const { interaction, edit, editable } = useDeck()
  const { playback } = useStores()
  const { showAhead } = useSettings()
  const arrived = useSelect(playback, (value) => chunksArrived(value) > firstChunk)
  const track = call.argumentsTrack === undefined ? undefined : interaction.stream.tracks[call.argumentsTrack]
  const { name, id } = call
  if (!arrived && !showAhead) return null
  return (
    <article
      data-testid="tool-call"
      aria-label={`Tool call ${name?.value ?? ''}`}
      className="border-l-2 border-tool pl-2.5"
    >
      <header className="flex min-w-0 items-baseline gap-2">
        <h3 className="text-xs font-[550] text-tool">Tool call</h3>
        {id && <span className="recorded truncate text-ink-3">{id.value}</span>}
      </header>
      {name ? (
        <EditableText
          value={name.value}
          label="tool name"
          mono
          disabled={!editable}
          onCommit={(next) => edit('Edit tool name', (document) => setString(document, name.at, next))}
        >
          <span data-testid="tool-name" className="recorded font-semibold">
            {name.value}
          </span>
        </EditableText>
      ) : (
        <p className="text-ink-3">no name recorded</p>
      )}
      {track ? (
        <EditableText
          value={track.text}
          label="tool arguments"
          mono
          multiline
          disabled={!editable}
          onCommit={(next) => edit('Edit tool arguments', (document) => setTrackText(document, track, next))}
        >
          <TrackText track={track} testId="tool-arguments" className="recorded" />
        </EditableText>
      ) : (
        <p className="text-ink-3">no arguments recorded</p>
      )}
      {track && <ArgumentsProblem text={track.text} />}
    </article>
  )
}

/** Arguments are JSON by contract; a recording of broken ones is often the very point of a test. */
function ArgumentsProblem({ text }: { readonly text: string }) {
  try {
    JSON.parse(text)
    return null
  } catch {
    return <p className="text-sm text-error">These arguments are not valid JSON.</p>
  }
}
