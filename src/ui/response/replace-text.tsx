import { useDeferredValue, useMemo, useState } from 'react'
import { type Chunking, cutText } from '../../core/edits/cut-text.ts'
import { rechunk, recordedLengths } from '../../core/edits/rechunk.ts'
import { hasChunkList } from '../../core/edits/recording.ts'
import { applyTyped, lineEndOf, toLineFeeds } from '../../core/text/line-ends.ts'
import { useDeck } from '../app/deck.ts'
import { Actions, Body } from '../app/dialog-parts.tsx'
import { Button } from '../widgets/button.tsx'
import { Area, Choice, Refusal } from '../widgets/field.tsx'
import { mainTrack, trackNames } from './track-names.ts'
import { useRecording } from './use-stream-command.ts'
import { VisibleSpace } from './visible-space.tsx'

const CHUNKINGS: readonly { readonly value: Chunking; readonly label: string }[] = [
  { value: 'keep-count', label: 'Keep the chunk count' },
  { value: 'per-word', label: 'One chunk per word' },
  { value: 'as-recorded', label: 'As many characters per chunk as recorded' },
]

/** A preview is for seeing how the stream will go; nobody reads a thousand pieces. */
const SHOWN_PIECES = 400

/** A whole new text, with the stream that it will be shown before it is. */
export function ReplaceText({ track: asked, close }: { readonly track: number; close(): void }) {
  const { edit, interaction } = useDeck()
  const recording = useRecording()
  const { stream } = interaction
  const names = trackNames(stream)
  const [chosen, setChosen] = useState(asked === 0 ? mainTrack(stream) : asked)
  const track = stream.tracks[chosen]
  const [text, setText] = useState(track?.text ?? '')
  const [chunking, setChunking] = useState<Chunking>('as-recorded')
  const [refusal, setRefusal] = useState<string>()
  const lengths = useMemo(() => (track ? recordedLengths(recording, track) : []), [recording, track])
  // long texts are cut behind the typing
  const settled = useDeferredValue(text)
  const pieces = useMemo(() => cutText(settled, chunking, lengths), [settled, chunking, lengths])
  const isStream = hasChunkList(recording)
  if (track === undefined) {
    return (
      <Body title="Replace the whole text">
        <p className="text-ink-2">This answer says no text.</p>
        <Actions close={close}>{null}</Actions>
      </Body>
    )
  }
  const apply = (): void => {
    const label = CHUNKINGS.find(({ value }) => value === chunking)?.label ?? ''
    const name = names[chosen] ?? 'text'
    const refused = edit(`Replace the ${name}${isStream ? ` (${label.toLowerCase()})` : ''}`, () =>
      rechunk(recording, track, cutText(text, chunking, lengths)),
    )
    if (refused === undefined) close()
    else setRefusal(refused)
  }
  return (
    <Body title="Replace the whole text">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        {names.length > 1 && (
          <Choice
            aria-label="Text to replace"
            value={chosen}
            onChange={(event) => {
              const next = Number(event.currentTarget.value)
              setChosen(next)
              setText(stream.tracks[next]?.text ?? '')
            }}
          >
            {names.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a track is its position
              <option key={at} value={at}>
                {name}
              </option>
            ))}
          </Choice>
        )}
        <Area
          aria-label="New text"
          value={toLineFeeds(text)}
          autoFocus
          onChange={(event) => {
            const typed = event.currentTarget.value
            // a field knows one line end only; those of the recording stay
            setText((now) => applyTyped(now, typed, lineEndOf(track.text)))
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply()
          }}
          className="field-sizing-content min-h-24 max-h-[30vh]"
        />
        {isStream && (
          <>
            <fieldset aria-label="Chunks" className="grid gap-1">
              {CHUNKINGS.map(({ value, label }) => (
                <label key={value} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-10">
                  <input
                    type="radio"
                    name="chunking"
                    value={value}
                    checked={chunking === value}
                    onChange={() => setChunking(value)}
                    className="accent-tape"
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <Preview pieces={pieces} before={lengths.length} />
          </>
        )}
        <Refusal reason={refusal} />
        <Actions close={close}>
          <Button tone="main" type="submit">
            Replace
          </Button>
        </Actions>
      </form>
    </Body>
  )
}

function Preview({ pieces, before }: { readonly pieces: readonly string[]; readonly before: number }) {
  const chunks = (count: number): string =>
    `${count.toLocaleString('en')} ${count === 1 ? 'chunk' : 'chunks'}`
  return (
    <section aria-label="Preview of the stream" className="grid gap-1.5 border-t pt-3">
      <p className="text-sm text-ink-2">
        {chunks(pieces.length)}
        {pieces.length === before ? ', as recorded' : `; ${before.toLocaleString('en')} recorded`}
      </p>
      <ol className="hairline-scroll flex max-h-36 flex-wrap gap-1 overflow-y-auto">
        {pieces.slice(0, SHOWN_PIECES).map((piece, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its position
            key={at}
            data-testid="preview-chunk"
            className="recorded max-w-full rounded-sm bg-sunk px-1 whitespace-pre-wrap wrap-anywhere"
          >
            {piece === '' ? <span className="text-ink-3">empty</span> : <VisibleSpace text={piece} />}
          </li>
        ))}
        {pieces.length > SHOWN_PIECES && (
          <li className="text-ink-3">and {(pieces.length - SHOWN_PIECES).toLocaleString('en')} more</li>
        )}
      </ol>
    </section>
  )
}
