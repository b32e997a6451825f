import { lazy, Suspense } from 'react'
import { useDeck, useSettings, useStores } from '../app/deck.ts'
import { JsonView } from '../widgets/json-view.tsx'
import { Pane } from '../widgets/pane.tsx'
import { Segmented } from '../widgets/segmented.tsx'
import { AnswerMenu } from './answer-menu.tsx'
import { Assembled } from './assembled.tsx'
import { ChunkList } from './chunk-list.tsx'
import { Outcome, RecordedExceptionPanel } from './outcome.tsx'
import { RecordedResponse } from './recorded-response.tsx'
import { StoredEncoding } from './stored-encoding.tsx'

const EmbeddingsView = lazy(async () => ({
  default: (await import('../embeddings/embeddings-view.tsx')).EmbeddingsView,
}))

/** What came back: the assembled answer beside the chunks it came in. */
export function ResponsePane() {
  return (
    <section
      aria-label="Response"
      className="grid min-h-0 min-w-0 grid-cols-[minmax(min(404px,62%),1.08fr)_minmax(0,1fr)] bg-pane max-md:grid-cols-1"
    >
      <AssembledPane />
      <div className="min-h-0 border-l max-md:border-t max-md:border-l-0">
        <ChunkList />
      </div>
    </section>
  )
}

function AssembledPane() {
  const { interaction } = useDeck()
  const { settings } = useStores()
  const { answerView, showAhead } = useSettings()
  const { messages, vectors } = interaction.stream
  const hasVectors = vectors.length > 0
  return (
    <Pane
      name="Assembled response"
      title="Response"
      actions={
        <>
          <button
            type="button"
            aria-pressed={showAhead}
            title="Show what is still to come faintly, so that nothing moves while it plays"
            onClick={() => settings.update((value) => ({ ...value, showAhead: !value.showAhead }))}
            className="h-6 rounded-md px-2 text-sm text-ink-2 hover:text-ink aria-pressed:bg-sunk aria-pressed:text-ink pointer-coarse:h-9"
          >
            Ahead
          </button>
          <Segmented
            label="Show the answer as"
            value={answerView}
            onChange={(next) => settings.update((value) => ({ ...value, answerView: next }))}
            options={[
              { value: 'text', label: 'Text' },
              { value: 'markdown', label: 'Markdown' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
          <AnswerMenu />
        </>
      }
    >
      <StoredEncoding />
      <div
        data-follow
        className="hairline-scroll min-h-0 flex-1 overflow-y-auto px-5 py-4 max-md:overflow-visible max-md:px-4"
      >
        <RecordedExceptionPanel />
        {hasVectors && (
          <Suspense fallback={<p className="text-ink-3">Loading the view of vectors…</p>}>
            <EmbeddingsView />
          </Suspense>
        )}
        {messages.length === 0 && !interaction.response.exception && !hasVectors ? (
          <UnknownResponse />
        ) : (
          <div className="grid gap-6">
            {messages.map((message) => (
              <Assembled key={message.choice} message={message} several={messages.length > 1} />
            ))}
          </div>
        )}
        <Outcome />
        <RecordedResponse />
      </div>
    </Pane>
  )
}

/** An API that is not read yet: everything as it was recorded, nothing hidden. */
function UnknownResponse() {
  const { document, interaction } = useDeck()
  const { framing } = interaction.response
  const count = interaction.stream.chunkNodes.length
  if (framing === 'none') return <p className="text-ink-3">No response body was recorded.</p>
  const only = interaction.stream.chunkNodes[0]
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">
        {interaction.dialect === 'unknown'
          ? "Cassette Deck does not read this API's answers yet."
          : 'There is no message in this answer.'}{' '}
        {framing === 'whole'
          ? 'Here is the response as recorded.'
          : `The ${count} chunks stand beside this, as recorded.`}
      </p>
      {framing === 'whole' && only !== undefined && (
        <JsonView raw={document.node(only).raw} label="Response body" open />
      )}
    </div>
  )
}
