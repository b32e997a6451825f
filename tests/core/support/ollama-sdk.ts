/**
 * The official `ollama` package asked what a stream says: a fake `fetch` serves the lines (no network), the SDK takes
 * them apart; its chunks are then added up plainly, as its users do.
 */
import { Ollama } from 'ollama'
import { type Neutral, type NeutralCall, textOf } from './neutral-answer.ts'

interface Line {
  readonly message?: {
    readonly content?: string
    readonly thinking?: string
    readonly tool_calls?: readonly {
      readonly id?: string
      readonly function: { name: string; arguments: object }
    }[]
  }
  readonly response?: string
  readonly thinking?: string
  readonly done_reason?: string
  readonly prompt_eval_count?: number
  readonly eval_count?: number
}

export async function askOllama(
  api: 'chat' | 'generate',
  payloads: readonly string[],
  streamed: boolean,
): Promise<Neutral> {
  const body = streamed
    ? payloads.map((payload) => `${JSON.stringify(JSON.parse(payload))}\n`).join('')
    : payloads[0]
  const client = new Ollama({
    host: 'http://localhost',
    fetch: () => Promise.resolve(new Response(body ?? '', { status: 200 })),
  })
  const lines: Line[] = []
  if (api === 'chat') {
    const asked = { model: 'any', messages: [] }
    if (streamed) for await (const line of await client.chat({ ...asked, stream: true })) lines.push(line)
    else lines.push(await client.chat({ ...asked, stream: false }))
  } else {
    const asked = { model: 'any', prompt: 'any' }
    if (streamed) for await (const line of await client.generate({ ...asked, stream: true })) lines.push(line)
    else lines.push(await client.generate({ ...asked, stream: false }))
  }
  return addUp(lines)
}

function addUp(lines: readonly Line[]): Neutral {
  let [text, reasoning, stop] = ['', '', '']
  const calls: NeutralCall[] = []
  for (const line of lines) {
    text += line.message?.content ?? line.response ?? ''
    reasoning += line.message?.thinking ?? line.thinking ?? ''
    stop = line.done_reason ?? stop
    for (const { id, function: called } of line.message?.tool_calls ?? []) {
      calls.push({ id: id ?? '', name: called.name, arguments: JSON.stringify(called.arguments) })
    }
  }
  const last = lines.at(-1)
  return {
    answers: [{ choice: 0, text, reasoning, calls, stop }],
    usage: {
      inputTokens: textOf(last?.prompt_eval_count),
      outputTokens: textOf(last?.eval_count),
      totalTokens: '',
      cachedInputTokens: '',
      reasoningTokens: '',
    },
  }
}
