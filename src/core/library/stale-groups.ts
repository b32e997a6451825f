import type { NameVerdict, StaleName } from './health.ts'

/** Files whose names are wrong for the same reason. */
export interface StaleGroup {
  readonly key: string
  /** Which recorder gave the names, and until when: "Llama Stack recorder until late 2025: no decimals rounded". */
  readonly title: string
  /** A sentence that holds for all of them. */
  readonly because: string
  readonly names: readonly StaleName[]
}

const RECORDER = 'Llama Stack recorder'

/** By the rule's id. */
const RULES: ReadonlyMap<string, string> = new Map([
  ['partial-file-search', `${RECORDER} of spring 2026: file search results hashed in part`],
  ['before-file-search', `${RECORDER} until 2026-04-09: file search results hashed`],
  ['before-project-id', `${RECORDER} until March 2026: "project_id" hashed`],
  ['before-bedrock', `${RECORDER} until early 2026: "stream_options" of Bedrock hashed`],
  ['before-rounding', `${RECORDER} until late 2025: decimals not rounded`],
  ['before-test-id', `${RECORDER} until 2025-10-04: test id not hashed`],
  ['only-file-search', `${RECORDER} of spring 2026: file search results hashed in part, nothing rounded`],
  ['short-name', `${RECORDER} until 2025-10-04: names of 12 digits`],
  ['name-form', 'Named in the form of another kind of recording'],
  ['renamed', 'Edited by the renaming of llama-stack to ogx on 2026-04-24'],
])

const AND_RENAMED = '-renamed'

/** What a verdict on a name is called, in words. */
export function verdictTitle(verdict: NameVerdict): string {
  if (verdict.kind !== 'older-rule') return 'Named after another request'
  const { rule } = verdict
  const known = RULES.get(rule)
  if (known !== undefined) return known
  const older = rule.endsWith(AND_RENAMED) ? RULES.get(rule.slice(0, -AND_RENAMED.length)) : undefined
  return older === undefined
    ? 'An older rule of the recorder'
    : `${older}; then edited by the renaming to ogx`
}

/** Names that are wrong for the same reason together, the biggest group first; inside of it in their order. */
export function staleGroups(stale: readonly StaleName[]): readonly StaleGroup[] {
  const groups = new Map<string, StaleName[]>()
  for (const name of stale) {
    const key = `${verdictTitle(name.verdict)}\n${name.because}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [name])
    else group.push(name)
  }
  return [...groups]
    .map(([key, names]) => {
      const [title = '', because = ''] = key.split('\n')
      return { key, title, because, names }
    })
    .toSorted((a, b) => b.names.length - a.names.length)
}
