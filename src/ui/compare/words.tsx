import { memo, type ReactNode, useMemo, useState } from 'react'
import { type WordPiece, wordDiff } from '../../core/compare/word-diff.ts'
import { FoldButton, wholeCharacter } from '../widgets/fold.tsx'

/** A longer stretch that stayed is folded, but for so much at both of its ends. */
const LONG = 600
const KEPT = 160
/** So much of what went or came goes into the page at once. */
const MOST = 20_000

/** Two texts in one, word by word: what went is struck through, what came is underlined. */
export const Words = memo(function Words({ was, is }: { readonly was: string; readonly is: string }) {
  const pieces = useMemo(() => wordDiff(was, is), [was, is])
  return (
    <p className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-wrap">
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
        <Piece key={at} piece={piece} />
      ))}
    </p>
  )
})

function Piece({ piece: { kind, text } }: { readonly piece: WordPiece }) {
  const [whole, setWhole] = useState(false)
  const long = !whole && text.length > (kind === 'same' ? LONG : MOST)
  const kept = kind === 'same' ? KEPT : MOST / 2
  const [head, tail] = long
    ? [wholeCharacter(text, kept), wholeCharacter(text, text.length - kept)]
    : [text.length, text.length]
  const shown = (
    <>
      {text.slice(0, head)}
      {long && (
        <FoldButton onClick={() => setWhole(true)}>
          {` … ${(tail - head).toLocaleString('en')} ${kind === 'same' ? 'characters that are the same' : 'more characters'} … `}
        </FoldButton>
      )}
      {text.slice(tail)}
    </>
  )
  if (kind === 'same') return shown
  return kind === 'removed' ? <Del>{shown}</Del> : <Ins>{shown}</Ins>
}

export function Del({ children }: { readonly children: ReactNode }) {
  return <del className="rounded-xs bg-error-wash px-px text-error decoration-1">{children}</del>
}

export function Ins({ children }: { readonly children: ReactNode }) {
  return (
    <ins className="rounded-xs bg-[color-mix(in_srgb,var(--stop)_12%,transparent)] px-px text-stop underline decoration-1 underline-offset-2">
      {children}
    </ins>
  )
}

/** A short value on both sides: "stop → length". */
export function WasIs({ was, is }: { readonly was?: string | undefined; readonly is?: string | undefined }) {
  const text = (value: string): string => (value === '' ? 'empty' : value)
  return (
    <span className="recorded [overflow-wrap:anywhere] whitespace-pre-wrap">
      {was !== undefined && <Del>{text(was)}</Del>}
      {was !== undefined && is !== undefined && <span className="text-ink-3"> → </span>}
      {is !== undefined && <Ins>{text(is)}</Ins>}
    </span>
  )
}
