import { expect, it } from 'vitest'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { readYaml } from '../../../src/core/yaml/yaml-source.ts'

/** Adds a member behind all others. */
function withMember(text: string): string {
  const source = readYaml(text)
  if ('problem' in source) throw new Error(source.problem.message)
  const view = source.view(new Map())
  const edits = view.put([{ offset: view.json.lastIndexOf('}'), length: 0, content: ', "new": 1' }])
  return applyEdits(text, edits)
}

it('a block at the end of a file without a line break keeps its value when something comes behind it', () => {
  expect(withMember('a:\n  a: |\n    line\n    line')).toBe('a:\n  a: |-\n    line\n    line\nnew: 1')
  expect(withMember('a: |2+\n  x')).toBe('a: |2-\n  x\nnew: 1')
  expect(withMember('a:\n- >\n x')).toBe('a:\n- >-\n x\nnew: 1')
  // these say so already, or end with their break
  expect(withMember('a: |-\n  x')).toBe('a: |-\n  x\nnew: 1')
  expect(withMember('a: |\n  x\n')).toBe('a: |\n  x\nnew: 1\n')
})
