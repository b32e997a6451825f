import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { applyEdits, invertEdits } from '../../../src/core/text/edit.ts'
import { openRecording } from '../support/edit-checks.ts'
import { writing } from '../support/writing.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

function recordingOf(pieces: readonly string[]): string {
  const body = pieces.map((content) => ({ choices: [{ index: 0, delta: { content } }] }))
  return JSON.stringify({ request: { body: {} }, response: { body, is_streaming: true } })
}

function piecesIn(text: string): readonly string[] {
  const { response } = JSON.parse(text) as {
    response: { body: readonly { choices: readonly [{ delta: { content: string } }] }[] }
  }
  return response.body.map(({ choices }) => choices[0].delta.content)
}

/** Graphemes of the joined text that a seam between two pieces cuts: where they start and end. */
function cutGraphemes(pieces: readonly string[]): readonly { start: number; end: number }[] {
  const text = pieces.join('')
  const seams: number[] = []
  let length = 0
  for (const piece of pieces.slice(0, -1)) {
    length += piece.length
    seams.push(length)
  }
  return [...segmenter.segment(text)]
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }))
    .filter(({ start, end }) => seams.some((seam) => seam > start && seam < end))
}

/** How much of two texts is the same at their beginning, and at their end. */
function commonEnds(before: string, after: string): readonly [number, number] {
  let front = 0
  while (front < before.length && front < after.length && before[front] === after[front]) front++
  let back = 0
  const most = Math.min(before.length, after.length) - front
  while (back < most && before.at(-1 - back) === after.at(-1 - back)) back++
  return [front, back]
}

describe('a text set anew', () => {
  it('has no grapheme in two pieces where it changed', () => {
    fc.assert(
      fc.property(
        fc.array(writing, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        writing,
        (pieces, from, to, content) => {
          const text = recordingOf(pieces)
          const { document, interaction } = openRecording(text)
          const [track] = interaction.stream.tracks
          if (track === undefined) throw new Error('no track')
          const [a, b] = [from % (track.text.length + 1), to % (track.text.length + 1)]
          const wanted = track.text.slice(0, Math.min(a, b)) + content + track.text.slice(Math.max(a, b))
          const edits = setTrackText(document, track, wanted)
          const after = applyEdits(text, edits)
          expect(applyEdits(after, invertEdits(text, edits))).toBe(text)
          expect(piecesIn(after).join('')).toBe(wanted)
          expect(piecesIn(after).length).toBe(pieces.length)
          if (wanted === track.text) return
          const [front, back] = commonEnds(track.text, wanted)
          const changed = { start: front, end: wanted.length - back }
          const cut = cutGraphemes(piecesIn(after)).filter(
            ({ start, end }) => start < changed.end && end > changed.start,
          )
          expect(cut).toEqual([])
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('takes the letter along that a mark is put behind', () => {
    const text = recordingOf(['caf', 'e', 's'])
    const { document, interaction } = openRecording(text)
    const [track] = interaction.stream.tracks
    if (track === undefined) throw new Error('no track')
    const after = applyEdits(text, setTrackText(document, track, 'cafe\u0301s'))
    expect(piecesIn(after)).toEqual(['caf', 'e\u0301', 's'])
  })
})
