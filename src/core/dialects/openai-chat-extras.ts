/** What vendors put beside the text of a chat completion: sound, images, sources, details of the reasoning. */
import type { JsonNode } from '../syntax/json-node.ts'
import { PerList } from './chunk-siblings.ts'
import { filled, isEmpty, type Say } from './saying.ts'

/** Whether nothing is said anywhere inside (Snowflake spells out `audio` and `function_call` full of ""). */
export function isBlank(node: JsonNode): boolean {
  if (node.kind === 'number') return node.number() === 0
  if (node.kind === 'object' || node.kind === 'array') return [...node.children()].every(isBlank)
  return isEmpty(node)
}

function sayNotes(label: (item: JsonNode) => string, list: JsonNode, choice: number, say: Say): void {
  if (list.kind !== 'array') say({ kind: 'note', choice, label: label(list), json: list })
  for (const item of list.items()) say({ kind: 'note', choice, label: label(item), json: item })
}

/** https://platform.openai.com/docs/guides/audio: base64, in pieces where it is streamed, and what it says. */
function sayAudio(audio: JsonNode, choice: number, say: Say): void {
  const data = filled(audio.get('data'))
  const transcript = filled(audio.get('transcript'))
  if (transcript?.kind === 'string') say({ kind: 'text', choice, part: 0, text: transcript })
  if (data?.kind === 'string') {
    say({ kind: 'media', choice, part: 0, media: 'audio', data, type: audio.get('format')?.string() })
  } else if (transcript === undefined && filled(audio.get('expires_at')) === undefined && !audio.get('id')) {
    say({ kind: 'unknown', why: 'audio', json: audio })
  }
}

/** `image_url` as requests have it: OpenRouter, and Gemini's compatible API. */
export function sayImage(item: JsonNode, part: number, choice: number, say: Say): boolean {
  const image = item.get('image_url')
  const data = image?.get('url') ?? image
  if (data?.kind !== 'string') return false
  say({ kind: 'media', choice, part, media: 'image', data })
  return true
}

function sayImages(images: JsonNode, choice: number, say: Say): void {
  let position = 0
  for (const item of images.items()) {
    const part = item.get('index')?.number() ?? position
    position++
    if (!sayImage(item, part, choice, say)) say({ kind: 'unknown', why: 'images', json: item })
  }
}

/** The one text of OpenRouter's details that repeats `reasoning`: it is edited along. */
export function detailTwin(message: JsonNode, reasoning: JsonNode): JsonNode | undefined {
  const texts = [...(message.get('reasoning_details')?.items() ?? [])].flatMap(
    (detail) => detail.get('text') ?? detail.get('summary') ?? [],
  )
  const [text] = texts
  return texts.length === 1 && text?.kind === 'string' && text.raw === reasoning.raw ? text : undefined
}

/** https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning: mostly `reasoning` once more. */
function sayReasoningDetails(details: JsonNode, message: JsonNode, choice: number, say: Say): void {
  const isRepeated = ['reasoning', 'reasoning_content'].some((key) => message.get(key)?.string())
  for (const detail of details.items()) {
    const text = filled(detail.get('text')) ?? filled(detail.get('summary'))
    if (text?.kind === 'string' && !isRepeated) say({ kind: 'reasoning', choice, part: 0, text })
    const signature = filled(detail.get('signature'))
    if (signature) say({ kind: 'note', choice, label: 'reasoning signature', json: signature })
    const data = filled(detail.get('data'))
    if (data) say({ kind: 'note', choice, label: 'encrypted reasoning', json: data })
  }
}

function annotationLabel(annotation: JsonNode): string {
  const inner = annotation.get(annotation.get('type')?.string() ?? '') ?? annotation
  const what = inner.get('title')?.string() || inner.get('url')?.string()
  const type = annotation.get('type')?.string()?.replaceAll('_', ' ') ?? 'annotation'
  return what ? `${type} · ${what}` : type
}

function sourceLabel(name: string): (source: JsonNode) => string {
  return (source) =>
    `${name} · ${source.string() ?? source.get('title')?.string() ?? source.get('url')?.string() ?? ''}`
}

/** A member of a delta or message that is no text: says it where it is known. */
export function sayExtra(key: string, value: JsonNode, message: JsonNode, choice: number, say: Say): void {
  switch (key) {
    case 'audio':
      sayAudio(value, choice, say)
      break
    case 'images':
      sayImages(value, choice, say)
      break
    case 'reasoning_details':
      sayReasoningDetails(value, message, choice, say)
      break
    case 'annotations':
      sayNotes(annotationLabel, value, choice, say)
      break
    case 'citations':
      sayNotes(sourceLabel('citation'), value, choice, say)
      break
    case 'executed_tools':
      sayNotes((tool) => `executed tool · ${tool.get('type')?.string() ?? ''}`, value, choice, say)
      break
    default:
      say({ kind: 'unknown', why: key, json: value })
  }
}

/** What stands beside the choices: Perplexity's and xAI's sources, llama.cpp's timings. */
const SOURCES: readonly { readonly key: string; readonly label: string }[] = [
  { key: 'citations', label: 'citation' },
  { key: 'search_results', label: 'search result' },
  { key: 'images', label: 'image' },
  { key: 'related_questions', label: 'related question' },
]

/** Which chunk says each list of sources first: Perplexity repeats them in every chunk. */
const firstSaid = new PerList((chunks) => {
  const found = new Map<string, number>()
  for (const chunk of chunks) {
    for (const { key } of SOURCES) {
      const id = `${key}:${chunk.get(key)?.raw ?? ''}`
      if (!found.has(id)) found.set(id, chunk.id)
    }
  }
  return found
})

export function saySources(chunk: JsonNode, say: Say): void {
  for (const { key, label } of SOURCES) {
    const list = filled(chunk.get(key))
    if (list === undefined) continue
    const first = firstSaid.of(chunk).get(`${key}:${list.raw}`) ?? chunk.id
    if (first === chunk.id) sayNotes(sourceLabel(label), list, 0, say)
  }
  const timings = filled(chunk.get('timings'))
  if (timings) say({ kind: 'note', choice: 0, label: 'timings', json: timings })
}

/** Calls that have no index, numbered by their ids as they come; with one they are numbered by it. */
const callOrder = new PerList((chunks) => {
  const found = new Map<string, number>()
  const counts = new Map<number, number>()
  for (const chunk of chunks) {
    let position = 0
    for (const choice of chunk.get('choices')?.items() ?? []) {
      const number = choice.get('index')?.number() ?? position
      position++
      for (const call of choice.path('delta', 'tool_calls')?.items() ?? []) {
        const id = call.get('id')?.string()
        if (call.get('index') !== undefined || !id || found.has(`${number}:${id}`)) continue
        const count = counts.get(number) ?? 0
        found.set(`${number}:${id}`, count)
        counts.set(number, count + 1)
      }
    }
  }
  return found
})

/** The number of a call without an index (Mistral, Gemini's compatible API): a new id is a new call. */
export function callIndex(chunk: JsonNode, choice: number, call: JsonNode, position: number): number {
  const id = call.get('id')?.string()
  return (id ? callOrder.of(chunk).get(`${choice}:${id}`) : undefined) ?? position
}

const isAlone = new PerList((chunks) => chunks.length <= 1)

/** Perplexity has a `delta` beside the `message` of whole answers, and a growing `message` beside the deltas. */
export function isWholeAnswer(chunk: JsonNode): boolean {
  return chunk.get('object')?.string() === 'chat.completion' && isAlone.of(chunk)
}
