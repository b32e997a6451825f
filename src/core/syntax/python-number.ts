/** Floats as CPython prints and rounds them (`Python/dtoa.c`, `Objects/floatobject.c`). */

const PLACES = 5

const bits = new DataView(new ArrayBuffer(8))

/** What `json.dumps` writes for a float: `repr`, or `NaN`, `Infinity`, `-Infinity`. */
export function floatRepr(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  // both languages choose the shortest digits that read back as the same number; only the layout differs
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const power = Number(exponent)
  if (power < -4 || power >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    const powerDigits = String(Math.abs(power)).padStart(2, '0')
    return `${sign}${digits.charAt(0)}${fraction}e${power < 0 ? '-' : '+'}${powerDigits}`
  }
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  return `${sign}${whole}.${digits.slice(power + 1) || '0'}`
}

/**
 * `'%.5f' % value`: rounds the exact binary value, ties to even. `toFixed` takes the larger number of a tie,
 * forgets the sign of -0 and gives up at 1e21. Infinities are `inf` and `-inf`, as Python formats them.
 */
export function formatFixed5(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  // `toFixed` is exact but for ties, and a binary number halfway between two fives is an odd number of 64ths
  if (value !== 0 && Math.abs(value) < 1e21 && Math.abs(value * 64) % 2 !== 1) return value.toFixed(PLACES)
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const biased = Number((word >> 52n) & 0x7ffn)
  const fraction = word & ((1n << 52n) - 1n)
  const significand = biased === 0 ? fraction : fraction | (1n << 52n)
  const scaled = significand * 10n ** BigInt(PLACES)
  const exponent = Math.max(biased, 1) - 1075
  const units = exponent >= 0 ? scaled << BigInt(exponent) : shiftToEven(scaled, BigInt(-exponent))
  const digits = units.toString().padStart(PLACES + 1, '0')
  return `${word >> 63n === 0n ? '' : '-'}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

/** `round(value, 5)`, which CPython defines by the same exact formatting. */
export function round5(value: number): number {
  return Number.isFinite(value) ? Number(formatFixed5(value)) : value
}

/** `value / 2 ** shift`, rounded to the nearest integer, ties to even. */
function shiftToEven(value: bigint, shift: bigint): bigint {
  const floor = value >> shift
  const rest = value - (floor << shift)
  const half = 1n << (shift - 1n)
  const up = rest > half || (rest === half && (floor & 1n) === 1n)
  return up ? floor + 1n : floor
}

const zeroBefore = new Map<number, number>()

/** What a decimal digit of any script counts: Unicode lists them in runs of ten, 0 first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let start = zeroBefore.get(code)
  if (start === undefined) {
    start = code
    while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--
    zeroBefore.set(code, start)
  }
  return (code - start) % 10
}

/** `float(text)` of a plain decimal `-?\d+\.\d+`, whose digits Python accepts from every script. */
export function parsePythonFloat(text: string): number {
  return Number(text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit))))
}
