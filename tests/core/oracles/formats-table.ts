/** The README's table of formats and dialects, made of what real recordings opened as. */
import { CONTAINERS } from '../../../src/core/containers/index.ts'

export interface Opening {
  /** Id of the format. */
  readonly container: string
  /** Ids of the dialects of its calls. */
  readonly dialects: ReadonlySet<string>
}

const FAMILIES: readonly (readonly [name: string, dialects: RegExp])[] = [
  ['chat', /^(?:openai-chat|writer)$/],
  ['Responses', /^openai-responses$/],
  ['completions', /^openai-completions$/],
  ['embeddings', /^embeddings$/],
  ['realtime', /^(?:openai-realtime|gemini-live)$/],
  ['Anthropic', /^anthropic-/],
  ['Gemini', /^gemini$/],
  ['Interactions', /^gemini-interactions$/],
  ['Converse', /^bedrock-converse$/],
  ['InvokeModel', /^bedrock-invoke-/],
  ['Ollama', /^ollama-/],
  ['Cohere', /^cohere-/],
]

const OTHER = 'other'

/** The families of a recording; calls that are no LLM's count only where there are no others. */
function familiesOf({ dialects }: Opening): ReadonlySet<string> {
  const known = [...dialects].filter((id) => id !== 'unknown')
  const named = known.map((id) => FAMILIES.find(([, dialect]) => dialect.test(id))?.[0] ?? OTHER)
  return new Set(named.length > 0 ? named : [OTHER])
}

export function tableOf(openings: readonly Opening[]): string {
  const columns = [...FAMILIES.map(([name]) => name), OTHER]
  const counted = openings.map((opening) => ({ ...opening, families: familiesOf(opening) }))
  const rows = CONTAINERS.flatMap(({ id, label }) => {
    const own = counted.filter(({ container }) => container === id)
    if (own.length === 0) return []
    const cells = columns.map((column) => own.filter(({ families }) => families.has(column)).length || '')
    return [`| ${[label, ...cells, own.length].join(' | ')} |`]
  })
  const without = CONTAINERS.filter(({ id }) => counted.every(({ container }) => container !== id))
  return [
    `| | ${columns.join(' | ')} | files |`,
    `|---|${columns.map(() => '--:|').join('')}--:|`,
    ...rows,
    '',
    `${counted.length} recordings of ${rows.length} formats. No real recording was to be had of: ${without
      .map(({ label }) => label)
      .join(', ')}; these are tested with files made by hand.`,
  ].join('\n')
}
