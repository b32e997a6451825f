import fc from 'fast-check'

/** Texts in which characters are more than one unit long, and stand next to what they grow together with. */
const UNITS = [
  'a',
  ' ',
  'word',
  ', ',
  '.',
  '\n',
  '\r',
  '\r\n',
  'é',
  'e\u0301',
  '\u0301',
  '\u200d',
  '\ufe0f',
  '👋',
  '👋🏽',
  '🏽',
  '👩‍👩‍👧',
  '🇩🇪',
  '🇫',
  '🇷',
  '\u1100',
  '\u1161',
  '\u11a8',
  '각',
  'क',
  '\u094d',
  'ष',
  '\u0600',
  '世',
  '\ud83d',
  '\ude00',
  '1\ufe0f\u20e3',
] as const

export const writing: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...UNITS), { maxLength: 24 })
  .map((units) => units.join(''))
