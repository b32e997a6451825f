import { EventStreamCodec } from '@smithy/core/event-streams'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventStreamView } from '../../../src/core/framing/aws-event-stream.ts'
import { unpackText } from '../../../src/core/framing/body.ts'
import type { View } from '../../../src/core/projection/view.ts'
import {
  editsOf,
  held,
  hold,
  listChange,
  nodeIn,
  payload,
  type Read,
  replaced,
} from '../projection/holding.ts'

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text)),
)
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

function frame(type: string, body: string | Uint8Array, more: object = {}): string {
  return latin1(
    codec.encode({
      headers: {
        ':event-type': { type: 'string', value: type },
        ':message-type': { type: 'string', value: 'event' },
        ...more,
      },
      body: typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body,
    }),
  )
}

function invoke(json: string): string {
  return frame('chunk', JSON.stringify({ bytes: Buffer.from(json).toString('base64'), p: 'abcd' }))
}

/** The payloads by AWS's own codec, which refuses wrong checksums. */
function decoded(bytes: string): readonly string[] {
  const all = bytesOf(bytes)
  const found: string[] = []
  for (let at = 0; at < all.length; ) {
    const length = new DataView(all.buffer, all.byteOffset + at).getUint32(0)
    const { body } = codec.decode(all.subarray(at, at + length))
    const text = Buffer.from(body).toString('utf8')
    const inner = /^\{"bytes":"([^"]*)"/.exec(text)?.[1]
    found.push(inner === undefined ? text : Buffer.from(inner, 'base64').toString('utf8'))
    at += length
  }
  return found
}

const EMPTY: View = { json: '[]', put: () => [], span: () => undefined }
const read: Read = (text) => (text === '' ? EMPTY : eventStreamView(text).view)

const frames = fc
  .tuple(
    fc.array(
      payload.map((value) => JSON.stringify(value)),
      { minLength: 1, maxLength: 5 },
    ),
    fc.boolean(),
  )
  .map(([payloads, isInvoke]) =>
    payloads.map((json) => (isInvoke ? invoke(json) : frame('delta', json))).join(''),
  )

describe('an AWS event stream', () => {
  it('holds every change, with lengths and checksums that AWS accepts', () => {
    fc.assert(
      fc.property(frames, listChange, (text, change) => {
        const after = hold(read, text, editsOf(eventStreamView(text).view.json, change))
        if (after === undefined) return
        const list = [...nodeIn(read(after)?.json ?? '', '').items()]
        const values = decoded(after).map((json) => JSON.parse(json) as unknown)
        expect(list.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual(values)
        expect(eventStreamView(after).diagnostics).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('leaves every other frame to the byte', () => {
    fc.assert(
      fc.property(frames, fc.nat(), (text, seed) => {
        const { json } = eventStreamView(text).view
        const count = nodeIn(json, '').itemIds().length
        const at = seed % count
        if (nodeIn(json, `/${at}`).kind !== 'object') return
        const after = held(read, text, [replaced(json, `/${at}/text`, 'é😀')])
        const cut = (bytes: string): string[] => {
          const pieces: string[] = []
          for (let start = 0; start < bytes.length; ) {
            const length = Buffer.from(bytes.slice(start, start + 4), 'latin1').readUInt32BE()
            pieces.push(bytes.slice(start, start + length))
            start += length
          }
          return pieces
        }
        expect(cut(after).filter((_, position) => position !== at)).toEqual(
          cut(text).filter((_, position) => position !== at),
        )
      }),
    )
  })

  it('keeps headers of every type', () => {
    const text = frame('delta', '{"a":"x"}', {
      flag: { type: 'boolean', value: true },
      no: { type: 'boolean', value: false },
      byte: { type: 'byte', value: -3 },
      short: { type: 'short', value: 300 },
      integer: { type: 'integer', value: -70000 },
      binary: { type: 'binary', value: new Uint8Array([0, 255]) },
      time: { type: 'timestamp', value: new Date(1700000000000) },
      uuid: { type: 'uuid', value: '01234567-89ab-cdef-0123-456789abcdef' },
    })
    const after = held(read, text, [replaced(eventStreamView(text).view.json, '/0/a', 'y')])
    expect(codec.decode(bytesOf(after)).headers).toEqual(codec.decode(bytesOf(text)).headers)
  })

  it('shows what is damaged as far as it goes', () => {
    const text = frame('a', '{"a":1}') + frame('b', '{"b":2}')
    for (let end = 0; end < text.length; end++) {
      const cut = eventStreamView(text.slice(0, end))
      expect(cut.view.put([])).toEqual([])
      if (end > 0 && !text.slice(0, end).endsWith(frame('a', '{"a":1}')))
        expect(cut.diagnostics.map(({ code }) => code)).toEqual(['truncated-frame'])
    }
    const first = frame('a', '{"a":1}').length
    // lengths that lie, and checksums that are wrong
    for (let at = 0; at < text.length; at++) {
      const flipped = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 0x81) + text.slice(at + 1)
      const stream = eventStreamView(flipped)
      expect(stream.diagnostics.length, `byte ${at}`).toBeGreaterThan(0)
      expect(stream.view.put([])).toEqual([])
      expect(nodeIn(stream.view.json, '').itemIds().length).toBeLessThanOrEqual(2)
    }
    const bad = `${text.slice(0, first - 1)}\0${text.slice(first)}`
    const mended = held(read, bad, [replaced(eventStreamView(bad).view.json, '/0/a', 3)])
    expect(decoded(mended)).toEqual(['{"a":3}', '{"b":2}'])
  })

  it('does not believe a huge length', () => {
    for (const length of [0xffffffff, 0x7fffffff, 0x01000000, 16, 0]) {
      const head = Buffer.alloc(300)
      head.writeUInt32BE(length, 0)
      head.writeUInt32BE(Math.max(0, length - 16), 4)
      const stream = eventStreamView(head.toString('latin1'))
      expect(stream.events).toEqual([])
      expect(stream.diagnostics.length).toBe(1)
    }
  })

  it('becomes an error in UTF-8', () => {
    const text = frame('a', '{"a":1}') + frame('b', '{"b":2}')
    const { view } = unpackText(text, { encoding: 'bytes' })
    const error = { message: 'Grüße 世界' }
    const after = view.put([{ offset: 0, length: view.json.length, content: JSON.stringify(error) }])
    expect(after.length).toBe(1)
    const [edit] = after
    const bytes =
      text.slice(0, edit?.offset) +
      (edit?.content ?? '') +
      text.slice((edit?.offset ?? 0) + (edit?.length ?? 0))
    expect(JSON.parse(Buffer.from(bytes, 'latin1').toString('utf8'))).toEqual(error)
  })

  it('tells a text from JSON that spells the same', () => {
    const text = frame('a', '{"a":1}') + frame('b', 'word') + frame('c', '')
    const { json } = eventStreamView(text).view
    expect(JSON.parse(json)).toEqual([{ a: 1 }, 'word', ''])
    for (const value of ['5', '{"b":2}', ' x ', 'é', '', 7, { z: 1 }]) {
      for (const at of [0, 1, 2]) hold(read, text, [replaced(json, `/${at}`, value)])
      hold(read, text, editsOf(json, { kind: 'insert', at: 3, value }))
    }
  })

  it('shows bytes without changing them', () => {
    const text = frame('audio', new Uint8Array([0xff, 0xfe, 0x00]))
    const { view } = eventStreamView(text)
    expect(view.json).toContain(Buffer.from([0xff, 0xfe, 0]).toString('base64'))
    expect(hold(read, text, [replaced(view.json, '/0', 'x')])).toBeUndefined()
    expect(decoded(held(read, text, [])).length).toBe(1)
  })

  it('of 20,000 events takes as many at once', () => {
    const one = frame('delta', '{"text":"a"}')
    const { view } = eventStreamView(one.repeat(20_000))
    const list = nodeIn(view.json, '')
    const copies = [...list.items()].map((item) => ({ offset: item.end, length: 0, content: `,${item.raw}` }))
    expect(view.put(copies).length).toBe(20_000)
  })
})
