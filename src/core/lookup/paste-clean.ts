/** What terminals, test runners and build logs put around the text that a program printed. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const ANSI = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g

/** Of a build log: "2026-11-23T21:06:00.1234567Z ". */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d) /gm

/** pytest's mark of a line that belongs to an error. */
const PYTEST = /^(?:E {1,7}|E$)/gm

/** The text as it was printed: without colours, times of a log, and pytest's marks; lines end with a line feed. */
export function cleaned(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(ANSI, '')
    .replace(/\r\n?/g, '\n')
    .replace(TIME, '')
    .replace(PYTEST, '')
}
