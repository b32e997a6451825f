import { describe, expect, it } from 'vitest'
import { readCassette } from '../../src/core/open.ts'
import {
  type InteractionSummary,
  summariseInteraction,
} from '../../src/ui/interactions/interaction-summary.ts'
import { AGENT, embedded, MEDIA, PLAIN, vcrYaml } from '../e2e/support/answers.ts'

function summaries(text: string): readonly InteractionSummary[] {
  return (readCassette(text).cassette?.interactions ?? []).map(summariseInteraction)
}

describe('a row of the list of interactions', () => {
  it('says what was called, by whom and what came of it', () => {
    const [call, text, failed] = summaries(AGENT.text)
    expect(call).toMatchObject({
      method: 'POST',
      host: 'api.openai.com',
      path: '…/chat/completions',
      model: 'gpt-4o',
      outcome: { words: 'get_weather', tone: 'tool' },
      chunks: '',
      status: '200',
      failed: false,
    })
    expect(text?.outcome).toEqual({ words: 'It rains in Bergen, at 9 degrees.', tone: 'plain' })
    expect(failed?.outcome.tone).toBe('error')
    expect(failed).toMatchObject({ status: '429', failed: true })
  })

  it('counts chunks of streams, embeddings, and names what is no text', () => {
    expect(summaries(PLAIN.text)[0]).toMatchObject({ chunks: '4 chunks', outcome: { words: 'Hello.' } })
    expect(summaries(embedded().text)[0]?.outcome.words).toBe('5 embeddings')
    expect(summaries(embedded(['one']).text)[0]?.outcome.words).toBe('1 embedding')
    expect(summaries(MEDIA.text)[0]?.outcome.words).toBe('Here it is.')
  })

  it('cuts a long answer and never in the middle of a character', () => {
    const content = `${'x'.repeat(79)}😀 and more`
    const [row] = summaries(
      vcrYaml([
        {
          messages: [{ role: 'user', content: 'Go.' }],
          answer: {
            object: 'chat.completion',
            choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
          },
        },
      ]),
    )
    expect(row?.outcome.words).toBe('x'.repeat(79))
  })
})
