import { DEFAULT_FACTOR, DEFAULT_RATE, FACTORS, RATES } from './playback.ts'

/** What a person has chosen once and expects to find again. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  /** Chunks a second. */
  readonly rate: number
  /** Whose pace: the recorded one, where there is one, or the person's. */
  readonly pacing: 'recorded' | 'synthetic'
  /** How much faster than recorded. */
  readonly factor: number
  /** Long waits of a recorded pace are cut short. */
  readonly skipPauses: boolean
  readonly answerView: AnswerView
  /** What has not been played yet is shown faintly instead of not at all. */
  readonly showAhead: boolean
  readonly sourceOpen: boolean
}

export type AnswerView = 'text' | 'markdown' | 'raw'

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  rate: DEFAULT_RATE,
  pacing: 'recorded',
  factor: DEFAULT_FACTOR,
  skipPauses: true,
  answerView: 'text',
  showAhead: false,
  sourceOpen: false,
}

const THEMES: readonly unknown[] = ['system', 'light', 'dark']
const ANSWER_VIEWS: readonly unknown[] = ['text', 'markdown', 'raw']

/** Reads stored settings; whatever is missing, of another version or broken becomes the default. */
export function parseSettings(stored: string | null): Settings {
  try {
    const found = JSON.parse(stored ?? '{}') as Partial<Record<keyof Settings, unknown>>
    return {
      theme: THEMES.includes(found.theme) ? (found.theme as Settings['theme']) : DEFAULT_SETTINGS.theme,
      rate: RATES.includes(found.rate as number) ? (found.rate as number) : DEFAULT_SETTINGS.rate,
      pacing: found.pacing === 'synthetic' ? 'synthetic' : DEFAULT_SETTINGS.pacing,
      factor: FACTORS.includes(found.factor as number) ? (found.factor as number) : DEFAULT_SETTINGS.factor,
      skipPauses: found.skipPauses !== false,
      answerView: ANSWER_VIEWS.includes(found.answerView)
        ? (found.answerView as AnswerView)
        : DEFAULT_SETTINGS.answerView,
      showAhead: found.showAhead === true,
      sourceOpen: found.sourceOpen === true,
    }
  } catch {
    return DEFAULT_SETTINGS
  }
}
