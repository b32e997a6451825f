import { describe, expect, it } from 'vitest'
import { textLanguage } from '../../src/ui/source/text-language.ts'

describe('the language of a source', () => {
  it.each([
    ['{"a": 1}', 'json'],
    ['{\n  "a": 1\n}\n', 'json'],
    ['[1,\n2', 'json'],
    ['{"a":1}\n{"a":2}\n', 'plaintext'],
    ['{"a":1}\n\n', 'json'],
    ['interactions:\n- request:\n', 'yaml'],
    ['---\nversion: 1\n', 'yaml'],
    ['# recorded\na: 1\n', 'yaml'],
    ['- request: {}\n', 'yaml'],
    ['"a key": 1\n', 'yaml'],
    ['data: {"a":1}\n\n', 'plaintext'],
    ['event: message\ndata: {}\n\n', 'plaintext'],
    [': comment\n\ndata: {}\n', 'plaintext'],
    ['httprr trace v1\n12 30\n', 'plaintext'],
    ['0:"Hel"\n0:"lo"\n', 'plaintext'],
    ['', 'plaintext'],
  ] as const)('of %j is %s', (text, language) => {
    expect(textLanguage(text)).toBe(language)
  })
})
