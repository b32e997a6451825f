import { expect } from 'vitest'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { foldPayloads } from './fold-payloads.ts'

/** Writes another text into each track and folds again: it must say that text, and nothing else may change. */
export function editEveryText(
  dialect: Dialect,
  payloads: readonly string[],
  events?: readonly string[],
): number {
  const { document, stream } = foldPayloads(dialect, payloads, events)
  stream.tracks.forEach((track, at) => {
    if (track.pieceNodes.length === 0) return
    // arguments that are JSON themselves stay JSON
    const isText = document.node(track.pieceNodes[track.pieceNodes.length - 1] ?? 0).kind === 'string'
    const wanted = isText ? `${track.text} "é"\n` : '{"changed": [true]}'
    const text = applyEdits(document.text, setTrackText(document, track, wanted))
    const root = JsonDocument.of(text).root
    const again = foldPayloads(
      dialect,
      [...(root?.items() ?? [])].map(({ raw }) => raw),
      events,
    ).stream
    expect(again.tracks.map((other) => other.text)).toEqual(
      stream.tracks.map((other, each) => (each === at ? wanted : other.text)),
    )
  })
  return stream.tracks.length
}

/** No request: what a file without one hands to `sniff`. */
export const NO_REQUEST = { headers: [], extras: [] }

/** The ids of the dialects that are as sure of a payload as none other is. */
export function surest(
  dialects: readonly Dialect[],
  payload: object | undefined,
  body?: object,
  url?: string,
): string {
  const node = (value: object | undefined) => value && JsonDocument.of(JSON.stringify(value)).root
  const request = url === undefined ? NO_REQUEST : { ...NO_REQUEST, url: { value: url, at: [] } }
  const sniffs = dialects.map((dialect) => ({
    id: dialect.id,
    ...dialect.sniff(request, node(body), node(payload)),
  }))
  const most = Math.max(...sniffs.map(({ confidence }) => confidence))
  return sniffs
    .filter(({ confidence }) => confidence === most)
    .map(({ id }) => id)
    .join(' ')
}
