/**
 * What the official packages make of real recordings, and what we do: texts, tool calls, usage, stop. They are given
 * the bodies as the oracles take them out of the files, so that nothing is shared from the file to the answer.
 */
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { CORPUS_MISSING } from '../../support/corpus.ts'
import { type Call, callsOf, corpusFiles } from './corpus-calls.ts'
import { EXCEPTIONS, exceptionFor } from './exceptions.ts'
import { ask, DIALECTS_WITH_A_PACKAGE, type Pair, type Provider, providerOf } from './providers.ts'

type Verdict = 'agree' | 'nothing to ask' | { readonly pair: Pair } | { readonly refusal: string }

async function judge(provider: Provider, call: Call): Promise<Verdict> {
  try {
    const pairs = await ask(provider, call)
    const pair = pairs?.find(({ ours, theirs }) => !isDeepStrictEqual(ours, theirs))
    if (pair) return { pair }
    return pairs ? 'agree' : 'nothing to ask'
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

function expectAgreement(verdict: Verdict, name: string): void {
  if (typeof verdict !== 'string' && 'pair' in verdict) {
    expect(verdict.pair.ours, name).toEqual(verdict.pair.theirs)
  }
  expect(verdict, name).toBe('agree')
}

/** Errors and the like: a call of an API whose package has no word for its answer. */
function isAnswer({ ours: { dialect, stream } }: Call): boolean {
  return DIALECTS_WITH_A_PACKAGE.has(dialect) && stream.tracks.some(({ text }) => text !== '')
}

const files = corpusFiles()

describe.skipIf(files.length === 0)(`the official packages read the same answers (${CORPUS_MISSING})`, () => {
  const counts = new Map<string, number>()
  const met = new Set<string>()
  const unasked: string[] = []

  for (const file of files) {
    it(file.name, async () => {
      for (const call of callsOf(file)) {
        const provider = providerOf(call)
        if (provider === undefined) {
          if (isAnswer(call)) unasked.push(`${call.ours.dialect} ${call.name}`)
          continue
        }
        expect(provider.dialects, call.name).toContain(call.ours.dialect)
        const exception = exceptionFor(call.name)
        let verdict = await judge(provider, call)
        if (exception) {
          expect(verdict, `${call.name} is no exception any more`).not.toBe('agree')
          met.add(exception.call)
          if (exception.repair === undefined) continue
          verdict = await judge(provider, { ...call, payloads: exception.repair(call.payloads) })
        }
        if (verdict === 'nothing to ask') continue
        expectAgreement(verdict, call.name)
        const kind = `${provider.id} ${call.shape === 'whole' ? 'whole' : 'streamed'}`
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      }
    })
  }

  it('has met every exception', () => {
    expect(EXCEPTIONS.map(({ call }) => call).filter((call) => !met.has(call))).toEqual([])
  })

  it('has asked about every answer that there is a package for', () => expect(unasked).toEqual([]))

  afterAll(() => {
    const told = [...counts].toSorted().map(([kind, count]) => `${count} ${kind}`)
    console.info(`provider oracles: ${told.join('; ')}; ${EXCEPTIONS.length} exceptions`)
  })
})
