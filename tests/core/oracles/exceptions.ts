/**
 * Where an official package and we differ about a real recording, and who is right. A test demands that each is still
 * needed: what has come to agree must leave the list.
 */
export interface Exception {
  /** End of the call's name. */
  readonly call: string
  readonly because: string
  /** What stops or misleads the package, taken out: with that both must agree. Absent: they differ, and may. */
  readonly repair?: (payloads: readonly string[]) => readonly string[]
}

function each(change: (key: string, value: unknown) => unknown): NonNullable<Exception['repair']> {
  return (payloads) => payloads.map((payload) => JSON.stringify(JSON.parse(payload, change)))
}

function isError(payload: string): boolean {
  return /^\{"(?:error"|type":"error")/.test(payload.replaceAll(' ', ''))
}

const withoutErrors: NonNullable<Exception['repair']> = (payloads) =>
  payloads.filter((payload) => !isError(payload))

/** "choices[].message" says again what the deltas say; the package puts it in the place of what it has added up. */
const withoutMessages = each((key, value) => (key === 'message' ? undefined : value))

/** Text parts of a content that is a list; the package knows texts only. */
const withPlainContent = each((key, value) => {
  if (key !== 'content' || !Array.isArray(value)) return value
  return value.map((part: { text?: string }) => part.text ?? '').join('')
})

const FIRST_GENERATION: Readonly<Record<string, string>> = {
  'content.delta': 'step.delta',
  'interaction.complete': 'interaction.completed',
}

const asSecondGeneration = each((key, value) =>
  key === 'event_type' ? (FIRST_GENERATION[String(value)] ?? value) : value,
)

export const EXCEPTIONS: readonly Exception[] = [
  {
    call: 'mistral_v1_chat_completions_post_20aaaaf3.json#0',
    because: "Mistral's content is a list of texts and thoughts; the package hands it on as it is",
    repair: withPlainContent,
  },
  {
    call: 'mistral-reasoning.chunks.txt#0',
    because: "Mistral's content is a list of texts and thoughts; the package adds it up as [object Object]",
    repair: withPlainContent,
  },
  {
    call: 'interactions/recordings/df62e523dd87272e5c55c19d29a36f73aabf0a05969ccc611b6d434bfa1c255d.json#0',
    because: 'the package has forgotten the first generation of events',
    repair: asSecondGeneration,
  },
  {
    call: 'perplexity/testdata/TestTool_Integration.httprr#0',
    because:
      'Perplexity repeats the whole message in every chunk; the package takes it for what it has added up',
    repair: withoutMessages,
  },
  {
    call: 'test_writer_async_streaming_chat_tool_call_request_with_events_with_no_content.yaml#0',
    because:
      'Writer repeats the delta as a message; the package puts it in the place of what it has added up',
    repair: withoutMessages,
  },
  {
    call: 'openai-shell-container.1.chunks.txt#0',
    because: 'pieces of the text were cut out by hand: the final event has more than they add up to',
    repair: each((_, value) =>
      typeof value === 'string' && value.startsWith('The command ran successfully in')
        ? 'The command ran successfully.'
        : value,
    ),
  },
  {
    call: 'xai-code-execution-tool.1.json#0',
    because: "xAI gives the provider's own tool a name and arguments: a call for us, none for the package",
  },
  {
    call: 'google-stream-no-args-tool-call.chunks.txt#0',
    because: 'arguments in pieces (partialArgs): the package hands them on and adds nothing up',
  },
  {
    call: 'stream-unknown-error-responses-1.json#0',
    because: 'the package throws at an error inside a stream, and takes no response.failed for the answer',
    repair: (payloads) =>
      withoutErrors(payloads).map((payload) => payload.replace('"response.failed"', '"response.completed"')),
  },
  {
    call: 'test_groq/test_tool_use_failed_error_streaming.yaml#0',
    because: 'the package throws at an error inside a stream',
    repair: withoutErrors,
  },
]

export function exceptionFor(name: string): Exception | undefined {
  return EXCEPTIONS.find(({ call }) => name.endsWith(call))
}
