import { isPythonDict, isPythonList, type PythonValue } from '../syntax/python-json.ts'
import type { Cut } from './paste.ts'

/** A body that breaks off, with what is not known of it taken from a recording: that is no difference. */
export function filledFrom(
  asked: PythonValue,
  recorded: PythonValue | undefined,
  { levels, inText }: Pick<Cut, 'levels' | 'inText'>,
): PythonValue {
  if (levels === 0) {
    const goesOn = typeof asked === 'string' && typeof recorded === 'string' && recorded.startsWith(asked)
    return inText && goesOn ? recorded : asked
  }
  const inner = { levels: levels - 1, inText }
  if (isPythonDict(asked) && isPythonDict(recorded)) {
    const filled = new Map(asked)
    const last = [...asked.keys()].at(-1)
    if (last !== undefined) filled.set(last, filledFrom(asked.get(last) ?? null, recorded.get(last), inner))
    for (const [key, value] of recorded) if (!filled.has(key)) filled.set(key, value)
    return filled
  }
  if (isPythonList(asked) && isPythonList(recorded)) {
    const at = asked.length - 1
    const last = asked[at]
    const filled = last === undefined ? asked : asked.with(at, filledFrom(last, recorded[at], inner))
    return [...filled, ...recorded.slice(asked.length)]
  }
  return asked
}
