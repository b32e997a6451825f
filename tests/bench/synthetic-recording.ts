/**
 * A recording with as many chunks as wanted, one a line, as a Llama Stack recording of an OpenAI stream has them.
 * About 230 bytes a chunk: 500,000 make a file of 116 MB; `complete` adds the fields that say nothing. The benches also send this function to the browser as
 * its own source text, so it may use nothing from outside itself.
 */
export function syntheticRecording(chunks: number, complete = false): string {
  const words =
    ' the, of a model answer is\n\n to - recorded and **stream** in that caf\\u00e9 token it `code` one for with by'
      .replaceAll('\n', '\\n')
      .split(/(?= )/)
  const rest = complete
    ? ', "object": "chat.completion.chunk", "service_tier": "default", "system_fingerprint": "fp_60919f7b75", "usage": null, "obfuscation": "7DNlldVZBT"'
    : ''
  const silent = complete ? ', "function_call": null, "refusal": null, "role": null, "tool_calls": null' : ''
  const chunk = (delta: string, finish: string): string =>
    `{"__type__": "openai.types.chat.chat_completion_chunk.ChatCompletionChunk", "__data__": {"id": "rec-0ea735928993", "choices": [{"delta": ${delta}, "finish_reason": ${finish}, "index": 0}], "created": 0, "model": "gpt-4o"${rest}}}`
  const lines = [chunk('{"content": "", "role": "assistant"}', 'null')]
  let state = 42
  for (let index = 2; index < chunks; index++) {
    // A fixed linear congruential generator: the same file on every machine.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    lines.push(chunk(`{"content": "${words[state % words.length]}"${silent}}`, 'null'))
  }
  lines.push(chunk('{}', '"stop"'))
  const request = `{"method": "POST", "url": "https://api.openai.com/v1/v1/chat/completions", "headers": {}, "body": {"model": "gpt-4o", "messages": [{"role": "user", "content": "Tell me everything."}], "stream": true}, "endpoint": "/v1/chat/completions", "model": "gpt-4o"}`
  return `{"test_id": null, "request": ${request}, "response": {"body": [\n${lines.join(',\n')}\n], "is_streaming": true}, "id_normalization_mapping": {}}\n`
}
