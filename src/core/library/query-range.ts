/** Numbers, sizes, ages and dates of a query as the whole numbers that they allow. */
import type { RangeKind } from './query-fields.ts'

/** Both ends belong to it; `Infinity` where there is none. */
export interface Range {
  readonly least: number
  readonly most: number
}

const DAY = 86_400_000

/** "100", ">100", "<=10kb", "1000..2000", "2026-04"; undefined for anything else. */
export function readRange(text: string, kind: RangeKind): Range | undefined {
  const between = /^(.*?)\.\.(.*)$/.exec(text)
  if (between) {
    const [, from = '', to = ''] = between
    const least = from === '' ? undefined : readSpan(from, kind)
    const most = to === '' ? undefined : readSpan(to, kind)
    if ((from !== '' && !least) || (to !== '' && !most) || (from === '' && to === '')) return undefined
    return { least: least?.least ?? -Infinity, most: most?.most ?? Infinity }
  }
  const [, sign = '', rest = ''] = /^([<>]=?)?(.*)$/s.exec(text) ?? []
  const span = readSpan(rest, kind)
  if (span === undefined) return undefined
  switch (sign) {
    case '>':
      return { least: span.most + 1, most: Infinity }
    case '>=':
      return { least: span.least, most: Infinity }
    case '<':
      return { least: -Infinity, most: span.least - 1 }
    case '<=':
      return { least: -Infinity, most: span.most }
    default:
      return span
  }
}

/** "4xx", ">=400", "400..499"; undefined for a status as it is recorded, and for anything else. */
export function readStatuses(text: string): Range | undefined {
  const [, digit] = /^([1-9])x{1,2}$/i.exec(text) ?? []
  if (digit !== undefined) return { least: Number(digit) * 100, most: Number(digit) * 100 + 99 }
  return /[<>]|\.\./.test(text) ? readRange(text, 'count') : undefined
}

/** What a number without a sign means: itself, or the whole month of "2026-04". */
function readSpan(text: string, kind: RangeKind): Range | undefined {
  if (kind === 'date') return readDate(text)
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? []
  const factor = UNITS[kind].get(unit.toLowerCase())
  if (digits === undefined || factor === undefined) return undefined
  const value = Number(digits) * factor
  return { least: Math.floor(value), most: Math.floor(value) }
}

const UNITS: Readonly<Record<Exclude<RangeKind, 'date'>, ReadonlyMap<string, number>>> = {
  count: new Map([
    ['', 1],
    ['k', 1e3],
    ['m', 1e6],
  ]),
  bytes: new Map([
    ['', 1],
    ['b', 1],
    ['k', 1e3],
    ['kb', 1e3],
    ['kib', 1024],
    ['m', 1e6],
    ['mb', 1e6],
    ['mib', 1024 ** 2],
    ['g', 1e9],
    ['gb', 1e9],
    ['gib', 1024 ** 3],
  ]),
  age: new Map([
    ['h', DAY / 24],
    ['d', DAY],
    ['', DAY],
    ['w', 7 * DAY],
    ['m', 30 * DAY],
    ['y', 365 * DAY],
  ]),
}

/** A year, a month or a day, in UTC. */
function readDate(text: string): Range | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text) ?? []
  if (year === undefined) return undefined
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return undefined
  if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return undefined
  const y = Number(year)
  const m = Number(month ?? 1) - 1
  const d = Number(day ?? 1)
  const next =
    day !== undefined
      ? Date.UTC(y, m, d + 1)
      : month !== undefined
        ? Date.UTC(y, m + 1, 1)
        : Date.UTC(y + 1, 0, 1)
  return { least: Date.UTC(y, m, d), most: next - 1 }
}

/** What a filter of this kind may look like, to tell somebody whose number was not understood. */
export const RANGE_EXAMPLES: Readonly<Record<RangeKind, string>> = {
  count: '">100" or "10..20"',
  bytes: '"<10kb" or ">1mb"',
  age: '"<30d" or ">1y"',
  date: '"2026-04" or ">2026-01-15"',
}
