/**
 * What https://platform.openai.com/docs/api-reference/responses/create allows beside input, instructions, tools and
 * the text's format, as the types of the official `openai` package say it; a test compares the two.
 */
import type { ParameterKind, ParameterRule } from '../cassette/request-edits.ts'

const BOOLEAN: ParameterKind = { is: 'boolean' }
const TEXT: ParameterKind = { is: 'text' }
const OBJECT: ParameterKind = { is: 'object' }

const oneOf = (...values: readonly string[]): ParameterKind => ({ is: 'one of', values })

type Rest = Pick<ParameterRule, 'standard' | 'deprecated'>

const rule = (
  name: string,
  kind: ParameterKind,
  start: string,
  about: string,
  rest: Rest = {},
): ParameterRule => ({ name, kind, start, about, ...rest })

export const RESPONSES_PARAMETERS: readonly ParameterRule[] = [
  rule('model', TEXT, '"gpt-5"', 'The model that answers.'),
  rule('stream', BOOLEAN, 'true', 'Send the answer piece by piece.', { standard: 'false' }),
  rule('stream_options', OBJECT, '{"include_obfuscation":false}', 'What a streamed answer holds besides.'),
  rule(
    'temperature',
    { is: 'number', min: 0, max: 2 },
    '1.0',
    'How random the answer is: low is focused, high is varied.',
    { standard: '1' },
  ),
  rule(
    'top_p',
    { is: 'number', min: 0, max: 1 },
    '1.0',
    'Only tokens within this share of probability are considered.',
    { standard: '1' },
  ),
  rule(
    'max_output_tokens',
    { is: 'integer', min: 16 },
    '256',
    'The most tokens of the answer, reasoning included.',
  ),
  rule(
    'reasoning',
    OBJECT,
    '{"effort":"medium"}',
    'How much a reasoning model thinks, and whether it sums that up.',
  ),
  rule('text', OBJECT, '{"verbosity":"medium"}', 'How long-winded the answer is, beside its format.'),
  rule(
    'tool_choice',
    oneOf('none', 'auto', 'required'),
    '"auto"',
    'Whether tools may or must be called; an object names one.',
    { standard: 'auto' },
  ),
  rule('parallel_tool_calls', BOOLEAN, 'true', 'Several tools may be called at once.', { standard: 'true' }),
  rule('include', { is: 'texts' }, '["reasoning.encrypted_content"]', 'What else the answer shall hold.'),
  rule('previous_response_id', TEXT, '""', 'The response that this one goes on from.'),
  rule('conversation', TEXT, '""', 'The conversation that the items belong to.'),
  rule(
    'context_management',
    OBJECT,
    '[{"type":"compaction","compact_threshold":100000}]',
    'When a long conversation is made shorter.',
  ),
  rule('prompt', OBJECT, '{"id":""}', 'A prompt that is kept with the provider, and its variables.'),
  rule(
    'truncation',
    oneOf('auto', 'disabled'),
    '"auto"',
    'Whether items are left out when they are too many.',
    { standard: 'disabled' },
  ),
  rule('background', BOOLEAN, 'true', 'Answer later, asked for by its id.', { standard: 'false' }),
  rule(
    'service_tier',
    oneOf('auto', 'default', 'flex', 'scale', 'priority'),
    '"auto"',
    'Which processing serves the request.',
    { standard: 'auto' },
  ),
  rule('store', BOOLEAN, 'false', 'Keep the answer with the provider.', { standard: 'true' }),
  rule('metadata', OBJECT, '{}', 'Up to 16 names and texts that are kept with it.'),
  rule('prompt_cache_key', TEXT, '""', 'Requests with the same key share a cache.'),
  rule('prompt_cache_retention', oneOf('in-memory', '24h'), '"24h"', 'How long the cache is kept.'),
  rule('safety_identifier', TEXT, '""', 'A stable, hashed name of the end user.'),
  rule(
    'top_logprobs',
    { is: 'integer', min: 0, max: 20 },
    '1',
    'For how many likely tokens it is told how likely they were.',
  ),
  rule(
    'max_tool_calls',
    { is: 'integer', min: 1 },
    '1',
    'The most calls of tools that the provider runs itself.',
  ),
  rule('user', TEXT, '""', 'A stable name of the end user, in the older word for it.', { deprecated: true }),
]
