import { countPauses, hasPace } from '../../workspace/schedule.ts'
import { useDeck, useSettings, useStores } from '../app/deck.ts'

/** Whose pace it is: the recorded one where there is one and it is wanted, else the person's, and it says so. */
export function Pacing() {
  const { interaction } = useDeck()
  const { pacing } = useSettings()
  const { times } = interaction.stream
  if (!hasPace(times)) {
    return interaction.response.streaming ? (
      <span className="max-md:hidden" title="This recording has no times; the pace is yours">
        synthetic pacing
      </span>
    ) : (
      <span className="max-md:hidden">not streamed</span>
    )
  }
  if (pacing === 'synthetic') {
    return (
      <span className="max-md:hidden" title="The recording has times; choose a multiple of them under Speed">
        synthetic pacing
      </span>
    )
  }
  return (
    <span className="max-md:hidden" title="As the chunks came when this was recorded">
      recorded pacing
    </span>
  )
}

/** Long waits are cut short, where there are any and their pace is played. */
export function SkipPauses() {
  const { settings } = useStores()
  const { skipPauses, pacing } = useSettings()
  const { times } = useDeck().interaction.stream
  if (pacing === 'synthetic' || !hasPace(times) || countPauses(times) === 0) return null
  return (
    <button
      type="button"
      aria-pressed={skipPauses}
      title="Waits of more than five seconds are cut to one"
      onClick={() => settings.update((value) => ({ ...value, skipPauses: !value.skipPauses }))}
      className="h-6 rounded-md px-1.5 text-sm whitespace-nowrap text-ink-3 hover:text-ink aria-pressed:bg-sunk aria-pressed:text-ink-2 pointer-coarse:h-10"
    >
      skip pauses
    </button>
  )
}
