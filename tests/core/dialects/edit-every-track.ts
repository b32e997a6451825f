import { expect } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { foldPayloads } from './fold-payloads.ts'

/**
 * Writes another text into each track in turn, reads the payloads again and expects it there, all other tracks being
 * as before. The text is JSON, since the arguments of a call can be JSON themselves.
 */
export function editEveryTrack(
  dialect: Dialect,
  payloads: readonly string[],
  events?: readonly string[],
): void {
  const { document, stream } = foldPayloads(dialect, payloads, events)
  expect(stream.tracks.length).toBeGreaterThan(0)
  const texts = stream.tracks.map(({ text }) => text)
  for (const [at, track] of stream.tracks.entries()) {
    const wanted = '{"edited": "wörld 🌍\\n"}'
    const edited = applyEdits(document.text, setTrackText(document, track, wanted))
    const parsed = JSON.parse(edited) as readonly unknown[]
    expect(parsed).toHaveLength(payloads.length)
    const again = foldPayloads(dialect, [edited.slice(1, -1)], events)
    expect(again.stream.tracks.map(({ text }) => text)).toEqual(texts.with(at, wanted))
  }
}
