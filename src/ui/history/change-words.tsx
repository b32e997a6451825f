import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  type ChunkRange,
  changesInWords,
  type Side,
  type WordedChange,
} from '../../core/compare/changes-in-words.ts'
import { type Doubt, doubts } from '../../core/compare/doubts.ts'
import type { ExcerptPart } from '../../core/compare/excerpt.ts'
import { rangeInWords } from '../../core/compare/words.ts'
import { hashOf } from '../../core/naming.ts'
import { setJson, setString, spanOf } from '../../core/syntax/resolve.ts'
import type { Address } from '../../core/text/address.ts'
import { editsOfFile, spanInFile } from '../../queries/core-door.ts'
import { baseReadingQuery, readingQuery } from '../../queries/reading.ts'
import type { Draft } from '../../workspace/draft.ts'
import { pause, seek } from '../../workspace/playback.ts'
import { type CassetteView, shownIn } from '../../workspace/view.ts'
import { useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import { choose, useChosen } from '../interactions/choose.ts'
import { Button } from '../widgets/button.tsx'
import { changedInteraction } from './changed-interaction.ts'

/** What a draft has changed in its file, in the field's own words, and what that makes doubtful. */
export function ChangeWords({ draft, close }: { readonly draft: Draft; close(): void }) {
  const { browser } = useStores()
  const [base, now] = useQueries({ queries: [baseReadingQuery(draft), readingQuery(draft)] })
  const chosen = useChosen(draft.id)
  const position = useMemo(
    () => changedInteraction(base.data, now.data, chosen),
    [base.data, now.data, chosen],
  )
  const before = useMemo(
    () => sideOf(base.data, draft.baseName, position),
    [base.data, draft.baseName, position],
  )
  const after = useMemo(() => sideOf(now.data, draft.name, position), [now.data, draft.name, position])
  const count = now.data?.cassette?.interactions.length ?? 0
  const said = useMemo(
    () => before && after && { changes: changesInWords(before, after), doubts: doubts(before, after) },
    [before, after],
  )
  if (said === undefined || before === undefined || after === undefined) {
    const waiting = base.isPending || now.isPending
    return (
      <p role="status" className="py-2 text-ink-3">
        {waiting
          ? 'Comparing…'
          : 'The text does not parse at the moment, so there are no words for it. "Side by side" and "Patch" show the difference.'}
      </p>
    )
  }
  const copy = async (): Promise<void> => {
    const text = [...said.changes, ...said.doubts].map(({ sentence }) => `- ${sentence}`).join('\n')
    if (await browser.copyText(text)) notify('Copied the changes in words.')
    else notify('The browser did not allow copying.', 'error')
  }
  return (
    <div className="grid gap-4">
      {count > 1 && said.changes.length > 0 && (
        <p className="text-sm text-ink-3">
          Interaction {position + 1} of {count.toLocaleString('en')} in words; what changed elsewhere by its
          place.
        </p>
      )}
      {said.changes.length === 0 && <p className="text-ink-3">Nothing has changed.</p>}
      <ul aria-label="Changes" className="[&>li+li]:border-t">
        {said.changes.map((change) => (
          <Change key={change.sentence} change={change} draft={draft} position={position} close={close} />
        ))}
      </ul>
      {said.doubts.length > 0 && <Doubts all={said.doubts} after={after} view={now.data} close={close} />}
      {said.changes.length > 0 && (
        <Button tone="outline" className="justify-self-start" onClick={() => void copy()}>
          Copy these words
        </Button>
      )}
    </div>
  )
}

/** One side of the comparison; undefined for a text that cannot be read. */
function sideOf(view: CassetteView | undefined, fileName: string, position: number): Side | undefined {
  const shown = view?.sound ? shownIn(view, position) : undefined
  if (view === undefined || shown === undefined) return undefined
  const hash = hashOf(view.cassette?.container ?? '', shown.document)
  return { ...shown, fileName, fileText: view.text, ...(hash !== undefined && { requestHash: hash }) }
}

function Change({
  change,
  draft,
  position,
  close,
}: {
  readonly change: WordedChange
  readonly draft: Draft
  readonly position: number
  close(): void
}) {
  return (
    <li className="py-1.5 first:pt-0">
      <p className="break-words first-letter:uppercase">
        {change.words.map((word, at) =>
          typeof word === 'string' ? (
            word
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of a sentence have no other identity
            <ChunkLink key={at} range={word} draft={draft} position={position} close={close} />
          ),
        )}
      </p>
      {change.excerpt && <Words parts={change.excerpt} />}
    </li>
  )
}

/** Takes the playhead to the first of the chunks. */
function ChunkLink({
  range,
  draft,
  position,
  close,
}: {
  readonly range: ChunkRange
  readonly draft: Draft
  readonly position: number
  close(): void
}) {
  const stores = useStores()
  const go = (): void => {
    close()
    const { chosen, playback } = stores
    if ((chosen.get().get(draft.id) ?? 0) !== position) choose(stores, draft.id, position)
    // another interaction brings its own playhead first
    requestAnimationFrame(() =>
      playback.update((value) =>
        value.draftId === draft.id && value.interaction === position
          ? pause(seek(value, range.first + 1))
          : value,
      ),
    )
  }
  return (
    <button
      type="button"
      onClick={go}
      title="Go there"
      className="rounded px-0.5 text-tape-ink underline decoration-line-2 underline-offset-2 hover:decoration-tape pointer-coarse:py-2"
    >
      {rangeInWords(range)}
    </button>
  )
}

/** The words that went and came; strikethrough and underline say it without the colours. */
function Words({ parts }: { readonly parts: readonly ExcerptPart[] }) {
  return (
    <p className="recorded mt-0.5 break-words whitespace-pre-wrap text-ink-2">
      {parts.map((part, at) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: words have no other identity than their place
        // what surrounds the words begins and ends with a word and not with empty lines
        if (part.kind === 'same') {
          const text = at === 0 ? part.text.trimStart() : part.text
          return <span key={at}>{at === parts.length - 1 ? text.trimEnd() : text}</span>
        }
        if (part.kind === 'removed') {
          return (
            <del key={at} className="text-error decoration-1">
              {part.text}
            </del>
          )
        }
        return (
          <ins key={at} className="text-stop decoration-1 underline-offset-2">
            {part.text}
          </ins>
        )
        // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
      })}
    </p>
  )
}

/** What kind of JSON stands at an address of the document. */
function nodeOfText({ document }: Side, at: Address): string | undefined {
  const step = at[0]
  return step?.in === 'json' ? document.find(step.pointer)?.kind : undefined
}

function Doubts({
  all,
  after,
  view,
  close,
}: {
  readonly all: readonly Doubt[]
  readonly after: Side
  readonly view: CassetteView | undefined
  close(): void
}) {
  const { reveal, settings, session } = useStores()
  const text = view?.text ?? ''
  const follow = ({ at, remedy }: Doubt): void => {
    if (view === undefined || at === undefined || remedy === undefined) return
    const { label, content } = remedy
    try {
      const planned =
        nodeOfText(after, at) === 'string'
          ? setString(after.document, at, content)
          : setJson(after.document, at, content)
      const edits = editsOfFile(text, after.document, planned)
      const outcome = session.commit(view.draftId, { label, edits, revision: view.revision })
      if (!outcome.ok) notify(outcome.reason, 'error')
    } catch (error) {
      notify(error instanceof Error ? `${error.message}.` : 'This cannot be changed.', 'error')
    }
  }
  return (
    <section aria-label="Now doubtful">
      <h3 className="mb-1 font-semibold">Now doubtful</h3>
      <ul className="[&>li+li]:border-t">
        {all.map((one) => {
          const { sentence, at, remedy } = one
          const node = at && spanOf(after.document, at)
          const span = node && spanInFile(text, after.document, node)
          return (
            <li key={sentence} className="flex items-baseline justify-between gap-3 py-1.5">
              <span className="mr-auto min-w-0 break-words">{sentence}</span>
              {remedy && (
                <Button className="-my-1 shrink-0" onClick={() => follow(one)}>
                  {remedy.label}
                </Button>
              )}
              {span && (
                <Button
                  className="-my-1"
                  onClick={() => {
                    close()
                    settings.update((value) => ({ ...value, sourceOpen: true }))
                    reveal.set({ ...span })
                  }}
                >
                  Show
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
