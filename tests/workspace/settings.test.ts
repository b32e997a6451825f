import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { FACTORS, RATES } from '../../src/workspace/playback.ts'
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../src/workspace/settings.ts'
import { nastyText } from '../core/support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const settings: fc.Arbitrary<Settings> = fc.record({
  theme: fc.constantFrom('system', 'light', 'dark'),
  rate: fc.constantFrom(...RATES),
  pacing: fc.constantFrom('recorded', 'synthetic'),
  factor: fc.constantFrom(...FACTORS),
  skipPauses: fc.boolean(),
  answerView: fc.constantFrom('text', 'markdown', 'raw'),
  showAhead: fc.boolean(),
  sourceOpen: fc.boolean(),
})

function expectValid(found: Settings): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted())
  expect(['system', 'light', 'dark']).toContain(found.theme)
  expect(RATES).toContain(found.rate)
  expect(FACTORS).toContain(found.factor)
  expect(['recorded', 'synthetic']).toContain(found.pacing)
  expect(found.skipPauses === true || found.skipPauses === false).toBe(true)
  expect(['text', 'markdown', 'raw']).toContain(found.answerView)
  expect(found.showAhead === true || found.showAhead === false).toBe(true)
  expect(found.sourceOpen === true || found.sourceOpen === false).toBe(true)
}

describe('stored settings', () => {
  it('come back as they were stored', () => {
    fc.assert(
      fc.property(settings, (chosen) => {
        expect(parseSettings(JSON.stringify(chosen))).toEqual(chosen)
      }),
    )
  })

  it('are the defaults where nothing is stored', () => {
    expect(parseSettings(null)).toEqual(DEFAULT_SETTINGS)
    expect(parseSettings('{}')).toEqual(DEFAULT_SETTINGS)
    expectValid(DEFAULT_SETTINGS)
  })

  it('keep what is sound beside what is broken, unknown or missing', () => {
    fc.assert(
      fc.property(
        settings,
        fc.constantFrom<keyof Settings>(
          'theme',
          'rate',
          'pacing',
          'factor',
          'skipPauses',
          'answerView',
          'showAhead',
          'sourceOpen',
        ),
        fc.jsonValue(),
        (chosen, key, broken) => {
          const found = parseSettings(JSON.stringify({ ...chosen, [key]: broken, extra: 1 }))
          expectValid(found)
          expect({ ...found, [key]: chosen[key] }).toEqual(chosen)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('are valid for any JSON', () => {
    const keys = fc.constantFrom(...Object.keys(DEFAULT_SETTINGS), '__proto__', 'constructor')
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue())), (value) => {
        expectValid(parseSettings(JSON.stringify(value)))
      }),
      { numRuns: 1000 },
    )
  })

  it('are the defaults for garbage', () => {
    for (const stored of [
      '',
      'null',
      '[]',
      '"dark"',
      '7',
      'undefined',
      '{',
      '{"theme":"dark"',
      '\u0000',
      '[1',
    ]) {
      expect(parseSettings(stored), stored).toEqual(DEFAULT_SETTINGS)
    }
    fc.assert(fc.property(nastyText, (text) => expectValid(parseSettings(text))))
  })

  it('do not take a near miss', () => {
    const odd = '{"theme":"Dark","rate":"30","answerView":"html","showAhead":1,"sourceOpen":"true"}'
    expect(parseSettings(odd)).toEqual(DEFAULT_SETTINGS)
    for (const rate of [0, -1, 31, 1e9, 0.5]) {
      expect(parseSettings(JSON.stringify({ rate })).rate).toBe(DEFAULT_SETTINGS.rate)
    }
    // JSON's own __proto__ member sets nothing
    expect(parseSettings('{"__proto__":{"theme":"dark","showAhead":true}}')).toEqual(DEFAULT_SETTINGS)
  })
})
