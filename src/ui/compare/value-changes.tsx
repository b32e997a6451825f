import type { ValueDifference } from '../../core/compare/json-values.ts'
import { WasIs, Words } from './words.tsx'

const MOST = 50
/** Longer texts are compared word by word. */
const SHORT = 60

/** Places in a JSON value that differ, by their pointers. */
export function ValueChanges({ differences }: { readonly differences: readonly ValueDifference[] }) {
  return (
    <ul className="grid gap-1">
      {differences.slice(0, MOST).map((one) => (
        <li key={one.pointer} className="min-w-0">
          {one.pointer !== '' && (
            <span className="recorded mr-2 [overflow-wrap:anywhere] text-ink-3">{one.pointer}</span>
          )}
          <Change difference={one} />
        </li>
      ))}
      {differences.length > MOST && (
        <li className="text-ink-3">and {(differences.length - MOST).toLocaleString('en')} more places</li>
      )}
    </ul>
  )
}

function Change({ difference: { was, is } }: { readonly difference: ValueDifference }) {
  const [old, now] = [
    was === undefined ? undefined : valueText(was),
    is === undefined ? undefined : valueText(is),
  ]
  const long = old !== undefined && now !== undefined && Math.max(old.length, now.length) > SHORT
  return long ? <Words was={old} is={now} /> : <WasIs was={old} is={now} />
}

/** Raw JSON as a person reads it: texts without their quotes, where that leaves no doubt. */
export function valueText(raw: string): string {
  if (!raw.startsWith('"')) return raw
  try {
    const text: unknown = JSON.parse(raw)
    // "5" is no 5
    return typeof text === 'string' && text !== '' && Number.isNaN(Number(text)) && !KEYWORD.test(text)
      ? text
      : raw
  } catch {
    return raw
  }
}

const KEYWORD = /^(?:true|false|null)$/
