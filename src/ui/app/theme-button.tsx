import { Monitor, Moon, Sun } from 'lucide-react'
import type { Settings } from '../../workspace/settings.ts'
import { IconButton } from '../widgets/button.tsx'
import { useSettings, useStores } from './deck.ts'

const NEXT: Readonly<Record<Settings['theme'], Settings['theme']>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
}
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** Light, dark, or what the system says. */
export function ThemeButton() {
  const { settings } = useStores()
  const { theme } = useSettings()
  const Icon = ICONS[theme]
  return (
    <IconButton
      label={`Theme: ${theme}`}
      onClick={() => settings.update((value) => ({ ...value, theme: NEXT[value.theme] }))}
    >
      <Icon aria-hidden="true" size={15} />
    </IconButton>
  )
}
