import type { ContentPart } from '../../core/cassette/conversation.ts'
import type { Address } from '../../core/text/address.ts'

/** An address that tells a part from the others of its message. */
export function partAddress(part: ContentPart): Address {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text.at
    case 'image':
      return part.url.at
    case 'audio':
      return part.data.at
    case 'file':
      return (part.data ?? part.fileId ?? part.filename)?.at ?? []
    case 'tool-call':
      return part.call.name.at
    case 'tool-result':
      return part.callId?.at ?? []
    case 'unknown':
      return part.json.at
  }
}
