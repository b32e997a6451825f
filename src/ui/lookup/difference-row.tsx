import type { RequestDifference } from '../../core/lookup/answer.ts'

const KINDS: Readonly<Record<RequestDifference['kind'], string>> = {
  changed: 'changed',
  added: 'added',
  removed: 'missing',
  type: 'other type',
  moved: 'other order',
}

/** One difference: where, what kind, and what was recorded and asked, word by word where these are texts. */
export function DifferenceRow({ difference }: { readonly difference: RequestDifference }) {
  const { field, kind, was, is, sentence, excerpt, unseen } = difference
  const remark = sentence.startsWith(`${field}: `) ? sentence.slice(field.length + 2) : sentence
  return (
    <li data-testid="lookup-difference" className="grid min-w-0 gap-0.5 py-1.5">
      <p className="min-w-0 break-words">
        <span className="font-[550]">{field}</span>
        <span className="ml-2 text-sm text-ink-3">{KINDS[kind]}</span>
      </p>
      {excerpt !== undefined && excerpt.length > 0 ? (
        <>
          {unseen !== undefined && <p className="text-ink-2">{unseen}</p>}
          <p className="recorded break-words whitespace-pre-wrap text-ink-2">
            {excerpt.map((part, at) => {
              // biome-ignore-start lint/suspicious/noArrayIndexKey: words have no other identity than their place
              if (part.kind === 'same') return <span key={at}>{part.text}</span>
              return part.kind === 'removed' ? (
                <del key={at} className="text-error decoration-1">
                  {part.text}
                </del>
              ) : (
                <ins key={at} className="text-stop decoration-1 underline-offset-2 [del+&]:ml-1">
                  {part.text}
                </ins>
              )
              // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
            })}
          </p>
        </>
      ) : was === undefined && is === undefined ? (
        <p className="break-words text-ink-2">{remark}</p>
      ) : (
        <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          <dt className="text-ink-3">recorded</dt>
          <dd className="recorded break-words text-error">{was ?? 'nothing'}</dd>
          <dt className="text-ink-3">asked</dt>
          <dd className="recorded break-words text-stop">{is ?? 'nothing'}</dd>
          {kind === 'type' && (
            <dd className="col-span-2 text-ink-2">
              Python hashes an integer and a float differently, though both are the same number.
            </dd>
          )}
        </dl>
      )}
    </li>
  )
}
