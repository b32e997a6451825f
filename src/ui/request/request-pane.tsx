import { memo } from 'react'
import { useDeck } from '../app/deck.ts'
import { parseUrl } from '../media/media-source.ts'
import { Pane } from '../widgets/pane.tsx'
import { Conversation } from './conversation.tsx'
import { KeyNotice, KeySection } from './key-section.tsx'
import { RecordedDetails } from './recorded-details.tsx'
import { UnreadRequest } from './unread-request.tsx'

/** What was asked: the messages, then everything else that the request holds. Drawn when its deck is another one. */
export const RequestPane = memo(function RequestPane() {
  const { draft, interaction } = useDeck()
  const { conversation, request } = interaction
  const isRead = interaction.dialect !== 'unknown'
  const line = requestLine(request.method?.value, request.url?.value)
  return (
    <Pane
      name="Request"
      className="h-full"
      aside={
        line && (
          <span className="recorded" title={request.url?.value}>
            {line}
          </span>
        )
      }
    >
      <KeyNotice />
      {/* another cassette begins at its top, with everything folded as it was */}
      <div key={draft.id} className="hairline-scroll min-h-0 flex-1 overflow-y-auto">
        {isRead ? (
          <Conversation conversation={conversation} />
        ) : (
          <UnreadRequest request={request} because={interaction.dialectBecause} />
        )}
        <KeySection />
        <RecordedDetails interaction={interaction} open={!isRead} />
      </div>
    </Pane>
  )
})

/** "POST api.openai.com /v1/chat/completions"; an address that is none stands as it is. */
function requestLine(method: string | undefined, url: string | undefined): string {
  const parsed = url === undefined ? undefined : parseUrl(url)
  const where = parsed?.host ? `${parsed.host} ${parsed.pathname}${parsed.search}` : (url ?? '')
  return `${method ?? ''} ${where}`.trim()
}
