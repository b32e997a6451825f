import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../src/core/cassette/cassette.ts'
import { readCassette } from '../../src/core/open.ts'
import { goesOnFrom, goesOnWords } from '../../src/ui/interactions/goes-on.ts'
import { AGENT, vcrYaml } from '../e2e/support/answers.ts'

function interactionsOf(text: string): readonly Interaction[] {
  const { cassette, diagnostics } = readCassette(text)
  if (cassette === undefined) throw new Error(diagnostics[0]?.message)
  return cassette.interactions
}

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })

function answer(content: string) {
  return {
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  }
}

describe('a request that goes on from an earlier one', () => {
  it('knows its messages and the answer, whether text or calls', () => {
    const interactions = interactionsOf(AGENT.text)
    expect(interactions).toHaveLength(3)
    expect(goesOnFrom(interactions, 0)).toBeUndefined()
    expect(goesOnFrom(interactions, 1)).toEqual({ from: 0, known: 3, answered: true })
    expect(goesOnFrom(interactions, 2)).toBeUndefined()
    expect(goesOnWords(4, { from: 0, known: 3, answered: true })).toBe(
      '4 messages · 1 new since interaction 1',
    )
  })

  it('goes on from the latest that fits, over other conversations between', () => {
    const interactions = interactionsOf(
      vcrYaml([
        { messages: [user('a')], answer: answer('one') },
        { messages: [user('a'), assistant('one'), user('b')], answer: answer('two ') },
        { messages: [user('something else')], answer: answer('no') },
        {
          messages: [user('a'), assistant('one'), user('b'), assistant('two'), user('c')],
          answer: answer('three'),
        },
      ]),
    )
    expect(goesOnFrom(interactions, 3)).toEqual({ from: 1, known: 4, answered: true })
  })

  it('says when another answer was put in, and does not go on from itself or from what differs', () => {
    const interactions = interactionsOf(
      vcrYaml([
        { messages: [user('a')], answer: answer('one') },
        { messages: [user('a'), assistant('rewritten'), user('b')], answer: answer('two') },
        { messages: [user('a'), assistant('rewritten'), user('b')], answer: answer('again') },
        { messages: [user('A'), assistant('one'), user('b')], answer: answer('other') },
      ]),
    )
    expect(goesOnFrom(interactions, 1)).toEqual({ from: 0, known: 1, answered: false })
    // the same request once more goes on from what both go on from
    expect(goesOnFrom(interactions, 2)).toEqual({ from: 0, known: 1, answered: false })
    expect(goesOnFrom(interactions, 3)).toBeUndefined()
  })

  it('has nothing to go on from where there is no such interaction', () => {
    expect(goesOnFrom([], 0)).toBeUndefined()
    expect(goesOnFrom(interactionsOf(AGENT.text), 9)).toBeUndefined()
  })
})
