import type { ContentPart } from '../../core/cassette/conversation.ts'
import type { Located } from '../../core/text/address.ts'
import { formatAddress, pointerTokens } from '../../core/text/address.ts'
import { FoldedText, wholeCharacter } from '../widgets/fold.tsx'
import { AudioPart, FilePart } from './attachments.tsx'
import { ImagePart } from './image-part.tsx'
import { PartMenu } from './message-menu.tsx'
import { partAddress } from './part-address.ts'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { Absent } from './row.tsx'
import { ToolCallPart, ToolResultPart } from './tool-parts.tsx'

/** Parts one below the other, each with its menu. */
export function PartList({ parts, of }: { readonly parts: readonly ContentPart[]; readonly of: string }) {
  return parts.map((part, at) => (
    <div
      key={formatAddress(partAddress(part))}
      className="group/part relative min-w-0 pr-7 pointer-coarse:pr-11"
    >
      <PartView part={part} of={of} />
      <PartMenu part={part} name={`part ${at + 1} of ${of}`} siblings={parts} />
    </div>
  ))
}

/** One part of a message, by its kind. */
function PartView({ part, of }: { readonly part: ContentPart; readonly of: string }) {
  switch (part.kind) {
    case 'text':
      return (
        <RecordedText
          located={part.text}
          label="message text"
          multiline
          className="max-w-[64ch]"
          placeholder="empty text"
        />
      )
    case 'reasoning':
      return <Reasoning text={part.text} />
    case 'refusal':
      return (
        <div className="border-l-2 border-error pl-2.5">
          <div className="text-xs font-[550] text-error">Refusal</div>
          <RecordedText located={part.text} label="refusal" multiline className="max-w-[64ch]" />
        </div>
      )
    case 'image':
      return <ImagePart url={part.url} mediaType={part.mediaType} detail={part.detail} />
    case 'audio':
      return <AudioPart data={part.data} format={part.format} />
    case 'file':
      return (
        <FilePart filename={part.filename} fileId={part.fileId} data={part.data} mediaType={part.mediaType} />
      )
    case 'tool-call':
      return <ToolCallPart call={part.call} />
    case 'tool-result':
      return (
        <ToolResultPart callId={part.callId}>
          {part.content.length === 0 && <Absent>empty result</Absent>}
          <PartList parts={part.content} of={of} />
        </ToolResultPart>
      )
    case 'unknown':
      return <UnknownPart json={part.json} />
  }
}

/** Reasoning is long and seldom what is looked for: it is cut sooner than a text. */
const LONG_REASONING = 280
const REASONING_CUT = 180

function Reasoning({ text }: { readonly text: Located<string> }) {
  return (
    <div className="border-l-2 border-reasoning pl-2.5">
      <div className="text-xs font-[550] text-reasoning">Reasoning</div>
      <RecordedText located={text} label="reasoning" multiline className="max-w-[64ch] text-ink-2">
        {(shown) => (
          <FoldedText
            text={shown}
            cutAt={shown.length > LONG_REASONING ? wholeCharacter(shown, REASONING_CUT) : undefined}
          />
        )}
      </RecordedText>
    </div>
  )
}

/** What the dialect does not read, under its key where it has one. */
function UnknownPart({ json }: { readonly json: Located<string> }) {
  const step = json.at.at(-1)
  const key = step?.in === 'json' ? pointerTokens(step.pointer)?.at(-1) : undefined
  const name = key === undefined || /^\d+$/.test(key) ? 'part' : key
  return (
    <div className="min-w-0">
      <div className="text-xs text-ink-3">
        <span className="recorded text-xs">{name}</span> · shown as recorded
      </div>
      <RecordedValue located={json} label={name} />
    </div>
  )
}
