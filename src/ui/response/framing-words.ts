import type { FramingId } from '../../core/cassette/cassette.ts'

/** How a body is cut into chunks, for a person. */
export const FRAMING_WORDS: Readonly<Record<FramingId, string>> = {
  'object-list': 'a list of chunks',
  sse: 'server-sent events',
  ndjson: 'one JSON value a line',
  'aws-event-stream': 'an AWS event stream',
  whole: 'one whole body',
  text: 'text of no known form',
  none: 'no body',
}
