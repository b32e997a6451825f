/**
 * What https://platform.openai.com/docs/api-reference/chat/create allows beside messages, tools and response
 * format, as the types of the official `openai` package say it; a test compares the two.
 */
import type { ParameterKind, ParameterRule } from '../cassette/request-edits.ts'

const BOOLEAN: ParameterKind = { is: 'boolean' }
const TEXT: ParameterKind = { is: 'text' }
const OBJECT: ParameterKind = { is: 'object' }

function within(is: 'number' | 'integer', min?: number, max?: number): ParameterKind {
  return { is, ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}
const number = (min?: number, max?: number): ParameterKind => within('number', min, max)
const integer = (min?: number, max?: number): ParameterKind => within('integer', min, max)
const oneOf = (...values: readonly string[]): ParameterKind => ({ is: 'one of', values })

type Rest = Pick<ParameterRule, 'standard' | 'deprecated'>

function rule(
  name: string,
  kind: ParameterKind,
  start: string,
  about: string,
  rest: Rest = {},
): ParameterRule {
  return { name, kind, start, about, ...rest }
}

export const CHAT_PARAMETERS: readonly ParameterRule[] = [
  rule('model', TEXT, '"gpt-4o"', 'The model that answers.'),
  rule('stream', BOOLEAN, 'true', 'Send the answer piece by piece.', { standard: 'false' }),
  rule(
    'stream_options',
    OBJECT,
    '{"include_usage":true}',
    'What a streamed answer holds besides, for example its usage.',
  ),
  rule('temperature', number(0, 2), '1.0', 'How random the answer is: low is focused, high is varied.', {
    standard: '1',
  }),
  rule('top_p', number(0, 1), '1.0', 'Only tokens within this share of probability are considered.', {
    standard: '1',
  }),
  rule('max_completion_tokens', integer(1), '256', 'The most tokens of the answer, reasoning included.'),
  rule('max_tokens', integer(1), '256', 'The most tokens of the answer, in the older word for it.', {
    deprecated: true,
  }),
  rule('stop', { is: 'texts', most: 4, orText: true }, '[]', 'Texts at which the answer ends; up to 4.'),
  rule('n', integer(1, 128), '1', 'How many answers are made.', { standard: '1' }),
  rule('seed', integer(), '1', 'The same seed shall give the same answer, as far as possible.', {
    deprecated: true,
  }),
  rule('frequency_penalty', number(-2, 2), '0.0', 'Above 0, words that were used often are avoided.', {
    standard: '0',
  }),
  rule('presence_penalty', number(-2, 2), '0.0', 'Above 0, words that were used at all are avoided.', {
    standard: '0',
  }),
  rule(
    'logit_bias',
    OBJECT,
    '{}',
    'Token ids and how much more or less likely each is made, from -100 to 100.',
  ),
  rule('logprobs', BOOLEAN, 'true', 'Tell how likely each token of the answer was.', { standard: 'false' }),
  rule(
    'top_logprobs',
    integer(0, 20),
    '1',
    'For how many likely tokens a place that is told; needs logprobs.',
  ),
  rule(
    'reasoning_effort',
    oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh'),
    '"medium"',
    'How much a reasoning model thinks.',
    { standard: 'medium' },
  ),
  rule('verbosity', oneOf('low', 'medium', 'high'), '"medium"', 'How long-winded the answer is.', {
    standard: 'medium',
  }),
  rule(
    'tool_choice',
    oneOf('none', 'auto', 'required'),
    '"auto"',
    'Whether tools may or must be called; an object names one.',
    { standard: 'auto with tools' },
  ),
  rule('parallel_tool_calls', BOOLEAN, 'true', 'Several tools may be called at once.', { standard: 'true' }),
  rule('modalities', { is: 'texts', values: ['text', 'audio'] }, '["text"]', 'What the answer is made of.', {
    standard: '["text"]',
  }),
  rule('audio', OBJECT, '{"voice":"alloy","format":"wav"}', 'Voice and format of a spoken answer.'),
  rule(
    'prediction',
    OBJECT,
    '{"type":"content","content":""}',
    'Text that the answer is expected to repeat.',
  ),
  rule('web_search_options', OBJECT, '{}', 'The model may search the web, and how.'),
  rule(
    'service_tier',
    oneOf('auto', 'default', 'flex', 'scale', 'priority'),
    '"auto"',
    'Which processing serves the request.',
    { standard: 'auto' },
  ),
  rule('store', BOOLEAN, 'true', 'Keep the answer with the provider.', { standard: 'false' }),
  rule('metadata', OBJECT, '{}', 'Up to 16 names and texts that are kept with it.'),
  rule('prompt_cache_key', TEXT, '""', 'Requests with the same key share a cache.'),
  rule('prompt_cache_retention', oneOf('in-memory', '24h'), '"24h"', 'How long the cache is kept.'),
  rule('safety_identifier', TEXT, '""', 'A stable, hashed name of the end user.'),
  rule('user', TEXT, '""', 'A stable name of the end user, in the older word for it.', { deprecated: true }),
  rule(
    'function_call',
    oneOf('none', 'auto'),
    '"auto"',
    'Whether a function is called, in the older word for it.',
    { deprecated: true },
  ),
  rule('functions', OBJECT, '[]', 'Functions, in the older word for tools.', { deprecated: true }),
]
