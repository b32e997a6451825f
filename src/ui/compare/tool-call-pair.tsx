import type { ReactNode } from 'react'
import type { ArgumentPair, CallPair } from '../../core/compare/meaning.ts'
import { Row } from './compare-section.tsx'
import { DIFFERENCE } from './use-difference-keys.ts'
import { ValueChanges, valueText } from './value-changes.tsx'
import { Del, Ins, WasIs, Words } from './words.tsx'

const STATES: Readonly<Record<CallPair['state'], string>> = {
  same: 'the same',
  changed: 'has other arguments',
  renamed: 'is another tool',
  removed: 'removed',
  added: 'added',
}

/** A tool call, argument by argument. */
export function ToolCallPair({ pair }: { readonly pair: CallPair }) {
  const { state, was, is, moved, broken } = pair
  const differs = state !== 'same' || moved
  const readable = broken === undefined && pair.arguments.length > 0
  return (
    <div {...(differs ? DIFFERENCE : {})} className="grid gap-1 border-l-2 border-line-2 pl-3">
      <p>
        <span className="recorded font-[550]">
          {state === 'renamed' ? (
            <>
              <Del>{was?.name}</Del> <Ins>{is?.name}</Ins>
            </>
          ) : (
            (is ?? was)?.name || 'without a name'
          )}
        </span>{' '}
        <span className="text-sm text-ink-3">{moved ? 'at another place' : STATES[state]}</span>
      </p>
      {state === 'added' && <Raw>{<Ins>{is?.arguments}</Ins>}</Raw>}
      {state === 'removed' && <Raw>{<Del>{was?.arguments}</Del>}</Raw>}
      {(state === 'changed' || state === 'renamed') &&
        (readable ? (
          pair.arguments.map((one) => (
            <Row key={one.name} name={one.name}>
              <Argument argument={one} />
            </Row>
          ))
        ) : (
          <Raw>
            <Words was={was?.arguments ?? ''} is={is?.arguments ?? ''} />
          </Raw>
        ))}
    </div>
  )
}

function Raw({ children }: { readonly children: ReactNode }) {
  return <div className="recorded [overflow-wrap:anywhere] whitespace-pre-wrap">{children}</div>
}

/** Longer texts are compared word by word. */
const SHORT = 60

function Argument({ argument: { was, is, same, inside } }: { readonly argument: ArgumentPair }) {
  if (same) return <span className="recorded [overflow-wrap:anywhere] text-ink-3">{shortened(is ?? '')}</span>
  if (inside.length > 0) return <ValueChanges differences={inside} />
  const [old, now] = [was && valueText(was), is && valueText(is)]
  return old !== undefined && now !== undefined && Math.max(old.length, now.length) > SHORT ? (
    <Words was={old} is={now} />
  ) : (
    <WasIs was={old} is={now} />
  )
}

function shortened(raw: string): string {
  const text = valueText(raw)
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text
}
