import type { AnswerMeaning, TextPair, ValuePair } from '../../core/compare/meaning.ts'
import { CompareSection, Row } from './compare-section.tsx'
import { ToolCallPair } from './tool-call-pair.tsx'
import { DIFFERENCE } from './use-difference-keys.ts'
import { ValueChanges } from './value-changes.tsx'
import { WasIs, Words } from './words.tsx'

/** What came back: texts, tool calls, how it ended, and how it came. */
export function AnswerSections({ answer }: { readonly answer: AnswerMeaning }) {
  const { texts, calls, outcome, extras, usage, chunking } = answer
  const changedTexts = texts.filter(({ same }) => !same)
  const changedExtras = extras.filter(({ reasons }) => reasons.length > 0)
  const changedCalls = calls.filter(({ state, moved }) => state !== 'same' || moved)
  const ends = outcome.filter(({ same }) => !same)
  return (
    <>
      <CompareSection title="Answer" differences={changedTexts.length + changedExtras.length}>
        {texts.length === 0 && extras.length === 0 && (
          <p className="text-ink-3">There is no text on either side.</p>
        )}
        {texts.map((pair, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts of one answer have no other identity
          <AnswerText key={at} pair={pair} />
        ))}
        {changedExtras.flatMap(({ name, reasons }) =>
          reasons.map(({ sentence }) => (
            <p key={`${name} ${sentence}`} {...DIFFERENCE} className="first-letter:uppercase">
              {sentence}
            </p>
          )),
        )}
      </CompareSection>
      {calls.length > 0 && (
        <CompareSection title="Tool calls" differences={changedCalls.length}>
          {calls.map((pair, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two calls can be alike
            <ToolCallPair key={at} pair={pair} />
          ))}
        </CompareSection>
      )}
      <CompareSection title="Finish and usage" differences={ends.length}>
        {outcome.map((pair) => (
          <Value key={pair.name} pair={pair} tells />
        ))}
        {usage.map((pair) => (
          <Value key={pair.name} pair={pair} />
        ))}
        {outcome.length + usage.length === 0 && <p className="text-ink-3">Neither is recorded.</p>}
      </CompareSection>
      <CompareSection title="Chunking" differences={0} same={chunkingWords(chunking)}>
        <p className="text-ink-2">
          {chunking.streamed[0] === chunking.streamed[1]
            ? !chunking.streamed[1]
              ? 'The answer came whole on both sides.'
              : chunking.sameCuts
                ? 'Every chunk adds as many characters as before.'
                : 'The same answer may be cut into other pieces; that means nothing to a reader.'
            : `${chunking.streamed[0] ? 'It was streamed' : 'It came whole'}, and ${chunking.streamed[1] ? 'is streamed' : 'comes whole'} now.`}
        </p>
      </CompareSection>
    </>
  )
}

function chunkingWords({ was, is, sameCuts, streamed }: AnswerMeaning['chunking']): string {
  if (!streamed[0] && !streamed[1]) return 'not streamed'
  const number = (count: number): string => count.toLocaleString('en')
  if (was !== is) return `${number(was)} → ${number(is)} chunks`
  const chunks = `${number(is)} chunk${is === 1 ? '' : 's'}`
  return sameCuts ? `${chunks}, cut the same` : `${chunks}, cut otherwise`
}

const KINDS: Readonly<Record<TextPair['kind'], string>> = {
  text: 'text',
  reasoning: 'reasoning',
  refusal: 'refusal',
}

function AnswerText({ pair }: { readonly pair: TextPair }) {
  const { kind, was = '', is = '', same, values } = pair
  const name = pair.choice === 0 ? KINDS[kind] : `${KINDS[kind]}, choice ${pair.choice}`
  if (same) return <Row name={name}>{<span className="text-ink-3">the same</span>}</Row>
  return (
    <div {...DIFFERENCE}>
      <Row name={name}>
        {values && values.differences.length > 0 && <ValueChanges differences={values.differences} />}
        {values && values.differences.length === 0 && values.broken === undefined && (
          <p className="text-sm text-ink-3">The same JSON value, written otherwise:</p>
        )}
        <Words was={was} is={is} />
      </Row>
    </div>
  )
}

/** `tells`: a difference in it means something. */
function Value({ pair, tells = false }: { readonly pair: ValuePair; readonly tells?: boolean }) {
  const { name, was, is, same } = pair
  return (
    <div {...(tells && !same ? DIFFERENCE : {})}>
      <Row name={name}>
        {was === is ? (
          <span className="recorded">{is}</span>
        ) : (
          <WasIs was={was ?? 'not recorded'} is={is ?? 'not recorded'} />
        )}
      </Row>
    </div>
  )
}
