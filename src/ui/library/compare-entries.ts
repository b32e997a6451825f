import { decodeFile } from '../../core/file-text.ts'
import type { Library } from '../../workspace/library.ts'
import type { Stores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'

/** Shows what differs between two recordings of the library. */
export async function compareEntries(
  { overlay }: Stores,
  library: Library,
  before: string,
  after: string,
): Promise<void> {
  const [one, other] = await Promise.all([textOf(library, before), textOf(library, after)])
  const problem = 'problem' in one ? one.problem : 'problem' in other ? other.problem : undefined
  if (problem !== undefined) notify(problem, 'error')
  else if ('text' in one && 'text' in other) {
    overlay.set({
      kind: 'compare',
      sources: [
        { name: before, text: one.text },
        { name: after, text: other.text },
      ],
    })
  }
}

async function textOf(
  library: Library,
  path: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const bytes = await library.asks.read(path)
  if ('problem' in bytes) return { problem: `${path}: ${bytes.problem}` }
  const decoded = decodeFile(bytes)
  return 'problem' in decoded ? { problem: `${path}: ${decoded.problem.message}` } : { text: decoded.text }
}
