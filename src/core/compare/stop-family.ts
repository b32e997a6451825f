/** What kinds of end an answer can have, whatever an API calls them. */

export type StopFamily = 'stop' | 'length' | 'tool-calls' | 'filter' | 'pause' | 'other'

const FAMILIES: readonly (readonly [family: StopFamily, words: RegExp])[] = [
  [
    'stop',
    /^(?:stop|eos|eos_token|end_turn|stop_sequence|complete|completed|finished?|done|success|end|none)$/,
  ],
  [
    'length',
    /^(?:length|max_tokens|max_output_tokens|model_length|max_length|incomplete|model_context_window_exceeded)$/,
  ],
  ['tool-calls', /^(?:tool_calls?|tool_use|function_call|requires_action|tool-calls)$/],
  [
    'filter',
    /^(?:content_filter(?:ed)?|content-filter|refusal|safety|recitation|blocklist|prohibited_content|spii|guardrail_intervened|image_safety|language)$/,
  ],
  ['pause', /^(?:pause_turn|cancelled|canceled|interrupted)$/],
]

export function stopFamily(reason: string): StopFamily {
  const word = reason
    .toLowerCase()
    .replace(/^(?:finish_reason_|reason_)/, '')
    .replace(/^finishreason\./, '')
  return FAMILIES.find(([, words]) => words.test(word))?.[0] ?? 'other'
}

/** Whether two reasons say the same: within one API to the letter, else by their family. */
export function sameStop(was: string, is: string, sameApi: boolean): boolean {
  if (was.toLowerCase() === is.toLowerCase()) return true
  const family = stopFamily(was)
  return !sameApi && family !== 'other' && family === stopFamily(is)
}
