import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { Call, Said } from './calls.ts'

export interface AnswerOptions {
  /** The client unpacks gzip itself. */
  readonly isUnpacked?: boolean
}

/** That a client got these bodies for these calls, to the byte. */
export function expectAnswers(
  calls: readonly Call[],
  got: readonly Uint8Array[] | undefined,
  said: Said,
  { isUnpacked = false }: AnswerOptions = {},
): void {
  expect(got?.length).toBe(calls.length)
  for (const [at, call] of calls.entries()) {
    const body = got?.[at] ?? new Uint8Array()
    const unpacked = call.isGzip && !isUnpacked ? gunzipSync(body) : body
    const what = `${call.path} after ${JSON.stringify(said)}`
    // as text first: a failed test can be read then
    expect(Buffer.from(unpacked).toString('utf8'), what).toBe(Buffer.from(call.answer(said)).toString('utf8'))
    expect(Buffer.from(unpacked).equals(call.answer(said)), what).toBe(true)
  }
}
