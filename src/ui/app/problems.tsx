import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react'
import type { Diagnostic, Severity } from '../../core/cassette/diagnostic.ts'
import { IconButton } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'

const ICONS: Readonly<Record<Severity, typeof Info>> = {
  error: CircleAlert,
  warning: TriangleAlert,
  info: Info,
}

function DiagnosticLine({
  diagnostic,
  onShow,
}: {
  readonly diagnostic: Diagnostic
  onShow?: (() => void) | undefined
}) {
  const Icon = ICONS[diagnostic.severity]
  return (
    <li data-testid="diagnostic" data-code={diagnostic.code} className="flex items-start gap-2 py-0.5">
      <Icon
        aria-label={diagnostic.severity}
        size={14}
        className={`mt-[3px] shrink-0 ${diagnostic.severity === 'error' ? 'text-error' : 'text-ink-2'}`}
      />
      <p className="min-w-0 break-words">
        {diagnostic.message} {diagnostic.advice && <span className="text-ink-2">{diagnostic.advice}</span>}
        {onShow && (
          <button
            type="button"
            onClick={onShow}
            className="ml-2 text-ink-2 underline underline-offset-2 hover:text-ink"
          >
            Show in source
          </button>
        )}
      </p>
    </li>
  )
}

/** What is wrong with the cassette on screen. Nothing at all when nothing is. */
export function Problems({
  diagnostics,
  stale,
}: {
  readonly diagnostics: readonly Diagnostic[]
  /** The panels show an older text than the source, since the newest does not parse. */
  readonly stale: boolean
}) {
  const { reveal, settings } = useStores()
  if (diagnostics.length === 0) return null
  const hasError = diagnostics.some(({ severity }) => severity === 'error')
  return (
    <section
      aria-label="Problems"
      className={`hairline-scroll col-span-full max-h-32 overflow-y-auto border-b px-4 py-1.5 ${hasError ? 'bg-error-wash' : 'bg-sunk'}`}
    >
      <ul>
        {diagnostics.map((diagnostic, at) => (
          <DiagnosticLine
            // biome-ignore lint/suspicious/noArrayIndexKey: several can have the same code
            key={`${diagnostic.code} ${at}`}
            diagnostic={diagnostic}
            onShow={
              diagnostic.span &&
              (() => {
                settings.update((value) => ({ ...value, sourceOpen: true }))
                reveal.set(diagnostic.span && { ...diagnostic.span })
              })
            }
          />
        ))}
      </ul>
      {stale && <p className="pl-[22px] text-ink-2">The panels show the last version that could be read.</p>}
    </section>
  )
}

/** Files that could not be opened, each with its sentence. */
export function RejectedFiles() {
  const { session } = useStores()
  const rejected = useSelect(session.state, (value) => value.rejected)
  if (rejected.length === 0) return null
  return (
    <section
      aria-label="Problems"
      className="hairline-scroll relative col-span-full max-h-40 overflow-y-auto border border-line-2 bg-error-wash px-4 py-2"
    >
      <IconButton
        label="Dismiss"
        className="absolute top-1 right-1"
        onClick={() => session.dismissRejected()}
      >
        <X aria-hidden="true" size={14} />
      </IconButton>
      {rejected.map(({ name, problem }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files of a drop can have one name
        <div key={`${name} ${at}`} className="pr-8">
          <h2 className="recorded truncate font-semibold">{name}</h2>
          <ul>
            <DiagnosticLine diagnostic={problem} />
          </ul>
        </div>
      ))}
    </section>
  )
}
