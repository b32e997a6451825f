import { expect, it } from 'vitest'
import { doubts } from '../../../src/core/compare/doubts.ts'
import { readCassette, viewOf } from '../../../src/core/open.ts'
import { setJson, setString } from '../../../src/core/syntax/resolve.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { side } from './sides.ts'

const BODY =
  '{"choices":[{"index":0,"message":{"role":"assistant","content":"Grüße"},"finish_reason":"stop"}]}'
const LENGTH = Buffer.byteLength(BODY)

function recording(body: string, length: number): string {
  const request = `    body: '{"model":"m","messages":[]}'\n    headers: {}\n    method: POST\n    uri: https://api.example/v1/chat/completions\n`
  const response = `    body:\n      string: '${body}'\n    headers:\n      content-length:\n      - '${length}'\n    status:\n      code: 200\n      message: OK\n`
  return `interactions:\n- request:\n${request}  response:\n${response}version: 1\n`
}

it('a content-length that was right and is wrong after an edit is doubted, with the number that would be right', () => {
  const before = recording(BODY, LENGTH)
  const after = recording(BODY.replace('Grüße', 'Grüße!!'), LENGTH)
  const [found] = doubts(side(before), side(after)).filter(({ sentence }) =>
    sentence.includes('content-length'),
  )
  expect(found?.sentence).toContain(`${LENGTH}`)
  expect(found?.sentence).toContain(`${LENGTH + 2} bytes`)
  expect(found?.remedy?.content).toBe(String(LENGTH + 2))
  // as a step it makes the doubt go
  const { document } = side(after)
  const node = found?.at?.[0]?.in === 'json' ? document.find(found.at[0].pointer) : undefined
  const edits = (node?.kind === 'string' ? setString : setJson)(
    document,
    found?.at ?? [],
    found?.remedy?.content ?? '',
  )
  const fixed = applyEdits(after, viewOf(after)?.put(edits) ?? [])
  expect(fixed).toBe(after.replace(`- '${LENGTH}'`, `- '${LENGTH + 2}'`))
  expect(doubts(side(before), side(fixed)).some(({ sentence }) => sentence.includes('content-length'))).toBe(
    false,
  )
  expect(readCassette(fixed).sound).toBe(true)
})

it('one that never was right is left alone', () => {
  const before = recording(BODY, 7)
  const after = recording(BODY.replace('Grüße', 'Hallo'), 7)
  expect(doubts(side(before), side(after)).some(({ sentence }) => sentence.includes('content-length'))).toBe(
    false,
  )
})
