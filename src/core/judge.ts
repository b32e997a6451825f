/** What the difference between two files comes to, in words: the door for whoever compares recordings by meaning. */
import { compareMeaning, type Meaning } from './compare/meaning.ts'
import type { Side } from './compare/side.ts'
import { type FileVerdict, IDENTICAL, unreadable } from './compare/verdict.ts'
import type { Decoders } from './encoding/compression.ts'
import { type Reading, readCassette } from './open.ts'
import { JsonDocument } from './syntax/json-node.ts'

export { type FileVerdict, VERDICTS, type VerdictKind } from './compare/verdict.ts'

/** A file, or one version of it. */
export interface JudgedFile {
  readonly name: string
  readonly text: string
}

/** Reads both and says what their difference comes to. Never throws for any text. */
export function judgeFiles(before: JudgedFile, after: JudgedFile, decoders?: Decoders): FileVerdict {
  if (before.text === after.text) return IDENTICAL
  const options = decoders ? { decoders } : {}
  const [old, now] = [readCassette(before.text, options), readCassette(after.text, options)]
  const compared = compareReadings({ ...before, reading: old }, { ...after, reading: now }, false)
  return 'verdict' in compared ? compared.verdict : compared
}

/** A file that has been read. */
export interface ReadFile extends JudgedFile {
  readonly reading: Reading
}

/** Two files by meaning; the verdict alone where one of them is no recording. */
export function compareReadings(before: ReadFile, after: ReadFile, countNoise = true): Meaning | FileVerdict {
  const [old, now] = [sidesOf(before), sidesOf(after)]
  const [was, is] = [problemOf(before), problemOf(after)]
  if (before.text !== after.text && (was !== undefined || is !== undefined)) {
    const which =
      was === undefined ? 'The new file' : is === undefined ? 'The old file' : 'Each of the two files'
    const reasons = [...new Set([is, was].filter((one) => one !== undefined))]
    return unreadable(`${which} is no recording that can be read whole`, reasons)
  }
  return compareMeaning(old, now, { countNoise })
}

/** Each call of a file with the document that it was read from. */
export function sidesOf({ name, text, reading }: ReadFile): readonly Side[] {
  const { cassette, index, projected } = reading
  if (cassette === undefined || index === undefined) return []
  const document = new JsonDocument(projected ?? text, index)
  return cassette.interactions.map((interaction) => ({
    interaction,
    document,
    fileName: name,
    ...(projected !== undefined && { fileText: text }),
  }))
}

/** Why a file cannot be compared, without its full stop. A file that breaks off is none that a replay could use. */
function problemOf({ reading }: ReadFile): string | undefined {
  const { cassette, sound, diagnostics } = reading
  if (cassette !== undefined && sound) return undefined
  const message =
    diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'there is no call in it'
  return message.replace(/\.$/, '')
}
