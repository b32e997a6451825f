import { describe, expect, it } from 'vitest'
import { parseGitDiff } from '../../../src/core/review/git-diff.ts'
import { judgeLines } from '../../../src/core/review/judge-lines.ts'

/** A hunk in the middle of a file; the label is what a person says of these lines. */
function judge(body: string) {
  const lines = body.replace(/^\n/, '').split('\n')
  const old = lines.filter((line) => !line.startsWith('+')).length
  const now = lines.filter((line) => !line.startsWith('-')).length
  const { files, problems } = parseGitDiff(
    `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -50,${old} +50,${now} @@\n${body.replace(/^\n/, '')}\n`,
  )
  expect(problems).toEqual([])
  return judgeLines(files)
}

const CASES: readonly (readonly [label: string, kind: string, body: string])[] = [
  [
    'an id',
    'noise',
    '\n       "data": {\n-        "id": "rec-1",\n+        "id": "rec-2",\n         "choices": [',
  ],
  [
    'a time and a fingerprint',
    'noise',
    '\n-        "created": 1,\n-        "system_fingerprint": "fp_1",\n+        "created": 2,\n+        "system_fingerprint": "fp_2",',
  ],
  ['padding', 'noise', '\n-          "obfuscation": "ab"\n+          "obfuscation": "xyz1"'],
  [
    'usage',
    'noise',
    '\n         "usage": {\n-          "completion_tokens": 1,\n+          "completion_tokens": 4,',
  ],
  ['headers', 'noise', '\n       headers:\n       Date:\n-      - Mon, 1\n       cf-ray: x\n+      - Mon, 1'],
  ['a header of YAML', 'noise', '\n-      x-request-id: abc\n+      x-request-id: def'],
  [
    'a word of the answer',
    'wording',
    '\n     "response": {\n-      "content": "The capital is Paris",\n+      "content": "The capital is Rome",',
  ],
  ['words and an id', 'wording', '\n-      "id": "a", "content": "x"\n+      "id": "b", "content": "y"'],
  [
    'an answer cut into other pieces',
    'noise',
    '\n-      "content": "Hel"\n-      "content": "lo"\n+      "content": "Hello"',
  ],
  [
    'arguments',
    'behaviour',
    '\n-          "arguments": "{\\"city\\": \\"Paris\\"}"\n+          "arguments": "{\\"city\\": \\"Rome\\"}"',
  ],
  [
    'arguments cut into other pieces',
    'noise',
    '\n-          "arguments": "{\\"a\\""\n-          "arguments": ": 1}"\n+          "arguments": "{\\"a\\": 1}"',
  ],
  ['a finish reason', 'behaviour', '\n-      "finish_reason": "stop",\n+      "finish_reason": "length",'],
  ['a status in YAML', 'behaviour', '\n   response:\n     status:\n-      code: 200\n+      code: 429'],
  ['a refusal', 'behaviour', '\n-      "refusal": null,\n+      "refusal": "I cannot",'],
  ['a refusal that comes empty', 'noise', '\n+      "refusal": null,'],
  [
    'a tool call that is gone',
    'behaviour',
    '\n-      "tool_calls": [\n-        {\n-          "id": "c",\n-          "function": {\n-            "name": "get",\n-            "arguments": "{}"\n-          }\n-        }\n-      ],\n+      "tool_calls": null,',
  ],
  [
    'what was asked',
    'request',
    '\n   "request": {\n     "body": {\n       "messages": [\n         {\n-          "content": "Hi"\n+          "content": "Hello"',
  ],
  ['a temperature', 'request', '\n-      "temperature": 0.0,\n+      "temperature": 1,'],
  [
    'the request of YAML',
    'request',
    '\n- - request:\n       method: POST\n-      body: a\n+      body: b'.replace(
      '- - request',
      ' - request',
    ),
  ],
  [
    'a stream inside of a string',
    'wording',
    '\n-      string: "data: {\\"id\\":\\"a\\",\\"delta\\":{\\"content\\":\\"x\\"}}"\n+      string: "data: {\\"id\\":\\"b\\",\\"delta\\":{\\"content\\":\\"y\\"}}"',
  ],
  [
    'ids inside of a string',
    'noise',
    '\n-      string: "data: {\\"id\\":\\"a\\",\\"created\\":1}"\n+      string: "data: {\\"id\\":\\"b\\",\\"created\\":2}"',
  ],
  [
    'a field that nobody knows',
    'behaviour',
    '\n     "response": {\n-      "flavour": 1\n+      "flavour": 2',
  ],
  ['lines without names', 'wording', '\n-    lorem ipsum\n+    dolor sit'],
  ['brackets and spaces', 'noise', '\n-      {\n-      "a": 1}\n+        {\n+        "a": 1\n+        }'],
]

describe('changed lines alone', () => {
  for (const [label, kind, body] of CASES) {
    it(`${label}: ${kind}`, () => expect(judge(body).kind).toBe(kind))
  }

  it('say what changed, the worst first, and what they do not show', () => {
    const verdict = judge(
      '\n-      "finish_reason": "stop",\n-      "content": "a"\n+      "finish_reason": "length",\n+      "content": "b"\n-  "temperature": 1\n+  "temperature": 2',
    )
    expect(verdict).toMatchObject({ kind: 'behaviour', requestChanged: true })
    expect(verdict.sentence).toMatch(/^Behaviour: "finish_reason" changed: "stop" → "length"/)
    expect(verdict.reasons).toHaveLength(3)
    expect(verdict.reasons[0]).toContain('the lines do not show it')
  })
})
