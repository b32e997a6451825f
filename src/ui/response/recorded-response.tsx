import { formatAddress } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { RecordedText } from '../request/recorded.tsx'
import { Absent, Field, Fields } from '../request/row.tsx'
import { Disclosure } from '../widgets/fold.tsx'
import { FRAMING_WORDS } from './framing-words.ts'

/** How the answer was recorded: the file's format, the API, how the body is cut, its headers. */
export function RecordedResponse() {
  const { interaction, view } = useDeck()
  const { response, dialect, dialectBecause } = interaction
  const headers = response.headers ?? []
  const word = headers.length === 1 ? '1 header' : `${headers.length || 'no'} headers`
  return (
    <Disclosure
      title="Recorded"
      aside={`${FRAMING_WORDS[response.framing]}, ${word}`}
      className="mt-3 border-t pt-2 max-md:mt-1.5 max-md:-mb-3 max-md:pt-1"
    >
      <div className="pt-1.5 pb-1">
        <Fields>
          <Field name="format">
            <Because id={view.cassette?.container ?? ''} because={view.cassette?.because ?? ''} />
          </Field>
          <Field name="API">
            <Because id={dialect} because={dialectBecause} />
          </Field>
          <Field name="body">{FRAMING_WORDS[response.framing]}</Field>
          {headers.map(({ name, value }) => (
            <Field key={`${name} ${formatAddress(value.at)}`} name={name}>
              <RecordedText located={value} label={`response header ${name}`} mono />
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

function Because({ id, because }: { readonly id: string; readonly because: string }) {
  return (
    <>
      <span className="recorded">{id}</span>
      {because && <span className="block text-sm text-ink-3">{because}</span>}
    </>
  )
}
