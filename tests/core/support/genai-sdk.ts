/**
 * The official `@google/genai` package asked what a Gemini stream says: a fake `fetch` serves it (no network), the SDK
 * takes it apart; what its chunks then say is added up plainly, as its users do. It has no accumulator of its own.
 * How it differs by design: it knows only the wire's camelCase, and stops at an error inside a stream.
 */
import { type GenerateContentResponse, GoogleGenAI } from '@google/genai'
import { canonical, type Neutral, type NeutralCall, textOf } from './neutral-answer.ts'

interface Growing {
  text: string
  reasoning: string
  readonly calls: NeutralCall[]
  stop: string
}

/** Serves one whole answer, or the chunks of a stream, to what is asked meanwhile. */
async function served<T>(payloads: readonly string[], streamed: boolean, ask: () => Promise<T>): Promise<T> {
  const body = streamed
    ? payloads.map((payload) => `data: ${oneLine(payload)}\r\n\r\n`).join('')
    : payloads[0]
  const type = streamed ? 'text/event-stream' : 'application/json'
  const { fetch } = globalThis
  globalThis.fetch = () =>
    Promise.resolve(new Response(body ?? '', { headers: { 'content-type': type }, status: 200 }))
  try {
    return await ask()
  } finally {
    globalThis.fetch = fetch
  }
}

/** generateContent and streamGenerateContent. */
export function askGenai(payloads: readonly string[], streamed: boolean): Promise<Neutral> {
  return served(payloads, streamed, async () => {
    const { models } = new GoogleGenAI({ apiKey: 'none' })
    const asked = { model: 'any', contents: 'any' }
    if (!streamed) return addUp([await models.generateContent(asked)])
    const chunks: GenerateContentResponse[] = []
    for await (const chunk of await models.generateContentStream(asked)) chunks.push(chunk)
    return addUp(chunks)
  })
}

/** Interactions, streamed, as the SDK knows them: the events of the second generation. */
export function askInteractions(payloads: readonly string[]): Promise<Neutral> {
  return served(payloads, true, async () => {
    const { interactions } = new GoogleGenAI({ apiKey: 'none' })
    const answer: Growing = { text: '', reasoning: '', calls: [], stop: '' }
    const calls = new Map<number, { id: string; name: string; arguments: string }>()
    let usage: Record<string, unknown> = {}
    for await (const event of await interactions.create({ model: 'any', input: 'any', stream: true })) {
      if (event.event_type === 'step.start' && event.step.type === 'function_call') {
        calls.set(event.index, { id: event.step.id, name: event.step.name, arguments: '' })
      } else if (event.event_type === 'interaction.completed') {
        answer.stop = event.interaction.status
        usage = { ...event.interaction.usage }
      } else if (event.event_type === 'step.delta') {
        const { delta } = event
        const call = calls.get(event.index)
        if (delta.type === 'text') answer.text += delta.text
        else if (delta.type === 'arguments_delta' && call) call.arguments += delta.arguments ?? ''
        else if (delta.type === 'thought_summary' && delta.content?.type === 'text') {
          answer.reasoning += delta.content.text
        }
      }
    }
    answer.calls.push(
      ...[...calls.values()].map((call) => ({ ...call, arguments: canonical(call.arguments) })),
    )
    return {
      answers: [{ choice: 0, ...answer }],
      usage: {
        inputTokens: textOf(usage.total_input_tokens),
        outputTokens: textOf(usage.total_output_tokens),
        totalTokens: textOf(usage.total_tokens),
        cachedInputTokens: textOf(usage.total_cached_tokens),
        reasoningTokens: textOf(usage.total_thought_tokens),
      },
    }
  })
}

function oneLine(payload: string): string {
  return JSON.stringify(JSON.parse(payload))
}

function addUp(chunks: readonly GenerateContentResponse[]): Neutral {
  const answers = new Map<number, Growing>()
  let usage: GenerateContentResponse['usageMetadata']
  for (const { candidates, usageMetadata } of chunks) {
    // Vertex's early chunks only say what kind of traffic it is
    if (usageMetadata?.promptTokenCount !== undefined) usage = usageMetadata
    for (const { index = 0, content, finishReason } of candidates ?? []) {
      const answer = answers.get(index) ?? { text: '', reasoning: '', calls: [], stop: '' }
      answers.set(index, answer)
      for (const part of content?.parts ?? []) {
        if (part.thought) answer.reasoning += part.text ?? ''
        else answer.text += part.text ?? ''
        const { functionCall: call } = part
        if (call?.name === undefined) continue
        const args = call.args === undefined ? '' : canonical(JSON.stringify(call.args))
        answer.calls.push({ id: call.id ?? '', name: call.name, arguments: args })
      }
      if (finishReason !== undefined) answer.stop = textOf(finishReason)
    }
  }
  return {
    answers: [...answers].map(([choice, answer]) => ({ choice, ...answer })),
    usage: {
      inputTokens: textOf(usage?.promptTokenCount),
      outputTokens: textOf(usage?.candidatesTokenCount),
      totalTokens: textOf(usage?.totalTokenCount),
      cachedInputTokens: textOf(usage?.cachedContentTokenCount),
      reasoningTokens: textOf(usage?.thoughtsTokenCount),
    },
  }
}
