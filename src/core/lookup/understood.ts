import { visible } from './invisible.ts'
import type { Paste, PastedRequest } from './paste.ts'

const FORMS: Readonly<Record<PastedRequest['form'], string>> = {
  recording: 'a recording',
  request: 'a recorded request',
  body: 'a request as JSON',
  curl: 'a curl command',
  python: 'a request as Python',
  http: 'an HTTP request',
  error: 'the request of the error',
}

/** What was recognised in a paste, a few words each. */
export function understoodOf(paste: Paste): readonly string[] {
  const words = [
    ...(paste.recorder ? [`an error of ${paste.recorder}`] : []),
    ...paste.hashes.slice(0, 4).map((hash) => `hash ${hash.length > 12 ? `${hash.slice(0, 12)}…` : hash}`),
    ...paste.tests.slice(0, 3).map((test) => `test ${test.slice(test.lastIndexOf('/') + 1)}`),
    ...paste.requests.map(({ form, cut }) => (cut ? `${FORMS[form]}, cut off` : FORMS[form])),
    ...paste.models.slice(0, 3).map((model) => `model ${model}`),
    ...paste.calls.slice(0, 2).map(({ method, url }) => `${method} ${url}`),
    ...paste.cassettes.slice(0, 3).map((path) => `cassette ${path.slice(path.lastIndexOf('/') + 1)}`),
    ...(paste.failedMatchers.length > 0 ? [`failed matchers: ${paste.failedMatchers.join(', ')}`] : []),
  ]
  return [...new Set(words)]
}

/** What a person has to know of the paste to judge the answer, a sentence each. */
export function notesOf({ requests }: Paste): readonly string[] {
  return requests.flatMap(({ cut, form }) => {
    if (cut === undefined) return []
    const what = form === 'python' ? 'The Python value' : 'The JSON'
    return [`${what} breaks off after "${visible(cut.after)}"; the part before it was used.`]
  })
}
