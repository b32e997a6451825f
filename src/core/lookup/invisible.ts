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

/** A text with signs for what is not seen: line ends, tabs, special blanks, and blanks at its ends. */
export function visible(text: string): string {
  return text
    .replace(/[\n\r\t\u00a0\u200b-\u200d\u2028\ufeff]/g, (unit) => MARKS.get(unit) ?? unit)
    .replace(/^ +| +$| {2,}/g, (blanks) => '·'.repeat(blanks.length))
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
    return was.includes('\r') ? 'line ends: CR LF was recorded' : 'line ends: CR LF was asked'
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
    text.replace(/[\u200b-\u200d\ufeff\u00ad]/g, '').replace(/\u00a0/g, ' ')
  return bare(was) === bare(is) ? 'only characters that cannot be seen differ' : undefined
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
