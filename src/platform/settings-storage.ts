import type { Settings } from '../workspace/settings.ts'
import type { Store } from '../workspace/store.ts'

const KEY = 'cassette-deck:settings'
/** Read by public/theme.js before the first paint. */
const THEME_KEY = 'cassette-deck:theme'

/** The settings as they were stored; null where there are none or storage is blocked. */
export function storedSettings(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Keeps the settings and the page's theme in step with the store for as long as the page lives. */
export function keepSettings(settings: Store<Settings>): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const show = (): void => {
    const { theme } = settings.get()
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }
  show()
  dark.addEventListener('change', show)
  settings.subscribe(() => {
    show()
    try {
      localStorage.setItem(KEY, JSON.stringify(settings.get()))
      localStorage.setItem(THEME_KEY, settings.get().theme)
    } catch {
      // storage is full or blocked: the settings last as long as the page
    }
  })
}
