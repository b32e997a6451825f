import { Ellipsis } from 'lucide-react'
import { memo } from 'react'
import type { Interaction } from '../../core/cassette/cassette.ts'
import { deltasOfChunk } from '../../core/open.ts'
import type { JsonDocument } from '../../core/syntax/json-node.ts'
import { hasPace, waitBefore, waitWords } from '../../workspace/schedule.ts'
import { lookOf } from '../widgets/kinds.ts'
import { ChunkDetails } from './chunk-details.tsx'
import type { MenuAt } from './chunk-menu.tsx'
import { Said } from './chunk-said.tsx'
import { tellingEvent } from './event-name.ts'

/** Characters of a chunk's own JSON that a row shows. */
const JSON_SHOWN = 300

export interface ChunkRowProps {
  readonly document: JsonDocument
  readonly interaction: Interaction
  readonly index: number
  readonly state: 'past' | 'current' | 'later'
  readonly hovered: boolean
  readonly unfolded: boolean
  readonly asJson: boolean
  /** The one row that Tab reaches. */
  readonly reachable: boolean
  onSeek(index: number): void
  onHover(index: number | undefined): void
  onToggle(index: number): void
  onMenu(at: MenuAt): void
}

/** What one chunk adds, on one line; unfolds to its JSON. */
export const ChunkRow = memo(function ChunkRow(props: ChunkRowProps) {
  const { document, interaction, index, state, hovered, unfolded, asJson, reachable } = props
  const look = lookOf(interaction.stream.kinds[index])
  const deltas = deltasOfChunk(document, interaction, index)
  const event = tellingEvent(document, interaction, index)
  const wait = waitOf(interaction, index)
  const tabIndex = reachable ? 0 : -1
  const ground =
    state === 'current'
      ? 'border-tape bg-tape-wash'
      : hovered
        ? 'border-transparent bg-sunk'
        : 'border-transparent'
  return (
    // Pointing at a row only lights its text; everything that acts is a button inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      data-testid="chunk"
      data-index={index}
      aria-current={state === 'current' ? 'step' : undefined}
      className={`border-l-2 ${ground}`}
      onMouseEnter={() => props.onHover(index)}
      onMouseLeave={() => props.onHover(undefined)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same as the button at its end, where the hand is */}
      <div
        data-head={index}
        className="group/row flex h-[26px] items-center pr-2 pl-3 pointer-coarse:h-10"
        onContextMenu={(event) => {
          event.preventDefault()
          const from = event.currentTarget.querySelector('button')
          // the menu key has no place of its own
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          const isPointer = event.clientX !== 0 || event.clientY !== 0
          if (from === null) return
          props.onMenu({
            chunk: index,
            x: isPointer ? event.clientX : left + 60,
            y: isPointer ? event.clientY : bottom,
            from,
          })
        }}
      >
        <button
          type="button"
          tabIndex={tabIndex}
          data-row={index}
          onClick={() => props.onSeek(index)}
          className="grid h-full min-w-0 flex-1 grid-cols-[40px_76px_minmax(0,1fr)_auto] items-center gap-2.5 text-left focus-visible:-outline-offset-2"
        >
          <span
            className={`recorded text-right ${state === 'current' ? 'font-semibold text-tape-ink' : 'text-ink-3'}`}
          >
            {index}
          </span>
          <span
            className={`flex items-center gap-1.5 text-sm ${state === 'later' ? 'text-ink-3' : 'text-ink-2'}`}
          >
            <i
              aria-hidden="true"
              className={`size-[7px] shrink-0 ${look.shape} ${state === 'later' ? 'opacity-45' : ''}`}
            />
            {look.word}
          </span>
          <span className={`recorded truncate whitespace-pre ${state === 'later' ? 'text-ink-3' : ''}`}>
            {asJson ? (
              <JsonLine document={document} interaction={interaction} index={index} />
            ) : (
              <>
                <Said deltas={deltas} />
                {/* what is said comes first: a narrow row has no room for more */}
                {event !== undefined && <span className="ml-2.5 text-ink-3">{event}</span>}
              </>
            )}
          </span>
          {wait !== undefined && (
            <span
              title="How long it was waited for when this was recorded"
              className="text-xs text-ink-3 tabular-nums"
            >
              {wait}
            </span>
          )}
        </button>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-expanded={unfolded}
          aria-label={`JSON of chunk ${index}`}
          onClick={() => props.onToggle(index)}
          className="grid size-6 shrink-0 place-items-center rounded text-ink-3 hover:bg-sunk hover:text-ink pointer-coarse:size-10"
        >
          <i
            aria-hidden="true"
            className={`size-[5px] border-r-[1.5px] border-b-[1.5px] border-current ${unfolded ? 'rotate-45' : '-rotate-45'}`}
          />
        </button>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-haspopup="menu"
          aria-label={`Commands of chunk ${index}`}
          title="Commands (right click)"
          onClick={(event) => {
            const { right, bottom } = event.currentTarget.getBoundingClientRect()
            props.onMenu({ chunk: index, x: right, y: bottom, from: event.currentTarget })
          }}
          className="grid size-6 shrink-0 place-items-center rounded text-ink-3 opacity-0 group-hover/row:opacity-100 hover:bg-sunk hover:text-ink focus-visible:opacity-100 pointer-coarse:size-10 pointer-coarse:opacity-100"
        >
          <Ellipsis aria-hidden="true" size={14} />
        </button>
      </div>
      {unfolded && <ChunkDetails index={index} deltas={deltas} />}
    </div>
  )
}, isDrawnTheSame)

/** A key typed somewhere makes every chunk another node of another text: what a row shows is its chunk's own text. */
function isDrawnTheSame(before: ChunkRowProps, after: ChunkRowProps): boolean {
  const { document: _, interaction: __, ...rest } = before
  const isPlaced = Object.entries(rest).every(([name, value]) => after[name as keyof typeof rest] === value)
  const isSameText = before.document === after.document && before.interaction === after.interaction
  // an unfolded chunk edits its place in the newest text
  return isPlaced && (isSameText || (!after.unfolded && drawnFrom(before) === drawnFrom(after)))
}

function waitOf({ stream: { times } }: Interaction, index: number): string | undefined {
  return hasPace(times) && index > 0 ? waitWords(waitBefore(times, index)) : undefined
}

function drawnFrom({ document, interaction, index }: ChunkRowProps): string {
  const { dialect, stream } = interaction
  return `${dialect} ${stream.kinds[index]} ${stream.times?.[index]} ${stream.events?.[index]} ${document.node(stream.chunkNodes[index] ?? 0).raw}`
}

function JsonLine({
  document,
  interaction,
  index,
}: Pick<ChunkRowProps, 'document' | 'interaction' | 'index'>) {
  const node = document.node(interaction.stream.chunkNodes[index] ?? 0)
  const raw = document.text.slice(node.start, Math.min(node.end, node.start + 4 * JSON_SHOWN))
  return <span className="text-ink-2">{raw.replace(/\s+/g, ' ').slice(0, JSON_SHOWN)}</span>
}
