/**
 * OpenAI Assistants: threads, runs and their stream.
 *
 * Spec: https://platform.openai.com/docs/api-reference/assistants-streaming. The event's name tells what happened,
 * the payload's `object` only what it is.
 * Supported: text by message and content index, citations, tool calls of run steps (functions, code interpreter with
 * its output, file search), calls that wait for their output, usage, status, errors; messages, runs, steps and lists
 * of them as whole responses. What a stream repeats counts once.
 * Lost: nothing; assistants, threads and other objects are shown as notes.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { chunksBeside } from './chunk-siblings.ts'
import type { Dialect } from './dialect.ts'
import { readAssistantsRequest } from './openai-assistants-request.ts'
import { textPart } from './openai-items.ts'
import { sayChatUsage } from './openai-usage.ts'
import { type Hear, idOrder, saidOnce } from './said-once.ts'
import { filled, given, pathOf, type Say, sayError } from './saying.ts'

const LEVEL = { piece: 0, whole: 3, waiting: 4 } as const

/** Ids of the messages of a stream, in their order: each counts its texts from 0. */
const messageOrder = idOrder((chunk) => {
  const object = chunk.get('object')?.string()
  return object === 'thread.message' || object === 'thread.message.delta'
    ? chunk.get('id')?.string()
    : undefined
})

/** Ids of the steps that call tools: each counts its calls from 0. */
const stepOrder = idOrder((chunk) => {
  const details = chunk.get('step_details') ?? chunk.path('delta', 'step_details')
  return details?.get('type')?.string() === 'tool_calls' ? chunk.get('id')?.string() : undefined
})

function readMessage(message: JsonNode, base: number, level: number, hear: Hear, choice = 0): void {
  const delta = message.get('delta') ?? message
  const role = delta.get('role')
  if (role?.string()) hear(`role:${base}`, level, { kind: 'message-start', choice, role })
  let position = 0
  for (const part of delta.get('content')?.items() ?? []) {
    const index = part.get('index')?.number() ?? position
    position++
    readContent(part, { base, index, choice }, level, hear)
  }
}

interface Place {
  readonly base: number
  readonly index: number
  readonly choice: number
}

function readContent(part: JsonNode, { base, index, choice }: Place, level: number, hear: Hear): void {
  const type = part.get('type')?.string() ?? 'content'
  const key = `text:${base}:${index}`
  const at = textPart(base, index)
  const refusal = part.get('refusal')
  const value = part.path('text', 'value')
  const url = part.path('image_url', 'url')
  if (value?.kind === 'string') hear(key, level, { kind: 'text', choice, part: at, text: value })
  else if (refusal?.kind === 'string') hear(key, level, { kind: 'refusal', choice, part: at, text: refusal })
  else if (url?.kind === 'string')
    hear(key, level, { kind: 'media', choice, part: at, media: 'image', data: url })
  else if (type === 'image_file') {
    const json = part.get('image_file') ?? part
    hear(key, level, { kind: 'note', choice, label: 'image file', json })
  } else if (type !== 'text') hear(key, level, { kind: 'unknown', why: type, json: part })
  let number = 0
  for (const annotation of part.path('text', 'annotations')?.items() ?? []) {
    const label = annotation.get('type')?.string()?.replaceAll('_', ' ') ?? 'annotation'
    const which = annotation.get('index')?.number() ?? number
    number++
    hear(`${key}:note:${which}`, level, { kind: 'note', choice, label, json: annotation })
  }
}

function readStep(step: JsonNode, base: number, level: number, hear: Hear): void {
  const details = step.path('delta', 'step_details') ?? step.get('step_details')
  let position = 0
  for (const call of details?.get('tool_calls')?.items() ?? []) {
    const index = call.get('index')?.number() ?? position
    position++
    readCall(call, base === 0 ? index : textPart(base, index), level, hear)
  }
}

/** The id is not in every piece, so calls are told apart by their number. */
function readCall(call: JsonNode, index: number, level: number, hear: Hear): void {
  const type = call.get('type')
  const called = call.get(type?.string() ?? 'function')
  const id = filled(call.get('id'))
  const name = filled(called?.get('name')) ?? (type?.string() === 'function' ? undefined : type)
  if (id ?? name) hear(`call:${index}`, level, { kind: 'tool-call', choice: 0, index, id, name })
  const args = given(called?.get('arguments') ?? called?.get('input'))
  if (args !== undefined) {
    hear(`arguments:${index}`, level, { kind: 'tool-call', choice: 0, index, arguments: args })
  }
  let number = 0
  for (const output of called?.get('outputs')?.items() ?? []) {
    const which = output.get('index')?.number() ?? number
    number++
    const json = output.get('logs') ?? output
    hear(`output:${index}:${which}`, level, {
      kind: 'note',
      choice: 0,
      label: 'code interpreter · output',
      json,
    })
  }
  const back = filled(called?.get('output')) ?? filled(called?.get('results'))
  if (back) hear(`back:${index}`, level, { kind: 'note', choice: 0, label: 'tool output', json: back })
  const ranking = filled(called?.get('ranking_options'))
  if (ranking)
    hear(`ranking:${index}`, level, { kind: 'note', choice: 0, label: 'ranking options', json: ranking })
}

/** The calls whose output a run waits for: the same that its steps have said, where they were recorded. */
function readWaiting(run: JsonNode, level: number, hear: Hear): void {
  let index = 0
  for (const call of run.path('required_action', 'submit_tool_outputs', 'tool_calls')?.items() ?? []) {
    readCall(call, index++, level, hear)
  }
}

function readEvent(chunk: JsonNode, _event: string | undefined, hear: Hear): void {
  const object = chunk.get('object')?.string()
  const id = chunk.get('id')?.string() ?? ''
  if (object === 'thread.message.delta') readMessage(chunk, messageOrder(chunk, id), LEVEL.piece, hear)
  // what somebody asked is in the thread too, and no answer
  else if (object === 'thread.message') readMessage(chunk, messageOrder(chunk, id), LEVEL.whole, hear)
  else if (object === 'thread.run.step.delta') readStep(chunk, stepOrder(chunk, id), LEVEL.piece, hear)
  else if (object === 'thread.run.step') readStep(chunk, stepOrder(chunk, id), LEVEL.whole, hear)
  else if (object === 'thread.run') readWaiting(chunk, LEVEL.waiting, hear)
}

const sayEvent = saidOnce(readEvent)

/** A step ends and costs as its run does, which says it last. */
function sayEnd(run: JsonNode, say: Say): void {
  const status = run.get('status')
  const reason = given(run.path('incomplete_details', 'reason')) ?? status
  const isRun = run.get('object')?.string() === 'thread.run'
  if (isRun && reason?.string() && !/^(?:queued|in_progress|cancelling)$/.test(status?.string() ?? '')) {
    say({ kind: 'stop', choice: 0, reason })
  }
  const usage = given(run.get('usage'))
  if (usage !== undefined) sayChatUsage(usage, say)
  const error = given(run.get('last_error'))
  if (error !== undefined) sayError(error, say)
}

/** A run that was asked for by itself and has not ended: there is nothing else to show. */
function isPolled(chunk: JsonNode, event: string | undefined): boolean {
  const object = chunk.get('object')?.string() ?? ''
  if (event || object.endsWith('delta') || !/^thread\.run/.test(object)) return false
  const isGoing = /^(?:queued|in_progress|cancelling)$/.test(chunk.get('status')?.string() ?? '')
  return (isGoing || object === 'thread.run.step') && chunksBeside(chunk).chunks.length <= 1
}

function readList(list: JsonNode, say: Say): void {
  let choice = 0
  for (const item of list.get('data')?.items() ?? []) {
    const object = item.get('object')?.string() ?? 'item'
    const number = choice++
    if (object === 'thread.message') readMessage(item, 0, 0, (_key, _level, delta) => say(delta), number)
    else say({ kind: 'note', choice: 0, label: object.replace(/^thread\./, ''), json: item })
  }
}

const OBJECTS = /^(?:thread(?:\.run|\.run\.step|\.message)?(?:\.delta|\.deleted)?|assistant(?:\.deleted)?)$/

function objectOf(chunk: JsonNode | undefined): string {
  return (
    (chunk?.get('object')?.string() === 'list' ? chunk.path('data', 0) : chunk)?.get('object')?.string() ?? ''
  )
}

export const openaiAssistants: Dialect = {
  id: 'openai-assistants',
  label: 'OpenAI Assistants',
  spec: 'https://platform.openai.com/docs/api-reference/assistants',

  sniff(request, _body, first) {
    const object = objectOf(first)
    if (OBJECTS.test(object)) return { confidence: 1, because: `the payload says object "${object}"` }
    if (/\/(?:threads|assistants)(?:\/|$)/.test(pathOf(request.url?.value))) {
      return { confidence: 0.7, because: 'the URL is one of /threads or /assistants' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readAssistantsRequest,

  readChunk(chunk, say, event) {
    if (chunk.kind !== 'object') {
      if (chunk.kind !== 'string') say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const object = chunk.get('object')?.string() ?? ''
    const error = given(chunk.get('error'))
    if (object === 'list') readList(chunk, say)
    else if (error !== undefined || event === 'error') sayError(error ?? chunk, say)
    else if (object.startsWith('thread.')) {
      sayEvent(chunk, say, event)
      if (object.startsWith('thread.run')) sayEnd(chunk, say)
      if (isPolled(chunk, event)) {
        const status = chunk.get('status')?.string() ?? ''
        say({ kind: 'note', choice: 0, label: `${object.slice('thread.'.length)} ${status}`, json: chunk })
      }
    } else if (object === 'thread' && event !== undefined && event !== '') return
    else if (OBJECTS.test(object)) say({ kind: 'note', choice: 0, label: object, json: chunk })
    else say({ kind: 'unknown', why: object, json: chunk })
  },
}
