import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSought } from './sought.ts'

/** Longer than this is folded, and then cut somewhat shorter: what a fold hides must be worth a click. */
const LONG = { characters: 600, lines: 12 }
const CUT = { characters: 480, lines: 9 }
/** So much goes into the page at once; more would be felt as a stop. */
const STEP = 100_000

function offsetOfLine(text: string, line: number): number {
  let at = -1
  for (let count = 0; count < line; count++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return text.length
  }
  return at
}

/** Where a long text is cut; undefined for one that is short enough. */
function foldOffset(text: string): number | undefined {
  if (text.length <= LONG.characters && offsetOfLine(text, LONG.lines) === text.length) return undefined
  return wholeCharacter(text, Math.min(CUT.characters, offsetOfLine(text, CUT.lines)))
}

/** Never between the halves of a surrogate pair. */
export function wholeCharacter(text: string, offset: number): number {
  const before = text.charCodeAt(offset - 1)
  return before >= 0xd800 && before <= 0xdbff ? offset - 1 : offset
}

/** Text of any length: a long one shows its beginning and says how long it is. Brings no element of its own. */
export function FoldedText({ text, cutAt = foldOffset(text) }: { text: string; cutAt?: number | undefined }) {
  const sought = useSought()
  const [extra, setExtra] = useState(() => unfoldedFor(text, cutAt, sought))
  if (cutAt === undefined || cutAt >= text.length) return text
  const shown = extra === 0 ? cutAt : wholeCharacter(text, Math.min(text.length, extra))
  const count = text.length.toLocaleString('en')
  const all = text.length <= extra + STEP
  return (
    <>
      {shown < text.length ? `${text.slice(0, shown).trimEnd()}… ` : `${text} `}
      {shown < text.length && (
        <FoldButton onClick={() => setExtra(all ? text.length : extra + STEP)}>
          {all
            ? `show all ${count} characters`
            : `show ${STEP.toLocaleString('en')} more of ${count} characters`}
        </FoldButton>
      )}
      {extra > 0 && <FoldButton onClick={() => setExtra(0)}>show less</FoldButton>}
    </>
  )
}

/** How much is shown at first: more than the beginning where what is looked for stands behind it. */
function unfoldedFor(text: string, cutAt: number | undefined, sought: RegExp | undefined): number {
  if (sought === undefined || cutAt === undefined) return 0
  // a word that begins before the cut ends behind it
  const shown = text.slice(Math.max(0, cutAt - 100), STEP)
  return sought.test(shown) ? Math.min(text.length, STEP) : 0
}

export function FoldButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mr-2 font-sans text-sm text-ink-3 underline decoration-line-2 underline-offset-3 hover:text-ink pointer-coarse:-my-2.5 pointer-coarse:min-h-10"
    >
      {children}
    </button>
  )
}

/** A heading that shows and hides what it stands above. The content is built only when it is shown. */
export function Disclosure({
  title,
  aside,
  open = false,
  className = '',
  children,
}: {
  readonly title: string
  /** Dimmed beside the title, for example a number. */
  readonly aside?: ReactNode
  /** Shown at first. */
  readonly open?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  const [shown, setShown] = useState(open)
  return (
    <section className={className}>
      <h3>
        <button
          type="button"
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
          className="-ml-5 flex min-h-6 max-w-full items-center gap-1.5 rounded-md pr-2 text-left text-sm max-md:-ml-4 max-md:gap-0.5 font-[550] text-ink-2 hover:text-ink pointer-coarse:min-h-10"
        >
          <Chevron open={shown} />
          {title}
          {aside !== undefined && (
            <span className="min-w-0 truncate font-normal text-ink-3 max-md:ml-1">{aside}</span>
          )}
        </button>
      </h3>
      {shown && children}
    </section>
  )
}

export function Chevron({ open }: { readonly open: boolean }) {
  return (
    <ChevronRight
      size={14}
      aria-hidden
      className={`shrink-0 text-ink-3 transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
    />
  )
}
