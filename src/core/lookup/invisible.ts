/** Differences between two texts that a person would look for in vain. */

const MARKS: ReadonlyMap<string, string> = new Map([
  ['\n', '↵'],
  ['\r', '␍'],
  ['\t', '⇥'],
  ['\u00a0', '⍽'],
  ['\u200b', '⟨zero-width space⟩'],
  ['\u200c', '⟨zero-width non-joiner⟩'],
  ['\u200d', '⟨zero-width joiner⟩'],
  ['\u2028', '⟨line separator⟩'],
  ['\ufeff', '⟨byte order mark⟩'],
])

/** What has no picture of its own: controls, marks of direction, joiners, blanks other than the plain one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Variation_Selector}|(?! )\p{Zs}/gu

/** A text with signs for what is not seen: line ends, tabs, special blanks, more than one, and (`ends`) at its ends. */
export function visible(text: string, ends = true): string {
  return text
    .replace(UNSEEN, (letter) => MARKS.get(letter) ?? `⟨${codeOf(letter)}⟩`)
    .replace(ends ? /^ +| +$| {2,}/g : / {2,}/g, (blanks) => '·'.repeat(blanks.length))
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** What of the difference cannot be seen, in a few words; undefined where it can be seen. */
export function unseen(was: string, is: string): string | undefined {
  if (was.normalize('NFC') === is.normalize('NFC')) {
    const [before, after] = [formOf(was), formOf(is)]
    return before === after
      ? 'the same letters, composed in another way'
      : `the same letters in another Unicode form: ${before} was recorded, ${after} was asked`
  }
  if (was.replace(/\r\n?/g, '\n') === is.replace(/\r\n?/g, '\n')) {
    return `line ends: ${lineEndsOf(was)} was recorded, ${lineEndsOf(is)} was asked`
  }
  if (was.trimEnd() === is.trimEnd())
    return blanksWords(was.slice(was.trimEnd().length), is.slice(is.trimEnd().length), 'at the end')
  if (was.trimStart() === is.trimStart()) {
    return blanksWords(
      was.slice(0, -was.trimStart().length),
      is.slice(0, -is.trimStart().length),
      'at the beginning',
    )
  }
  if (was.replace(/\s+/g, '') === is.replace(/\s+/g, '')) return 'only white space differs'
  const bare = (text: string): string =>
    text.replace(UNSEEN, (letter) => (/\s/.test(letter) && letter !== '\ufeff' ? ' ' : ''))
  return bare(was) === bare(is) ? 'only characters that cannot be seen differ' : undefined
}

function lineEndsOf(text: string): string {
  const found = new Set(text.match(/\r\n|\r|\n/g))
  if (found.size > 1) return 'a mixture'
  return found.has('\r\n') ? 'CR LF' : found.has('\r') ? 'CR' : 'LF'
}

function formOf(text: string): string {
  if (text === text.normalize('NFC')) return 'NFC'
  return text === text.normalize('NFD') ? 'NFD' : 'a mixture'
}

function blanksWords(was: string, is: string, where: string): string {
  if (was === '') return `${nameOf(is)} more ${where}`
  if (is === '') return `${nameOf(was)} less ${where}`
  return `other white space ${where}`
}

function nameOf(blanks: string): string {
  const noun = /^\n+$/.test(blanks) ? 'line end' : /^ +$/.test(blanks) ? 'space' : 'blank'
  return blanks.length === 1 ? `one ${noun}` : `${blanks.length} ${noun}s`
}
