/** vLLM writes its reasoning under two names: whoever edits it means both. */
import { expect, it } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { rechunk, recordedLengths } from '../../../src/core/edits/rechunk.ts'
import { mergeWithNext, piecesOf, splitChunk } from '../../../src/core/edits/split-merge.ts'
import { readCassette } from '../../../src/core/open.ts'
import { scanJson } from '../../../src/core/syntax/json-index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'

const delta = (text: string) => ({
  choices: [{ index: 0, delta: { reasoning: text, reasoning_content: text }, finish_reason: null }],
})
const TEXT = JSON.stringify({
  request: { body: { model: 'm', messages: [], stream: true } },
  response: { body: [delta('one'), delta(' two')], is_streaming: true },
})

function recordingOf(text: string) {
  const { cassette } = readCassette(text)
  const interaction = cassette?.interactions[0]
  if (cassette === undefined || interaction === undefined) throw new Error('not read')
  return { container: cassette.container, interaction, document: new JsonDocument(text, scanJson(text)) }
}

function deltasAfter(plan: (of: ReturnType<typeof recordingOf>) => readonly TextEdit[]): readonly unknown[] {
  const after = JSON.parse(applyEdits(TEXT, plan(recordingOf(TEXT))))
  return after.response.body.map((chunk: ReturnType<typeof delta>) => chunk.choices[0]?.delta)
}

const both = (text: string) => ({ reasoning: text, reasoning_content: text })

it('edits both', () => {
  const said = deltasAfter((of) => {
    const [track] = of.interaction.stream.tracks
    if (track === undefined) throw new Error('no track')
    return setTrackText(of.document, track, 'one too')
  })
  expect(said).toEqual([both('one'), both(' too')])
})

it('cuts both anew', () => {
  const said = deltasAfter((of) => {
    const [track] = of.interaction.stream.tracks
    if (track === undefined) throw new Error('no track')
    expect(recordedLengths(of, track)).toEqual([3, 4])
    return rechunk(of, track, ['a', 'b', 'c'])
  })
  expect(said).toEqual([both('a'), both('b'), both('c')])
})

it('splits and merges both', () => {
  const said = deltasAfter((of) => {
    const [piece] = piecesOf(of, 0)
    if (piece === undefined) throw new Error('no piece')
    return splitChunk(of, 0, piece, 1)
  })
  expect(said).toEqual([both('o'), both('ne'), both(' two')])
  expect(deltasAfter((of) => mergeWithNext(of, 0))).toEqual([both('one two')])
})
