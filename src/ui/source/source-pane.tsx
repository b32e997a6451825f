import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Draft } from '../../workspace/draft.ts'
import type { CassetteView } from '../../workspace/view.ts'
import { Button, IconButton } from '../widgets/button.tsx'
import { Pane } from '../widgets/pane.tsx'
import { Segmented } from '../widgets/segmented.tsx'
import { FORMAT_LIMIT, longLineOf, soundIndex, tooLongToFormat } from './shown-text.ts'
import { SourceEditor, type SourceProps } from './source-editor.tsx'
import { textLanguage } from './text-language.ts'
import { unpackedDraft } from './unpacked-draft.ts'
import { useMonaco } from './use-monaco.ts'

type Layout = 'formatted' | 'file'

const LAYOUTS = [
  { value: 'formatted', label: 'Formatted' },
  { value: 'file', label: 'As in file' },
] as const satisfies readonly { value: Layout; label: string }[]

const TOO_LONG = `As in file: above ${FORMAT_LIMIT.toLocaleString('en')} characters nothing is laid out`

/** The file itself, in a text editor. */
export function SourcePane({ onClose, ...given }: SourceProps & { onClose(): void }) {
  const { view } = given
  const draft = useShownDraft(given.draft, view)
  const props = { ...given, draft }
  const { state, retry } = useMonaco()
  const [wish, setWish] = useState<Layout>('formatted')
  const reason = useReason(props)
  const canFormat = reason !== undefined && !reason.tooLong
  const formatted = canFormat && wish === 'formatted'
  const aside =
    reason === undefined ? draft.name : reason.tooLong ? `${TOO_LONG} (${reason.text})` : reason.text
  return (
    <Pane
      name="Source"
      aside={<span title={aside}>{aside}</span>}
      className="h-full"
      actions={
        <>
          {canFormat && (
            <Segmented<Layout>
              label="Layout of the source"
              value={wish}
              options={LAYOUTS}
              onChange={setWish}
            />
          )}
          <IconButton label="Close source" onClick={onClose}>
            <X size={14} aria-hidden />
          </IconButton>
        </>
      }
    >
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && <Failed reason={state.reason} onRetry={retry} />}
      {state.kind === 'ready' && (
        <SourceEditor
          key={`${draft.id} ${draft === given.draft}`}
          monaco={state.monaco}
          formatted={formatted}
          {...props}
        />
      )}
    </Pane>
  )
}

/** The draft, or for a file that is no text its JSON. */
function useShownDraft(draft: Draft, view: CassetteView | undefined): Draft {
  const unpacked = useMemo(() => (draft.base.bytes ? unpackedDraft(draft, view) : undefined), [draft, view])
  return unpacked ?? draft
}

interface Reason {
  /** The draft. */
  readonly id: string
  readonly text: string
  /** It would be better, but costs too much. */
  readonly tooLong: boolean
}

/**
 * Why the text is better shown formatted. Kept once it was so: the layout must not change under the hands of
 * somebody who types, whatever state that leaves the text in.
 */
function useReason({ draft, view }: SourceProps): Reason | undefined {
  const seen = view?.draftId === draft.id ? view : undefined
  // without a reading yet (or ever) the text itself is asked
  const text = seen === undefined ? draft.text : undefined
  const isBytes = draft.base.bytes === true
  const current = useMemo(() => {
    if (text === undefined)
      return seen?.sound && seen.document && longLineIn(seen, isBytes ? seen.document.text : seen.text)
    const index = soundIndex(text)
    return index && longLineOf(text, index)
  }, [seen, text, isBytes])
  const [last, setLast] = useState<Reason>()
  const known = last?.id === draft.id ? last : undefined
  if (current && known?.text !== current)
    setLast({ id: draft.id, text: current, tooLong: known?.tooLong ?? tooLongToFormat(draft.text) })
  return known
}

/** Only JSON can be laid out. The reading's index is that of the text itself, or of what was made of it. */
function longLineIn({ text, document }: CassetteView, shown: string): string | undefined {
  if (document === undefined || textLanguage(shown) !== 'json') return undefined
  const index = document.text === text || document.text === shown ? document.index : soundIndex(shown)
  return index && longLineOf(shown, index)
}

function Loading() {
  return (
    <div role="status" className="grid flex-1 content-start gap-3 p-5 text-ink-3">
      Loading the editor…
      {['w-2/3', 'w-1/2', 'w-3/5', 'w-1/3'].map((width) => (
        <div key={width} className={`h-3 rounded-sm bg-sunk ${width}`} />
      ))}
    </div>
  )
}

function Failed({ reason, onRetry }: { readonly reason: string; onRetry(): void }) {
  return (
    <div role="alert" className="grid flex-1 content-start justify-items-start gap-3 p-5">
      <p>The editor could not be loaded. The recording itself is untouched.</p>
      <p className="recorded break-all text-ink-3">{reason}</p>
      <Button tone="outline" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
