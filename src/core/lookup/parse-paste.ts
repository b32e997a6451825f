import { JsonDocument } from '../syntax/json-node.ts'
import type { Paste, PastedRequest } from './paste.ts'
import { cleaned } from './paste-clean.ts'
import { type Marks, marksOf } from './paste-marks.ts'
import { requestsIn } from './paste-requests.ts'
import { textsOf } from './request-texts.ts'

export type { Paste } from './paste.ts'

/** Longer pastes are cut: no error is as long, and no request either. */
const LONGEST = 16_000_000
/** Characters of which words are looked for. */
const LONGEST_WORDS = 4000

const NOTHING = { hashes: [], tests: [], models: [], calls: [], cassettes: [], failedMatchers: [] }

/** Recognises all in a pasted text that tells what was asked: an error, a hash, a request. */
export function parsePaste(pasted: string): Paste {
  const text = cleaned(pasted.slice(0, LONGEST))
  if (text.trim() === '') return { ...NOTHING, requests: [], words: '', problem: 'Nothing was pasted.' }
  const found = requestsIn(text)
  // what a request says inside is not what the error says of it
  let around = ''
  let at = 0
  for (const { start, end } of found) {
    around += `${text.slice(at, start)}\n`
    at = end
  }
  around += text.slice(at)
  const marks = marksOf(around)
  const requests = found.map(({ request }) => request)
  const all = withRequests(marks, requests)
  const isNothing =
    requests.length === 0 &&
    [all.hashes, all.tests, all.models, all.calls, all.cassettes].every((list) => list.length === 0)
  const words = isNothing ? wordsOf(around) : requests.map(({ body }) => textsOf(body)).join('\n')
  return {
    ...all,
    requests,
    words: words.slice(0, LONGEST_WORDS),
    ...(isNothing && {
      problem:
        'There is no hash, no test, no request and no known error in this text. Paste the whole message of the failing test, the hash, or the request as JSON, curl or Python.',
    }),
  }
}

function withRequests(marks: Marks, requests: readonly PastedRequest[]): Marks {
  const roots = requests.map(({ body }) => JsonDocument.of(body).root)
  const tests = requests.flatMap(({ testId }) => JsonDocument.of(testId ?? 'null').root?.string() ?? [])
  return {
    ...marks,
    tests: [...new Set([...tests, ...marks.tests])],
    models: [...new Set([...roots.flatMap((root) => root?.get('model')?.string() ?? []), ...marks.models])],
  }
}

/** The prose of an error that names nothing else. */
function wordsOf(text: string): string {
  const words = text.slice(0, 2 * LONGEST_WORDS).split(/\s+/)
  return words
    .filter((word) => !/[\\/]|^[0-9a-f]{8,}$/.test(word))
    .join(' ')
    .trim()
}
