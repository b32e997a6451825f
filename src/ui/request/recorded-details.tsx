import type { Interaction } from '../../core/cassette/cassette.ts'
import { formatAddress } from '../../core/text/address.ts'
import { Disclosure } from '../widgets/fold.tsx'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { Absent, Field, Fields } from './row.tsx'
import { FOLDED_CONTENT, FOLDED_SECTION } from './tools.tsx'

/** What the recorder kept around the body: address, headers, the test, and whatever else it wrote. */
export function RecordedDetails({
  interaction,
  open,
}: {
  readonly interaction: Interaction
  readonly open: boolean
}) {
  const { request, testId } = interaction
  const { method, url, headers, extras } = request
  // Llama Stack keeps the test id inside of the request: shown once is enough
  const others = [...extras, ...interaction.extras].filter(
    ({ value }) => formatAddress(value.at) !== (testId && formatAddress(testId.at)),
  )
  const word = headers.length === 1 ? '1 header' : `${headers.length || 'no'} headers`
  return (
    <Disclosure title="Recorded" aside={url ? `URL, ${word}` : word} open={open} className={FOLDED_SECTION}>
      <div className={FOLDED_CONTENT}>
        <Fields>
          {method && (
            <Field name="method">
              <RecordedText located={method} label="method" mono />
            </Field>
          )}
          {url && (
            <Field name="URL">
              <RecordedText located={url} label="URL" mono />
            </Field>
          )}
          {testId && (
            <Field name="test id">
              <RecordedText located={testId} label="test id" mono />
            </Field>
          )}
          {others.map(({ name, value }) => (
            <Field key={formatAddress(value.at)} name={name}>
              <RecordedValue located={value} label={name} />
            </Field>
          ))}
          {headers.map(({ name, value }) => (
            <Field key={formatAddress(value.at)} name={name}>
              <RecordedText located={value} label={`header ${name}`} mono />
            </Field>
          ))}
          {headers.length === 0 && (
            <Field name="headers">
              <Absent>none recorded</Absent>
            </Field>
          )}
        </Fields>
      </div>
    </Disclosure>
  )
}
