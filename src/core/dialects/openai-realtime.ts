/**
 * OpenAI Realtime: the events that the server sends over a WebSocket or a data channel.
 *
 * Spec: https://platform.openai.com/docs/api-reference/realtime-server-events (the names of the beta, without
 * "output_", too). Spoken also by Azure and xAI.
 * Supported: audio, transcripts, text, function calls, what was heard of the user, usage, status, errors; each
 * response of a session is a choice of its own. What an event repeats counts once.
 * Lost: nothing; events that only repeat the session or what the client sent say nothing new.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { PerList } from './chunk-siblings.ts'
import type { Dialect } from './dialect.ts'
import { textPart } from './openai-items.ts'
import { readRealtimeRequest } from './openai-realtime-request.ts'
import { type Hear, idOrder, saidOnce } from './said-once.ts'
import { filled, given, pathOf, type Say, sayError, sayUsage } from './saying.ts'

const LEVEL = { piece: 0, text: 1, part: 2, item: 3, response: 4 } as const

/** Events that repeat the session or what the client sent, or tell only that something is going on. */
const SILENT =
  /^(?:session\.\w+|transcription_session\.\w+|conversation\.(?:created|item\.\w+)|input_audio_buffer\.\w+|output_audio_buffer\.\w+|response\.(?:created|output_audio\.done|audio\.done)|rate_limits\.updated|ping|mcp_list_tools\.\w+|response\.mcp_call\.\w+)$/

function responseIdOf(chunk: JsonNode): string | undefined {
  return (chunk.get('response_id') ?? chunk.path('response', 'id'))?.string()
}

const responseOrder = idOrder(responseIdOf)

/** The format of the session's audio is told once, in its own event. */
const audioType = new PerList((chunks) => {
  for (const chunk of chunks) {
    const holders = [chunk.get('session'), chunk.get('response')]
    for (const holder of holders) {
      const format = holder?.path('audio', 'output', 'format') ?? holder?.get('output_audio_format')
      const type = format?.get('type')?.string() ?? format?.string()
      const rate = format?.get('rate')?.raw
      if (type !== undefined) return rate === undefined ? type : `${type};rate=${rate}`
    }
  }
  return undefined
})

interface Place {
  readonly choice: number
  readonly item: number
  readonly content: number
}

function placeOf(chunk: JsonNode): Place {
  const id = responseIdOf(chunk)
  return {
    choice: id === undefined ? 0 : responseOrder(chunk, id),
    item: chunk.get('output_index')?.number() ?? 0,
    content: chunk.get('content_index')?.number() ?? 0,
  }
}

function keyOf(what: string, { choice, item, content }: Place): string {
  return `${what}:${choice}:${item}:${content}`
}

function hearText(text: JsonNode | undefined, place: Place, level: number, hear: Hear): void {
  if (text?.kind !== 'string') return
  const part = textPart(place.item, place.content)
  hear(keyOf('text', place), level, { kind: 'text', choice: place.choice, part, text })
}

function hearAudio(
  data: JsonNode | undefined,
  place: Place,
  type: string | undefined,
  level: number,
  hear: Hear,
): void {
  if (data?.kind !== 'string') return
  const part = textPart(place.item, place.content)
  hear(keyOf('audio', place), level, {
    kind: 'media',
    choice: place.choice,
    part,
    media: 'audio',
    data,
    type,
  })
}

function readContentPart(
  part: JsonNode,
  place: Place,
  level: number,
  hear: Hear,
  type: string | undefined,
): void {
  hearText(filled(part.get('text')) ?? filled(part.get('transcript')), place, level, hear)
  hearAudio(filled(part.get('audio')), place, type, level, hear)
}

function readItem(item: JsonNode, place: Place, level: number, hear: Hear, type: string | undefined): void {
  const { choice, item: index } = place
  const role = item.get('role')
  if (role?.string()) hear(keyOf('role', place), level, { kind: 'message-start', choice, role })
  const name = item.get('name')
  if (name?.string()) {
    const id = filled(item.get('call_id')) ?? item.get('id')
    hear(keyOf('call', place), level, { kind: 'tool-call', choice, index, id, name })
  }
  const args = filled(item.get('arguments'))
  if (args) hear(keyOf('arguments', place), level, { kind: 'tool-call', choice, index, arguments: args })
  const output = filled(item.get('output'))
  if (output)
    hear(keyOf('output', place), level, { kind: 'note', choice, label: 'tool output', json: output })
  let content = 0
  for (const part of item.get('content')?.items() ?? []) {
    readContentPart(part, { ...place, content: content++ }, level, hear, type)
  }
}

/** What the user was heard to say; pieces count only where the whole never came. */
function readHeard(chunk: JsonNode, name: string, hear: Hear): boolean {
  const heard = /^conversation\.item\.input_audio_transcription\.(\w+)$/.exec(name)?.[1]
  if (heard === undefined) return false
  const key = `heard:${chunk.get('item_id')?.string() ?? ''}:${chunk.get('content_index')?.raw ?? 0}`
  const json = chunk.get(heard === 'completed' ? 'transcript' : 'delta')
  const label = 'heard'
  if (json?.kind === 'string' && heard === 'completed') hear(key, 0, { kind: 'note', choice: 0, label, json })
  else if (json?.kind === 'string') hear(key, 1, { kind: 'note', choice: 0, label, json })
  const error = chunk.get('error')
  if (heard === 'failed' && error) {
    hear(key, 0, { kind: 'error', error, message: error.get('message')?.string() ?? 'transcription failed' })
  }
  return true
}

function readEvent(chunk: JsonNode, _event: string | undefined, hear: Hear): void {
  const name = chunk.get('type')?.string() ?? ''
  if (readHeard(chunk, name, hear)) return
  const place = placeOf(chunk)
  const type = audioType.of(chunk)
  const { choice, item: index } = place
  const delta = chunk.get('delta')
  switch (name.replace('response.output_', 'response.')) {
    case 'response.text.delta':
    case 'response.audio_transcript.delta':
      hearText(delta, place, LEVEL.piece, hear)
      return
    case 'response.text.done':
    case 'response.audio_transcript.done':
      hearText(chunk.get('text') ?? chunk.get('transcript'), place, LEVEL.text, hear)
      return
    case 'response.audio.delta':
      hearAudio(delta, place, type, LEVEL.piece, hear)
      return
    case 'response.function_call_arguments.delta':
    case 'response.mcp_call_arguments.delta':
    case 'response.function_call_arguments.done':
    case 'response.mcp_call_arguments.done': {
      const isDone = name.endsWith('done')
      const args = isDone ? chunk.get('arguments') : delta
      const level = isDone ? LEVEL.text : LEVEL.piece
      const call = { kind: 'tool-call', choice, index } as const
      const id = filled(chunk.get('call_id'))
      const called = filled(chunk.get('name'))
      if (id ?? called) hear(keyOf('call', place), level, { ...call, id, name: called })
      if (args) hear(keyOf('arguments', place), level, { ...call, arguments: args })
      return
    }
    case 'response.item.added':
    case 'response.item.done': {
      const item = chunk.get('item')
      if (item) readItem(item, place, name.endsWith('added') ? LEVEL.piece : LEVEL.item, hear, type)
      return
    }
    case 'response.content_part.added':
    case 'response.content_part.done': {
      const part = chunk.get('part')
      const level = name.endsWith('added') ? LEVEL.piece : LEVEL.part
      if (part) readContentPart(part, place, level, hear, type)
      return
    }
    case 'response.done': {
      let item = 0
      for (const output of chunk.path('response', 'output')?.items() ?? []) {
        readItem(output, { choice, item: item++, content: 0 }, LEVEL.response, hear, type)
      }
      return
    }
    default:
      if (!SILENT.test(name)) hear('', LEVEL.piece, { kind: 'unknown', why: name, json: chunk })
  }
}

const sayEvent = saidOnce(readEvent)

function sayEnd(chunk: JsonNode, response: JsonNode, say: Say): void {
  const { choice } = placeOf(chunk)
  const reason = given(response.path('status_details', 'reason')) ?? response.get('status')
  if (reason?.string()) say({ kind: 'stop', choice, reason })
  const usage = filled(response.get('usage'))
  if (usage !== undefined) {
    const counts = {
      inputTokens: usage.get('input_tokens'),
      outputTokens: usage.get('output_tokens'),
      totalTokens: usage.get('total_tokens'),
      cachedInputTokens:
        usage.path('input_token_details', 'cached_tokens') ??
        usage.path('input_tokens_details', 'cached_tokens'),
    }
    sayUsage(usage, counts, say)
  }
  const error = given(response.path('status_details', 'error'))
  if (error !== undefined) sayError(error, say)
}

const FIRST =
  /^(?:session\.(?:created|updated)|transcription_session\.(?:created|updated)|conversation\.(?:created|item\.[\w.]+)|input_audio_buffer\.\w+|rate_limits\.updated)$/

export const openaiRealtime: Dialect = {
  id: 'openai-realtime',
  label: 'OpenAI Realtime',
  spec: 'https://platform.openai.com/docs/api-reference/realtime-server-events',

  sniff(request, _body, first) {
    const type = first?.get('type')?.string() ?? ''
    const isEvent = first?.get('event_id') !== undefined
    if (isEvent && (FIRST.test(type) || type.startsWith('response.'))) {
      return { confidence: 1, because: `the first event is "${type}" with an event_id` }
    }
    if (isEvent && type === 'error') return { confidence: 0.8, because: 'the error has an event_id' }
    if (FIRST.test(type)) return { confidence: 0.9, because: `the first event is "${type}"` }
    const object = (first?.get('session') ?? first)?.get('object')?.string() ?? ''
    if (object.startsWith('realtime.'))
      return { confidence: 0.95, because: `the payload says object "${object}"` }
    if (/\/realtime(?:\/|$)/.test(pathOf(request.url?.value))) {
      return { confidence: 0.7, because: 'the URL is one of /realtime' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readRealtimeRequest,

  readChunk(chunk, say, event) {
    const type = chunk.get('type')?.string() ?? ''
    const error = given(chunk.get('error'))
    if (chunk.kind !== 'object') {
      if (chunk.kind !== 'string') say({ kind: 'unknown', why: 'not an object', json: chunk })
      // a call that is answered over WebRTC answers in SDP, a text
      else if (chunk.string()?.startsWith('v=0')) say({ kind: 'text', choice: 0, part: 0, text: chunk })
    } else if (type === 'error' || (type === '' && error !== undefined)) sayError(error ?? chunk, say)
    else if (type === '' || type === 'realtime')
      say({ kind: 'note', choice: 0, label: 'session', json: chunk })
    else {
      sayEvent(chunk, say, event)
      const response = chunk.get('response')
      if (type === 'response.done' && response) sayEnd(chunk, response, say)
    }
  },
}
