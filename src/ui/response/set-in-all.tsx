import { useMemo, useState } from 'react'
import { holdersOf, setInAllChunks } from '../../core/edits/chunk-fields.ts'
import { writeJson } from '../../core/syntax/json-layout.ts'
import { useDeck } from '../app/deck.ts'
import { Actions, Body } from '../app/dialog-parts.tsx'
import { Button } from '../widgets/button.tsx'
import { Input, Refusal } from '../widgets/field.tsx'
import { fieldName } from './field-name.ts'
import { useRecording } from './use-stream-command.ts'

/** One field of every chunk gets the same value: a model, an id. */
export function SetInAll({ path, close }: { readonly path: string; close(): void }) {
  const { edit, interaction } = useDeck()
  const recording = useRecording()
  const name = fieldName(path)
  const found = useMemo(
    () => summarise([...holdersOf(recording, path)].map(({ raw }) => raw)),
    [recording, path],
  )
  const isText = found.values[0]?.startsWith('"') ?? false
  const [typed, setTyped] = useState(() =>
    isText ? JSON.parse(found.values[0] ?? '""') : (found.values[0] ?? ''),
  )
  const [refusal, setRefusal] = useState<string>()
  const count = interaction.stream.chunkNodes.length
  const apply = (): void => {
    const json = isText ? writeJson(typed, recording.document.habits) : typed
    const refused = edit(`Set ${name} in all chunks`, () => setInAllChunks(recording, path, json))
    if (refused === undefined) close()
    else setRefusal(refused)
  }
  return (
    <Body title={`Set ${name} in all chunks`}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <div className="grid gap-1.5">
          <span className="text-ink-2">
            {found.count === count
              ? `All ${count} chunks have it`
              : `${found.count} of ${count} chunks have it`}
            {found.values.length > 1
              ? `, with ${found.values.length === MOST_VALUES ? 'many' : found.values.length} different values.`
              : ', with the same value.'}
          </span>
          <Input
            aria-label={name}
            aria-invalid={refusal !== undefined}
            value={typed}
            autoFocus
            onChange={(event) => setTyped(event.currentTarget.value)}
            className="recorded w-full"
          />
        </div>
        <Refusal reason={refusal} />
        <Actions close={close}>
          <Button tone="main" type="submit">
            Set in {found.count === 1 ? '1 chunk' : `${found.count} chunks`}
          </Button>
        </Actions>
      </form>
    </Body>
  )
}

/** Different values are counted up to here: after that it is "many". */
const MOST_VALUES = 1000

function summarise(raws: readonly string[]): { readonly count: number; readonly values: readonly string[] } {
  const values = new Set<string>()
  for (const raw of raws) if (values.size < MOST_VALUES) values.add(raw)
  return { count: raws.length, values: [...values] }
}
