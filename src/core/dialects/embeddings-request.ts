/** What is asked to be embedded, in the words of every provider: each text is a message of its own. */
import type { ContentPart, Conversation, Message, Parameter } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { textMessage, unknownPart } from './openai-items-request.ts'

/** Members that hold texts, images or lists of them, by provider. */
const INPUTS: ReadonlySet<string> = new Set([
  'input', // OpenAI, Voyage, Ollama
  'inputs', // Cohere v2, Voyage multimodal, Hugging Face
  'prompt', // Ollama's older API
  'texts', // Cohere
  'images', // Cohere
  'image',
  'contents', // Llama Stack, google-genai
  'content', // Gemini
  'requests', // Gemini, several at once
  'instances', // Vertex
  'inputText', // Titan
  'inputImage', // Titan
  'singleEmbeddingParams', // Nova
  'text_inputs',
])

const INNER = ['content', 'contents', 'text', 'value', 'parts', 'input', 'inputText', 'prompt'] as const

function imagePart(node: JsonNode): ContentPart | undefined {
  const image = node.get('image_url') ?? node.get('image') ?? node.get('image_base64')
  const url = (image?.get('url') ?? image?.get('bytesBase64Encoded') ?? image)?.locatedString()
  if (url) return { kind: 'image', url }
  const inline = node.get('inlineData') ?? node.get('inline_data')
  const data = inline?.get('data')?.locatedString()
  const mediaType = (inline?.get('mimeType') ?? inline?.get('mime_type'))?.string()
  return data && { kind: 'image', url: data, ...(mediaType && { mediaType }) }
}

/** The parts of one thing to embed: a text, an image, or several of both in a holder. */
function partsOf(node: JsonNode): readonly ContentPart[] {
  const text = node.locatedString()
  if (text) return [{ kind: 'text', text, item: node.at }]
  if (node.kind === 'array' && node.item(0)?.kind !== 'number') return [...node.items()].flatMap(partsOf)
  const image = imagePart(node)
  const inner = INNER.flatMap((key) => node.get(key) ?? [])[0]
  const texts = inner === undefined ? [] : partsOf(inner)
  if (image) return [...texts, { ...image, item: node.at }]
  return texts.length > 0 ? texts : [{ ...unknownPart(node), item: node.at }]
}

function readInput(key: string, value: JsonNode): readonly Message[] {
  if (value.kind === 'string' && !/image/i.test(key)) return [textMessage('user', value)]
  // token ids are one input
  const isList = value.kind === 'array' && value.item(0)?.kind !== 'number'
  const inputs = isList ? [...value.items()] : [value]
  return inputs.map((input) => ({ role: 'user', at: input.at, parts: readParts(key, input) }))
}

function readParts(key: string, input: JsonNode): readonly ContentPart[] {
  const url = /image/i.test(key) ? input.locatedString() : undefined
  return url ? [{ kind: 'image', url, item: input.at }] : partsOf(input)
}

export function readEmbeddingsRequest(body: JsonNode): Conversation {
  const messages: Message[] = []
  const parameters: Parameter[] = []
  for (const { key, value } of body.effectiveMembers()) {
    if (INPUTS.has(key) && !value.isNull) messages.push(...readInput(key, value))
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools: [], parameters }
}
