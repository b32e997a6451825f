import { describe, expect, it } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { DIALECTS, dialectOf } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { foldPayloads } from './fold-payloads.ts'

const EMPTY = { graph_data: { sources: null, status: null, subqueries: null }, llm_data: null, refusal: null }

function chunk(said: object, finish: string | null = null): string {
  const written = { role: 'assistant', content: null, tool_calls: null, ...EMPTY, ...said }
  return JSON.stringify({
    object: 'chat.completion.chunk',
    choices: [{ index: 0, finish_reason: finish, message: written, delta: written }],
    usage: null,
  })
}

const STREAM = [chunk({ content: 'He' }), chunk({ content: 'y' }), chunk({}, 'stop')]
const writer = dialectOf('writer')

describe('Writer', () => {
  it('says its text once and has nothing unknown', () => {
    const { stream, deltas } = foldPayloads(writer, STREAM)
    expect(answerOfStream(stream)).toMatchObject({ blocks: [{ kind: 'text', text: 'Hey' }], stop: 'stop' })
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
  })

  it('is edited in both places', () => {
    const { document, stream } = foldPayloads(writer, STREAM)
    const [track] = stream.tracks
    if (track === undefined) throw new Error('no track')
    const edited = applyEdits(document.text, setTrackText(document, track, 'Hello'))
    expect(edited).toBe(document.text.replaceAll('"y"', '"llo"'))
  })

  it('shows what a graph found', () => {
    const payload = chunk({ graph_data: { sources: [{ file_id: 'f' }], status: null } })
    expect(foldPayloads(writer, [payload]).deltas[0]).toContainEqual(
      expect.objectContaining({ kind: 'unknown', why: 'graph_data' }),
    )
  })

  it("is told from OpenAI's chat by the host", () => {
    const surest = (url: string): string => {
      const request = { headers: [], extras: [], url: { value: url, at: [] } }
      const body = JsonDocument.of('{"messages":[]}').root
      const sniffed = DIALECTS.map((dialect) => ({
        dialect,
        sniff: dialect.sniff(request, body, JsonDocument.of(STREAM[0] ?? '').root),
      }))
      return sniffed.reduce((best, next) => (next.sniff.confidence > best.sniff.confidence ? next : best))
        .dialect.id
    }
    expect(surest('https://api.writer.com/v1/chat')).toBe('writer')
    expect(surest('https://api.openai.com/v1/chat/completions')).toBe('openai-chat')
  })
})
