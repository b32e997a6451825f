import { useState } from 'react'
import type { StaleName } from '../../core/library/health.ts'
import { type StaleGroup, staleGroups } from '../../core/library/stale-groups.ts'
import type { Offer } from '../../core/lookup/answer.ts'
import { Button } from '../widgets/button.tsx'
import { nameOfPath } from '../widgets/path-words.ts'
import { PathList } from './findings.tsx'

/** Names of a group that are shown before somebody asks for more. */
const FEW = 10
/** More recordings are not renamed at once: each of them is opened, and shows as changed. */
const MOST_AT_ONCE = 50

export interface StaleNamesProps {
  readonly stale: readonly StaleName[]
  onOpen(path: string): void
  onCompare(one: string, other: string): void
  /** Renames one after the other. Returns why it stopped, as a sentence. */
  onRename(offers: readonly Offer[]): Promise<string | undefined>
}

/** Names that the recorder no longer looks for, by what made them. */
export function StaleNames({ stale, ...rest }: StaleNamesProps) {
  if (stale.length === 0) return null
  return (
    <section aria-label="Names that no longer fit" className="grid min-w-0 gap-4">
      <div className="grid gap-2">
        <h2 className="flex items-baseline gap-2 text-lg font-semibold">
          Names that no longer fit
          <span className="text-base font-normal text-ink-3 tabular-nums">
            {stale.length.toLocaleString('en')}
          </span>
        </h2>
        <p className="text-ink-2">
          The recorder looks a request up by the name of its file. Under these names it finds nothing, or
          something else. A new name is a step in the recording: it can be undone, and nothing is written
          until it is saved.
        </p>
      </div>
      {staleGroups(stale).map((group) => (
        <Group key={group.key} group={group} {...rest} />
      ))}
    </section>
  )
}

function Group({
  group: { title, because, names },
  onOpen,
  onCompare,
  onRename,
}: Omit<StaleNamesProps, 'stale'> & { readonly group: StaleGroup }) {
  const [shown, setShown] = useState(FEW)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const offers = names.flatMap((name) => offerOf(name) ?? [])
  const some = offers.slice(0, MOST_AT_ONCE)
  const clashes = names.filter(({ clash }) => clash !== undefined).length
  const rename = async (wanted: readonly Offer[]): Promise<void> => {
    setBusy(true)
    setRefusal(await onRename(wanted))
    setBusy(false)
  }
  return (
    <section aria-label={title} data-testid="stale-group" className="grid min-w-0 gap-1.5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-[550] break-words">
          {title}{' '}
          <span className="font-normal text-ink-3 tabular-nums">{names.length.toLocaleString('en')}</span>
        </h3>
        {offers.length > 1 && (
          <Button tone="outline" className="ml-auto" disabled={isBusy} onClick={() => void rename(some)}>
            {some.length < offers.length
              ? `Rename the first ${some.length} to match`
              : `Rename ${some.length === names.length ? 'all' : 'these'} ${some.length} to match`}
          </Button>
        )}
      </div>
      <p className="break-words text-ink-2">{because}</p>
      {clashes > 0 && (
        <p className="text-ink-2">
          {clashes === 1 ? 'One of them is' : `${clashes.toLocaleString('en')} of them are`} left as{' '}
          {clashes === 1 ? 'it is' : 'they are'}: another file has or gets the name.
        </p>
      )}
      {refusal !== undefined && (
        <p role="alert" className="text-error">
          {refusal}
        </p>
      )}
      <ul className="min-w-0">
        {names.slice(0, shown).map((name) => (
          <li key={name.path} data-testid="finding" className="grid min-w-0 gap-0.5 border-t py-1.5">
            <Name
              name={name}
              isBusy={isBusy}
              onOpen={onOpen}
              onCompare={onCompare}
              onRename={(offer) => void rename([offer])}
            />
          </li>
        ))}
      </ul>
      {names.length > shown && (
        <Button tone="outline" className="justify-self-start" onClick={() => setShown(shown * 5)}>
          Show more of {names.length.toLocaleString('en')}
        </Button>
      )}
    </section>
  )
}

function Name({
  name,
  isBusy,
  onOpen,
  onCompare,
  onRename,
}: {
  readonly name: StaleName
  readonly isBusy: boolean
  onOpen(path: string): void
  onCompare(one: string, other: string): void
  onRename(offer: Offer): void
}) {
  const { path, to, clash } = name
  const offer = offerOf(name)
  return (
    <>
      <PathList paths={[path]} onOpen={onOpen} />
      {to !== undefined && (
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <span className="recorded min-w-0 flex-1 truncate text-ink-3 max-sm:basis-full" title={to}>
            → {nameOfPath(to)}
          </span>
          {offer && (
            <Button disabled={isBusy} aria-label={`Rename to match: ${path}`} onClick={() => onRename(offer)}>
              Rename to match
            </Button>
          )}
        </div>
      )}
      {clash && (
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-ink-2">
          {clash.kind === 'taken'
            ? 'There is a file of this name already; the recorder finds that one.'
            : `${clash.path} gets the same name: both hold one request.`}
          <button
            type="button"
            onClick={() => onCompare(clash.path, path)}
            className="min-h-6 shrink-0 text-sm text-ink-3 underline underline-offset-2 hover:text-ink"
          >
            compare both
          </button>
        </p>
      )}
    </>
  )
}

function offerOf({ path, to, clash }: StaleName): Offer | undefined {
  if (to === undefined || clash !== undefined) return undefined
  return { kind: 'rename', path, to, sentence: 'The file gets the name of the request that it holds.' }
}
