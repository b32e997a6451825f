import { escapePointerToken } from '../../core/text/address.ts'
import { useDeck, useStores } from '../app/deck.ts'

/** Members that are the same in every chunk, said once; each is changed in all of them from here. */
export function SameInAll() {
  const { interaction, editable } = useDeck()
  const { overlay } = useStores()
  const { constants } = interaction.stream
  if (constants.length === 0) return null
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-2 border-b px-5 py-1 text-sm text-ink-3 max-md:px-4">
      Same in all:
      {constants.map(({ name, raw }) => (
        <button
          key={name}
          type="button"
          disabled={!editable || raw.startsWith('{') || raw.startsWith('[')}
          title={`${name}: ${raw.slice(0, 200)}`}
          aria-label={`Set ${name} in all chunks`}
          onClick={() =>
            overlay.set({
              kind: 'stream',
              task: { kind: 'set-in-all', path: `/${escapePointerToken(name)}` },
            })
          }
          className="recorded min-h-6 text-xs text-ink-2 underline decoration-transparent underline-offset-3 hover:decoration-line-2 enabled:hover:text-ink pointer-coarse:min-h-8"
        >
          {name}
        </button>
      ))}
    </p>
  )
}
