/** Texts that an API sends in pieces and then once more, whole: an edit reaches every one of them. */
import { expect, it } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { openaiResponses } from '../../../src/core/dialects/openai-responses.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { foldPayloads } from '../dialects/fold-payloads.ts'

const PLACE = '"item_id":"m","output_index":0,"content_index":0'
const part = (text: string): string =>
  `{"type":"output_text","text":${JSON.stringify(text)},"annotations":[]}`
const item = (text: string): string =>
  `{"id":"m","type":"message","role":"assistant","content":[${part(text)}]}`

function stream(pieces: readonly string[], whole: string): readonly string[] {
  return [
    ...pieces.map((text) => `{"type":"response.output_text.delta",${PLACE},"delta":${JSON.stringify(text)}}`),
    `{"type":"response.output_text.done",${PLACE},"text":${JSON.stringify(whole)}}`,
    `{"type":"response.content_part.done",${PLACE},"part":${part(whole)}}`,
    `{"type":"response.output_item.done","output_index":0,"item":${item(whole)}}`,
    `{"type":"response.completed","response":{"object":"response","status":"completed","output":[${item(whole)}]}}`,
  ]
}

it('every repetition says the new text', () => {
  const { document, stream: folded } = foldPayloads(openaiResponses, stream(['Hel', 'lo'], 'Hello'))
  const [track] = folded.tracks
  if (track === undefined) throw new Error('there is no text')
  expect(track.text).toBe('Hello')
  const after = applyEdits(document.text, setTrackText(document, track, 'Hallo "du"'))
  const payloads = (JSON.parse(after) as unknown[]).map((payload) => JSON.stringify(payload))
  const said = payloads.slice(2).map((payload) => payload.split('Hallo \\"du\\"').length - 1)
  expect(said).toEqual([1, 1, 1, 1])
  expect(after).not.toContain('Hello')
  expect(foldPayloads(openaiResponses, payloads).stream.tracks.map(({ text }) => text)).toEqual([
    'Hallo "du"',
  ])
})

it('one that says something else is left alone', () => {
  const { document, stream: folded } = foldPayloads(openaiResponses, stream(['Hel', 'lo'], 'Other'))
  const [track] = folded.tracks
  if (track === undefined) throw new Error('there is no text')
  const after = applyEdits(document.text, setTrackText(document, track, 'Hallo'))
  expect(after.split('Other')).toHaveLength(5)
})
