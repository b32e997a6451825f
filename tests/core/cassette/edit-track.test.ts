import { describe, expect, it } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import type { Track } from '../../../src/core/cassette/stream.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'

/** A track over the strings of a JSON array, one chunk each. */
function trackOf(text: string): { readonly document: JsonDocument; readonly track: Track } {
  const document = JsonDocument.of(text)
  const nodes = [...(document.root?.items() ?? [])]
  const texts = nodes.map((node) => node.string() ?? '')
  let length = 0
  const ends = texts.map((piece) => {
    length += piece.length
    return length
  })
  const track: Track = {
    choice: 0,
    kind: 'text',
    text: texts.join(''),
    pieceChunks: Uint32Array.from(nodes.keys()),
    pieceEnds: Uint32Array.from(ends),
    pieceNodes: Uint32Array.from(nodes, ({ id }) => id),
  }
  return { document, track }
}

function rewritten(text: string, wanted: string): string {
  const { document, track } = trackOf(text)
  return applyEdits(text, setTrackText(document, track, wanted))
}

describe('setTrackText', () => {
  it('continues the piece at whose end is typed, also over empty pieces', () => {
    expect(rewritten('["Lla", "", "ma"]', 'LlaXma')).toBe('["LlaX", "", "ma"]')
  })

  it('types in front of everything into the first piece that has a character', () => {
    expect(rewritten('["", "Lla", "ma"]', 'XLlama')).toBe('["", "XLla", "ma"]')
  })

  it('types behind everything into the last piece that has a character', () => {
    expect(rewritten('["Lla", "ma", ""]', 'LlamaX')).toBe('["Lla", "maX", ""]')
  })

  it('writes a replacement into the piece where it begins, and leaves the others their rest', () => {
    expect(rewritten('["one ", "two ", "three"]', 'one 2 3ee')).toBe('["one ", "2 3", "ee"]')
    expect(rewritten('["one ", "two ", "three"]', 'on')).toBe('["on", "", ""]')
  })

  it('fills a track of which nothing but empty strings came', () => {
    expect(rewritten('["", ""]', 'new')).toBe('["", "new"]')
  })

  it('keeps the spelling of what is not touched', () => {
    expect(rewritten('["caf\\u00E9 \\/", "\\u0061b"]', 'café /aXb')).toBe('["caf\\u00E9 \\/", "\\u0061Xb"]')
  })

  it('writes nothing for the same text, and cannot write where there is no piece', () => {
    const { document, track } = trackOf('["a"]')
    expect(setTrackText(document, track, 'a')).toEqual([])
    const nothing = trackOf('[]')
    expect(() => setTrackText(nothing.document, nothing.track, 'a')).toThrow(EditError)
  })
})
