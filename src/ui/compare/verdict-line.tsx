import { useState } from 'react'
import type { FileVerdict } from '../../core/judge.ts'
import { KIND_WORDS } from '../review/kind-words.ts'
import { FoldButton } from '../widgets/fold.tsx'

/** Reasons that stand there at once; the sections below tell all of them. */
const FIRST = 3

/** What the difference comes to: a shape, a sentence, and why. */
export function VerdictLine({ verdict }: { readonly verdict: FileVerdict }) {
  const [all, setAll] = useState(false)
  const { kind, sentence, reasons } = verdict
  const { icon: Icon, tone } = KIND_WORDS[kind]
  // the sentence of what is bad has the first of them in it
  const more = reasons.filter((reason) => !sentence.endsWith(`: ${reason}`))
  const shown = all ? more : more.slice(0, FIRST)
  return (
    <div data-testid="verdict" data-verdict={kind}>
      <p role="status" className="flex gap-2 text-lg font-[550] break-words">
        <Icon aria-hidden="true" size={16} className={`mt-1 shrink-0 ${tone}`} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{sentence}</span>
      </p>
      {more.length > 0 && (
        <ul className="hairline-scroll max-h-40 list-disc overflow-y-auto pl-10 text-sm text-ink-2">
          {shown.map((reason) => (
            <li key={reason} className="[overflow-wrap:anywhere]">
              {reason}
            </li>
          ))}
        </ul>
      )}
      {more.length > FIRST && (
        <p className="pl-6 text-sm">
          <FoldButton onClick={() => setAll(!all)}>
            {all ? 'show fewer' : `show ${more.length - FIRST} more`}
          </FoldButton>
        </p>
      )}
    </div>
  )
}
