/**
 * Lists of models: which ones a provider has.
 *
 * Spec: https://platform.openai.com/docs/api-reference/models/list (also Mistral, Groq, vLLM, Llama Stack, whose
 * recorder writes a bare list), https://docs.anthropic.com/en/api/models-list, https://ai.google.dev/api/models,
 * https://github.com/ollama/ollama/blob/main/docs/api.md (tags, ps), Cohere, Bedrock, Together (a bare list).
 * Supported: one note a model, named by its id; one model alone; errors.
 * Lost: nothing; the marks of a page (has_more, nextPageToken) are said as `unknown`.
 */
import { EMPTY_CONVERSATION, type Parameter } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { given, pathOf, sayError, sayUnread } from './saying.ts'

const READ: ReadonlySet<string> = new Set('object data models modelSummaries error'.split(' '))

/** Recorders write SDK objects as `{"__type__", "__data__"}`. */
function unwrap(node: JsonNode): JsonNode {
  return node.get('__data__') ?? node
}

function idOf(model: JsonNode): string | undefined {
  const keys = ['id', 'identifier', 'modelId', 'model', 'name']
  return keys.flatMap((key) => model.get(key)?.string() || [])[0]
}

function listOf(chunk: JsonNode | undefined): JsonNode | undefined {
  if (chunk?.kind === 'array') return chunk
  const lists = [chunk?.get('models'), chunk?.get('modelSummaries'), chunk?.get('data')]
  return lists.find((list) => list?.kind === 'array')
}

/** Whether something is a model, by more than its having a name. */
function isModel(node: JsonNode | undefined): boolean {
  if (node === undefined) return false
  if (/\.Model(?:Info|Response)?$/.test(node.get('__type__')?.string() ?? '')) return true
  const model = unwrap(node)
  const says = model.get('object') ?? model.get('type') ?? model.get('api_model_type')
  return says?.string() === 'model' && idOf(model) !== undefined
}

/** Ollama's, Gemini's and Bedrock's say nowhere that they are models but in the list's name. */
function isNamedList(chunk: JsonNode | undefined): boolean {
  const [first] = (chunk?.get('models') ?? chunk?.get('modelSummaries'))?.items() ?? []
  const marks = [
    'digest',
    'supportedGenerationMethods',
    'supported_actions',
    'endpoints',
    'modelArn',
    'model',
    'object',
    'slug',
  ]
  return (
    first !== undefined && idOf(first) !== undefined && marks.some((mark) => first.get(mark) !== undefined)
  )
}

export const modelList: Dialect = {
  id: 'model-list',
  label: 'list of models',
  spec: 'https://platform.openai.com/docs/api-reference/models',

  sniff(request, _body, first) {
    if (isModel(listOf(first)?.item(0))) return { confidence: 1, because: 'the items of the list are models' }
    if (isNamedList(first)) return { confidence: 0.95, because: 'the response has a list of models' }
    if (first?.get('choices') === undefined && isModel(first)) {
      return { confidence: 0.95, because: 'the payload is a model' }
    }
    const path = pathOf(request.url?.value)
    if (/\/(?:models|foundation-models|api\/tags|api\/ps)$/.test(path)) {
      return { confidence: 0.8, because: 'the URL is that of a list of models' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest(body) {
    const parameters: Parameter[] = [...body.effectiveMembers()].map(({ key, value }) => ({
      name: key,
      value: value.locatedRaw(),
    }))
    return { ...EMPTY_CONVERSATION, at: body.at, parameters }
  },

  readChunk(chunk, say) {
    const list = listOf(chunk)
    if (list === undefined && isModel(chunk)) {
      say({ kind: 'note', choice: 0, label: idOf(unwrap(chunk)) ?? 'model', json: unwrap(chunk) })
      return
    }
    for (const item of list?.items() ?? []) {
      const model = unwrap(item)
      say({ kind: 'note', choice: 0, label: idOf(model) ?? model.string() ?? 'model', json: model })
    }
    if (chunk.kind === 'array') return
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    if (list === undefined && error === undefined) say({ kind: 'unknown', why: 'no models', json: chunk })
    else sayUnread(chunk, READ, '', say)
  },
}
