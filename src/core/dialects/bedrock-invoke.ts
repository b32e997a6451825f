/**
 * AWS Bedrock's InvokeModel and InvokeModelWithResponseStream: the path names the model, the model's family says
 * which language is spoken inside.
 *
 * Spec: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html.
 * Supported: Anthropic (messages and text completions), Nova, Llama, Titan, Cohere, AI21, Mistral, any other model
 * that speaks one of these or OpenAI's chat; embeddings; Bedrock's own members on the last chunk (invocation
 * metrics as usage, guardrail's action and trace as notes); exceptions.
 * Lost: nothing; a chunk that is still encoded is said as unknown, the padding `p` says nothing.
 *
 * Dialects do not know each other: `index.ts` hands in those that are spoken inside.
 */
import type { RecordedRequest } from '../cassette/cassette.ts'
import type { Delta } from '../cassette/delta.ts'
import { addressOf, awsExceptionIn, given, isBlank, type Say, sayError } from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { plain } from './bedrock-invoke-plain.ts'
import type { Dialect } from './dialect.ts'

/** What is spoken inside. */
type Language = Pick<Dialect, 'sniff' | 'readRequest' | 'readChunk'>

interface Family {
  readonly name: string
  readonly label: string
  readonly spec: string
  readonly models: RegExp
  /** The first is spoken where none recognises what it reads. */
  readonly languages: readonly [Language, ...(readonly Language[])]
  /** Members of a first chunk that no other API has; needed where no URL is recorded. */
  readonly signature?: (first: JsonNode) => boolean
}

/** The languages that have a dialect of their own. */
export interface SpokenInside {
  readonly messages: Language
  readonly legacyComplete: Language
  readonly converse: Language
  readonly chat: Language
}

const SPEC = 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters'
const OWN = 'amazon-bedrock-'
const NO_REQUEST: RecordedRequest = { headers: [], extras: [] }

function has(...keys: readonly string[]): (first: JsonNode) => boolean {
  return (first) => keys.every((key) => first.get(key) !== undefined)
}

/** The dialects of all families; their ids begin with `bedrock-invoke-`. */
export function bedrockInvoke(spoken: SpokenInside): readonly Dialect[] {
  const { messages, legacyComplete, chat } = spoken
  const nova = inOneText(spoken.converse)
  const families: readonly Family[] = [
    {
      name: 'anthropic',
      label: 'Anthropic',
      spec: `${SPEC}-claude.html`,
      models: /anthropic\.|claude/,
      languages: [messages, legacyComplete],
    },
    { name: 'nova', label: 'Nova', spec: `${SPEC}-nova.html`, models: /\bnova-/, languages: [nova, plain] },
    {
      name: 'llama',
      label: 'Llama',
      spec: `${SPEC}-meta.html`,
      models: /meta\.|llama/,
      languages: [plain],
      signature: has('generation', 'generation_token_count'),
    },
    {
      name: 'titan',
      label: 'Titan',
      spec: `${SPEC}-titan-text.html`,
      models: /\btitan-/,
      languages: [plain],
      signature: (first) => has('outputText')(first) || has('inputTextTokenCount', 'results')(first),
    },
    {
      name: 'cohere',
      label: 'Cohere',
      spec: `${SPEC}-cohere-command.html`,
      models: /cohere\./,
      languages: [plain],
      signature: (first) => has('is_finished', 'index')(first) && !has('event_type')(first),
    },
    {
      name: 'ai21',
      label: 'AI21',
      spec: `${SPEC}-jamba.html`,
      models: /ai21\./,
      languages: [chat, plain],
      signature: (first) => first.path('completions', 0, 'data', 'text') !== undefined,
    },
    {
      name: 'mistral',
      label: 'Mistral',
      spec: `${SPEC}-mistral.html`,
      models: /mistral/,
      languages: [chat, plain],
      signature: (first) => first.path('outputs', 0, 'stop_reason') !== undefined,
    },
  ]
  const other: Family = {
    name: 'other',
    label: 'another model',
    spec: `${SPEC}.html`,
    models: /(?:)/,
    languages: [chat, plain, messages, legacyComplete, nova],
  }
  return [...families, other].map(dialectOfFamily)
}

/** Nova opens a new block with every piece of text it streams: they are one text. */
function inOneText(converse: Language): Language {
  return {
    ...converse,
    readChunk(chunk, say, event) {
      const isStreamed = chunk.get('output') === undefined
      const sayJoined = (delta: Delta): void =>
        say(isStreamed && delta.kind === 'text' ? { ...delta, part: 0 } : delta)
      converse.readChunk(chunk, sayJoined, event)
    },
  }
}

/** The model's id in the path, which may be an ARN. */
function modelOf(request: RecordedRequest): string | undefined {
  const [, id] = /\/model\/(.+)\/invoke(?:-with-response-stream)?$/.exec(addressOf(request).path) ?? []
  if (id === undefined) return undefined
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function surest(
  languages: readonly [Language, ...(readonly Language[])],
  sure: (language: Language) => number,
): Language {
  return languages.reduce((best, next) => (sure(next) > sure(best) ? next : best))
}

function dialectOfFamily(family: Family): Dialect {
  const { name, label, spec, models, languages, signature } = family
  return {
    id: `bedrock-invoke-${name}`,
    label: `Bedrock invoke, ${label}`,
    spec,

    sniff(request, _body, first) {
      const model = modelOf(request)
      // as sure as those who speak inside, before whom these dialects are listed; `other` fits any model and is last
      if (model !== undefined && models.test(model)) {
        return { confidence: 1, because: `the URL invokes the Bedrock model ${model}` }
      }
      if (model === undefined && first !== undefined && signature?.(first)) {
        return { confidence: 0.9, because: `the payload is written as ${label} on Bedrock writes it` }
      }
      return { confidence: 0, because: '' }
    },

    readRequest: (body) =>
      surest(languages, (language) => language.sniff(NO_REQUEST, body, undefined).confidence).readRequest(
        body,
      ),

    readChunk(chunk, say, event) {
      if (isEncoded(chunk)) {
        say({ kind: 'unknown', why: 'encoded chunk', json: chunk })
        return
      }
      const failed = awsExceptionIn(chunk, event)
      if (failed !== undefined) {
        sayError(failed, say)
        return
      }
      const sure = (language: Language): number =>
        language.sniff(NO_REQUEST, undefined, chunk, event).confidence
      // Bedrock's own members mean nothing to those who speak inside
      const sayForeign = (delta: Delta): void => {
        if (delta.kind !== 'unknown' || !delta.why.startsWith(OWN)) say(delta)
      }
      surest(languages, sure).readChunk(chunk, sayForeign, event)
      readOwn(chunk, say)
    },
  }
}

function isEncoded(chunk: JsonNode): boolean {
  return (chunk.get('chunk') ?? chunk).get('bytes')?.kind === 'string'
}

function readOwn(chunk: JsonNode, say: Say): void {
  for (const { key, value } of chunk.members()) {
    if (!key.startsWith(OWN) || isBlank(value)) continue
    if (key === `${OWN}invocationMetrics`) {
      const counts = {
        inputTokens: value.get('inputTokenCount'),
        outputTokens: value.get('outputTokenCount'),
        cachedInputTokens: given(value.get('cacheReadInputTokenCount')),
      }
      say({ kind: 'usage', usage: value, counts })
    } else if (value.string() !== 'NONE') {
      say({ kind: 'note', choice: 0, label: key.slice(OWN.length), json: value })
    }
  }
}
