/** What new things look like in a Converse request: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
import { type BlockShape, blockRequestEdits } from '../cassette/block-request-edits.ts'
import type { ParameterKind, RequestEdits } from '../cassette/request-edits.ts'
import { EditError } from '../text/edit.ts'

const SHAPE: BlockShape = {
  parts: {
    text: { text: '' },
    image: { image: { format: 'png', source: { bytes: '' } } },
    file: { document: { format: 'pdf', name: 'file', source: { bytes: '' } } },
  },
  system: [{ text: '' }],
  content: [{ text: '' }],
  textBlock: (literal) => `{"text":${literal}}`,
  newCall: (toolUseId) => ({ toolUse: { toolUseId, name: 'function_name', input: {} } }),
  callId: (block) => block.path('toolUse', 'toolUseId')?.string(),
  tools: ['toolConfig', 'tools'],
  newTool: (name) => ({
    toolSpec: { name, description: 'new', inputSchema: { json: { type: 'object', properties: {} } } },
  }),
  toolName: (tool) => tool.path('toolSpec', 'name')?.string(),
  formats: [],
  setFormat() {
    throw new EditError("the format of Converse's answers is set in its outputConfig")
  },
}

const OBJECT: ParameterKind = { is: 'object' }

export const converseRequestEdits: RequestEdits = {
  ...blockRequestEdits(SHAPE),
  parameters: [
    {
      name: 'inferenceConfig',
      kind: OBJECT,
      start: '{"maxTokens":1024,"temperature":1.0,"topP":0.9,"stopSequences":[]}',
      about: 'How long and how random the answer is, and what ends it.',
    },
    {
      name: 'additionalModelRequestFields',
      kind: OBJECT,
      start: '{}',
      about: 'Parameters of this model alone.',
    },
    {
      name: 'additionalModelResponseFieldPaths',
      kind: { is: 'texts', most: 10 },
      start: '["/stop_sequence"]',
      about: 'Where in this model’s own answer more is to be found.',
    },
    {
      name: 'guardrailConfig',
      kind: OBJECT,
      start: '{"guardrailIdentifier":"","guardrailVersion":"1","trace":"enabled"}',
      about: 'The guardrail that watches question and answer.',
    },
    {
      name: 'performanceConfig',
      kind: OBJECT,
      start: '{"latency":"optimized"}',
      about: 'Whether the answer comes faster.',
    },
    { name: 'requestMetadata', kind: OBJECT, start: '{}', about: 'Names and values for filtering the logs.' },
  ],
}
