import { readFileSync } from 'node:fs'
import type { Side } from '../../../src/core/compare/changes-in-words.ts'
import { readCassette } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { bytesOf, containerFixtures, SEED } from '../../support/corpus.ts'

/** A text as one of the two sides. */
export function side(text: string, fileName = 'rec.json', requestHash?: string): Side {
  const { cassette, index, projected } = readCassette(text)
  const interaction = cassette?.interactions[0]
  if (interaction === undefined || index === undefined)
    throw new Error(`not a recording: ${text.slice(0, 200)}`)
  return {
    interaction,
    document: new JsonDocument(projected ?? text, index),
    fileName,
    ...(projected !== undefined && { fileText: text }),
    ...(requestHash && { requestHash }),
  }
}

/** The fixtures that hold an interaction, and the seed, as text. */
export function recordings(): readonly { readonly name: string; readonly text: string }[] {
  return [...containerFixtures('llama-stack-json'), SEED].map((file) => ({
    name: file.name,
    text: new TextDecoder().decode(bytesOf(file)),
  }))
}

export function fixtureText(name: string): string {
  return readFileSync(
    new URL(`../../fixtures/containers/llama-stack-json/${name}.json`, import.meta.url),
    'utf8',
  )
}

/** `text` with the only occurrence of `before` replaced. */
export function once(text: string, before: string, after: string): string {
  if (text.split(before).length !== 2)
    throw new Error(`"${before}" stands ${text.split(before).length - 1} times`)
  return text.replace(before, () => after)
}
