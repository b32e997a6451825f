import { describe, expect, it } from 'vitest'
import { llamaStackTool } from '../../../src/core/dialects/llama-stack-tool.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import {
  expectCalm,
  expectEditable,
  expectNoTheft,
  inWords,
  sniffPayload,
  unknowns,
} from '../support/dialect-checks.ts'
import { foldPayloads } from './fold-payloads.ts'

const RESULT = { content: '{"top_k":[]}', error_message: null, error_code: null, metadata: { a: 1 } }
const FILE = {
  chunks: [
    { content: 'First.', chunk_id: 'c1', metadata: { page: 1 }, chunk_metadata: { source: null } },
    {
      content: [
        { type: 'text', text: 'Second.' },
        { type: 'image', image: { data: 'AA' } },
      ],
      chunk_id: 'c2',
      metadata: {},
    },
  ],
  metadata: { processor: 'pypdf' },
}

describe('Llama Stack tools', () => {
  it('say what they found', () => {
    const folded = foldPayloads(llamaStackTool, [JSON.stringify(RESULT)])
    expect(inWords(folded)).toEqual(['text: {"top_k":[]}', 'note metadata: {"a":1}'])
    expect(unknowns(folded)).toEqual([])
    expectEditable(llamaStackTool, [JSON.stringify(RESULT)])
  })

  it('fail', () => {
    const failed = { content: null, error_message: 'No.', error_code: 1, metadata: null }
    expect(foldPayloads(llamaStackTool, [JSON.stringify(failed)]).stream.errors).toEqual([
      { chunk: 0, message: 'No.' },
    ])
  })

  it('take files apart', () => {
    expect(inWords(foldPayloads(llamaStackTool, [JSON.stringify(FILE)]))).toEqual([
      'text: First.',
      'note chunk 1 · metadata: {"page":1}',
      'note chunk 1 · chunk metadata: {"source":null}',
      'text: Second.',
      'image -: AA',
      'note file: {"processor":"pypdf"}',
    ])
    expectEditable(llamaStackTool, [JSON.stringify(FILE)])
  })

  it('are called by name', () => {
    const file = { request: { provider: 'tavily', tool_name: 'web_search', kwargs: { query: 'q' } } }
    const kwargs = JsonDocument.of(JSON.stringify(file)).find('/request/kwargs')
    expect(kwargs && llamaStackTool.readRequest(kwargs).messages[0]?.parts).toMatchObject([
      { kind: 'tool-call', call: { name: { value: 'web_search' }, arguments: { value: '{"query":"q"}' } } },
    ])
  })

  it('are recognised', () => {
    expectNoTheft(llamaStackTool)
    expect(sniffPayload(llamaStackTool, RESULT).confidence).toBe(0.9)
    expect(sniffPayload(llamaStackTool, FILE).confidence).toBe(0.95)
    const named = ['provider', 'tool_name'].map((name) => ({ name, value: { value: '""', at: [] } }))
    expect(llamaStackTool.sniff({ headers: [], extras: named }, undefined, undefined).confidence).toBe(0.9)
  })

  it('take any JSON', () => expectCalm(llamaStackTool, [RESULT, FILE]))
})
