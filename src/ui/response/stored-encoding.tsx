import { useState } from 'react'
import { loadedDecoders } from '../../queries/core-door.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { Refusal } from '../widgets/field.tsx'

/** Says before the first edit what it will do to a packed body, and offers the way out of that. */
export function StoredEncoding() {
  const { interaction, editable, editFile } = useDeck()
  const [refusal, setRefusal] = useState<string>()
  const encodings = interaction.response.encodings ?? []
  if (encodings.length === 0) return null
  const unpack = async (): Promise<void> => {
    const { storeReadable } = await import('../../core/edits/readable.ts')
    setRefusal(
      editFile('Store as readable text', (text) => storeReadable(text, interaction, loadedDecoders())),
    )
  }
  return (
    <div
      data-testid="stored-encoding"
      className="flex shrink-0 flex-wrap items-center gap-x-2 border-b px-5 py-1 text-sm text-ink-3 max-md:px-4"
    >
      <span className="min-w-0">Stored as {encodings.join(' of ')}: an edit writes the whole body anew.</span>
      <Button
        disabled={!editable}
        onClick={() => void unpack()}
        title="Write the body as the text that it is, so that later edits change only what was edited"
        className="-mx-2.5 h-6 text-sm"
      >
        Store as readable text
      </Button>
      <Refusal reason={refusal} />
    </div>
  )
}
