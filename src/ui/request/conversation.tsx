import type { Conversation as ConversationData } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { ExchangeProvider } from './exchange.tsx'
import { MessageTurn } from './message-turn.tsx'
import { RecordedValue } from './recorded.tsx'
import { ResponseFormatSection } from './response-format.tsx'
import { Absent, Field, Fields, Section } from './row.tsx'
import { Tools } from './tools.tsx'

/** Messages first, as they were sent; then parameters, tools and the wanted response format. */
export function Conversation({ conversation }: { readonly conversation: ConversationData }) {
  const { messages, parameters, tools, responseFormat } = conversation
  return (
    <>
      <ExchangeProvider messages={messages}>
        {messages.map((message, index) => (
          <MessageTurn key={formatAddress(message.at)} message={message} position={index + 1} />
        ))}
      </ExchangeProvider>
      {messages.length === 0 && (
        <Section title="Messages">
          <Absent>This request holds none.</Absent>
        </Section>
      )}
      {parameters.length > 0 && (
        <Section title="Parameters">
          <Fields>
            {parameters.map(({ name, value }) => (
              <Field key={formatAddress(value.at)} name={name}>
                <RecordedValue located={value} label={name} />
              </Field>
            ))}
          </Fields>
        </Section>
      )}
      {responseFormat && <ResponseFormatSection format={responseFormat} />}
      <Tools tools={tools} />
    </>
  )
}
