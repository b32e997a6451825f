import { azureTestProxy } from './azure-test-proxy-json.ts'
import { bareJson } from './bare-json-response.ts'
import { awsEventStream, ndjson, rawSse, vercelChunksTxt } from './body-files.ts'
import { cassetter } from './cassetter-yaml-v1.ts'
import { claudeAgentSdkTranscript } from './claude-agent-sdk-transcript.ts'
import type { Container } from './container.ts'
import { ddapmTestagent } from './ddapm-testagent-vcr-json.ts'
import { geminiCliResponses } from './gemini-cli-responses.ts'
import { goVcr } from './go-vcr.ts'
import { har12, pollyjsHar, pollyjsHarYaml } from './har.ts'
import { httprr } from './httprr.ts'
import { langchainVcr } from './langchain-vcr.ts'
import { llamaStackJson } from './llama-stack-json.ts'
import { mastraRecorder } from './mastra-llm-recorder-json.ts'
import { nockJson } from './nock-json.ts'
import { opencodeRecorder } from './opencode-http-recorder.ts'
import { pydanticAiWs } from './pydantic-ai-ws-yaml.ts'
import { pydanticAiXaiGrpc } from './pydantic-ai-xai-grpc-yaml.ts'
import { reqLlm } from './req-llm-json.ts'
import { responseOnly } from './response-only-json.ts'
import { betamax, rubyVcrYaml } from './ruby-vcr.ts'
import { tolerant } from './tolerant.ts'
import { vcrpyJson, vcrpyYaml } from './vcrpy.ts'
import { wiremockMapping } from './wiremock-mapping.ts'

/** Every format this project reads. The surest sniff wins; order decides only between equals. */
export const CONTAINERS: readonly Container[] = [
  llamaStackJson,
  rawSse,
  ndjson,
  vercelChunksTxt,
  awsEventStream,
  vcrpyYaml,
  vcrpyJson,
  langchainVcr,
  rubyVcrYaml,
  betamax,
  goVcr,
  cassetter,
  ddapmTestagent,
  httprr,
  har12,
  pollyjsHar,
  pollyjsHarYaml,
  nockJson,
  wiremockMapping,
  opencodeRecorder,
  mastraRecorder,
  azureTestProxy,
  reqLlm,
  geminiCliResponses,
  pydanticAiWs,
  pydanticAiXaiGrpc,
  claudeAgentSdkTranscript,
  responseOnly,
  bareJson,
  tolerant,
]

/** The format with this id. */
export function containerOf(id: string): Container | undefined {
  return CONTAINERS.find((container) => container.id === id)
}
