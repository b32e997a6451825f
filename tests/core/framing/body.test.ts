import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BodyHint, unpackText } from '../../../src/core/framing/body.ts'
import { EditError } from '../../../src/core/text/edit.ts'
import {
  editsOf,
  held,
  hold,
  listChange,
  nodeIn,
  payload,
  type Read,
  refused,
  replaced,
} from '../projection/holding.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Ways to pack a text, as recorders do. */
const PACKINGS: readonly (readonly [string, (text: string) => string, BodyHint])[] = [
  ['plain', (text) => text, {}],
  ['bytes', (text) => latin1(Buffer.from(text)), { encoding: 'bytes' }],
  ['base64', (text) => Buffer.from(text).toString('base64'), { encoding: 'base64' }],
  ['hex', (text) => Buffer.from(text).toString('hex'), { encoding: 'hex' }],
  ['gzip in base64', (text) => gzipSync(text).toString('base64'), { encoding: 'base64' }],
  ['gzip in base64, unsaid', (text) => gzipSync(text).toString('base64'), {}],
  ['zlib in bytes', (text) => latin1(deflateSync(text)), { encoding: 'bytes' }],
  ['gzip twice', (text) => latin1(gzipSync(gzipSync(text))), { encoding: 'bytes' }],
  [
    'gzip in pieces of hex',
    (text) =>
      JSON.stringify(
        (
          gzipSync(text)
            .toString('hex')
            .match(/.{1,40}/g) ?? []
        ).map(String),
      ),
    { encoding: 'hex' },
  ],
]

const events = fc
  .array(
    payload.map((value) => `data: ${JSON.stringify(value)}\n\n`),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) => all.join(''))

describe('a packed body', () => {
  for (const [name, pack, hint] of PACKINGS) {
    const read: Read = (text) => unpackText(text, hint).view

    it(`${name}: holds every change of its chunks`, () => {
      fc.assert(
        fc.property(events, listChange, (text, change) => {
          const stored = pack(text)
          const { view, info } = unpackText(stored, hint)
          expect(info.framing).toBe('sse')
          if (change.kind !== 'remove') hold(read, stored, editsOf(view.json, change))
        }),
        { numRuns: 100 },
      )
    })

    it(`${name}: gives its place to an error, and is refused what it cannot hold`, () => {
      const error = { error: { message: 'Grüße 世界' } }
      for (const text of [
        'data: {"a":1}\n\ndata: {"a":2}\n\n',
        '{"a":1}\n{"a":2}\n',
        ' {"a": 1}\n',
        'some words',
      ]) {
        const stored = pack(text)
        const { json } = unpackText(stored, hint).view
        if (name.endsWith('unsaid') && json.startsWith('"H4')) continue
        held(read, stored, [replaced(json, '', error)])
        for (const scalar of [5, true, null]) refused(read, stored, [replaced(json, '', scalar)])
        refused(read, stored, [{ offset: 0, length: json.length, content: '' }])
        refused(read, stored, [{ offset: 0, length: json.length, content: '{"a"' }])
      }
    })
  }

  it('is never a reason to throw, whatever stands in it', () => {
    const hints = PACKINGS.map(([, , hint]) => hint)
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map(latin1),
      fc
        .tuple(
          fc.constantFrom('\x1f\x8b\x08', '\x78\x9c', '\x28\xb5\x2f\xfd', 'H4sI', '["', 'data: '),
          fc.uint8Array().map(latin1),
        )
        .map(([head, tail]) => head + tail),
    )
    fc.assert(
      fc.property(junk, fc.constantFrom(...hints), (text, hint) => {
        const { view } = unpackText(text, hint)
        expect(view.put([])).toEqual([])
        expect(() => JSON.parse(view.json) as unknown).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })

  it('may be nested deeply', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    for (const text of [deep, `data: ${deep}\n\ndata: 1\n\n`, `{"a":${deep}}\n{"b":1}\n`]) {
      const { view } = unpackText(text)
      expect(view.put([])).toEqual([])
      const at = view.json.indexOf('[]') + 1
      expect(view.put([{ offset: at, length: 0, content: '7' }]).length).toBe(1)
      expect(() => view.put([{ offset: at, length: 1, content: '' }])).toThrow(EditError)
    }
  })

  it('of many events, not in ASCII, takes an edit of each', () => {
    const count = 20_000
    const text = Array.from({ length: count }, (_, at) => `data: {"text":"é世 ${at}"}\n\n`).join('')
    const { view } = unpackText(latin1(Buffer.from(text)), { encoding: 'bytes' })
    const edits = [...nodeIn(view.json, '').items()].map((item) => ({
      offset: item.end - 2,
      length: 0,
      content: 'é',
    }))
    expect(view.put(edits).length).toBe(count)
  })
})
