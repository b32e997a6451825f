import { describe, expect, it } from 'vitest'
import { endpointOf, modelInPath } from '../../../src/core/library/endpoint.ts'
import { providerOf } from '../../../src/core/library/provider.ts'

describe('the provider', () => {
  it.each([
    ['https://api.openai.com/v1/chat/completions', 'openai'],
    ['https://eu.api.openai.com/v1', 'openai'],
    ['https://lls-test.openai.azure.com/openai/v1/v1/chat/completions', 'azure'],
    ['https://x.cognitiveservices.azure.com/openai', 'azure'],
    ['https://api.anthropic.com/v1/messages', 'anthropic'],
    ['https://generativelanguage.googleapis.com/v1beta/models', 'google'],
    ['vertexai:///generate_content', 'google-vertex'],
    ['https://us-east5-aiplatform.googleapis.com/v1', 'google-vertex'],
    ['https://bedrock-runtime.us-west-2.amazonaws.com/model/x/converse', 'aws-bedrock'],
    ['https://bedrock-runtime.<AWS_REGION>.amazonaws.com/model/x/converse', 'aws-bedrock'],
    ['https://bedrock-mantle.us-east-2.api.aws/v1/v1/chat', 'aws-bedrock'],
    ['http://0.0.0.0:11434/v1', 'ollama'],
    ['http://my-box:11434/api/chat', 'ollama'],
    ['http://localhost:8000/v1/models', 'vllm'],
    ['http://localhost:8080/v1/models', 'localhost:8080'],
    ['https://us-south.ml.cloud.ibm.com/ml/v1', 'watsonx'],
    ['https://user:secret@api.groq.com/openai/v1', 'groq'],
    ['https://API.MISTRAL.AI/v1', 'mistral'],
    ['https://api.openai.com.evil.example/v1', 'api.openai.com.evil.example'],
    ['https://notanthropic.com/v1', 'notanthropic.com'],
    ['__databricks__/serving-endpoints', 'databricks'],
  ])('of %s is %s', (url, provider) => expect(providerOf(url, 'openai-chat')).toBe(provider))

  it('is told by the API where there is no host', () => {
    expect(providerOf('', 'anthropic-messages')).toBe('anthropic')
    expect(providerOf('/model/x/converse', 'bedrock-converse')).toBe('aws-bedrock')
    expect(providerOf('/chat/completions', 'openai-chat')).toBeUndefined()
  })
})

describe('the endpoint', () => {
  it.each([
    ['https://api.openai.com/v1/v1/chat/completions', '/v1/chat/completions'],
    ['https://x.openai.azure.com/openai/v1/v1/chat/completions?api-version=1', '/openai/v1/chat/completions'],
    [
      'https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions',
      '/openai/deployments/{id}/chat/completions',
    ],
    [
      'https://g.com/v1beta/models/gemini-2.5-flash:generateContent',
      '/v1beta/models/{model}:generateContent',
    ],
    ['https://b.com/model/us.amazon.nova-lite-v1%3A0/converse-stream', '/model/{model}/converse-stream'],
    ['https://b.com/model/arn%3Aaws%3Abedrock%3Aus%3A1%3Aprofile%2Fabc/invoke', '/model/{model}/invoke'],
    [
      'https://api.openai.com/v1/threads/thread_7W4a2FW5Rkd7NVyi/runs/run_Z41LV5j3Ad56',
      '/v1/threads/{id}/runs/{id}',
    ],
    ['https://a.com/v2/projects/c1234567-2222-2222-3333-444444444444', '/v2/projects/{id}'],
    ['https://api.openai.com/v1/files', '/v1/files'],
    ['https://api.openai.com/v1/embeddings', '/v1/embeddings'],
    ['vertexai:///generate_content_stream', '/generate_content_stream'],
    ['/chat/completions', '/chat/completions'],
    ['https://a.com/%zz/%', '/%zz/%'],
    ['https://a.com', '/'],
  ])('of %s is %s', (url, endpoint) => expect(endpointOf(url)).toBe(endpoint))

  it('is none without a URL', () => expect(endpointOf('')).toBeUndefined())

  it('names the model where the path does', () => {
    expect(modelInPath('https://g.com/v1beta/models/gemini-2.5-flash:generateContent?alt=sse')).toBe(
      'gemini-2.5-flash',
    )
    expect(modelInPath('https://b.com/model/us.amazon.nova-lite-v1%3A0/converse')).toBe(
      'us.amazon.nova-lite-v1:0',
    )
    expect(modelInPath('https://api.openai.com/v1/models/gpt-4o')).toBeUndefined()
  })
})
