/** What new things look like in a messages request: https://docs.claude.com/en/api/messages */
import { type BlockShape, blockRequestEdits } from '../cassette/block-request-edits.ts'
import type { FormatChoice, ParameterKind, ParameterRule, RequestEdits } from '../cassette/request-edits.ts'
import { removeMember } from '../syntax/json-list.ts'
import { setMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { TextEdit } from '../text/edit.ts'

const SHAPE: BlockShape = {
  parts: {
    text: { type: 'text', text: '' },
    image: { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } },
    file: { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '' } },
  },
  system: '',
  content: '',
  textBlock: (literal) => `{"type":"text","text":${literal}}`,
  newCall: (id) => ({ type: 'tool_use', id, name: 'function_name', input: {} }),
  callId: (block) => block.get('id')?.string(),
  tools: ['tools'],
  newTool: (name) => ({ name, description: '', input_schema: { type: 'object', properties: {} } }),
  toolName: (tool) => tool.get('name')?.string(),
  formats: ['none', 'json_schema'],
  setFormat,
}

/** In `output_config`, unless the request still says `output_format`, as the beta did. */
function setFormat(body: JsonNode, format: FormatChoice): readonly TextEdit[] {
  const config = body.get('output_config')
  const owner = config?.get('format') ? config : body
  const key = owner === body ? 'output_format' : 'format'
  if (format === 'none') {
    return config && owner === config && config.memberCount === 1
      ? removeMember(body, 'output_config')
      : removeMember(owner, key)
  }
  if (owner.get(key)?.get('type')?.string() === format) return []
  const schema = { type: 'object', properties: {}, required: [], additionalProperties: false }
  const json = JSON.stringify({ type: format, schema })
  if (body.get('output_format') !== undefined) return setMember(body, 'output_format', json)
  return config?.kind === 'object'
    ? setMember(config, 'format', json)
    : setMember(body, 'output_config', `{"format":${json}}`)
}

const OBJECT: ParameterKind = { is: 'object' }

const MESSAGES_PARAMETERS: readonly ParameterRule[] = [
  { name: 'model', kind: { is: 'text' }, start: '"claude-sonnet-4-5"', about: 'The model that answers.' },
  {
    name: 'max_tokens',
    kind: { is: 'integer', min: 0 },
    start: '1024',
    about: 'The most tokens that the answer may have.',
  },
  {
    name: 'stream',
    kind: { is: 'boolean' },
    start: 'true',
    about: 'Send the answer piece by piece.',
    standard: 'false',
  },
  {
    name: 'temperature',
    kind: { is: 'number', min: 0, max: 1 },
    start: '1.0',
    about: 'How random the answer is: low is focused, high is varied.',
    standard: '1.0',
  },
  {
    name: 'top_p',
    kind: { is: 'number', min: 0, max: 1 },
    start: '0.9',
    about: 'Chooses among the likeliest tokens that make up this share.',
  },
  {
    name: 'top_k',
    kind: { is: 'integer', min: 0 },
    start: '40',
    about: 'Chooses among this many of the likeliest tokens.',
  },
  {
    name: 'stop_sequences',
    kind: { is: 'texts' },
    start: '[""]',
    about: 'Texts that end the answer where they would come.',
  },
  {
    name: 'thinking',
    kind: OBJECT,
    start: '{"type":"enabled","budget_tokens":1024}',
    about: 'Whether the model thinks before it answers, and for how long.',
  },
  {
    name: 'tool_choice',
    kind: OBJECT,
    start: '{"type":"auto"}',
    about: 'Whether and which tools are called.',
    standard: '{"type":"auto"}',
  },
  {
    name: 'output_config',
    kind: OBJECT,
    start: '{"effort":"medium"}',
    about: 'How much effort goes into the answer, and its format.',
  },
  {
    name: 'service_tier',
    kind: { is: 'one of', values: ['auto', 'standard_only'] },
    start: '"auto"',
    about: 'Which capacity serves the request.',
    standard: '"auto"',
  },
  { name: 'metadata', kind: OBJECT, start: '{"user_id":""}', about: 'Who asks, for detecting abuse.' },
  { name: 'container', kind: { is: 'text' }, start: '""', about: 'The container that code is run in.' },
  {
    name: 'context_management',
    kind: OBJECT,
    start: '{"edits":[]}',
    about: 'What is taken out of the context as it grows.',
  },
]

export const messagesRequestEdits: RequestEdits = {
  ...blockRequestEdits(SHAPE),
  parameters: MESSAGES_PARAMETERS,
}
