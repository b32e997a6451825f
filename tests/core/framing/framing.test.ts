import { expect, it } from 'vitest'
import { readCassette } from '../../../src/core/open.ts'

it('what begins with [DONE] ends a stream and is no chunk, as for the openai client', () => {
  for (const end of ['[DONE]', '[DONE] ', '[DONE]\n\ndata: [DONE]']) {
    const text = `data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\ndata: ${end}\n\n`
    const [call] = readCassette(text).cassette?.interactions ?? []
    expect(call?.stream.chunkNodes.length, end).toBe(1)
    expect(call?.stream.tracks[0]?.text).toBe('x')
  }
})
