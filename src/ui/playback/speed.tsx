import { Check, ChevronDown } from 'lucide-react'
import { Select } from 'radix-ui'
import { memo } from 'react'
import { FACTORS, RATES, setFactor, setRate } from '../../workspace/playback.ts'
import { hasPace } from '../../workspace/schedule.ts'
import { useDeck, useSelect, useSettings, useStores } from '../app/deck.ts'

function rateLabel(rate: number): string {
  return `${rate.toLocaleString('en')} chunks/s`
}

/** Chunks a second or, where the recording has a pace of its own, a multiple of that. */
export function Speed() {
  const { interaction } = useDeck()
  return <SpeedOf recorded={hasPace(interaction.stream.times)} />
}

const SpeedOf = memo(function SpeedOf({ recorded }: { readonly recorded: boolean }) {
  const { playback, settings } = useStores()
  const rate = useSelect(playback, (value) => value.rate)
  const { pacing, factor } = useSettings()
  const isRecorded = recorded && pacing === 'recorded'
  return (
    <Select.Root
      value={isRecorded ? `x${factor}` : String(rate)}
      onValueChange={(value) => {
        const number = Number(value.replace('x', ''))
        if (value.startsWith('x')) {
          playback.update((now) => setFactor(now, number))
          settings.update((now) => ({ ...now, pacing: 'recorded', factor: number }))
        } else {
          playback.update((now) => setRate(now, number))
          // without recorded times there was nothing to choose
          settings.update((now) => ({ ...now, rate: number, ...(recorded && { pacing: 'synthetic' }) }))
        }
      }}
    >
      <Select.Trigger
        aria-label="Speed"
        className="inline-flex h-6 items-center gap-1 rounded-md border px-2 whitespace-nowrap text-ink-2 hover:text-ink pointer-coarse:h-10"
      >
        <Select.Value>
          {isRecorded ? (
            `${factor}×`
          ) : (
            <>
              {/* a phone has no room for the word beside two long numbers */}
              {rate.toLocaleString('en')}
              <span className="max-sm:hidden"> chunks</span>/s
            </>
          )}
        </Select.Value>
        <ChevronDown aria-hidden="true" size={12} />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          position="popper"
          side="top"
          sideOffset={4}
          className="z-50 rounded-lg border border-line-2 bg-pane p-1 shadow-lg"
        >
          <Select.Viewport>
            {recorded && (
              <Select.Group>
                <Title>As recorded</Title>
                {FACTORS.map((option) => (
                  <Option key={option} value={`x${option}`} label={`${option}×`} />
                ))}
                <Title>Synthetic</Title>
              </Select.Group>
            )}
            {RATES.map((option) => (
              <Option key={option} value={String(option)} label={rateLabel(option)} />
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  )
})

function Title({ children }: { readonly children: string }) {
  return <Select.Label className="px-2 pt-1 text-xs text-ink-3">{children}</Select.Label>
}

function Option({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <Select.Item
      value={value}
      className="flex h-7 items-center justify-between gap-4 rounded px-2 text-sm outline-none data-[highlighted]:bg-sunk pointer-coarse:h-10"
    >
      <Select.ItemText>{label}</Select.ItemText>
      <Select.ItemIndicator>
        <Check aria-hidden="true" size={12} />
      </Select.ItemIndicator>
    </Select.Item>
  )
}
