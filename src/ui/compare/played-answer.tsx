import { memo, useMemo } from 'react'
import type { Stream, Track } from '../../core/cassette/stream.ts'
import type { Side } from '../../core/compare/side.ts'
import { blockEnds } from '../response/text-blocks.ts'
import { shownLength } from './both-clock.ts'

/** One side of two that are played: its texts as far as they have come. */
export function PlayedAnswer({
  side,
  label,
  arrived,
  other,
}: {
  readonly side: Side
  readonly label: string
  readonly arrived: number
  /** The other side's stream: where the two part is marked. */
  readonly other: Stream
}) {
  const { stream } = side.interaction
  const parts = useMemo(() => partsOf(stream, other), [stream, other])
  const count = stream.chunkNodes.length
  return (
    <section aria-label={label} className="flex min-h-0 min-w-0 flex-col">
      <p className="flex shrink-0 gap-3 px-4 pt-2 text-sm text-ink-3">
        <span className="recorded min-w-0 truncate">{label}</span>
        <span className="ml-auto whitespace-nowrap tabular-nums">
          {arrived.toLocaleString('en')} / {count.toLocaleString('en')}
        </span>
      </p>
      <div
        data-testid="played-answer"
        className="hairline-scroll grid content-start gap-2 overflow-y-auto px-4 py-2"
      >
        {parts.map(({ track, title, from, partsAt }) =>
          arrived > from ? (
            <div key={title}>
              {title !== 'text' && <p className="text-sm text-ink-3">{title}</p>}
              {track && (
                <GrowingText
                  text={track.text}
                  shown={shownLength(track, arrived)}
                  partsAt={partsAt}
                  isCode={track.kind === 'tool-arguments'}
                />
              )}
            </div>
          ) : null,
        )}
        {stream.messages.map(
          ({ choice, stop }) =>
            stop !== undefined &&
            arrived > stop.chunk && (
              <p key={choice} className="text-sm text-ink-2">
                finish <span className="recorded">{stop.reason.value}</span>
              </p>
            ),
        )}
      </div>
    </section>
  )
}

interface Part {
  readonly title: string
  readonly from: number
  readonly track?: Track | undefined
  /** The first character that the other side does not have there. */
  readonly partsAt: number
}

/** Texts and tool calls, in the order in which they began. */
function partsOf({ messages, tracks }: Stream, other: Stream): readonly Part[] {
  const titles = new Map<string, number>()
  const unique = (title: string): string => {
    const count = (titles.get(title) ?? 0) + 1
    titles.set(title, count)
    return count === 1 ? title : `${title} ${count}`
  }
  return messages.flatMap(({ choice, parts }) =>
    parts.flatMap((part): readonly Part[] => {
      const of = choice === 0 ? '' : `, choice ${choice}`
      if (part.kind === 'tool-call') {
        const { name, argumentsTrack } = part.call
        const track = argumentsTrack === undefined ? undefined : tracks[argumentsTrack]
        return [
          {
            title: unique(`calls ${name?.value ?? 'a tool'}${of}`),
            from: part.firstChunk,
            track,
            partsAt: partAt(track, other),
          },
        ]
      }
      if ('track' in part) {
        const track = tracks[part.track]
        return [
          {
            title: unique(`${part.kind}${of}`),
            from: part.firstChunk,
            track,
            partsAt: partAt(track, other),
          },
        ]
      }
      const what = part.kind === 'media' ? part.media : part.label
      return [{ title: unique(`${what}${of}`), from: part.firstChunk, partsAt: 0 }]
    }),
  )
}

/** Where a text first says something that the other side does not. */
function partAt(track: Track | undefined, other: Stream): number {
  if (track === undefined) return 0
  const same = other.tracks.filter(({ kind, choice }) => kind === track.kind && choice === track.choice)
  let longest = 0
  for (const { text } of same) {
    if (text === track.text) return text.length
    let at = 0
    while (at < text.length && at < track.text.length && text.charCodeAt(at) === track.text.charCodeAt(at))
      at++
    longest = Math.max(longest, at)
  }
  return longest
}

/** A text in blocks of which only the last one changes; what the other side does not say so is marked where it begins. */
const GrowingText = memo(function GrowingText({
  text,
  shown,
  partsAt,
  isCode,
}: {
  readonly text: string
  readonly shown: number
  readonly partsAt: number
  readonly isCode: boolean
}) {
  const ends = useMemo(() => blockEnds(text), [text])
  return (
    <div className={`[overflow-wrap:anywhere] whitespace-pre-wrap ${isCode ? 'recorded' : ''}`}>
      {ends.map((end, at) => {
        const start = at === 0 ? 0 : (ends[at - 1] ?? 0)
        if (start >= shown) return null
        const until = Math.min(end, shown)
        return <Block key={end} text={text.slice(start, until)} partsAt={partsAt - start} />
      })}
    </div>
  )
})

const Block = memo(function Block({ text, partsAt }: { readonly text: string; readonly partsAt: number }) {
  const isHere = partsAt >= 0 && partsAt < text.length
  return (
    <div className="[contain-intrinsic-size:auto_400px] [content-visibility:auto]">
      {isHere ? (
        <>
          {text.slice(0, partsAt)}
          <mark title="Here the two part" className="border-l-2 border-error bg-transparent text-inherit">
            {text.slice(partsAt)}
          </mark>
        </>
      ) : (
        text
      )}
    </div>
  )
})
