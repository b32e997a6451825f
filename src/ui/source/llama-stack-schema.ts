import type { JSONSchema } from 'monaco-editor/languages/features/json/register'

/** The models whose file is a Llama Stack / OGX recording. */
export const LLAMA_STACK_FILES = '*.llama-stack.json'

const text = (description: string): JSONSchema => ({ type: ['string', 'null'], description })
const count = (description: string): JSONSchema => ({ type: ['number', 'null'], description })
const anything = (description: string): JSONSchema => ({ description })
const record = (description: string, properties: Record<string, JSONSchema> = {}): JSONSchema => ({
  type: ['object', 'null'],
  description,
  properties,
})
const list = (description: string, items: JSONSchema = {}): JSONSchema => ({
  type: ['array', 'null'],
  description,
  items,
})
const ref = (name: string): JSONSchema => ({ $ref: `#/definitions/${name}` })

/** What the person is told about a key, and what is offered while typing. It demands nothing: real files vary. */
export const LLAMA_STACK_SCHEMA: JSONSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Llama Stack / OGX recording',
  description: 'One request to a model provider and its whole response, as the API recorder wrote them.',
  type: 'object',
  properties: {
    test_id: text(
      'The pytest node that made the call. Part of the request hash; null or absent in old files.',
    ),
    request: ref('request'),
    response: ref('response'),
    id_normalization_mapping: record('Normalised id to original id. Replay replaces the one by the other.'),
  },
  definitions: {
    request: {
      type: 'object',
      description: 'What was sent. Its hash is the name of the file: a changed request needs a renamed file.',
      properties: {
        method: text('HTTP method. The recorder always writes POST, for model lists too.'),
        url: text(
          'Base URL and endpoint. OpenAI base URLs end in /v1, so the path is often doubled: /v1/v1/...',
        ),
        headers: record('Always empty: the recorder stores no headers and no credentials.'),
        body: ref('body'),
        endpoint: text('Short name of the endpoint, such as /v1/chat/completions.'),
        model: text('The model that was asked, as in the body. Empty for model lists.'),
        provider_metadata: record('Versions of the SDK and the server. Not part of the hash.', {
          openai_sdk_version: text('Version of the openai package.'),
          azure_api_version: text('API version of Azure OpenAI.'),
          vllm_server_version: text('Version of the vLLM server.'),
          ollama_sdk_version: text('Version of the ollama package.'),
          provider: text('The provider, where the SDK serves several.'),
        }),
        payload: anything('Body of a raw HTTP call (Anthropic Messages, Google Interactions, rerank).'),
        test_id: text('The pytest node, for calls that are not made through an SDK.'),
        provider: text('The tool provider that was called.'),
        tool_name: text('The tool that was called.'),
        kwargs: record('Arguments of the tool call.'),
        api: text('The API of a file processor call.'),
        file_id: text('The file of a file processor call.'),
      },
    },
    body: record(
      'Arguments of the SDK call: not the body on the wire. Arguments that were not given are absent.',
      {
        model: text('The model that is asked.'),
        messages: list('The conversation so far.', ref('message')),
        stream: { type: ['boolean', 'null'], description: 'Answer in chunks, as they are made.' },
        stream_options: record('Options of the stream.', {
          include_usage: {
            type: ['boolean', 'null'],
            description: 'End with a chunk that holds the token usage.',
          },
        }),
        temperature: count('Randomness of the answer; 0 is the most certain.'),
        top_p: count('Choose among the tokens that make up this share of probability.'),
        max_tokens: count('Longest answer, in tokens.'),
        max_completion_tokens: count('Longest answer with its reasoning, in tokens.'),
        n: count('How many answers.'),
        seed: count('For answers that can be repeated.'),
        stop: anything('Text at which the answer ends.'),
        tools: list('Functions that the model may call.'),
        tool_choice: anything('Whether, or which, tool must be called.'),
        response_format: anything('Form of the answer: text, or JSON that follows a schema.'),
        input: anything('Texts to embed or to moderate.'),
        prompt: anything('Text to complete.'),
        extra_body: record('Sent in the body beside what the SDK knows.'),
        extra_query: record('Sent in the query string.'),
        extra_headers: record('Sent as headers.'),
      },
    ),
    response: {
      type: 'object',
      description: 'What came back.',
      properties: {
        body: {
          description: 'The answer: one object, or a list of chunks in the order in which they arrived.',
          anyOf: [
            ref('part'),
            {
              type: 'array',
              items: { anyOf: [ref('part'), { type: ['string', 'number', 'boolean', 'null', 'array'] }] },
            },
            { type: ['string', 'number', 'boolean', 'null'] },
          ],
        },
        is_streaming: {
          type: 'boolean',
          description:
            'The body is a stream of chunks. (A list alone does not say so: model lists are lists too.)',
        },
        status: count('HTTP status of a raw HTTP call.'),
        is_exception: { type: ['boolean', 'null'], description: 'The call ended in an error.' },
        exception_data: record('The error, so that replay can raise it again.', {
          category: text('provider_sdk, ogx, builtin or unknown.'),
          provider: text('The SDK that raised it.'),
          type: text('Class of the error.'),
          message: text('What the error says.'),
          status_code: count('HTTP status of the error.'),
          body: anything('Body of the error response.'),
        }),
        exception_message: text('What the error says.'),
      },
    },
    part: {
      type: 'object',
      properties: {
        __type__: text('Python class that replay makes of the data. Its last part says which kind it is.'),
        __data__: ref('completion'),
      },
    },
    completion: {
      description: 'The object as the SDK dumped it: everything optional that was not set is null.',
      anyOf: [
        {
          type: 'object',
          properties: {
            id: text('For recorded answers rec- and the first 12 characters of the file name.'),
            object: text('Kind of object: chat.completion.chunk, chat.completion, model, ...'),
            created: count('Seconds since 1970; the recorder writes 0.'),
            created_at: anything('When it was made; the recorder writes 1970-01-01.'),
            model: text('The model that answered.'),
            choices: list('The answers; one unless n asked for more.', ref('choice')),
            usage: record('Tokens that were counted.', {
              prompt_tokens: count('Tokens of the request.'),
              completion_tokens: count('Tokens of the answer.'),
              total_tokens: count('Both together.'),
              prompt_tokens_details: record('How the request was counted.'),
              completion_tokens_details: record('How the answer was counted.'),
            }),
            service_tier: text('Tier that served the call.'),
            system_fingerprint: text('Configuration of the server.'),
            message: ref('message'),
            data: anything('Embeddings, or what else was asked for.'),
            content: anything('Result of a tool: often JSON inside a string.'),
            error_message: text('Why the tool failed.'),
            error_code: count('Code of the failure.'),
            metadata: record('What else is known.'),
          },
        },
        {},
      ],
    },
    choice: {
      type: ['object', 'null'],
      description: 'One answer, or what this chunk adds to it.',
      properties: {
        index: count('Which of the answers, from 0.'),
        delta: ref('message'),
        message: ref('message'),
        finish_reason: text('Why it ended: stop, length, tool_calls, content_filter; null while it goes on.'),
        logprobs: anything('Probabilities of the tokens.'),
        text: text('Text of a completion.'),
      },
    },
    message: {
      type: ['object', 'null'],
      description: 'A message, or the piece of one that a chunk adds.',
      properties: {
        role: text('Who speaks: system, developer, user, assistant or tool.'),
        content: anything('What is said: a text, or a list of parts (text, image_url, ...).'),
        reasoning_content: text('What the model thought before it answered.'),
        reasoning: anything('What the model thought before it answered.'),
        refusal: text('Why the model does not answer.'),
        function_call: anything('The old form of a tool call.'),
        tool_calls: list('Calls of tools. In chunks: pieces, joined by index.', ref('toolCall')),
        tool_call_id: text('The call that this message answers.'),
        name: text('Name of the speaker or the tool.'),
      },
    },
    toolCall: {
      type: ['object', 'null'],
      description: 'A call of a tool, or a piece of one.',
      properties: {
        index: count('Which of the calls a piece belongs to.'),
        id: text('Names the call; its result refers to it.'),
        type: text('function'),
        function: record('What is called.', {
          name: text('Name of the function.'),
          arguments: anything('Arguments as JSON inside a string; chunks hold pieces of it.'),
        }),
      },
    },
  },
}
