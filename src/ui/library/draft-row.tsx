import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keptFor, readingQuery } from '../../queries/reading.ts'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { type CassetteView, shownIn } from '../../workspace/view.ts'

/** An open cassette in the list beside the deck. */
export function DraftRow({
  draft,
  active,
  onShow,
}: {
  readonly draft: Draft
  readonly active: boolean
  readonly onShow: () => void
}) {
  const { data } = useQuery({
    ...readingQuery(draft),
    gcTime: keptFor(draft, 30_000),
    // while an edit is read, the row stays what it was
    placeholderData: keepPreviousData,
  })
  const summary = summarise(data)
  return (
    <button
      type="button"
      aria-current={active ? 'true' : undefined}
      onClick={onShow}
      title={draft.name}
      className={`grid h-[52px] w-full border-l-2 py-1.5 pr-4 pl-3.5 text-left focus-visible:-outline-offset-2 ${
        active ? 'border-ink bg-sunk' : 'border-transparent hover:bg-sunk/60'
      }`}
    >
      <span className={`truncate ${active ? 'font-[550]' : ''}`}>{summary.asks || draft.name}</span>
      <span className="flex gap-2 overflow-hidden text-sm whitespace-nowrap text-ink-3">
        {isChanged(draft) && <span className="text-tape-ink">edited</span>}
        <span className="truncate">{summary.model || draft.name}</span>
        <span className={summary.tone}>{summary.outcome}</span>
      </span>
    </button>
  )
}

interface Summary {
  /** The last words the user said. */
  readonly asks: string
  readonly model: string
  readonly outcome: string
  readonly tone: string
}

const NOTHING: Summary = { asks: '', model: '', outcome: '', tone: '' }

function summarise(view: CassetteView | undefined): Summary {
  const interaction = shownIn(view)?.interaction
  if (interaction === undefined) return NOTHING
  const { conversation, request, response, stream } = interaction
  const asked = conversation.messages.findLast(({ role }) => role === 'user')
  const words = asked?.parts.flatMap((part) => (part.kind === 'text' ? [part.text.value] : []))[0] ?? ''
  const base = { asks: words.slice(0, 120).trim(), model: request.model?.value ?? '' }
  const several = view?.cassette?.interactions.length ?? 0
  if (several > 1) return { ...base, outcome: `${several} interactions`, tone: '' }
  if (response.exception) return { ...base, outcome: response.exception.type, tone: 'text-error' }
  const calls = stream.messages.flatMap(({ parts }) =>
    parts.filter(({ kind }) => kind === 'tool-call'),
  ).length
  if (calls > 0)
    return { ...base, outcome: calls === 1 ? 'tool call' : `${calls} tool calls`, tone: 'text-tool' }
  const count = stream.chunkNodes.length
  return { ...base, outcome: response.streaming ? `${count} chunks` : 'whole', tone: '' }
}
