/** What no dialect claims: nothing is interpreted, everything is shown as the JSON it is. */
import { EMPTY_CONVERSATION } from '../cassette/conversation.ts'
import type { Dialect } from './dialect.ts'

export const unknownDialect: Dialect = {
  id: 'unknown',
  label: 'unknown API',
  spec: '',
  sniff: () => ({ confidence: 0.01, because: 'no dialect that is known here recognises the payload' }),
  readRequest: () => EMPTY_CONVERSATION,
  readChunk: (chunk, say) => say({ kind: 'unknown', why: '', json: chunk }),
}
