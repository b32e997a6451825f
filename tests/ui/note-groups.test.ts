import { describe, expect, it } from 'vitest'
import type { AssembledPart } from '../../src/core/cassette/stream.ts'
import { answerItems, summaryOfNote } from '../../src/ui/response/note-groups.ts'

function note(label: string, value: unknown, firstChunk = 0): Extract<AssembledPart, { kind: 'note' }> {
  return { kind: 'note', label, json: { value: JSON.stringify(value), at: [] }, firstChunk }
}

const TEXT: AssembledPart = { kind: 'text', track: 0, firstChunk: 0 }

describe('notes', () => {
  it('of one label that stand together are one line; the order of the stream is kept', () => {
    const items = answerItems([
      note('citation · A', {}),
      note('citation · B', {}),
      TEXT,
      note('citation', {}),
      note('signature', 'abc'),
    ])
    expect(
      items.map((item) => (item.kind === 'notes' ? `${item.label} ${item.notes.length}` : 'part')),
    ).toEqual(['citation 2', 'part', 'citation 1', 'signature 1'])
  })

  it('say where a citation points to by title and host', () => {
    const url = 'https://example.org/rhine?page=2'
    expect(summaryOfNote(note('citation', { type: 'url_citation', url, title: 'The Rhine' }))).toBe(
      'The Rhine · example.org',
    )
    expect(summaryOfNote(note('citation', { url_citation: { url, title: 'The Rhine' } }))).toBe(
      'The Rhine · example.org',
    )
    expect(summaryOfNote(note('citation', { document_title: 'Rivers', cited_text: 'It flows.' }))).toBe(
      'Rivers',
    )
    expect(summaryOfNote(note('citation', { url }))).toBe(`${url} · example.org`)
  })

  it('say a short value, or what the label adds, and nothing about the rest', () => {
    expect(summaryOfNote(note('stop sequence', 'END'))).toBe('END')
    expect(summaryOfNote(note('count', 3))).toBe('3')
    expect(summaryOfNote(note('safety · harm', { probability: 'LOW' }))).toBe('harm')
    expect(summaryOfNote(note('safety', { probability: 'LOW' }))).toBeUndefined()
    expect(summaryOfNote(note('signature', 'x'.repeat(500)))).toBeUndefined()
    expect(summaryOfNote(note('url', { url: 'javascript:alert(1)' }))).toBeUndefined()
  })
})
