/**
 * Recognises what a person is likely to drop that is no recording, so that the answer can be a sentence about their
 * file instead of "unknown format". By content, never by name.
 */
import type { JsonNode } from '../syntax/json-node.ts'

/** What a JSON document that no container claims is; undefined when it is nothing we know. */
export function recogniseJson(root: JsonNode): string | undefined {
  if (root.get('messages')?.kind === 'array') return 'a bare request body without its response'
  if (root.get('lockfileVersion') || root.get('devDependencies')) return 'a package description'
  return undefined
}

const TEXT_FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(?:!doctype|html|\?xml)/i, 'an HTML or XML page'],
  [/^diff --git /, 'a git diff'],
  [
    /^version https:\/\/git-lfs/,
    'a Git LFS pointer: the recording itself was not checked out (run "git lfs pull")',
  ],
]

/** What a text in no syntax known here is; undefined when it is nothing we know. */
export function recogniseText(text: string): string | undefined {
  const head = text.slice(0, 4096)
  return TEXT_FORMATS.find(([pattern]) => pattern.test(head))?.[1]
}
