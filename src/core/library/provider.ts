/** Whose API a call went to: the owner of the host where it is known, else the host. */

/** Hosts and parts of hosts (with a dot before them: all below it), the more special first. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)api\.openai\.com$/, 'openai'],
  [/\.(?:openai|cognitiveservices|services\.ai|inference\.ai)\.azure\.com$/, 'azure'],
  [/^models\.(?:inference\.ai\.azure|github)\.(?:com|ai)$/, 'github-models'],
  [/(?:^|\.)anthropic\.com$/, 'anthropic'],
  [/^generativelanguage\.googleapis\.com$/, 'google'],
  [/aiplatform\.googleapis\.com$/, 'google-vertex'],
  [/^bedrock[a-z-]*\..*(?:\.amazonaws\.com|\.api\.aws)(?:\.cn)?$/, 'aws-bedrock'],
  [/\.sagemaker\.[a-z0-9-]+\.amazonaws\.com$/, 'aws-sagemaker'],
  [/(?:^|\.)ml\.cloud\.ibm\.com$/, 'watsonx'],
  [/(?:^|\.)(?:dataplatform|iam)\.cloud\.ibm\.com$/, 'watsonx'],
  [/(?:^|\.)mistral\.ai$/, 'mistral'],
  [/(?:^|\.)cohere\.(?:com|ai)$/, 'cohere'],
  [/(?:^|\.)groq\.com$/, 'groq'],
  [/(?:^|\.)together\.(?:xyz|ai)$/, 'together'],
  [/(?:^|\.)fireworks\.ai$/, 'fireworks'],
  [/(?:^|\.)deepseek\.com$/, 'deepseek'],
  [/(?:^|\.)openrouter\.ai$/, 'openrouter'],
  [/(?:^|\.)x\.ai$/, 'xai'],
  [/(?:^|\.)(?:huggingface\.(?:co|cloud|tech))$/, 'huggingface'],
  [/(?:^|\.)perplexity\.ai$/, 'perplexity'],
  [/(?:^|\.)cerebras\.ai$/, 'cerebras'],
  [/(?:^|\.)nvidia\.com$/, 'nvidia'],
  [/(?:^|\.)replicate\.(?:com|net|delivery)$/, 'replicate'],
  [/(?:^|\.)writer\.com$/, 'writer'],
  [/(?:^|\.)ai21\.com$/, 'ai21'],
  [/(?:^|\.)voyageai\.com$/, 'voyage'],
  [/(?:^|\.)jina\.ai$/, 'jina'],
  [/(?:^|\.)sambanova\.ai$/, 'sambanova'],
  [/(?:^|\.)hyperbolic\.xyz$/, 'hyperbolic'],
  [/(?:^|\.)deepinfra\.com$/, 'deepinfra'],
  [/(?:^|\.)moonshot\.(?:cn|ai)$/, 'moonshot'],
  [/(?:^|\.)dashscope(?:-intl)?\.aliyuncs\.com$/, 'alibaba'],
  [/(?:^|\.)crusoecloud\.com$/, 'crusoe'],
  [/(?:^|\.)ai-gateway\.vercel\.sh$/, 'vercel'],
  [/^(?:api|gateway\.ai)\.cloudflare\.com$/, 'cloudflare'],
  [/(?:^|\.)snowflakecomputing\.com$/, 'snowflake'],
  [/(?:^|\.)databricks(?:apps)?\.(?:com|net)$|\.azuredatabricks\.net$/, 'databricks'],
  [/(?:^|\.)sourcegraph\.com$/, 'sourcegraph'],
  [/(?:^|\.)tavily\.com$/, 'tavily'],
]

/** By the API that is spoken, where no host is recorded. */
const SPEAKERS: readonly (readonly [RegExp, string])[] = [
  [/^anthropic|^claude/, 'anthropic'],
  [/^bedrock/, 'aws-bedrock'],
  [/^cohere/, 'cohere'],
  [/^gemini/, 'google'],
  [/^ollama/, 'ollama'],
  [/^openai-(?:responses|realtime|assistants)/, 'openai'],
  [/^watsonx/, 'watsonx'],
  [/^writer/, 'writer'],
  [/^xai/, 'xai'],
  [/^replicate/, 'replicate'],
  [/^huggingface/, 'huggingface'],
  [/^cody/, 'sourcegraph'],
]

/** Undefined where nothing tells. */
export function providerOf(address: string, dialect: string): string | undefined {
  if (/^vertexai:/i.test(address)) return 'google-vertex'
  if (/^__databricks__/.test(address)) return 'databricks'
  const [, host = '', port = ''] = HOST.exec(address.toLowerCase()) ?? []
  if (host === '') return SPEAKERS.find(([pattern]) => pattern.test(dialect))?.[1]
  if (port === '11434') return 'ollama'
  const owner = OWNERS.find(([pattern]) => pattern.test(host))?.[1]
  if (owner !== undefined) return owner
  if (!LOCAL.test(host)) return host
  // what vLLM listens on if nobody says otherwise
  if (port === '8000') return 'vllm'
  return dialect.startsWith('ollama') ? 'ollama' : port === '' ? host : `${host}:${port}`
}

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)(?::(\d+))?/
const LOCAL = /^(?:localhost|0\.0\.0\.0|127\.\d+\.\d+\.\d+|\[::1?\])$/
