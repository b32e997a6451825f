/**
 * Hugging Face text generation: the inference API, inference endpoints, text-generation-inference (TGI).
 *
 * Spec: https://huggingface.github.io/text-generation-inference/ (generate, generate_stream, compat_generate).
 * Supported: `generated_text` (one answer, or a list of them), the stream of tokens, special tokens and the whole
 * text at the end as notes, finish reason, counts, errors. TGI's `/v1/chat/completions` is OpenAI's.
 * Lost: nothing; log probabilities in `details` stand there and are not said one by one.
 */
import { addressOf, given, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { readMembers, textMessage } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const READ = new Set(['generated_text', 'details', 'token', 'top_tokens', 'index', 'error', 'error_type'])

function readDetails(details: JsonNode | undefined, choice: number, say: Say): void {
  if (details?.kind !== 'object') return
  const reason = worded(details.get('finish_reason'))
  if (reason !== undefined) say({ kind: 'stop', choice, reason })
  const inputTokens = details.get('input_length')
  const outputTokens = details.get('generated_tokens')
  if (inputTokens === undefined && outputTokens === undefined) return
  say({ kind: 'usage', usage: details, counts: { inputTokens, outputTokens } })
}

/** A special token ("</s>") is no part of the text. */
function readToken(token: JsonNode, choice: number, say: Say): void {
  const text = token.get('text')
  if (token.get('special')?.boolean() === true) {
    say({ kind: 'note', choice, label: 'special token', json: token })
  } else if (text?.kind === 'string') say({ kind: 'text', choice, part: 0, text })
  else say({ kind: 'unknown', why: 'token', json: token })
}

function readAnswer(answer: JsonNode, choice: number, say: Say): void {
  // a batch answers each question with a list
  if (answer.kind === 'array') {
    for (const item of answer.items()) readAnswer(item, choice, say)
    return
  }
  const error = given(answer.get('error'))
  const token = given(answer.get('token'))
  const text = answer.get('generated_text')
  if (error !== undefined) sayError(error, say)
  if (token !== undefined) readToken(token, choice, say)
  if (text?.kind === 'string') {
    if (token === undefined) say({ kind: 'text', choice, part: 0, text })
    // the last token's chunk repeats all of them
    else say({ kind: 'note', choice, label: 'generated text', json: text })
  }
  readDetails(answer.get('details'), choice, say)
  if (answer.kind !== 'object') say({ kind: 'unknown', why: 'not an object', json: answer })
  else sayRest(answer, READ, say)
}

export const huggingface: Dialect = {
  id: 'huggingface',
  label: 'Hugging Face text generation',
  spec: 'https://huggingface.github.io/text-generation-inference/',

  sniff(request, body, first) {
    const answer = first?.kind === 'array' ? (first.item(0)?.item(0) ?? first.item(0)) : first
    if (answer?.get('token')?.get('special') !== undefined && answer.get('generated_text') !== undefined) {
      return { confidence: 0.97, because: 'the chunks have a token and a generated_text' }
    }
    if (answer?.get('generated_text')?.kind === 'string') {
      return { confidence: 0.9, because: 'the answer has a generated_text' }
    }
    const { host, path } = addressOf(request)
    const isTheirs = /(?:^|\.)huggingface\.(?:co|cloud)$/.test(host) && !path.includes('/v1/')
    if ((isTheirs || /\/generate(_stream)?$/.test(path)) && body?.get('inputs') !== undefined) {
      return {
        confidence: isTheirs ? 0.85 : 0.6,
        because: 'the body has inputs, as text generation asks for',
      }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) => {
      if (key === 'inputs' && value.kind === 'string') return { messages: [textMessage('user', value)] }
      if (key !== 'parameters' || value.kind !== 'object') return undefined
      return {
        parameters: [...value.effectiveMembers()].map((member) => ({
          name: `parameters.${member.key}`,
          value: member.value.locatedRaw(),
        })),
      }
    }),

  readChunk(chunk, say) {
    if (chunk.kind !== 'array') {
      readAnswer(chunk, 0, say)
      return
    }
    let choice = 0
    for (const answer of chunk.items()) readAnswer(answer, choice++, say)
  },
}
