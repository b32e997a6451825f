/** What every plan of a command must keep, whatever it changes. */
import { expect } from 'vitest'
import type { Track } from '../../../src/core/cassette/stream.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { readCassette } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { escapeNonAscii, type PrintStyle, printTokens, styleOf } from './json-layouts.ts'

/** A text opened as the program opens it, as commands want it. */
export function openRecording(text: string): Recording {
  const { cassette, index } = readCassette(text)
  const interaction = cassette?.interactions[0]
  if (cassette === undefined || interaction === undefined || index === undefined) throw new Error('not read')
  return { container: cassette.container, document: new JsonDocument(text, index), interaction }
}

/** The items of the body, to the letter. */
export function rawChunks(text: string): readonly string[] {
  const body = JsonDocument.of(text).find('/response/body')
  return body?.kind === 'array' ? [...body.items()].map(({ raw }) => raw) : []
}

/** The text in front of the body and behind it. */
function frame(text: string): readonly [string, string] {
  const body = JsonDocument.of(text).find('/response/body')
  if (body === undefined) return ['', '']
  return [text.slice(0, body.start), text.slice(body.end)]
}

const ERRORS = new Set(['error'])

function errorsIn(text: string): readonly string[] {
  return readCassette(text)
    .diagnostics.filter(({ severity }) => ERRORS.has(severity))
    .map(({ code }) => code)
}

export interface Expected {
  /** What the file is written in; found out where it is not said. Undefined in a mixture. */
  readonly style?: PrintStyle | undefined
  /** The command also changes what stands around the body. */
  readonly aroundBody?: boolean
  /** Everything is gone: the format may no longer show. */
  readonly emptied?: boolean
}

/** Applies a plan and checks what holds for all of them; the text that it leaves. */
export function applyChecked(text: string, edits: readonly TextEdit[], expected: Expected = {}): string {
  const after = applyEdits(text, edits)
  expect(applyEdits(after, invertEdits(text, edits)) === text, 'undo restores the file').toBe(true)
  expect(() => JSON.parse(after), 'still JSON').not.toThrow()
  const [before, reread] = [readCassette(text), readCassette(after)]
  expect(reread.sound).toBe(true)
  expect(reread.cassette?.container).toBe(before.cassette?.container)
  if (!expected.emptied) {
    expect(reread.cassette?.interactions[0]?.dialect).toBe(before.cassette?.interactions[0]?.dialect)
  }
  expect(errorsIn(after)).toEqual(errorsIn(text))
  if (!expected.aroundBody) expect(frame(after), 'around the body').toEqual(frame(text))
  const style = expected.style ?? styleOf(text)
  if (style !== undefined) {
    const tail = text.slice(text.trimEnd().length)
    expect(after, `written as the file is: ${style.name}`).toBe(printTokens(after, style) + tail)
  }
  if (escapeNonAscii(text) === text) expect(escapeNonAscii(after), 'all escaped').toBe(after)
  return after
}

/** Asserts that a request is refused with a sentence, and with nothing but that. */
export function expectRefused(plan: () => unknown): void {
  let thrown: unknown
  try {
    plan()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(EditError)
  expect((thrown as EditError).message).toMatch(/\w{2,} \w+/)
}

/** The result of a plan, or undefined where it is refused; anything but `EditError` fails the test. */
export function unlessRefused<T>(plan: () => T): T | undefined {
  try {
    return plan()
  } catch (error) {
    if (error instanceof EditError && /\w{2,} \w+/.test(error.message)) return undefined
    throw error
  }
}

export function chunkCount({ interaction }: Recording): number {
  return interaction.stream.chunkNodes.length
}

/** The tracks that parts of an answer show. */
export function shownTracks({ interaction }: Recording): readonly Track[] {
  const { tracks, messages } = interaction.stream
  const shown = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (part.kind === 'tool-call') return part.call.argumentsTrack ?? []
      return 'track' in part ? part.track : []
    }),
  )
  return shown.flatMap((at) => tracks[at] ?? [])
}

/** Every chunk that is in both lists (at the same end) keeps its characters. */
export function expectKept(before: string, after: string, first: number, behind: number): void {
  const [old, now] = [rawChunks(before), rawChunks(after)]
  expect(now.slice(0, first)).toEqual(old.slice(0, first))
  expect(behind === 0 ? [] : now.slice(-behind)).toEqual(behind === 0 ? [] : old.slice(-behind))
}
