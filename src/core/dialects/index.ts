import { anthropicLegacyComplete } from './anthropic-legacy-complete.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockAgent } from './bedrock-agent.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { bedrockInvoke } from './bedrock-invoke.ts'
import { claudeAgentSdk } from './claude-agent-sdk.ts'
import { codyCompletions } from './cody-completions.ts'
import { cohereV1 } from './cohere-v1.ts'
import { cohereV2 } from './cohere-v2.ts'
import type { Dialect } from './dialect.ts'
import { embeddings } from './embeddings.ts'
import { gemini } from './gemini.ts'
import { geminiInteractions } from './gemini-interactions.ts'
import { geminiLive } from './gemini-live.ts'
import { huggingface } from './huggingface.ts'
import { llamaStackTool } from './llama-stack-tool.ts'
import { modelList } from './model-list.ts'
import { ollamaChat } from './ollama-chat.ts'
import { ollamaGenerate } from './ollama-generate.ts'
import { openaiAssistants } from './openai-assistants.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiRealtime } from './openai-realtime.ts'
import { openaiResponses } from './openai-responses.ts'
import { replicate } from './replicate.ts'
import { rerank } from './rerank.ts'
import { unknownDialect } from './unknown.ts'
import { vercelUiStream } from './vercel-ui-stream.ts'
import { watsonx } from './watsonx.ts'
import { writerChat } from './writer.ts'
import { xaiGrpc } from './xai-grpc.ts'

/** Every wire language this project reads; the surest sniff wins, and of equally sure ones the first. */
export const DIALECTS: readonly Dialect[] = [
  // told by their URL: before those whose words they speak inside
  ...bedrockInvoke({
    messages: anthropicMessages,
    legacyComplete: anthropicLegacyComplete,
    converse: bedrockConverse,
    chat: openaiChat,
  }),
  writerChat(openaiChat),
  openaiChat,
  anthropicMessages,
  anthropicLegacyComplete,
  bedrockConverse,
  bedrockAgent,
  codyCompletions,
  replicate,
  huggingface,
  watsonx,
  openaiResponses,
  openaiCompletions,
  openaiRealtime,
  openaiAssistants,
  embeddings,
  rerank,
  modelList,
  llamaStackTool,
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
  unknownDialect,
]

/** The dialect with this id; the unknown one for an id of another version of this program. */
export function dialectOf(id: string): Dialect {
  return DIALECTS.find((dialect) => dialect.id === id) ?? unknownDialect
}
