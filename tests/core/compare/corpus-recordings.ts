/** The real recordings that the pairs are made from, below the corpus. */
export const TWO_CALLS =
  'llama-stack/responses/recordings/cf14f2e0949742b53298069169087de8ea6ab883bf828059c9392c268dfcf38e.json'
export const CALCULATOR =
  'llama-stack/messages/recordings/0d76cd7b3dae3f44e2990645cb1617d5c84b80daf77535a00ce1ab680308881a.json'
export const COUNTING =
  'llama-stack/messages/recordings/f22657bfd86db6348c0a0d0b17332dcfc038b345d2a7be8da4b880a433d36a52.json'
export const STRUCTURED =
  'llama-stack/inference/recordings/fec22760875c460a453f839c1be6691e0fd8c546f68d07f7dfcfc6223de97207.json'
export const FAILED =
  'llama-stack/inference/recordings/28a43dc80443ccae98eee165c58522090fd6f0637031153b0105399093d39c52.json'
export const GEMINI =
  'llama-stack/responses/recordings/838581ce59baf5b7802514c1bc777d436a1ea55ac9386e0083a69aece9ac99ec.json'
export const EMBEDDING = 'llama-stack-history/eb07a0f86/recordings/responses/011f70e24ce4.json'
export const OLLAMA = 'llama-stack-history/08b4a1deb/inference/recordings/responses/1b8394f90636.json'
export const MODELS =
  'llama-stack/inference/recordings/models-9beac41c66cbe8568bb72b5ba0f5608597ef8a14b42585c22b1e7c45526537c1-fb68f5a6.json'
export const RUBY =
  'other-recorders/crmne__ruby_llm/spec/fixtures/vcr_cassettes/chat_streaming_responses_deepseek_deepseek-chat_supports_streaming_responses.yml'
export const REFUSED =
  'other-recorders/traceloop__openllmetry/packages/opentelemetry-instrumentation-openai/tests/traces/cassettes/test_chat_parse/test_parsed_refused_completion_with_events_with_no_content.yaml'
export const FILTERED =
  'other-recorders/traceloop__openllmetry/packages/opentelemetry-instrumentation-openai/tests/traces/cassettes/test_azure/test_chat_content_filtering.yaml'
export const GO_VCR =
  'other-recorders/charmbracelet__fantasy/providertests/testdata/TestAnthropicThinkingWithCacheControl/claude-sonnet-4/thinking.yaml'
export const HTTPRR =
  'other-recorders/tmc__langchaingo/llms/ollama/internal/ollamaclient/testdata/TestClient_GenerateStream.httprr'
export const HAR =
  'other-recorders/traceloop__openllmetry-js/packages/instrumentation-together/recordings/Test-Together-instrumentation_114631371/should-set-attributes-in-span-for-chat_1427850401/recording.har'
export const FUNCTION_CALL =
  'other-recorders/DataDog__dd-trace-py/tests/cassettes/openai/openai_chat_completions_post_f9fa0b14.json'
export const CONVERSE =
  'other-recorders/farhanic017__octocode/packages/llm/test/fixtures/recordings/bedrock-converse/drives-a-tool-loop.json'
export const RESPONSES_API =
  'other-recorders/farhanic017__octocode/packages/llm/test/fixtures/recordings/openai-responses/gpt-5-5-streams-tool-call.json'
