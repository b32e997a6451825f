import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSse, sseView } from '../../../src/core/framing/sse.ts'
import type { View } from '../../../src/core/projection/view.ts'
import { invertEdits } from '../../../src/core/text/edit.ts'
import {
  becoming,
  editsOf,
  held,
  hold,
  listChange,
  nodeIn,
  payload,
  type Read,
  replaced,
} from '../projection/holding.ts'

const read: Read = (text) => (text.trim() === '' || text === '\ufeff' ? EMPTY : sseView(text).view)
/** What is left of a stream without events. */
const EMPTY: View = { json: '[]', put: () => [], span: () => undefined }

const streamEvent = fc.record({
  data: fc.oneof(
    { weight: 5, arbitrary: payload.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: payload.map((value) => JSON.stringify(value, null, 1)) },
    { weight: 1, arbitrary: fc.constantFrom('[DONE]', 'two\nlines', 'word') },
  ),
  name: fc.option(fc.constantFrom('delta', 'stop', 'other'), { nil: undefined }),
  id: fc.option(fc.constantFrom('1', 'x y'), { nil: undefined }),
  comment: fc.option(fc.constantFrom(': ping', ':'), { nil: undefined }),
  space: fc.constantFrom(' ', ' ', ''),
  idLast: fc.boolean(),
})
type StreamEvent = typeof streamEvent extends fc.Arbitrary<infer T> ? T : never

function write(events: readonly StreamEvent[], eol: string, ends: boolean, bom: boolean): string {
  const blocks = events.map(({ data, name, id, comment, space, idLast }) =>
    [
      ...(comment === undefined ? [] : [comment]),
      ...(name === undefined ? [] : [`event: ${name}`]),
      ...(id === undefined || idLast ? [] : [`id: ${id}`]),
      ...data.split('\n').map((line) => `data:${space}${line}`),
      ...(id === undefined || !idLast ? [] : [`id: ${id}`]),
    ].join(eol),
  )
  return (bom ? '\ufeff' : '') + blocks.join(eol + eol) + (ends ? eol + eol : '')
}

const stream = fc
  .tuple(
    fc.array(streamEvent, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([events, eol, ends, bom]) => write(events, eol, ends, bom))

/** What a client gets; with the blank line that a stream which breaks off lacks. */
function dispatched(text: string): readonly { readonly event: string; readonly data: string }[] {
  const found: { event: string; data: string }[] = []
  const parser = createParser({ onEvent: ({ event, data }) => found.push({ event: event ?? '', data }) })
  parser.feed(`${text.replace(/^\ufeff/, '')}\n\n\n`)
  return found
}

function shown(text: string): readonly { readonly event: string; readonly data: string }[] {
  return readSse(text).map(({ event, data }) => ({
    event,
    data: data.map(({ start, end }) => text.slice(start, end)).join('\n'),
  }))
}

describe('a stream of server-sent events', () => {
  it('is read as clients read it', () => {
    fc.assert(
      fc.property(stream, (text) => {
        expect(shown(text)).toEqual(dispatched(text))
      }),
      { numRuns: 500 },
    )
  })

  it('holds every change of its list, and clients see it', () => {
    fc.assert(
      fc.property(stream, listChange, (text, change) => {
        const after = hold(read, text, editsOf(sseView(text).view.json, change))
        if (after !== undefined && after.trim() !== '') expect(shown(after)).toEqual(dispatched(after))
      }),
      { numRuns: 1500 },
    )
  })

  it('holds insertions, removals and copies without a refusal', () => {
    fc.assert(
      fc.property(stream, listChange, (text, change) => {
        if (change.kind === 'insert' || change.kind === 'duplicate' || change.kind === 'remove')
          held(read, text, editsOf(sseView(text).view.json, change))
      }),
      { numRuns: 500 },
    )
  })

  it('holds several changes at once', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(payload, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (text, values, seed) => {
          const { json } = sseView(text).view
          const count = nodeIn(json, '').itemIds().length
          const chosen = values.map((value, at) => [(seed + at * 3) % count, value] as const)
          hold(
            read,
            text,
            [...new Map(chosen)].map(([at, value]) => replaced(json, `/${at}`, value)),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('holds any list that is typed in its place', () => {
    fc.assert(
      fc.property(stream, fc.array(payload, { maxLength: 5 }), (text, values) => {
        const { json } = sseView(text).view
        const wanted = `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`
        hold(read, text, becoming(json, wanted))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every byte outside the event that is edited', () => {
    fc.assert(
      fc.property(stream, fc.nat(), payload, (text, position, value) => {
        const { view } = sseView(text)
        const events = readSse(text)
        const at = position % events.length
        const after = hold(read, text, [replaced(view.json, `/${at}`, value)])
        const event = events[at]
        if (after === undefined || event === undefined || events.some(({ event: name }) => name !== ''))
          return
        const from = event.data[0]?.start ?? 0
        const to = event.data.at(-1)?.end ?? 0
        expect(after.startsWith(text.slice(0, from))).toBe(true)
        expect(after.endsWith(text.slice(to))).toBe(true)
      }),
    )
  })

  it('comes back by the inverse of an edit of its JSON', () => {
    const text = 'event: a\ndata: {"type":"a","t":"x"}\n\ndata: [DONE]\n\n'
    const { json, put } = sseView(text).view
    const edits = [replaced(json, '/0/t', 'é\n')]
    const after = held(read, text, edits)
    const back = sseView(after).view.put(invertEdits(json, edits))
    expect(put([])).toEqual([])
    expect(hold(read, after, invertEdits(json, edits))).toBe(text)
    expect(back.length).toBe(1)
  })

  it('tells a text from JSON that spells the same', () => {
    for (const text of ['data: {"a":1}\n\ndata: [DONE]\n\n', 'data:{"a":1}\r\n\r\ndata:[DONE]\r\n\r\n']) {
      const { json } = sseView(text).view
      for (const value of ['5', '{"b":2}', 'null', '"q"', ' x', 'x ', '', ' ', 'a\nb', '[DONE]']) {
        hold(read, text, [replaced(json, '/1', value)])
        hold(read, text, [replaced(json, '/0', value)])
        hold(read, text, editsOf(json, { kind: 'insert', at: 1, value }))
        hold(read, text, editsOf(json, { kind: 'insert', at: 2, value }))
      }
    }
  })

  it('gives the place of its end to an error', () => {
    const text = 'data: {"a":1}\n\ndata: [DONE]\n\n'
    const { json } = sseView(text).view
    const after = held(read, text, [replaced(json, '/1', { error: { message: 'x' } })])
    expect(after).toBe('data: {"a":1}\n\ndata: {"error":{"message":"x"}}\n\n')
  })

  it('may have lost its blank lines', () => {
    const text = 'data: {"a":1}\ndata: {"a":2}\ndata: {"a":3}\ndata: [DONE]\n'
    const { json } = sseView(text).view
    expect(JSON.parse(json)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, '[DONE]'])
    for (let at = 0; at < 4; at++) {
      held(read, text, editsOf(json, { kind: 'remove', at, to: 0 }))
      held(read, text, editsOf(json, { kind: 'duplicate', at, to: 0 }))
      held(read, text, editsOf(json, { kind: 'insert', at, value: { a: 9 } }))
      hold(read, text, editsOf(json, { kind: 'replace', at, value: { a: 9 } }))
    }
    held(read, text, editsOf(json, { kind: 'insert', at: 4, value: { a: 9 } }))
  })

  it('may have data lines without a value', () => {
    for (const text of ['data\n\ndata: {"a":1}\n\n', 'data:\n\ndata: {"a":1}\n\n']) {
      const { json } = sseView(text).view
      expect(JSON.parse(json)).toEqual(['', { a: 1 }])
      const after = hold(read, text, [replaced(json, '/0', 'word')])
      if (after !== undefined) expect(dispatched(after)[0]?.data).toBe('word')
    }
  })

  it('names a new event after its data where its neighbours are named so', () => {
    const text = 'event: start\ndata: {"type":"start"}\n\nevent: stop\ndata: {"type":"stop"}\n\n'
    const { json } = sseView(text).view
    const after = held(
      read,
      text,
      editsOf(json, { kind: 'insert', at: 2, value: { type: 'error', error: {} } }),
    )
    expect(dispatched(after).map(({ event }) => event)).toEqual(['start', 'stop', 'error'])
    const instead = held(read, text, [replaced(json, '/1', { type: 'error', error: {} })])
    expect(dispatched(instead).map(({ event }) => event)).toEqual(['start', 'error'])
  })
})

describe('a long stream', () => {
  it('of 100,000 events is read, and many of its events are edited at once', () => {
    const count = 100_000
    const text = `${Array.from({ length: count }, (_, at) => `data: {"i":${at}}`).join('\n\n')}\n\n`
    const { view } = sseView(text)
    const list = nodeIn(view.json, '')
    const edits = [...list.items()].map((item) => ({ offset: item.end - 1, length: 0, content: ',"x":1' }))
    const planned = view.put(edits)
    expect(planned.length).toBe(count)
    // and from the outside, as a list of others
    const wanted = `[\n${Array.from({ length: count }, (_, at) => `{"j":${at}}`).join(',\n')}\n]`
    expect(view.put(becoming(view.json, wanted)).length).toBe(count)
    const copies = [...list.items()].map((item) => ({ offset: item.end, length: 0, content: `,${item.raw}` }))
    expect(view.put(copies).length).toBe(count)
  })
})
