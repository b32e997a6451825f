/** No JSON makes these dialects throw, whatever stands where a text, a list or an object belongs. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { claudeAgentSdk } from '../../../src/core/dialects/claude-agent-sdk.ts'
import { cohereV1 } from '../../../src/core/dialects/cohere-v1.ts'
import { cohereV2 } from '../../../src/core/dialects/cohere-v2.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { gemini } from '../../../src/core/dialects/gemini.ts'
import { geminiInteractions } from '../../../src/core/dialects/gemini-interactions.ts'
import { geminiLive } from '../../../src/core/dialects/gemini-live.ts'
import { ollamaChat } from '../../../src/core/dialects/ollama-chat.ts'
import { ollamaGenerate } from '../../../src/core/dialects/ollama-generate.ts'
import { vercelUiStream } from '../../../src/core/dialects/vercel-ui-stream.ts'
import { xaiGrpc } from '../../../src/core/dialects/xai-grpc.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { NO_REQUEST } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const DIALECTS: readonly Dialect[] = [
  claudeAgentSdk,
  cohereV1,
  cohereV2,
  gemini,
  geminiInteractions,
  geminiLive,
  ollamaChat,
  ollamaGenerate,
  vercelUiStream,
  xaiGrpc,
]

/** Members that the dialects ask for, at any depth. */
const KEYS = (
  'type event_type content contents parts text thinking thought message messages role delta index id name args ' +
  'arguments function functionCall function_call functionResponse response partialArgs inlineData candidates ' +
  'finishReason finish_reason usage usageMetadata usage_metadata promptFeedback blockReason error errors safetyRatings ' +
  'tool_calls toolCall functionCalls citations documents serverContent modelTurn turnComplete setup clientContent ' +
  'realtimeInput turns tools functionDeclarations generationConfig config systemInstruction outputs steps step ' +
  'interaction status input output options format images prompt system created_at done done_reason event_type ' +
  'tool_call_delta parameters meta tokens toolCallId toolName inputTextDelta url mediaType data summary result ' +
  'tool_results outputs call chat_history preamble response_format image_url uuid session_id stop_reason'
).split(' ')

const NAMES = [
  ...['text', 'thinking', 'thought', 'tool_use', 'function_call', 'function_result', 'model_output', 'image'],
  ...['content-delta', 'content-start', 'message-start', 'message-end', 'tool-call-start', 'citation-start'],
  ...['text-generation', 'tool-calls-generation', 'stream-end', 'text-delta', 'tool-input-available', 'file'],
  ...[
    'step.delta',
    'step.start',
    'interaction.completed',
    'assistant',
    'user',
    'system',
    'result',
    'tool',
    '',
  ],
]

const { value } = fc.letrec<{ value: unknown; object: unknown; list: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(...NAMES, null, true, false, 0, 1, -1.5),
    tie('object'),
    tie('list'),
  ),
  object: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}))

it('nothing throws', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
      const payloads = values.map((each) => JSON.stringify(each))
      const root = JsonDocument.of(payloads[0] ?? 'null').root
      if (root === undefined) expect.unreachable()
      for (const dialect of DIALECTS) {
        foldPayloads(dialect, payloads)
        dialect.readRequest(root)
        dialect.sniff(NO_REQUEST, root, root)
        dialect.timeOf?.(root)
      }
    }),
    { numRuns: 600 },
  )
})
