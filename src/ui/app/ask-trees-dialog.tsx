import type { TreeSource } from '../../workspace/tree.ts'
import { Button } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'
import { Body } from './dialog-parts.tsx'
import type { Opener } from './use-opener.ts'

/** Folders or archives came where it is not clear what they are to each other. */
export function AskTrees({
  sources,
  opener,
  close,
}: {
  readonly sources: readonly TreeSource[]
  readonly opener: Opener
  close(): void
}) {
  const { shelf } = useStores()
  const there = useSelect(shelf.library, (value) => value)
  // what is compared: two that came together, or what is there with what came
  const [before, after] = pairOf(there?.sources, sources)
  const names = sources.map(({ name }) => name).join(', ')
  const does = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <Body title={sources.length === 1 ? `Open ${names}` : `Open ${sources.length} folders`}>
      <p className="recorded text-ink-2">{names}</p>
      {before && after && (
        <p className="text-ink-2">
          As a change, <span className="recorded">{nameOf(before)}</span> is taken as before and{' '}
          <span className="recorded">{nameOf(after)}</span> as after.
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        {before && after && (
          <Button tone="outline" onClick={does(() => opener.review({ kind: 'trees', before, after }))}>
            Review the change
          </Button>
        )}
        {there && (
          <Button tone="outline" onClick={does(() => opener.shelve([...there.sources, ...sources]))}>
            Add to the library
          </Button>
        )}
        <Button tone="main" autoFocus onClick={does(() => opener.shelve(sources))}>
          {there ? 'Open instead' : 'Open as one library'}
        </Button>
      </div>
    </Body>
  )
}

type Trees = readonly TreeSource[]

function pairOf(
  there: Trees | undefined,
  came: Trees,
): readonly [before: Trees | undefined, after: Trees | undefined] {
  const [first, second] = came
  if (came.length === 2 && first && second) return [[first], [second]]
  return came.length === 1 && there ? [there, came] : [undefined, undefined]
}

function nameOf(sources: Trees): string {
  return sources.map(({ name }) => name).join(', ')
}
