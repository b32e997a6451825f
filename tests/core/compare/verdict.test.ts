import { describe, expect, it } from 'vitest'
import { judgeFiles, VERDICTS } from '../../../src/core/judge.ts'
import { CORPUS_MISSING } from '../../support/corpus.ts'
import { isThere, textOf } from './recording-edits.ts'
import { BEHAVIOUR, BOTH, LISTED, UNREADABLE, WORDING } from './verdict-answer-pairs.ts'
import { type LabelledPair, NOISE, REQUEST } from './verdict-pairs.ts'

const PAIRS: readonly LabelledPair[] = [
  ...NOISE,
  ...REQUEST,
  ...WORDING,
  ...BEHAVIOUR,
  ...BOTH,
  ...LISTED,
  ...UNREADABLE,
]

describe('pairs of recordings that were labelled by hand', () => {
  it('are enough, and of every kind', () => {
    expect(PAIRS.length).toBeGreaterThanOrEqual(40)
    const kinds = new Set(PAIRS.map(({ kind }) => kind))
    expect(VERDICTS.filter((kind) => !kinds.has(kind))).toEqual(['identical'])
  })

  for (const { title, file, edit, kind, says, requestChanged } of PAIRS) {
    const name = isThere(file) ? '' : ` (${CORPUS_MISSING})`
    it.skipIf(!isThere(file))(`${kind}: ${title}${name}`, () => {
      const text = textOf(file)
      const after = edit(text)
      const verdict = judgeFiles({ name: file, text }, { name: file, text: after })
      expect({ ...verdict, kind: verdict.kind }).toMatchObject({ kind })
      const said = [verdict.sentence, ...verdict.reasons].join('\n')
      if (says) expect(said).toMatch(says)
      expect(verdict.requestChanged).toBe(requestChanged ?? kind === 'request')
      // the other way round it is as bad
      const back = judgeFiles({ name: file, text: after }, { name: file, text })
      expect(back.kind).toBe(kind)
    })

    it.skipIf(!isThere(file))(`identical: ${title}, not edited${name}`, () => {
      const text = textOf(file)
      expect(judgeFiles({ name: 'a', text }, { name: 'b', text }).kind).toBe('identical')
    })
  }
})
