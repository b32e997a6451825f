/**
 * Recognises what a person is likely to drop that cannot be opened yet, so that the answer can be a sentence
 * about their file instead of "unknown format". By content, never by name.
 */
import type { JsonNode } from '../syntax/json-node.ts'

/** What a JSON document that no container claims is; undefined when it is nothing we know. */
export function recogniseJson(root: JsonNode): string | undefined {
  if (root.path('log', 'entries')?.kind === 'array') return 'a HAR file (HTTP archive)'
  if (root.get('interactions')?.kind === 'array') return 'a vcr.py cassette in JSON'
  if (root.get('http_interactions')?.kind === 'array') return 'a Ruby VCR or Betamax cassette'
  if (root.path('mappings')?.kind === 'array' || root.get('request')?.get('urlPath'))
    return 'a WireMock mapping'
  const first = root.item(0)
  if (first?.get('scope') && first.get('path')) return 'a nock recording'
  if (root.get('choices')?.kind === 'array') return 'a bare chat completion without its request'
  if (root.get('messages')?.kind === 'array') return 'a bare request body without its response'
  return undefined
}

const TEXT_FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^(?:---\s*\n)?\s*(?:version:.*\n)?interactions:/, 'a YAML cassette (vcr.py or go-vcr)'],
  [/^(?:---\s*\n)?http_interactions:/, 'a Ruby VCR cassette (YAML)'],
  [/^httprr trace v\d/, 'an httprr trace'],
  [/^(?:(?:event|data|id|retry): ?.*\n)+/, 'a raw stream of server-sent events'],
  [/^\s*<(?:!doctype|html|\?xml)/i, 'an HTML or XML page'],
  [/^diff --git /, 'a git diff'],
  [
    /^version https:\/\/git-lfs/,
    'a Git LFS pointer: the recording itself was not checked out (run "git lfs pull")',
  ],
  [/^(?:---\s*\n)?[\w-]+:(?:\s|$)/, 'a YAML document'],
]

/** What a text that is not JSON is; undefined when it looks like (broken) JSON or like nothing we know. */
export function recogniseText(text: string): string | undefined {
  const head = text.slice(0, 4096)
  return TEXT_FORMATS.find(([pattern]) => pattern.test(head))?.[1]
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'a gzip file; unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive; unpack it and drop the folder'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd file; unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x53, 0x51, 0x4c, 0x69], 'an SQLite database'],
  [[0xff, 0xfe], 'UTF-16 text; save it as UTF-8 first'],
  [[0xfe, 0xff], 'UTF-16 text; save it as UTF-8 first'],
]

/** What a file is by its first bytes; undefined when they say nothing. */
export function recogniseBytes(bytes: Uint8Array): string | undefined {
  return MAGIC.find(([magic]) => magic.every((byte, at) => bytes[at] === byte))?.[1]
}
