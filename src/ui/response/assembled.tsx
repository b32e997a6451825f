import { lazy, Suspense, useMemo } from 'react'
import { setTrackText } from '../../core/cassette/edit-track.ts'
import {
  type AssembledMessage,
  type AssembledPart,
  lengthAt,
  type Track,
} from '../../core/cassette/stream.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useDeck, useSelect, useSettings, useStores } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { AssembledMedia } from './assembled-media.tsx'
import { AssembledNotes } from './assembled-notes.tsx'
import { AssembledToolCall } from './assembled-tool-call.tsx'
import { type AnswerItem, answerItems } from './note-groups.ts'
import { TrackText } from './track-text.tsx'

const MarkdownText = lazy(async () => ({ default: (await import('./markdown-text.tsx')).MarkdownText }))

const TEST_IDS = {
  text: 'assembled-text',
  reasoning: 'assembled-reasoning',
  refusal: 'assembled-refusal',
} as const

/** One alternative answer: what its chunks add up to, as far as the playhead has come. */
export function Assembled({
  message,
  several,
}: {
  readonly message: AssembledMessage
  readonly several: boolean
}) {
  const items = useMemo(() => answerItems(message.parts), [message.parts])
  const hasText = message.parts.some((part) => part.kind === 'text')
  const onlyCalls = message.parts.some((part) => part.kind === 'tool-call')
  return (
    <div className="grid gap-3">
      {several && <h3 className="text-xs font-[550] text-ink-2">Choice {message.choice}</h3>}
      {items.map((item) =>
        item.kind === 'notes' ? (
          <AssembledNotes
            key={`notes ${item.label} ${item.notes[0]?.firstChunk} ${items.indexOf(item)}`}
            label={item.label}
            notes={item.notes}
          />
        ) : (
          <Part
            key={keyOf(item.part)}
            part={item.part}
            onlyCalls={onlyCalls}
            nth={nthOfKind(message.parts, item.part)}
          />
        ),
      )}
      {!hasText && <div data-testid={TEST_IDS.text} />}
    </div>
  )
}

type ShownPart = Extract<AnswerItem, { kind: 'part' }>['part']
type TextPartOf = Extract<AssembledPart, { readonly track: number }>

/** Names that an edit leaves alone: an open editor must stay. */
function keyOf(part: ShownPart): string {
  if (part.kind === 'tool-call') return `call ${part.call.index}`
  return part.kind === 'media' ? `media ${part.media} ${part.firstChunk}` : `${part.kind} ${part.track}`
}

/** Its place among those of its kind: two texts of one answer must not have one name. */
function nthOfKind(parts: readonly AssembledPart[], part: ShownPart): number {
  return parts.filter(({ kind }) => kind === part.kind).indexOf(part) + 1
}

function Part({
  part,
  onlyCalls,
  nth,
}: {
  readonly part: ShownPart
  readonly onlyCalls: boolean
  readonly nth: number
}) {
  const { tracks } = useDeck().interaction.stream
  if (part.kind === 'tool-call') return <AssembledToolCall call={part.call} firstChunk={part.firstChunk} />
  if (part.kind === 'media') return <AssembledMedia part={part} />
  const track = tracks[part.track]
  return track && <TextPart part={part} track={track} hidden={onlyCalls} nth={nth} />
}

function TextPart({
  part,
  track,
  hidden,
  nth,
}: {
  readonly part: TextPartOf
  readonly track: Track
  readonly nth: number
  /** An answer that only calls tools often has an empty text beside them. */
  readonly hidden: boolean
}) {
  const { playback } = useStores()
  const started = useSelect(playback, (value) => lengthAt(track, chunksArrived(value) - 1) > 0)
  const { showAhead } = useSettings()
  const number = nth > 1 ? `, text ${nth}` : ''
  if (part.kind === 'text') {
    if (track.text === '' && hidden) return <div data-testid={TEST_IDS.text} />
    return (
      <EditablePart track={track} label={`assembled answer${number}`}>
        <AnswerText track={track} />
      </EditablePart>
    )
  }
  const tone = part.kind === 'reasoning' ? 'border-reasoning' : 'border-error'
  const ink = part.kind === 'reasoning' ? 'text-reasoning' : 'text-error'
  return (
    <div hidden={!started && !showAhead} className={`border-l-2 pl-2.5 text-ink-2 ${tone}`}>
      <h3 className={`text-xs font-[550] ${ink}`}>
        {part.kind === 'reasoning' ? 'Reasoning' : 'Refusal'} · {track.pieceChunks.length}{' '}
        {track.pieceChunks.length === 1 ? 'chunk' : 'chunks'}
      </h3>
      <EditablePart track={track} label={`${part.kind}${number}`}>
        <TrackText track={track} testId={TEST_IDS[part.kind]} />
      </EditablePart>
    </div>
  )
}

function EditablePart({
  track,
  label,
  children,
}: {
  readonly track: Track
  readonly label: string
  readonly children: React.ReactNode
}) {
  const { edit, editable } = useDeck()
  return (
    <EditableText
      value={track.text}
      label={label}
      multiline
      disabled={!editable || track.pieceNodes.length === 0}
      onCommit={(next) => edit(`Edit ${label}`, (document) => setTrackText(document, track, next))}
    >
      {children}
    </EditableText>
  )
}

function AnswerText({ track }: { readonly track: Track }) {
  const { answerView } = useSettings()
  if (track.text === '') {
    return (
      <>
        <div data-testid={TEST_IDS.text} />
        <p className="text-ink-3">The answer is empty.</p>
      </>
    )
  }
  if (answerView === 'markdown') {
    return (
      <Suspense fallback={<p className="text-ink-3">Loading the markdown view…</p>}>
        <MarkdownText track={track} />
      </Suspense>
    )
  }
  const face = answerView === 'raw' ? 'recorded' : 'max-w-[64ch]'
  return <TrackText track={track} testId={TEST_IDS.text} className={face} />
}
