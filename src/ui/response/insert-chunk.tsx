import { useState } from 'react'
import { insertChunkJson, insertTextChunk } from '../../core/edits/chunk-list.ts'
import { chunkItem } from '../../core/edits/recording.ts'
import { useDeck } from '../app/deck.ts'
import { Actions, Body } from '../app/dialog-parts.tsx'
import { Button } from '../widgets/button.tsx'
import { Area, Choice, Refusal } from '../widgets/field.tsx'
import { Segmented } from '../widgets/segmented.tsx'
import { mainTrack, trackNames } from './track-names.ts'
import { useRecording } from './use-stream-command.ts'

type Form = 'text' | 'json'

/** A new chunk: a text that continues what its neighbours say, or any JSON. */
export function InsertChunk({ position, close }: { readonly position: number; close(): void }) {
  const { edit, interaction } = useDeck()
  const recording = useRecording()
  const { stream } = interaction
  const names = trackNames(stream)
  const [form, setForm] = useState<Form>(names.length > 0 ? 'text' : 'json')
  const [track, setTrack] = useState(() => mainTrack(stream))
  const [text, setText] = useState('')
  const [json, setJson] = useState(() => neighbour())
  const [refusal, setRefusal] = useState<string>()

  function neighbour(): string {
    const near = Math.max(0, Math.min(position, stream.chunkNodes.length) - 1)
    return stream.chunkNodes.length > 0 ? dedent(chunkItem(recording, near).raw) : '{}'
  }

  const apply = (): void => {
    const refused = edit(`Insert chunk ${position}`, () => {
      const chosen = stream.tracks[track]
      return form === 'text' && chosen
        ? insertTextChunk(recording, position, chosen, text)
        : insertChunkJson(recording, position, json)
    })
    if (refused === undefined) close()
    else setRefusal(refused)
  }
  return (
    <Body title={`Insert chunk ${position}`}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <div className="flex flex-wrap items-center gap-3">
          <Segmented<Form>
            label="What the chunk is"
            value={form}
            onChange={setForm}
            options={[
              { value: 'text', label: 'A text' },
              { value: 'json', label: 'JSON' },
            ]}
          />
          {form === 'text' && names.length > 1 && (
            <Choice
              aria-label="Text it belongs to"
              value={track}
              onChange={(event) => setTrack(Number(event.currentTarget.value))}
              className=""
            >
              {names.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a track is its position
                <option key={at} value={at}>
                  {name}
                </option>
              ))}
            </Choice>
          )}
        </div>
        {form === 'text' ? (
          names.length === 0 ? (
            <p className="text-ink-2">No chunk says a text that this one could continue. Use JSON.</p>
          ) : (
            <Area
              aria-label="Text of the new chunk"
              value={text}
              rows={3}
              autoFocus
              onChange={(event) => setText(event.currentTarget.value)}
              className="recorded field-sizing-content min-h-16 max-h-[40vh]"
            />
          )
        ) : (
          <Area
            aria-label="JSON of the new chunk"
            value={json}
            rows={12}
            onChange={(event) => setJson(event.currentTarget.value)}
            className="recorded max-h-[46vh] whitespace-pre"
          />
        )}
        {form === 'text' && names.length > 0 && (
          <p className="text-sm text-ink-3">
            Its other fields are made after the nearest chunk of this text.
          </p>
        )}
        <Refusal reason={refusal} />
        <Actions close={close}>
          <Button tone="main" type="submit" disabled={form === 'text' && names.length === 0}>
            Insert
          </Button>
        </Actions>
      </form>
    </Body>
  )
}

/** A piece of a file begins in the middle of a line: the indentation of the others is that of its place. */
function dedent(raw: string): string {
  const last = /\n([ \t]*)\S[^\n]*$/.exec(raw)?.[1]
  return last ? raw.replaceAll(`\n${last}`, '\n') : raw
}
