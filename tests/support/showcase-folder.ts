/** A folder for the pictures in the README: recordings as a team has them, made up, each in few words. */
import { asking } from '../e2e/support/folders.ts'
import { WEATHER } from '../e2e/support/recordings.ts'

const CALLS: readonly (readonly [suite: string, model: string, asks: string, answers: string])[] = [
  [
    'agents',
    'gpt-4o',
    'Plan a weekend in Bergen for two.',
    'Saturday: the fish market, then the funicular up to Fløyen.',
  ],
  [
    'agents',
    'gpt-4o',
    'Which of these invoices is overdue?',
    'Invoice 4711 has been overdue since the 3rd of May.',
  ],
  [
    'agents',
    'gpt-4o-mini',
    'Summarise the thread in three sentences.',
    'The release slips by a week. Two bugs are open.',
  ],
  [
    'agents',
    'gpt-4o-mini',
    'Translate the release notes into German.',
    'Neu: die Suche findet jetzt auch Umlaute.',
  ],
  [
    'inference',
    'gpt-4o',
    'Write a haiku about a cassette.',
    'Brown ribbon turning, the same voice comes back at dusk, one click, then silence.',
  ],
  ['inference', 'gpt-4o', 'What does HTTP 429 mean?', 'Too many requests: wait for the time in Retry-After.'],
  ['inference', 'gpt-4o-mini', 'Name three rivers in Norway.', 'The Glomma, the Tana and the Numedalslågen.'],
  ['inference', 'gpt-4o-mini', 'Is 97 a prime?', 'Yes: no prime up to its root divides it.'],
  [
    'responses',
    'gpt-4o',
    'Who wrote the notes on the Analytical Engine?',
    'Ada Lovelace, as notes to a translation.',
  ],
  [
    'responses',
    'gpt-4o',
    'Give me the steps to rotate the keys.',
    'Make a new key, deploy it, wait a day, revoke the old one.',
  ],
  ['safety', 'gpt-4o-mini', 'Is this comment an insult?', 'No. It is a complaint about the weather.'],
  ['safety', 'gpt-4o-mini', 'May I share this address?', 'It is a private address: better not.'],
]

/** Paths and texts, some of them of tool calls. */
export function showcaseFolder(): readonly { readonly path: string; readonly text: string }[] {
  const weather = 'text' in WEATHER ? WEATHER.text : ''
  const places = ['Bergen', 'Oslo', 'Tromsø']
  return [
    ...CALLS.map(([suite, model, asks, answers], at) => ({
      path: `${suite}/recordings/${nameOf(at)}`,
      text: asking(asks, answers, model),
    })),
    ...places.map((place, at) => ({
      path: `agents/recordings/${nameOf(CALLS.length + at)}`,
      text: weather.replaceAll('Bergen', place.replace('ø', '\\u00f8')),
    })),
  ]
}

/** Sixty-four digits, as the recorder's names have. */
function nameOf(at: number): string {
  const digits = Array.from({ length: 64 }, (_, digit) => (((at + 3) * 7919 * (digit + 5)) % 97) % 16)
  return `${digits.map((digit) => digit.toString(16)).join('')}.json`
}
