import { useMemo, useState } from 'react'
import { type PieceOfChunk, piecesOf, splitChunk } from '../../core/edits/split-merge.ts'
import { graphemeEnds } from '../../core/text/graphemes.ts'
import { useDeck } from '../app/deck.ts'
import { Actions, Body } from '../app/dialog-parts.tsx'
import { Button } from '../widgets/button.tsx'
import { Choice, Range, Refusal } from '../widgets/field.tsx'
import { useRecording } from './use-stream-command.ts'
import { VisibleSpace } from './visible-space.tsx'

/** A chunk becomes two: where is chosen character by character. */
export function SplitChunk({ chunk, close }: { readonly chunk: number; close(): void }) {
  const recording = useRecording()
  const { edit } = useDeck()
  const pieces = useMemo(
    () => piecesOf(recording, chunk).filter(({ node }) => graphemeEnds(node.string() ?? '').length > 2),
    [recording, chunk],
  )
  const [chosen, setChosen] = useState(0)
  const piece = pieces[chosen]
  const [refusal, setRefusal] = useState<string>()
  const title = `Split chunk ${chunk}`
  if (piece === undefined) {
    return (
      <Body title={title}>
        <p className="text-ink-2">This chunk says no text of two characters or more.</p>
        <Actions close={close}>{null}</Actions>
      </Body>
    )
  }
  return (
    <Body title={title}>
      {pieces.length > 1 && (
        <Choice
          aria-label="Text to split"
          value={chosen}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {pieces.map(({ track, node }, at) => (
            <option key={node.id} value={at}>
              {track.kind}: {(node.string() ?? '').slice(0, 60)}
            </option>
          ))}
        </Choice>
      )}
      <Cut
        key={chosen}
        piece={piece}
        refusal={refusal}
        close={close}
        onSplit={(offset) => {
          const refused = edit(title, () => splitChunk(recording, chunk, piece, offset))
          if (refused === undefined) close()
          else setRefusal(refused)
        }}
      />
    </Body>
  )
}

function Cut({
  piece,
  refusal,
  close,
  onSplit,
}: {
  readonly piece: PieceOfChunk
  readonly refusal: string | undefined
  close(): void
  onSplit(offset: number): void
}) {
  const text = piece.node.string() ?? ''
  const ends = useMemo(() => graphemeEnds(text), [text])
  const [cut, setCut] = useState(Math.floor((ends.length - 1) / 2))
  const offset = ends[cut] ?? 0
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSplit(offset)
      }}
    >
      <Range
        aria-label="Split after character"
        aria-valuetext={`${cut} of ${ends.length - 1}`}
        autoFocus
        min={1}
        max={ends.length - 2}
        value={cut}
        onChange={(event) => setCut(Number(event.currentTarget.value))}
      />
      <div className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line">
        {[text.slice(0, offset), text.slice(offset)].map((half, at) => (
          <p
            // biome-ignore lint/suspicious/noArrayIndexKey: there are two halves
            key={at}
            data-testid="split-half"
            className="recorded hairline-scroll max-h-40 overflow-y-auto bg-pane px-2.5 py-2 whitespace-pre-wrap wrap-anywhere"
          >
            <VisibleSpace text={half} />
          </p>
        ))}
      </div>
      <Refusal reason={refusal} />
      <Actions close={close}>
        <Button tone="main" type="submit">
          Split
        </Button>
      </Actions>
    </form>
  )
}
