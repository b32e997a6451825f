import { useState } from 'react'
import type { MessagePair } from '../../core/compare/meaning.ts'
import { FoldButton } from '../widgets/fold.tsx'
import { DIFFERENCE } from './use-difference-keys.ts'
import { ValueChanges } from './value-changes.tsx'
import { Del, Ins, Words } from './words.tsx'

/** The conversation: what differs at length, runs of messages that are the same in one line. */
export function MessageList({ messages }: { readonly messages: readonly MessagePair[] }) {
  return (
    <ol className="grid gap-2">
      {runsOf(messages).map((run) => {
        const [first] = run
        if (first === undefined) return null
        const key = `${first.before} ${first.after}`
        return first.state === 'same' ? <Same key={key} run={run} /> : <Message key={key} pair={first} />
      })}
    </ol>
  )
}

/** Neighbours that are the same are one run; all others stand alone. */
function runsOf(messages: readonly MessagePair[]): readonly (readonly MessagePair[])[] {
  const runs: MessagePair[][] = []
  for (const message of messages) {
    const last = runs.at(-1)
    if (message.state === 'same' && last?.[0]?.state === 'same') last.push(message)
    else runs.push([message])
  }
  return runs
}

function Same({ run }: { readonly run: readonly MessagePair[] }) {
  const [shown, setShown] = useState(false)
  const count = run.length === 1 ? '1 message is the same' : `${run.length} messages are the same`
  return (
    <li className="text-ink-3">
      <FoldButton onClick={() => setShown(!shown)}>{count}</FoldButton>
      {shown && (
        <ul className="mt-1 grid gap-0.5 pl-4">
          {run.map((message) => (
            <li key={message.after} className="truncate">
              <Head pair={message} /> {message.preview}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Head({ pair: { before, after, role, oldRole } }: { readonly pair: MessagePair }) {
  return (
    <span className="text-sm text-ink-2">
      {(after ?? before ?? 0) + 1}{' '}
      {oldRole === undefined ? (
        role
      ) : (
        <>
          <Del>{oldRole}</Del> <Ins>{role}</Ins>
        </>
      )}
    </span>
  )
}

function Message({ pair }: { readonly pair: MessagePair }) {
  const { state, preview, texts, places, before } = pair
  return (
    <li {...DIFFERENCE} className="grid gap-1 border-l-2 border-line-2 pl-3">
      <p>
        <Head pair={pair} />{' '}
        <span className="text-sm text-ink-3">
          {state === 'moved' ? `was message ${(before ?? 0) + 1}` : state}
        </span>
      </p>
      {state === 'added' && <p>{<Ins>{preview || 'without words'}</Ins>}</p>}
      {state === 'removed' && <p>{<Del>{preview || 'without words'}</Del>}</p>}
      {state === 'moved' && <p className="truncate text-ink-3">{preview}</p>}
      {texts
        .filter(({ same }) => !same)
        .map(({ kind, was = '', is = '' }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a message have no other identity
          <Words key={`${kind} ${at}`} was={was} is={is} />
        ))}
      {places.map((place) => (
        <div key={`${place.what} ${place.pointer}`}>
          <span className="text-sm text-ink-2">{place.what} </span>
          {place.pointer === '' && place.was === undefined && place.is === undefined ? (
            <span>link a result to another call than before</span>
          ) : (
            <ValueChanges differences={[place]} />
          )}
        </div>
      ))}
    </li>
  )
}
