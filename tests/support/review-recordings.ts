/** A small change of recordings whose verdicts are plain from how they were made. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from './corpus.ts'

const SEED = JSON.stringify(
  JSON.parse(readFileSync(join(PROJECT_ROOT, 'public/seed-llama.json'), 'utf8')),
  undefined,
  2,
).replace(/https:[^"]*\.jpg/, 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=')

/** The sample as a Llama Stack file, with some of its text replaced everywhere; each must be there. */
export function recording(...replaced: readonly (readonly [from: string, to: string])[]): string {
  let text = `${SEED}\n`
  for (const [from, to] of replaced) {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`)
    text = text.replaceAll(from, to)
  }
  return text
}

function onOneLine(text: string): string {
  return `${JSON.stringify(JSON.parse(text))}\n`
}

const ID = 'chatcmpl-CEJ2NKLV5vrqrmcHJ8MuGem3fnYVV'
const ASKED = 'What type of animal is in this image?'
const about = (what: string): readonly [string, string] => [ASKED, `${what}?`]

/** Verdict or status of each path that differs; `BEFORE` and `AFTER` hold the files. */
export const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['recordings/stop.json', 'behaviour'],
  ['recordings/broken.json', 'unreadable'],
  ['recordings/words ü.json', 'wording'],
  ['recordings/asked.json', 'request'],
  ['recordings/new.json', 'added'],
  ['recordings/old.json', 'removed'],
  ['recordings/ids.json', 'noise'],
])

export const BEFORE: ReadonlyMap<string, string> = new Map([
  ['recordings/stop.json', recording(about('First'))],
  ['recordings/broken.json', recording(about('Second'))],
  ['recordings/words ü.json', recording(about('Third'))],
  ['recordings/asked.json', recording(about('Fourth'))],
  ['recordings/ids.json', recording(about('Fifth'))],
  ['recordings/same.json', recording(about('Sixth'))],
  ['recordings/old.json', recording(about('Seventh'), ['"gpt-4o"', '"gpt-4o-old"'])],
  ['notes.md', '# Notes\n'],
])

export const AFTER: ReadonlyMap<string, string> = new Map([
  [
    'recordings/stop.json',
    recording(about('First'), ['"finish_reason": "stop"', '"finish_reason": "length"']),
  ],
  ['recordings/broken.json', recording(about('Second')).slice(0, -40)],
  ['recordings/words ü.json', recording(about('Third'), ['"content": "lama"', '"content": "emur"'])],
  ['recordings/asked.json', recording(about('Fourth, and why'))],
  ['recordings/ids.json', recording(about('Fifth'), [ID, 'chatcmpl-other'])],
  ['recordings/same.json', recording(about('Sixth'))],
  // on one line, so that git does not take it for the old one under another name
  ['recordings/new.json', onOneLine(recording(about('Eighth'), ['"gpt-4o"', '"gpt-4o-new"']))],
  ['notes.md', '# More notes\n'],
])
