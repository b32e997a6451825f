/**
 * Gemini Interactions: /v1beta/interactions, streamed and whole.
 *
 * Spec: https://ai.google.dev/api/interactions-api. Spoken by AI Studio and Vertex AI.
 * Supported: both generations of event names (`interaction.start`, `content.*`, `interaction.complete` of early 2026;
 * `interaction.created`, `step.*`, `interaction.completed` since) and both forms of whole answers (`outputs`, `steps`):
 * text, thought summaries, signatures, function calls (pieces and whole), media, server tools, annotations, usage,
 * status, errors.
 * Lost: nothing; what is not read here is said as `unknown`.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { readInteractionItem } from './gemini-interactions-items.ts'
import { readInteractionRequest } from './gemini-interactions-request.ts'
import { sayNote } from './members.ts'
import { filled, given, type Say, sayError } from './saying.ts'

/** Statuses on the way; all others end the answer, at least for now (`requires_action`). */
const UNDERWAY = ['in_progress', 'queued']

function sayUsage(usage: JsonNode | undefined, say: Say): void {
  if (usage === undefined || usage.memberCount === 0) return
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('total_input_tokens'),
      outputTokens: usage.get('total_output_tokens'),
      totalTokens: usage.get('total_tokens'),
      cachedInputTokens: usage.get('total_cached_tokens'),
      reasoningTokens: usage.get('total_thought_tokens'),
    },
  })
}

function sayStatus(holder: JsonNode, say: Say): void {
  const status = holder.get('status')
  if (status?.string() && !UNDERWAY.includes(status.string() ?? '')) {
    say({ kind: 'stop', choice: 0, reason: status })
  }
}

/** What a whole interaction says beside its items; a stream says it at the start and at the end. */
function readFrame(interaction: JsonNode, say: Say): void {
  const role = interaction.get('role')
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  for (const error of interaction.get('errors')?.items() ?? []) sayError(error, say)
  sayUsage(given(interaction.get('usage')), say)
  sayStatus(interaction, say)
}

function readWhole(interaction: JsonNode, say: Say): void {
  const items = given(interaction.get('outputs')) ?? given(interaction.get('steps'))
  let index = 0
  for (const item of items?.items() ?? []) readInteractionItem(item, index++, say)
  readFrame(interaction, say)
}

function readEvent(type: string, event: JsonNode, say: Say): void {
  const index = event.get('index')?.number() ?? 0
  switch (type) {
    case 'interaction.created':
    case 'interaction.start':
    case 'interaction.completed':
    case 'interaction.complete': {
      const interaction = event.get('interaction')
      if (interaction === undefined) return
      readFrame(interaction, say)
      // a repetition of what was streamed
      sayNote('whole answer', interaction.get('steps') ?? interaction.get('outputs'), say)
      return
    }
    case 'interaction.status_update':
      sayUsage(given(event.get('usage')), say)
      sayStatus(event, say)
      return
    case 'step.start':
    case 'content.start': {
      const item = event.get('step') ?? event.get('content')
      if (item !== undefined) readInteractionItem(item, index, say)
      return
    }
    case 'step.delta':
    case 'content.delta': {
      const delta = event.get('delta')
      if (delta !== undefined) readInteractionItem(delta, index, say)
      sayUsage(given(event.path('metadata', 'total_usage')) ?? given(event.path('metadata', 'usage')), say)
      return
    }
    case 'step.stop':
    case 'content.stop':
      sayUsage(given(event.get('usage')), say)
      return
    case 'error':
      sayError(event.get('error') ?? event, say)
      return
    default:
      say({ kind: 'unknown', why: type, json: event })
  }
}

export const geminiInteractions: Dialect = {
  id: 'gemini-interactions',
  label: 'Gemini Interactions',
  spec: 'https://ai.google.dev/api/interactions-api',

  sniff(request, body, first, event) {
    const type = first?.get('event_type')?.string() ?? event ?? ''
    if (/^(?:interaction|step|content)\.[a-z_]+$/.test(type) && first?.get('event_type') !== undefined) {
      return { confidence: 1, because: `the events say event_type "${type}"` }
    }
    if (first?.get('object')?.string() === 'interaction') {
      return { confidence: 1, because: 'the answer says object "interaction"' }
    }
    const path = request.url?.value.split(/[?#]/)[0] ?? ''
    if (path.endsWith('/interactions') && body?.get('input') !== undefined) {
      return { confidence: 0.9, because: 'the URL ends in /interactions and the body has input' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readInteractionRequest,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    const type = chunk.get('event_type')?.string()
    if (type !== undefined) readEvent(type, chunk, say)
    else if (filled(chunk.get('error')) !== undefined) sayError(chunk.get('error') ?? chunk, say)
    else if (chunk.get('status') !== undefined) readWhole(chunk, say)
    else say({ kind: 'unknown', why: 'no event_type', json: chunk })
  },
}
