const QUESTION = 'Three cassettes were recorded in March, twice as many in April. How many is that together?'

const REASONING =
  'March has three cassettes. April has twice as many, so six. Together that makes nine. I will show the steps briefly, since the person may want to check them.'

const ANSWER = `**Nine cassettes.**

1. March: 3
2. April: 2 × 3 = 6
3. Together: 3 + 6 = **9**

If May goes on like this there will be twelve more, and a shelf is full.`

const CHART =
  '<svg xmlns="http://www.w3.org/2000/svg" width="528" height="296"><rect width="528" height="296" fill="#f4f2ee"/><path d="M64 240h400" stroke="#d8d3ca" stroke-width="2"/><rect x="132" y="160" width="88" height="80" fill="#b9b2a6"/><rect x="308" y="80" width="88" height="160" fill="#d9480f"/><text x="176" y="268" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#5f5a52">March</text><text x="352" y="268" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#5f5a52">April</text></svg>'

/** Cuts a text as a model would: a token is a word with the space in front of it. */
function tokens(text: string): readonly string[] {
  return text.match(/\s?\S+|\s+/g) ?? []
}

/**
 * A made-up recording that shows what the app is for: reasoning, an answer, an image, usage. Written as the Llama
 * Stack recorder writes it.
 */
export function showcaseRecording(): string {
  const chunk = (delta: object, finish: string | null = null, usage: object | null = null): object => ({
    __type__: 'openai.types.chat.chat_completion_chunk.ChatCompletionChunk',
    __data__: {
      id: 'rec-5c1f0b9d2e7a',
      choices: usage === null ? [{ delta, finish_reason: finish, index: 0, logprobs: null }] : [],
      created: 0,
      model: 'gpt-oss:20b',
      object: 'chat.completion.chunk',
      system_fingerprint: 'fp_ollama',
      usage,
    },
  })
  const body = [
    chunk({ content: '', role: 'assistant' }),
    ...tokens(REASONING).map((reasoning) => chunk({ content: '', reasoning })),
    ...tokens(ANSWER).map((content) => chunk({ content })),
    chunk({ content: '' }, 'stop'),
    chunk({}, null, { prompt_tokens: 61, completion_tokens: 84, total_tokens: 145 }),
  ]
  const recording = {
    test_id: 'tests/integration/inference/test_reasoning.py::test_reasoning_with_image',
    request: {
      method: 'POST',
      url: 'http://0.0.0.0:11434/v1/v1/chat/completions',
      headers: {},
      body: {
        model: 'gpt-oss:20b',
        messages: [
          { role: 'system', content: 'Answer briefly and show your steps.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: QUESTION },
              {
                type: 'image_url',
                image_url: { url: `data:image/svg+xml;base64,${Buffer.from(CHART).toString('base64')}` },
              },
            ],
          },
        ],
        reasoning_effort: 'medium',
        stream: true,
        stream_options: { include_usage: true },
      },
      endpoint: '/v1/chat/completions',
      model: 'gpt-oss:20b',
    },
    response: { body, is_streaming: true },
    id_normalization_mapping: {},
  }
  return `${JSON.stringify(recording, null, 2)}\n`
}
