/** Names of members and headers whose values mean nothing to whoever reads a recording. */

/** Not a test of equality alone: `created_at`, `load_duration`, `x_request_id`. */
const MEMBERS: readonly (readonly [group: string, names: RegExp])[] = [
  [
    'ids',
    /^(?:id|ids|.*[_-]?(?:request|response|item|message|call|tool_call|toolUse|tool_use|event|output|session|trace|span|container|generation|prompt_cache)_?ids?|responseId|requestId|messageId|callId|toolCallId|toolUseId|interactionId|sequence_number|event_id|eventId)$/i,
  ],
  [
    'times',
    /^(?:created|date|time|timestamp|latency|elapsed|ts|updated|.*(?:Latency|Millis|_at|At|_time|Time|_duration|duration|_ms|Ms|latencyMs|_seconds|timestamp))$/,
  ],
  ['fingerprints', /^(?:system_fingerprint|fingerprint|etag|eTag)$/],
  [
    'content filter ratings',
    /^(?:prompt_filter_results|content_filter_results|content_filters|content_filter_result|prompt_annotations|safetyRatings|safety_ratings)$/,
  ],
  ['padding', /^(?:obfuscation|p|padding)$/],
  ['service tier', /^(?:service_tier|serviceTier|traffic_type|trafficType|inference_geo)$/],
  [
    'usage',
    /^(?:usage|usageMetadata|usage_metadata|x_groq|.*(?:_tokens|Tokens|TokenCount|_token_count|_tokens_details|TokensDetails)|(?:prompt_)?eval_count|metrics|billed_units|num_tokens|input_tokens|output_tokens|cost|stats)$/,
  ],
  ['log probabilities', /^(?:logprobs|log_probs|logprobsResult|avgLogprobs|top_logprobs|logprob|tokens)$/],
  [
    'signatures',
    /^(?:signature|thoughtSignature|thought_signature|encrypted_content|encryptedContent|redactedContent)$/,
  ],
  ['model name in the answer', /^(?:model|modelVersion|model_version)$/],
]

/** What a member of a response is that differs and means nothing; undefined for all others. */
export function noiseGroup(key: string): string | undefined {
  return MEMBERS.find(([, names]) => names.test(key))?.[0]
}

/** Members of messages that a client sends back as it got them. */
export function isEcho(key: string): boolean {
  return ECHOES.has(key)
}

const ECHOES: ReadonlySet<string> = new Set([
  'id',
  'call_id',
  'tool_call_id',
  'toolCallId',
  'tool_use_id',
  'toolUseId',
  'item_id',
  'signature',
  'thoughtSignature',
  'thought_signature',
  'encrypted_content',
  'encryptedContent',
  'created_at',
])

/** Parameters of a request that name a former answer. */
export function isLink(key: string): boolean {
  return LINKS.has(key)
}

const LINKS: ReadonlySet<string> = new Set([
  'previous_response_id',
  'previous_interaction_id',
  'response_id',
  'conversation_id',
  'session_id',
  'generation_id',
  'thread_id',
  'assistant_id',
  'run_id',
  'request_id',
  'conversation',
  'event_id',
  'idempotency_key',
  'prompt_cache_key',
])

const HEADERS =
  /^(?:date|authorization|proxy-authorization|cookie|set-cookie|user-agent|content-length|connection|keep-alive|accept-encoding|accept-language|transfer-encoding|traceparent|tracestate|baggage|host|via|age|priority|b3|sentry-trace|x-b3-.*|x-stainless-.*|x-amz-date|x-amz-security-token|x-amz-user-agent|x-amzn-.*|amz-sdk-.*|x-amz-content-sha256|x-goog-api-client|x-goog-request-params|x-client-.*|x-ms-client-.*|x-sdk-.*|x-fern-.*|idempotency-key|.*(?:api-?key|token|secret|signature|request-id|trace-?id|session-?id|-id|nonce|timestamp|date|time|version-sha)|cf-.*|sec-.*|origin|referer|dnt|cache-control|pragma|if-none-match)$/i

/** Headers of a request that say who asks and when, not what is asked. */
export function isNoiseHeader(name: string): boolean {
  return HEADERS.test(name)
}
