import type { ScalarNode } from './yaml-node.ts'

export type Meaning = 'string' | 'binary' | 'number' | 'boolean' | 'null'

const NULL = /^(?:~|null|Null|NULL|)$/
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/
const WHOLE = /^[-+]?(?:0|[1-9][0-9]*)$/
const HEX = /^0x[0-9a-fA-F]+$/
const FRACTION = /^(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?$/
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/

/** What some reader of YAML 1.1 or 1.2 takes for something else than a text. */
const AMBIGUOUS: readonly RegExp[] = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)?$/i,
  /^[-+]?0b[01_]+$/i,
  /^[-+]?0x[0-9a-f_]+$/i,
  /^[-+]?0o?[0-7_]+$/i,
  /^[-+]?(?=[.0-9])[0-9_]*\.?[0-9_]*(?:e[-+]?[0-9]+)?$/i,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:$|[Tt \t])/,
]

/** Whether a plain scalar of this text is a text for every reader, of YAML 1.1 as of 1.2. */
export function isSurelyText(value: string): boolean {
  return !AMBIGUOUS.some((pattern) => pattern.test(value))
}

/**
 * What a plain scalar means: a number only where YAML 1.1 and 1.2 agree on it (`012` and `1e3` stay texts, and so do
 * dates and `yes`).
 */
function plainMeaning(value: string): Meaning {
  // nearly every text is told by its first character
  if (/^[^-+.0-9~nNtTfF]/.test(value) || value.length > 400) return 'string'
  if (NULL.test(value)) return 'null'
  if (BOOLEAN.test(value)) return 'boolean'
  return WHOLE.test(value) || HEX.test(value) || FRACTION.test(value) ? 'number' : 'string'
}

export function meaningOf({ tag, style, value }: ScalarNode): Meaning {
  if (tag === undefined) return style === 'plain' ? plainMeaning(value) : 'string'
  if (tag === '!!binary' || tag === '!binary' || tag === '!!python/bytes') return 'binary'
  const asked = TAGGED.get(tag)
  return asked !== undefined && plainMeaning(value) === asked ? asked : 'string'
}

const TAGGED: ReadonlyMap<string, Meaning> = new Map([
  ['!!int', 'number'],
  ['!!float', 'number'],
  ['!!python/int', 'number'],
  ['!!python/long', 'number'],
  ['!!python/float', 'number'],
  ['!!bool', 'boolean'],
  ['!!python/bool', 'boolean'],
  ['!!null', 'null'],
  ['!!python/none', 'null'],
])

/** JSON of a scalar that is no text. */
export function jsonOfPlain(value: string, meaning: 'number' | 'boolean' | 'null'): string {
  if (meaning === 'null') return 'null'
  if (meaning === 'boolean') return value.toLowerCase()
  if (JSON_NUMBER.test(value)) return value
  if (HEX.test(value)) return BigInt(value).toString()
  const [, sign = '', whole = '', fraction, power = ''] =
    /^([-+]?)([0-9]*)(?:\.([0-9]*))?(.*)$/.exec(value) ?? []
  const digits = whole.replace(/^0+(?=[0-9])/, '') || '0'
  return `${sign === '-' ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction || '0'}`}${power}`
}

/** A JSON number as one that every reader of YAML takes for a number: `1e5` is none in YAML 1.1. */
export function plainNumber(json: string): string {
  const [, digits = json, sign = '', power] = /^([^eE]*)(?:[eE]([-+]?)([0-9]+))?$/.exec(json) ?? []
  if (power === undefined) return json
  return `${digits.includes('.') ? digits : `${digits}.0`}e${sign || '+'}${power}`
}
