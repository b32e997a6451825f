import { align } from './align.ts'

/** A run of words that stayed, went or came. */
export interface WordPiece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Characters of a changed stretch that are compared word by word; longer ones are told as a whole. */
const MOST_COMPARED = 200_000

/** Scripts without spaces are cut into their letters. */
const TOKENS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{M}]+)*|\s+|[^\p{L}\p{N}\p{M}_\s]/gu

/**
 * Two texts, word by word and whole: what stays and goes adds up to the first, what stays and comes to the second.
 * Long texts are aligned by their lines first, so that the work grows with what changed.
 */
export function wordDiff(before: string, after: string): readonly WordPiece[] {
  const pieces: WordPiece[] = []
  if (before.length + after.length <= MOST_COMPARED) words(pieces, before, after)
  else {
    const [old, now] = [before.split(/(?<=\n)/), after.split(/(?<=\n)/)]
    runs(old, now, (same, was, is) => {
      if (same) add(pieces, 'same', was)
      else words(pieces, was, is)
    })
  }
  return readable(pieces)
}

function words(pieces: WordPiece[], before: string, after: string): void {
  if (before.length + after.length > MOST_COMPARED) {
    add(pieces, 'removed', before)
    add(pieces, 'added', after)
    return
  }
  runs(before.match(TOKENS) ?? [], after.match(TOKENS) ?? [], (same, was, is) => {
    add(pieces, same ? 'same' : 'removed', was)
    if (!same) add(pieces, 'added', is)
  })
}

function runs(
  old: readonly string[],
  now: readonly string[],
  take: (same: boolean, was: string, is: string) => void,
): void {
  for (const { same, oldStart, oldEnd, newStart, newEnd } of align(
    old.length,
    now.length,
    (at) => old[at] ?? '',
    (at) => now[at] ?? '',
  )) {
    take(same, old.slice(oldStart, oldEnd).join(''), now.slice(newStart, newEnd).join(''))
  }
}

function add(pieces: WordPiece[], kind: WordPiece['kind'], text: string): void {
  if (text !== '') pieces.push({ kind, text })
}

/** Stretches that share nothing but a space or a comma read better as one change. */
function readable(pieces: readonly WordPiece[]): readonly WordPiece[] {
  const joined: WordPiece[] = []
  let [removed, added] = ['', '']
  const flush = (): void => {
    add(joined, 'removed', removed)
    add(joined, 'added', added)
    removed = ''
    added = ''
  }
  pieces.forEach(({ kind, text }, at) => {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      const next = pieces[at + 1]
      const between =
        at > 0 && next !== undefined && /^[ ,]{1,2}$/.test(text) && removed !== '' && added !== ''
      if (between) {
        removed += text
        added += text
        return
      }
      flush()
      const last = joined.at(-1)
      if (last?.kind === 'same') joined[joined.length - 1] = { kind: 'same', text: last.text + text }
      else add(joined, 'same', text)
    }
  })
  flush()
  return joined
}
