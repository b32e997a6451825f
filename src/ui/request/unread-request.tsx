import type { RecordedRequest } from '../../core/cassette/cassette.ts'
import { RecordedValue } from './recorded.tsx'
import { Absent } from './row.tsx'

/** A request of an API that no dialect reads: all of its body, as JSON. */
export function UnreadRequest({
  request,
  because,
}: {
  readonly request: RecordedRequest
  readonly because: string
}) {
  return (
    <section aria-label="Request body" className="flex flex-col gap-2 border-b px-5 py-3.5 max-md:px-4">
      <p className="text-ink-2" title={because}>
        This API is not read yet; the request is shown as it was recorded.
      </p>
      {request.body ? (
        <RecordedValue located={request.body} label="request body" open />
      ) : (
        <Absent>No request body is recorded.</Absent>
      )}
    </section>
  )
}
