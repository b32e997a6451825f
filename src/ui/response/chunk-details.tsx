import type { Delta } from '../../core/cassette/delta.ts'
import type { JsonNode } from '../../core/syntax/json-node.ts'
import { setString } from '../../core/syntax/resolve.ts'
import { useDeck, useStores } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { EditableText } from '../widgets/editable-text.tsx'
import { JsonView } from '../widgets/json-view.tsx'

/** The strings of a chunk that can be edited in place, with their names. */
function editableTexts(
  deltas: readonly Delta[],
): readonly { readonly name: string; readonly node: JsonNode }[] {
  return deltas.flatMap((delta) => {
    switch (delta.kind) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        return [{ name: delta.kind, node: delta.text }]
      case 'tool-call':
        return delta.arguments ? [{ name: 'arguments', node: delta.arguments }] : []
      case 'stop':
        return [{ name: 'finish reason', node: delta.reason }]
      default:
        return []
    }
  })
}

/** A chunk unfolded: its texts to edit, and its JSON as recorded. */
export function ChunkDetails({
  index,
  deltas,
}: {
  readonly index: number
  readonly deltas: readonly Delta[]
}) {
  const { document, interaction, edit, editable } = useDeck()
  const { reveal, settings } = useStores()
  const node = document.node(interaction.stream.chunkNodes[index] ?? 0)
  return (
    <div className="grid gap-2 border-y bg-sunk/50 py-2 pr-3 pl-[58px]">
      {editableTexts(deltas).map(({ name, node: text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: node ids shift with each edit, an open editor must stay
        <div key={at} className="grid grid-cols-[76px_minmax(0,1fr)] gap-2.5">
          <span className="text-sm text-ink-2">{name}</span>
          <EditableText
            value={text.string() ?? ''}
            label={`${name} of chunk ${index}`}
            mono
            multiline
            placeholder="empty"
            disabled={!editable}
            onCommit={(next) => edit(`Edit chunk ${index}`, (current) => setString(current, text.at, next))}
          />
        </div>
      ))}
      <JsonView raw={node.raw} label={`Chunk ${index}`} open />
      <div>
        <Button
          onClick={() => {
            settings.update((value) => ({ ...value, sourceOpen: true }))
            reveal.set({ start: node.start, end: node.end })
          }}
        >
          Show in source
        </Button>
      </div>
    </div>
  )
}
