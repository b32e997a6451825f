/** Of one call what a row, a filter and a count need. */
import type { Interaction } from '../cassette/cassette.ts'
import type { ContentPart } from '../cassette/conversation.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { modelInPath } from './endpoint.ts'
import type { Feature } from './entry.ts'
import { hasFailed, isRefused, isStructured } from './outcome.ts'

export function modelOf(
  { request, stream }: Interaction,
  document: JsonDocument | undefined,
): string | undefined {
  if (request.model && request.model.value !== '') return request.model.value
  const named = modelInPath(request.url?.value ?? '')
  if (named !== undefined) return named
  const first = stream.chunkNodes[0]
  if (document === undefined || first === undefined) return undefined
  const node = document.node(first)
  for (const key of ['model', 'modelVersion', 'model_id'] as const) {
    const holders = [node.get('__data__'), node, node.get('message'), node.get('response')]
    const name = holders.map((holder) => holder?.get(key)?.string()).find(Boolean)
    if (name) return name
  }
  return undefined
}

/** Classes and types of what went wrong. */
export function errorTypesOf(
  { response, stream }: Interaction,
  document: JsonDocument | undefined,
): readonly string[] {
  const types = response.exception ? [response.exception.type] : []
  for (const { chunk } of stream.errors) {
    const id = stream.chunkNodes[chunk]
    const type = document && id !== undefined ? errorTypeIn(document.node(id)) : undefined
    if (type !== undefined) types.push(type)
  }
  return types
}

/** APIs say it in `error.type`, `error.status`, `error.code`, `__type` or beside a message. */
function errorTypeIn(chunk: JsonNode): string | undefined {
  const error = chunk.get('error') ?? chunk.path('response', 'error') ?? chunk.path('errors', 0)
  const places =
    error?.kind === 'object'
      ? [error.get('type'), error.get('status'), error.get('code')]
      : [chunk.get('__type'), chunk.get('code'), chunk.get('type')]
  for (const node of places) {
    const said = node?.string()
    if (said && said !== 'error') return said.replace(/^.*#/, '')
  }
  return undefined
}

/** Adds what the call has. */
export function addFeatures(interaction: Interaction, features: Set<Feature>): void {
  const { conversation, response, stream, testId } = interaction
  for (const { role, parts } of conversation.messages) {
    if (/^(?:system|developer)$/i.test(role)) features.add('system')
    for (const part of parts) addPartFeature(part, features)
  }
  for (const { parts } of stream.messages) {
    for (const part of parts) {
      if (part.kind === 'media') features.add(part.media)
      else if (part.kind === 'tool-call') features.add('tool-calls')
      else if (part.kind === 'reasoning') features.add('reasoning')
    }
  }
  if (conversation.tools.length > 0) features.add('tools')
  if (conversation.parameters.some(({ name, value }) => asksForLogprobs(name, value.value)))
    features.add('logprobs')
  if (isRefused(interaction)) features.add('refusal')
  if (isStructured(interaction)) features.add('structured')
  if (response.streaming) features.add('stream')
  if (stream.usage) features.add('usage')
  if (testId) features.add('test')
  if (hasFailed(interaction)) features.add('error')
}

function addPartFeature(part: ContentPart, features: Set<Feature>): void {
  switch (part.kind) {
    case 'image':
    case 'audio':
    case 'file':
    case 'reasoning':
    case 'refusal':
      features.add(part.kind)
      return
    case 'tool-call':
      features.add('tool-calls')
      return
    case 'tool-result':
      features.add('tool-results')
      for (const inner of part.content) addPartFeature(inner, features)
  }
}

function asksForLogprobs(name: string, raw: string): boolean {
  return /^(?:top_?)?logprobs$|^response_?logprobs$/i.test(name) && !/^(?:false|null|0)$/.test(raw)
}

/** The sum of token counts, where any are recorded. */
export function countOf(raw: string | undefined): number | undefined {
  const count = raw === undefined ? Number.NaN : Number(raw)
  return Number.isFinite(count) ? count : undefined
}
