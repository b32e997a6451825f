import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { decodeFile, encodeFile } from '../../src/core/file-text.ts'
import { applyEdits, type TextEdit } from '../../src/core/text/edit.ts'
import {
  type Change,
  commit,
  createDraft,
  type Draft,
  holdsWork,
  isChanged,
  jump,
  keepMine,
  loadDisk,
  markSaved,
  type Outcome,
  redo,
  undo,
} from '../../src/workspace/draft.ts'
import { nastyText } from '../core/support/arbitraries.ts'
import { type Random, seededRandom } from '../core/support/random.ts'
import { bytesOf, containerFixtures, SEED } from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** Whoever changes a draft in place is thrown at. */
function frozen(draft: Draft): Draft {
  for (const step of draft.steps) {
    for (const edit of [...step.edits, ...step.inverse]) Object.freeze(edit)
    Object.freeze(step.edits)
    Object.freeze(step.inverse)
    Object.freeze(step)
  }
  Object.freeze(draft.steps)
  Object.freeze(draft.base)
  return Object.freeze(draft)
}

function draftOf(text: string): Draft {
  return frozen(createDraft('d', 'a.json', { kind: 'file' }, { text, bom: false }))
}

function done(outcome: Outcome): Draft {
  if (!outcome.ok) throw new Error(outcome.reason)
  return frozen(outcome.draft)
}

function edit(offset: number, length: number, content: string): TextEdit {
  return { offset, length, content }
}

function change(draft: Draft, edits: readonly TextEdit[], coalesce?: string): Change {
  return { label: 'Edit', edits, revision: draft.revision, ...(coalesce !== undefined && { coalesce }) }
}

function undoAll(draft: Draft): Draft {
  let now = draft
  for (let left = draft.position; left > 0; left--) now = frozen(undo(now))
  return now
}

function redoAll(draft: Draft): Draft {
  let now = draft
  for (let left = draft.steps.length - draft.position; left > 0; left--) now = frozen(redo(now))
  return now
}

/** Edits that a person makes near a caret, or a tool makes anywhere; never overlapping. */
function anyEdits(random: Random, text: string, caret: number): readonly TextEdit[] {
  const content = random.pick(['', 'a', 'b\n', '"', '😀', '\ud83d', 'word ', 'x'.repeat(40)])
  const at = Math.min(caret, text.length)
  const some = random.below(5)
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return [edit(at, 0, content || 'k')]
    case 3:
      return [edit(Math.max(0, at - 1), Math.min(1, at), '')]
    case 4:
      return [edit(at, Math.min(some, text.length - at), '')]
    case 5:
      return [edit(Math.max(0, at - some), Math.min(some, at) + Math.min(some, text.length - at), content)]
    case 6: {
      const offset = random.below(text.length + 1)
      return [edit(offset, random.below(text.length - offset + 1), content)]
    }
    case 7:
      return []
    default: {
      const edits: TextEdit[] = []
      for (let from = 0; from <= text.length && edits.length < 4; ) {
        const offset = from + random.below(Math.max(1, text.length - from))
        if (offset > text.length) break
        const length = random.below(Math.min(4, text.length - offset + 1))
        edits.push(edit(offset, length, random.pick(['', 'z', content])))
        from = offset + length + 1
      }
      return random.below(2) === 0 ? edits : edits.toReversed()
    }
  }
}

/** The steps of a draft against the texts that a model says stood before and after each. */
function expectExactInverses(draft: Draft, texts: readonly string[]): void {
  expect(texts).toHaveLength(draft.steps.length + 1)
  draft.steps.forEach((step, at) => {
    const [before = '', after = ''] = [texts[at], texts[at + 1]]
    expect(applyEdits(before, step.edits)).toBe(after)
    expect(applyEdits(after, step.inverse)).toBe(before)
  })
}

/**
 * Drives a draft through random commits, undos, redos and saves, against the plainest model there is: the
 * list of all texts and a place in it.
 */
function drive(seed: string, original: string, moves: number): { draft: Draft; texts: readonly string[] } {
  const random = seededRandom(seed)
  let draft = draftOf(original)
  let texts: string[] = [original]
  let at = 0
  let now = 1_000_000
  let caret = 0
  let saved = original
  for (let move = 0; move < moves; move++) {
    const before = draft
    const here = texts[at] ?? ''
    now += random.pick([0, 5, 300, 1000, 5000])
    const kind = random.below(12)
    if (kind < 8) {
      const edits = anyEdits(random, here, caret)
      const key = [undefined, 'other', 'typing', 'typing', 'typing'][random.below(5)]
      draft = done(commit(draft, change(draft, edits, key), now))
      const text = applyEdits(here, edits)
      if (text === here) {
        expect(draft).toBe(before)
        continue
      }
      caret = (edits[0]?.offset ?? 0) + (edits[0]?.content.length ?? 0)
      const joined = draft.position <= before.position
      if (joined) {
        // two steps became one: only ever with the same key, soon after, one edit each
        expect(key).toBeDefined()
        expect(before.steps[at - 1]?.coalesce).toBe(key)
        expect(now - (before.steps[at - 1]?.time ?? 0)).toBeLessThanOrEqual(1200)
        expect(edits).toHaveLength(1)
        expect(before.steps[at - 1]?.edits).toHaveLength(1)
        texts = [...texts.slice(0, at), text]
        if (draft.position < before.position) {
          // typed and taken back: the text is what it was before either, and there is no step left
          expect(text).toBe(texts[at - 1])
          texts = texts.slice(0, at)
          at--
        }
      } else {
        texts = [...texts.slice(0, at + 1), text]
        at++
      }
    } else if (kind < 10) {
      draft = frozen(undo(draft))
      if (at > 0) at--
      else expect(draft).toBe(before)
    } else if (kind < 11) {
      draft = frozen(redo(draft))
      if (at < texts.length - 1) at++
      else expect(draft).toBe(before)
    } else {
      saved = draft.text
      draft = frozen(markSaved(draft, { text: draft.text, bom: false }))
    }
    expect(draft.text).toBe(texts[at])
    expect(draft.position).toBe(at)
    expect(draft.steps).toHaveLength(texts.length - 1)
    expect(isChanged(draft)).toBe(draft.text !== saved)
    if (draft.text !== before.text) expect(draft.revision).toBe(before.revision + 1)
    else expect(draft.revision).toBeGreaterThanOrEqual(before.revision)
  }
  return { draft, texts }
}

describe('a draft', () => {
  it('follows a list of texts through any commits, undos, redos and saves', () => {
    for (let run = 0; run < 100; run++) {
      const { draft, texts } = drive(`draft ${run}`, run % 3 === 0 ? '' : '{"a":"hello 😀","b":[1,2]}', 60)
      expectExactInverses(draft, texts)
      // and step by step to both ends
      let now = draft
      for (let at = draft.position - 1; at >= 0; at--) {
        now = frozen(undo(now))
        expect(now.text).toBe(texts[at])
      }
      expect(now.text).toBe(texts[0])
      for (let at = 1; at < texts.length; at++) {
        now = frozen(redo(now))
        expect(now.text).toBe(texts[at])
      }
      expect(undo(undoAll(now))).toStrictEqual(undoAll(now))
    }
  })

  it('comes back to the original text from 1,000 steps, and forward to the last', () => {
    for (const seed of ['one', 'two']) {
      const random = seededRandom(seed)
      const original = '{"request":{"a":"x"},"response":{"body":"héllo 😀"}}'
      let draft = draftOf(original)
      while (draft.steps.length < 1000) {
        const edits = anyEdits(random, draft.text, random.below(draft.text.length + 1))
        draft = done(commit(draft, change(draft, edits), draft.revision * 10))
        expect(draft.steps.length).toBe(draft.revision)
      }
      const back = undoAll(draft)
      expect(back.text).toBe(original)
      expect(back.position).toBe(0)
      expect(isChanged(back)).toBe(false)
      const forth = redoAll(back)
      expect(forth.text).toBe(draft.text)
      expect(forth.steps).toEqual(draft.steps)
      expect(forth.revision).toBe(3000)
    }
  })

  it('comes back to the bytes of the file, for every fixture, after 100 steps', () => {
    for (const file of [SEED, ...containerFixtures('llama-stack-json')]) {
      const bytes = bytesOf(file)
      const base = decodeFile(bytes)
      if ('problem' in base) throw new Error(file.name)
      const random = seededRandom(file.name)
      let draft = createDraft('d', file.name, { kind: 'file' }, base)
      let caret = 0
      for (let step = 0; step < 100; step++) {
        const edits = anyEdits(random, draft.text, caret)
        caret = (edits[0]?.offset ?? 0) + (edits[0]?.content.length ?? 0)
        draft = done(commit(draft, change(draft, edits, 'typing'), step * 100))
      }
      const last = draft.text
      draft = undoAll(draft)
      expect(encodeFile({ text: draft.text, bom: draft.base.bom }), file.name).toEqual(bytes)
      expect(redoAll(draft).text, file.name).toBe(last)
    }
  })

  it('starts unchanged, is changed by an edit and unchanged again once the same text is typed back', () => {
    fc.assert(
      fc.property(nastyText, nastyText.filter(Boolean), (text, typed) => {
        const fresh = draftOf(text)
        expect(isChanged(fresh)).toBe(false)
        const changed = done(commit(fresh, change(fresh, [edit(0, 0, typed)]), 0))
        expect(isChanged(changed)).toBe(true)
        expect(isChanged(undo(changed))).toBe(false)
        const back = done(commit(changed, change(changed, [edit(0, typed.length, '')]), 9999))
        expect(isChanged(back)).toBe(false)
        expect(back.position).toBe(2)
      }),
    )
  })

  it('takes a change that changes nothing without a step, and keeps what can be redone', () => {
    const fresh = draftOf('abc')
    const undone = undo(done(commit(fresh, change(fresh, [edit(0, 1, 'z')]), 0)))
    for (const edits of [[], [edit(1, 1, 'b')], [edit(0, 0, '')], [edit(0, 3, 'abc')]]) {
      expect(done(commit(undone, change(undone, edits), 1))).toBe(undone)
    }
    expect(redo(undone).text).toBe('zbc')
  })

  it('forgets what could be redone once something new is done', () => {
    let draft = draftOf('abc')
    for (const content of ['1', '2', '3']) {
      draft = done(commit(draft, change(draft, [edit(0, 0, content)]), 0))
    }
    draft = undo(undo(draft))
    expect(draft.text).toBe('1abc')
    draft = done(commit(draft, change(draft, [edit(0, 1, 'new ')]), 0))
    expect(draft.steps).toHaveLength(2)
    expect(redo(draft)).toBe(draft)
    expect(undoAll(draft).text).toBe('abc')
    expect(redoAll(undoAll(draft)).text).toBe('new abc')
  })

  it('counts as unchanged after a save, and undo goes back past it', () => {
    const fresh = draftOf('abc')
    const changed = done(commit(fresh, change(fresh, [edit(3, 0, 'd')]), 0))
    const saved = markSaved(changed, { text: changed.text, bom: false })
    expect(isChanged(saved)).toBe(false)
    expect(saved.text).toBe('abcd')
    expect(saved.revision).toBe(changed.revision)
    const back = undo(saved)
    expect(back.text).toBe('abc')
    expect(isChanged(back)).toBe(true)
    expect(isChanged(redo(back))).toBe(false)
  })

  it('is changed when the file on disk was saved from an older text than the one here now', () => {
    const fresh = draftOf('abc')
    const saving = done(commit(fresh, change(fresh, [edit(3, 0, 'd')]), 0))
    // typed while the file was being written
    const meanwhile = done(commit(saving, change(saving, [edit(4, 0, 'e')]), 5000))
    expect(isChanged(markSaved(meanwhile, { text: saving.text, bom: false }))).toBe(true)
  })
})

describe('a refused change', () => {
  const fresh = draftOf('0123456789')
  const later = done(commit(fresh, change(fresh, [edit(0, 0, 'x')]), 0))
  const refusedEdits: Readonly<Record<string, readonly TextEdit[]>> = {
    'an edit before the text': [edit(-1, 0, 'x')],
    'an edit behind the text': [edit(12, 0, 'x')],
    'an edit over the end': [edit(10, 2, 'x')],
    'an edit of everything and one more': [edit(0, 12, '')],
    'a negative length': [edit(4, -1, 'x')],
    'two overlapping edits': [edit(0, 4, 'a'), edit(3, 2, 'b')],
    'two overlapping edits, the later first': [edit(3, 2, 'b'), edit(0, 4, 'a')],
    'one edit inside another': [edit(0, 8, 'a'), edit(2, 1, 'b')],
    'the same edit twice': [edit(2, 1, 'a'), edit(2, 1, 'a')],
    'a good edit and one outside': [edit(0, 1, 'a'), edit(50, 0, 'b')],
    'an endless length': [edit(0, Number.POSITIVE_INFINITY, '')],
  }

  for (const [what, edits] of Object.entries(refusedEdits)) {
    it(`says so in a sentence: ${what}`, () => {
      const before = structuredClone(later)
      const outcome = commit(later, change(later, edits), 0)
      expect(outcome.ok).toBe(false)
      if (!outcome.ok) expect(outcome.reason).toMatch(/^[A-Z].+\.$/)
      expect(later).toEqual(before)
    })
  }

  it('is one that was planned for another revision, older or newer', () => {
    const undone = undo(later)
    for (const revision of [0, 1, 3, -1, Number.NaN]) {
      const outcome = commit(undone, { label: 'x', edits: [edit(0, 1, 'y')], revision }, 0)
      expect(outcome.ok, String(revision)).toBe(false)
      if (!outcome.ok) expect(outcome.reason).toMatch(/^[A-Z].+\.$/)
    }
    // the text is that of revision 0 again, but the offsets were about another one
    expect(undone.text).toBe(fresh.text)
    expect(commit(undone, { label: 'x', edits: [edit(0, 1, 'y')], revision: 2 }, 0).ok).toBe(true)
  })

  it('is one whose offset is no number', () => {
    expect(commit(later, change(later, [edit(Number.NaN, 0, 'x')]), 0).ok).toBe(false)
  })
})

describe('coalescing', () => {
  /** Commits one after another, `pause` milliseconds apart. */
  function typed(
    text: string,
    edits: readonly TextEdit[],
    pause: number,
    key: string | undefined = 'k',
  ): Draft {
    let draft = draftOf(text)
    edits.forEach((one, at) => {
      draft = done(commit(draft, change(draft, [one], key), at * pause))
    })
    return draft
  }
  const word = [...'hello'].map((char, at) => edit(3 + at, 0, char))
  const backspaces = [6, 5, 4, 3].map((at) => edit(at, 1, ''))
  const deletes = [3, 3, 3].map((at) => edit(at, 1, ''))

  it('makes one step of a word, of backspaces and of forward deletes', () => {
    for (const edits of [word, backspaces, deletes]) {
      const draft = typed('0123456789', edits, 100)
      expect(draft.steps).toHaveLength(1)
      expect(draft.revision).toBe(edits.length)
      expect(undo(draft).text).toBe('0123456789')
      expect(redo(undo(draft)).text).toBe(draft.text)
    }
  })

  it('makes one step of typing over a selection and correcting it', () => {
    const draft = typed('say hello', [edit(4, 5, 'w'), edit(5, 0, 'o'), edit(5, 1, ''), edit(5, 0, 'ow')], 50)
    expect(draft.text).toBe('say wow')
    expect(draft.steps).toHaveLength(1)
    expect(undo(draft).text).toBe('say hello')
  })

  it('keeps apart what a person pauses between, names differently, does not name or does elsewhere', () => {
    expect(typed('0123456789', word, 5000).steps).toHaveLength(5)
    const unnamed = word.reduce(
      (draft, one) => done(commit(draft, change(draft, [one]), 0)),
      draftOf('0123456789'),
    )
    expect(unnamed.steps).toHaveLength(5)
    expect(typed('0123456789', [edit(0, 0, 'a'), edit(8, 0, 'b')], 10).steps).toHaveLength(2)
    const one = typed('0123456789', [edit(3, 0, 'a')], 10)
    const two = done(commit(one, change(one, [edit(4, 0, 'b')], 'another'), 10))
    expect(two.steps).toHaveLength(2)
    const three = done(commit(two, change(two, [edit(4, 0, 'c')], 'k'), 20))
    expect(three.steps).toHaveLength(3)
  })

  it('does not reach over an undo: the step before is the one that is still done', () => {
    const one = typed('', [edit(0, 0, 'a')], 0)
    const two = done(commit(one, change(one, [edit(1, 0, 'b')], 'other'), 10))
    const undone = undo(two)
    const three = done(commit(undone, change(undone, [edit(1, 0, 'c')], 'k'), 20))
    expect(three.text).toBe('ac')
    expect(undoAll(three).text).toBe('')
    expect(redoAll(undoAll(three)).text).toBe('ac')
    expect(redo(three)).toBe(three)
  })

  it('changes nothing about the two ends, whatever is typed over whatever', () => {
    const piece = fc.record({
      from: fc.nat(),
      length: fc.nat({ max: 6 }),
      content: nastyText,
      pause: fc.nat({ max: 1500 }),
    })
    fc.assert(
      fc.property(nastyText, fc.array(piece, { maxLength: 12 }), (original, pieces) => {
        let joined = draftOf(original)
        let apart = draftOf(original)
        let now = 0
        for (const { from, length, content, pause } of pieces) {
          now += pause
          const offset = from % (joined.text.length + 1)
          const one = edit(offset, Math.min(length, joined.text.length - offset), content)
          joined = done(commit(joined, change(joined, [one], 'k'), now))
          apart = done(commit(apart, change(apart, [one]), now))
          expect(joined.text).toBe(apart.text)
          expect(joined.revision).toBe(apart.revision)
        }
        expect(joined.steps.length).toBeLessThanOrEqual(apart.steps.length)
        expect(undoAll(joined).text).toBe(original)
        expect(redoAll(undoAll(joined)).text).toBe(apart.text)
        // every text between two steps was really there
        const seen = new Set([original])
        for (let at = undoAll(apart), left = apart.steps.length; left > 0; left--) {
          at = redo(at)
          seen.add(at.text)
        }
        for (let at = undoAll(joined), left = joined.steps.length; left > 0; left--) {
          const step = joined.steps[at.position]
          const next = redo(at)
          expect(seen).toContain(next.text)
          if (step !== undefined) expect(applyEdits(next.text, step.inverse)).toBe(at.text)
          at = next
        }
      }),
      { numRuns: 400 },
    )
  })

  it('leaves no step behind that undoes nothing: a letter typed and taken back', () => {
    const draft = typed('abc', [edit(1, 0, 'x'), edit(1, 1, '')], 50)
    expect(draft.text).toBe('abc')
    const before = draft.position
    expect(before === 0 || undo(draft).text !== draft.text).toBe(true)
  })
})

describe('a draft', () => {
  const typed = () => done(commit(draftOf('abc'), change(draftOf('abc'), [edit(0, 0, 'x')]), 0))

  it('holds work while its steps lead to texts that no file has', () => {
    expect(holdsWork(draftOf('abc'))).toBe(false)
    const back = jump(typed(), 0)
    expect([isChanged(back), holdsWork(back)]).toEqual([false, true])
    const loaded = loadDisk(typed(), { text: 'disk', bom: false }, 0)
    expect([isChanged(loaded), holdsWork(loaded)]).toEqual([false, true])
    const kept = keepMine(typed(), { text: 'xabc', bom: false })
    expect([isChanged(kept), holdsWork(kept)]).toEqual([false, true])
  })

  it('holds none once a file was saved with what they lead to', () => {
    const saved = markSaved(typed(), { text: 'xabc', bom: false })
    expect(holdsWork(saved)).toBe(false)
    expect(holdsWork(undo(saved))).toBe(true)
    expect(holdsWork(redo(undo(saved)))).toBe(false)
    const typedOn = done(commit(saved, change(saved, [edit(0, 0, 'y')]), 9000))
    expect(holdsWork(undo(typedOn))).toBe(true)
    expect(holdsWork(markSaved(typedOn, { text: 'xabc', bom: false }))).toBe(true)
  })
})
