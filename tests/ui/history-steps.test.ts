import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { ago, placesOf } from '../../src/ui/history/history-steps.ts'
import { commit, createDraft, type Draft, jump, markSaved } from '../../src/workspace/draft.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

function opened(text: string): Draft {
  return createDraft('d', 'a.json', { kind: 'file' }, { text, bom: false })
}

function edited(draft: Draft, offset: number, length: number, content: string, name?: string): Draft {
  const change = { label: 'Edit', edits: [{ offset, length, content }], revision: draft.revision }
  const outcome = commit(draft, name === undefined ? change : { ...change, name }, 0)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.draft
}

describe('the places of a history', () => {
  it('are as many as there are states, and the saved ones are those that hold what the file holds', () => {
    const edits = fc.array(fc.tuple(fc.nat(3), fc.constantFrom('a', 'b')), { maxLength: 6 })
    fc.assert(
      fc.property(edits, fc.nat(6), fc.nat(6), (all, savedAt, position) => {
        let draft = all.reduce((before, [at, content]) => edited(before, at, 1, content), opened('aaaa'))
        const saved = jump(draft, savedAt)
        draft = jump(markSaved(saved, { text: saved.text, bom: false }), position)
        const places = placesOf(draft)
        expect(places.map((place) => place.position)).toEqual(
          Array.from({ length: draft.steps.length + 1 }, (_, at) => at),
        )
        expect(places.filter(({ isCurrent }) => isCurrent).map((place) => place.position)).toEqual([
          draft.position,
        ])
        for (const place of places) {
          expect(place.isAhead).toBe(place.position > draft.position)
          expect(place.isSaved).toBe(jump(draft, place.position).text === saved.text)
        }
      }),
    )
  })

  it('tell the words that an edit changed, and another name', () => {
    const koeln = '{"content": " K\\u00f6ln"}'
    expect(placesOf(edited(opened(koeln), koeln.indexOf('K'), 8, 'Bon')).at(1)?.gist).toBe('Köln → Bonn')
    const text = '{"content": " Rhein im Tal"}'
    const draft = edited(opened(text), text.indexOf('Rhe'), 3, 'Ma')
    const renamed = edited(draft, draft.text.indexOf(' Tal'), 4, '', 'b.json')
    expect(placesOf(renamed).map(({ gist }) => gist)).toEqual(['', 'Rhein → Main', 'a.json → b.json'])
    // wherever one stands
    expect(placesOf(jump(renamed, 0)).map(({ gist }) => gist)).toEqual([
      '',
      'Rhein → Main',
      'a.json → b.json',
    ])
    expect(placesOf(edited(opened('x'), 0, 0, 'a '.repeat(90))).at(1)?.gist.length).toBeLessThan(80)
  })
})

describe('relative time', () => {
  it('goes from seconds to days, and is never in the future', () => {
    const now = Date.UTC(2026, 10, 23, 12)
    expect(
      [-5, 0, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999].map((passed) => ago(now - passed, now)),
    ).toEqual(['just now', 'just now', 'just now', '1 min ago', '59 min ago', '1 h ago', '23 h ago'])
    expect(ago(Date.UTC(2026, 2, 5, 12), now)).toMatch(/Mar/)
  })
})
