/**
 * Replicate predictions: the prediction object, and the stream of its output.
 *
 * Spec: https://replicate.com/docs/reference/http, https://replicate.com/docs/topics/predictions/streaming.
 * Supported: SSE events `output` (plain text), `logs`, `error`, `done`; predictions with text, a list of texts or
 * files as output, status once it is final, error, logs, token metrics, the URLs to ask again.
 * Lost: nothing; what repeats the question (input, model, version) and dates say nothing.
 */
import type { MediaKind } from '../cassette/delta.ts'
import { addressOf, given, isBlank, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { readMembers, textMessage } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const FINAL = new Set(['succeeded', 'failed', 'canceled', 'aborted'])
const DATES = ['created_at', 'started_at', 'completed_at', 'source', 'data_removed', 'deadline']
const READ = new Set([
  ...['id', 'model', 'version', 'input', 'output', 'status', 'error', 'logs', 'urls', 'metrics', 'stream'],
  ...DATES,
])

/** By the ending of a URL, or by a data URL's type. */
const MEDIA: readonly (readonly [MediaKind, RegExp])[] = [
  ['image', /^data:image\/|\.(?:png|jpe?g|webp|gif|svg)(?:[?#]|$)/i],
  ['audio', /^data:audio\/|\.(?:wav|mp3|ogg|flac|m4a)(?:[?#]|$)/i],
  ['file', /^(?:https?|data):/i],
]

function note(label: string, json: JsonNode | undefined, say: Say): void {
  if (json !== undefined && !isBlank(json)) say({ kind: 'note', choice: 0, label, json })
}

function readOutput(output: JsonNode, part: number, say: Say): void {
  const value = output.string()
  if (value === undefined) {
    note('output', output, say)
    return
  }
  const isLink = /^(?:https?:\/\/\S+|data:[^,\s]+,\S*)$/.test(value)
  const media = isLink ? MEDIA.find(([, pattern]) => pattern.test(value))?.[0] : undefined
  if (media === undefined) say({ kind: 'text', choice: 0, part: 0, text: output })
  else say({ kind: 'media', choice: 0, part, media, data: output })
}

function readPrediction(prediction: JsonNode, say: Say): void {
  const output = given(prediction.get('output'))
  if (output?.kind === 'array') {
    let part = 0
    for (const item of output.items()) readOutput(item, part++, say)
  } else if (output !== undefined) readOutput(output, 0, say)
  const error = given(prediction.get('error')) ?? (prediction.get('detail') ? prediction : undefined)
  if (error !== undefined) sayError(error, say)
  const status = worded(prediction.get('status'))
  if (status !== undefined && FINAL.has(status.string() ?? ''))
    say({ kind: 'stop', choice: 0, reason: status })
  else note('status', status, say)
  note('logs', prediction.get('logs'), say)
  note('urls', prediction.get('urls'), say)
  readMetrics(prediction.get('metrics'), say)
  if (prediction.get('detail') === undefined) sayRest(prediction, READ, say)
}

function readMetrics(metrics: JsonNode | undefined, say: Say): void {
  const inputTokens = metrics?.get('input_token_count')
  const outputTokens = metrics?.get('output_token_count')
  if (metrics === undefined || (inputTokens === undefined && outputTokens === undefined)) return
  say({ kind: 'usage', usage: metrics, counts: { inputTokens, outputTokens } })
}

export const replicate: Dialect = {
  id: 'replicate',
  label: 'Replicate',
  spec: 'https://replicate.com/docs/reference/http',

  sniff(request, _body, first, event) {
    const { host, path } = addressOf(request)
    const isTheirs = /(?:^|\.)replicate\.(?:com|net|delivery)$/.test(host)
    if (isTheirs && /\/predictions(\/|$)|\/streams\//.test(path)) {
      return { confidence: 0.98, because: `the URL is a prediction's at ${host}` }
    }
    if (first?.get('status') && first.get('input') && first.path('urls', 'get')) {
      return { confidence: 0.95, because: 'the payload is a prediction, with input, status and urls' }
    }
    if (event === 'output' && first !== undefined && first.kind !== 'object') {
      return { confidence: 0.8, because: 'the stream has output events of plain text' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) => {
      if (key !== 'input' || value.kind !== 'object') return undefined
      const input = [...value.effectiveMembers()]
      const asked = (of: string): readonly JsonNode[] =>
        input.flatMap((member) => (member.key === of && member.value.kind === 'string' ? [member.value] : []))
      return {
        opening: asked('system_prompt').map((text) => textMessage('system', text)),
        messages: asked('prompt').map((text) => textMessage('user', text)),
        parameters: input
          .filter((member) => !(/^(?:system_)?prompt$/.test(member.key) && member.value.kind === 'string'))
          .map((member) => ({ name: `input.${member.key}`, value: member.value.locatedRaw() })),
      }
    }),

  readChunk(chunk, say, event) {
    // what comes as plain text can look like JSON: "42" is a token
    if (event === 'output') say({ kind: 'text', choice: 0, part: 0, text: chunk })
    else if (event === 'logs') note('logs', chunk, say)
    else if (event === 'error') sayError(chunk, say)
    else if (event === 'done') {
      const reason = worded(chunk.get('reason'))
      if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
    } else if (chunk.kind === 'object') readPrediction(chunk, say)
    else if (chunk.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text: chunk })
    else say({ kind: 'unknown', why: 'not an object', json: chunk })
  },
}
