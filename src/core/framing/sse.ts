/**
 * Server-sent events with their places. Spec: https://html.spec.whatwg.org/multipage/server-sent-events.html section
 * 9.2.6, and leniently as clients are: a stream that breaks off before its last blank line still ends in an event (15 of
 * 1,166 real ones), and `data` lines without blank lines between them are events of their own where each is JSON and
 * all of them together are not.
 */
import { type ListWriter, listView } from '../projection/group-view.ts'
import type { View } from '../projection/view.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import type { TextEdit } from '../text/edit.ts'
import { lift, type Region, wholeRegion } from '../text/region.ts'
import { dataOf, dataView, isJson } from './event-data.ts'

interface Line {
  readonly start: number
  readonly end: number
}

export interface SseEvent {
  /** Its first line, comments before it included. */
  readonly start: number
  /** Behind its blank line. */
  readonly end: number
  readonly event: string
  /** Where the values of its `data` lines stand. */
  readonly data: readonly Line[]
}

const FIELD = /^\s?(?:data|event|id|retry)(?::|$)|^:/

/** Whether a text is a stream of events: its first line is a field or a comment, and one of the first is data. */
export function looksLikeSse(text: string): boolean {
  const head = text.slice(0, 16_384).split(/\r\n|\n|\r/)
  const first = head.find((line) => line.trim() !== '')
  return first !== undefined && FIELD.test(first) && head.some((line) => /^\s?data(?::|$)/.test(line))
}

/** Every event that carries data, in order. */
export function readSse(text: string): readonly SseEvent[] {
  const events: SseEvent[] = []
  const ends = /\r\n|\n|\r/g
  let start = text.startsWith('\ufeff') ? 1 : 0
  let first = start
  let event = ''
  let data: Line[] = []
  const finish = (end: number): void => {
    if (data.length > 0) events.push(...separated(text, { start: first, end, event, data }))
    event = ''
    data = []
    first = end
  }
  while (start < text.length) {
    ends.lastIndex = start
    const match = ends.exec(text)
    const end = match?.index ?? text.length
    const next = match ? end + match[0].length : end
    if (end === start) finish(next)
    else {
      const field = /^\s?(data|event)(?:: ?|$)/.exec(text.slice(start, Math.min(end, start + 16)))
      const value = start + (field?.[0].length ?? 0)
      if (field?.[1] === 'data') data.push({ start: Math.min(value, end), end })
      else if (field?.[1] === 'event') event = text.slice(value, end)
    }
    start = next
  }
  finish(text.length)
  return events
}

/** The lines of one block as one event, or as one each where somebody lost the blank lines. */
function separated(text: string, block: SseEvent): readonly SseEvent[] {
  if (block.data.length < 2) return [block]
  const lines = block.data.map(({ start, end }) => text.slice(start, end))
  if (isJson(lines.join('\n')) || !lines.every((line) => line.startsWith('[DONE]') || isJson(line)))
    return [block]
  return block.data.map((line, at) => {
    const start = at === 0 ? block.start : text.lastIndexOf('data', line.start)
    const following = block.data[at + 1]
    const end = following ? text.lastIndexOf('data', following.start) : block.end
    return { start, end, event: block.event, data: [line] }
  })
}

/** An event's data as one text: a line break in it is a line break and `data: ` in the stream. */
function dataRegion(text: string, { data }: SseEvent, eol: string): Region {
  const starts: number[] = []
  let length = 0
  for (const line of data) {
    starts.push(length)
    length += line.end - line.start + 1
  }
  const sourceOf = (offset: number): number => {
    let at = starts.length - 1
    while (at > 0 && (starts[at] ?? 0) > offset) at--
    return (data[at]?.start ?? 0) + offset - (starts[at] ?? 0)
  }
  const whole = data.map(({ start, end }) => text.slice(start, end)).join('\n')
  /** What a value needs in front of it: a reader takes one space away, and `data` may stand alone. */
  const leadOf = ({ offset, length, content }: TextEdit): string => {
    const before = text[sourceOf(offset) - 1]
    const first = content === '' ? whole[offset + length] : content[0]
    if (!starts.includes(offset) || first === undefined || before === ' ') return ''
    if (before !== ':') return ': '
    return first === ' ' ? ' ' : ''
  }
  return lift(wholeRegion(text), {
    text: whole,
    toInner(edit) {
      const offset = sourceOf(edit.offset)
      const end = sourceOf(edit.offset + edit.length)
      const content = leadOf(edit) + edit.content.replace(/\r\n|\n|\r/g, `${eol}data: `)
      return { offset, length: end - offset, content }
    },
  })
}

/** The member by which events of one API are told apart. */
function typeOf(json: string): string {
  const { root, index } = JsonDocument.of(json)
  if (!index.valid || root?.kind !== 'object') return ''
  const type = root.get('type') ?? root.get('event_type') ?? root.get('object')
  return type?.string() ?? [...root.members()].map(({ key }) => key).join()
}

/** A stream as the list of its events' data; events come and go whole. */
export function sseView(text: string): { readonly view: View; readonly events: readonly string[] } {
  const events = readSse(text)
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
  const names = events.map(({ event }) => event)
  const isNameless = names.every((name) => name === '')
  const views = events.map((event) => dataView(dataRegion(text, event, eol)))
  let firsts: Map<string, number> | undefined
  const firstOf = (type: string): number | undefined => {
    firsts ??= new Map(views.map(({ json }, at) => [typeOf(json), at] as const).toReversed())
    return firsts.get(type)
  }
  const writer: ListWriter = {
    insert(position, json): readonly TextEdit[] {
      const type = typeOf(json)
      const near = [position - 1, position].filter((at) => events[at] !== undefined)
      const isLike = (at: number): boolean => typeOf(views[at]?.json ?? '') === type
      const like = near.find(isLike) ?? (isNameless ? undefined : firstOf(type)) ?? near[0]
      const model = like === undefined ? undefined : events[like]
      const modelType = like === undefined ? '' : typeOf(views[like]?.json ?? '')
      // an event that is named after its data stays so
      const name = model?.event === modelType && modelType !== '' ? type : (model?.event ?? '')
      const written = dataOf(json)
      const lines = [
        ...(name === '' ? [] : [`event: ${name}`]),
        ...written.split(/\r\n|\n|\r/).map((line) => `data: ${line}`),
      ]
      const following = events[position]
      const offset = following?.start ?? events.at(-1)?.end ?? text.length
      return [
        { offset, length: 0, content: `${missingEnd(text, offset, eol)}${lines.join(eol)}${eol}${eol}` },
      ]
    },
    // an event without a name can carry anything
    isLike: (before, after) => isNameless || typeOf(before) === typeOf(after),
    remove(position) {
      const event = events[position]
      return event ? [{ offset: event.start, length: event.end - event.start, content: '' }] : []
    },
  }
  return { view: listView(views, writer), events: isNameless ? [] : names }
}

/** The line ends that are missing before something new can begin at `offset`. */
function missingEnd(text: string, offset: number, eol: string): string {
  const before = text.slice(Math.max(0, offset - 4), offset)
  if (before === '' || before === '\ufeff' || /(?:\r\n|\n|\r)(?:\r\n|\n|\r)$/.test(before)) return ''
  return /(?:\r\n|\n|\r)$/.test(before) ? eol : eol + eol
}
