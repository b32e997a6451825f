import type { Conversation as ConversationData } from '../../core/cassette/conversation.ts'
import { ExchangeProvider } from './exchange.tsx'
import { AddMessage } from './message-menu.tsx'
import { Parameters } from './parameters.tsx'
import { RequestEditingProvider } from './request-editing.ts'
import { ResponseFormatSection } from './response-format.tsx'
import { Absent, Section } from './row.tsx'
import { Tools } from './tools.tsx'
import { Turns } from './turns.tsx'
import { useRequestEditingValue } from './use-request-editing.ts'

/** Messages first, as they were sent; then parameters, tools and the wanted response format. */
export function Conversation({ conversation }: { readonly conversation: ConversationData }) {
  const { messages, parameters, tools, responseFormat } = conversation
  const { editing, setLayer } = useRequestEditingValue()
  return (
    <RequestEditingProvider value={editing}>
      <ExchangeProvider messages={messages}>
        <Turns messages={messages} />
      </ExchangeProvider>
      {messages.length === 0 && (
        <Section title="Messages">
          <Absent>This request holds none.</Absent>
        </Section>
      )}
      <AddMessage />
      <Parameters parameters={parameters} />
      <ResponseFormatSection format={responseFormat} />
      <Tools tools={tools} />
      <div ref={setLayer} />
    </RequestEditingProvider>
  )
}
