import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  commit,
  createDraft,
  type Draft,
  isChanged,
  jump,
  keepMine,
  loadDisk,
  markSaved,
  redo,
  undo,
} from '../../src/workspace/draft.ts'
import {
  fieldDelta,
  fieldFrom,
  headOf,
  journalDelta,
  replay,
  type StoredDraft,
} from '../../src/workspace/journal.ts'
import { nastyText } from '../core/support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

type Act =
  | { readonly do: 'type'; readonly at: number; readonly length: number; readonly content: string }
  | { readonly do: 'two'; readonly content: string }
  | { readonly do: 'undo' | 'redo' | 'save' | 'keep-mine' | 'load' | 'rename' }
  | { readonly do: 'jump'; readonly to: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      at: fc.nat(60),
      length: fc.nat(4),
      content: nastyText,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('two' as const), content: nastyText }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('undo', 'undo', 'redo', 'save', 'keep-mine', 'load', 'rename'),
    }) as fc.Arbitrary<Act>,
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), to: fc.nat(12) }) },
)

function perform(draft: Draft, what: Act, now: number): Draft {
  const change = (edits: { offset: number; length: number; content: string }[], name?: string): Draft => {
    const outcome = commit(
      draft,
      {
        label: 'Edit',
        edits,
        revision: draft.revision,
        coalesce: 'source',
        ...(name !== undefined && { name }),
      },
      now,
    )
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome.draft
  }
  switch (what.do) {
    case 'type': {
      const offset = Math.min(what.at, draft.text.length)
      return change([
        { offset, length: Math.min(what.length, draft.text.length - offset), content: what.content },
      ])
    }
    case 'two':
      return change([
        { offset: 0, length: 0, content: what.content },
        { offset: draft.text.length, length: 0, content: '!' },
      ])
    case 'undo':
      return undo(draft)
    case 'redo':
      return redo(draft)
    case 'jump':
      return jump(draft, what.to)
    case 'save':
      return markSaved(draft, { text: draft.text, bom: draft.base.bom })
    case 'keep-mine':
      return keepMine(draft, { text: `${draft.text}?`, bom: false })
    case 'load':
      return loadDisk(draft, { text: `disk ${now}`, bom: false }, now)
    case 'rename':
      return change([], `n${now}.json`)
  }
}

/** What a journal holds after `before` was in it and the rows of `after` were written over it. */
function written(stored: StoredDraft | undefined, before: Draft | undefined, after: Draft): StoredDraft {
  const origin = stored?.originText ?? jump(after, 0).text
  const ownBase = after.base.text !== origin
  const { from, steps } = journalDelta(before?.steps ?? [], after.steps)
  return {
    head: headOf(after, { key: 'k', time: 0, ownBase, hashes: undefined }),
    originText: origin,
    baseText: ownBase ? after.base.text : undefined,
    handle: undefined,
    steps: [...(stored?.steps.slice(0, from) ?? []), ...structuredClone(steps)],
    fields: [],
  }
}

function kept({ id: _, ...draft }: Draft): Omit<Draft, 'id'> {
  // whether a file holds its steps is not stored: what comes back is taken for work
  return { ...draft, settled: false }
}

describe('a journalled draft', () => {
  it('comes back as it was, whatever was done and whenever it was written', () => {
    fc.assert(
      fc.property(
        nastyText,
        fc.array(fc.tuple(act, fc.boolean(), fc.integer({ min: 0, max: 3000 })), { maxLength: 40 }),
        (text, acts) => {
          let draft = createDraft('d', 'a.json', { kind: 'file' }, { text, bom: true })
          let last: Draft | undefined
          let stored: StoredDraft | undefined
          let now = 0
          for (const [what, write, pause] of acts) {
            now += pause
            draft = perform(draft, what, now)
            if (!write) continue
            stored = written(stored, last, draft)
            last = draft
            const back = replay(structuredClone(stored))
            expect(back).toEqual({ ok: true, draft: kept(draft) })
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('writes one row when a word is typed, however long the history', () => {
    let draft = createDraft('d', 'a.json', { kind: 'file' }, { text: 'x'.repeat(1000), bom: false })
    for (let at = 0; at < 500; at++)
      draft = perform(draft, { do: 'type', at: at * 2, length: 1, content: 'y' }, at * 5000)
    const next = perform(draft, { do: 'type', at: 3, length: 0, content: 'word' }, 1e9)
    const delta = journalDelta(draft.steps, next.steps)
    expect(delta.from).toBe(500)
    expect(delta.steps).toHaveLength(1)
    expect(journalDelta(next.steps, undo(next).steps)).toEqual({ from: 501, steps: [] })
  })

  it('is not put together from rows that do not belong to each other', () => {
    let draft = createDraft('d', 'a.json', { kind: 'file' }, { text: 'abcdef', bom: false })
    draft = perform(draft, { do: 'type', at: 1, length: 1, content: 'X' }, 0)
    draft = perform(draft, { do: 'type', at: 1, length: 1, content: 'YZ' }, 9000)
    const sound = written(undefined, undefined, draft)
    expect(replay(sound).ok).toBe(true)
    const [first, second] = sound.steps
    const damaged: readonly StoredDraft[] = [
      { ...sound, originText: 'abcdeg', head: { ...sound.head, position: 2 } },
      { ...sound, originText: 'aQcdef' },
      { ...sound, originText: undefined },
      { ...sound, originText: 'ab' },
      { ...sound, steps: sound.steps.slice(1) },
      { ...sound, steps: [second, first].flatMap((step) => step ?? []) },
      { ...sound, steps: [...sound.steps].fill(undefined as never) },
      { ...sound, steps: [{} as never, {} as never] },
      { ...sound, head: { ...sound.head, position: 9 } },
      { ...sound, head: { ...sound.head, length: 8 } },
      { ...sound, head: { ...sound.head, ownBase: true } },
    ]
    const outcomes = damaged.map((stored) => replay(stored))
    // the first differs where no change looks: that is for the hash to find
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, ...Array(10).fill(false)])
    for (const outcome of outcomes.slice(1)) {
      if (!outcome.ok) expect(outcome.reason).not.toBe('')
    }
  })

  it('keeps what stands in open fields as what typing made another', () => {
    fc.assert(
      fc.property(nastyText, nastyText, nastyText, (opened, one, two) => {
        const first = { id: 'f', label: 'role', opened, text: one }
        const other = { id: 'g', label: 'role', opened: '', text: two }
        const begun = fieldDelta([], [first])
        expect(begun.fields.map(fieldFrom)).toEqual([first])
        const next = { ...first, text: two }
        const more = fieldDelta([first], [next, other])
        expect(more.fields[0]?.opened).toBeUndefined()
        expect(more.fields.map((field) => fieldFrom({ opened, ...field }))[0]).toEqual(next)
        expect(fieldDelta([next, other], [next])).toEqual({ fields: [], closedFields: ['g'] })
      }),
    )
  })

  it('is changed by a new name alone', () => {
    const draft = createDraft('d', 'a.json', { kind: 'file' }, { text: 'x', bom: false })
    expect(isChanged(perform(draft, { do: 'rename' }, 0))).toBe(true)
  })
})
