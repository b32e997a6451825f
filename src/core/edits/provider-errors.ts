import type { ContainerEdits, ProviderError } from '../containers/container.ts'
import { containerOf } from '../containers/index.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import { breakOff } from './faults.ts'
import { failHttp, failHttpAfter, isHttpAnswer } from './http-failure.ts'
import { chunkList, type Recording } from './recording.ts'

/**
 * The errors that clients must live with, as OpenAI answers them and the `openai` SDK throws them:
 * https://platform.openai.com/docs/guides/error-codes
 */
export const PROVIDER_ERRORS: readonly ProviderError[] = [
  {
    status: 400,
    type: 'BadRequestError',
    body: {
      message:
        "This model's maximum context length is 128000 tokens. Please reduce the length of the messages.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  },
  {
    status: 401,
    type: 'AuthenticationError',
    body: {
      message:
        'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  },
  {
    status: 429,
    type: 'RateLimitError',
    body: {
      message: 'Rate limit reached for requests. Please try again in 20s.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  {
    status: 500,
    type: 'InternalServerError',
    body: {
      message: 'The server had an error while processing your request. Sorry about that!',
      type: 'server_error',
      param: null,
      code: null,
    },
  },
]

/** What a format has of its own for calls that fail; the others record HTTP answers. */
function editsOf(recording: Recording): ContainerEdits | undefined {
  const edits = containerOf(recording.container)?.edits
  if (edits === undefined && !isHttpAnswer(recording)) {
    throw new EditError('this recording has no status and no body that could say so')
  }
  return edits
}

function rootOf(document: JsonDocument): JsonNode {
  if (document.root === undefined) throw new EditError('there is nothing in this text')
  return document.root
}

/** The call fails with an error instead of an answer. */
export function failWith(recording: Recording, error: ProviderError): readonly TextEdit[] {
  return editsOf(recording)?.failWith(rootOf(recording.document), error) ?? failHttp(recording, error)
}

/** The stream breaks off after chunk `position` with an error. */
export function failAfter(recording: Recording, position: number, error: ProviderError): readonly TextEdit[] {
  const { document, interaction } = recording
  // only a stream can fail in the middle
  chunkList(recording)
  const edits = editsOf(recording)
  if (edits === undefined) return failHttpAfter(recording, position, error)
  const isLast = position >= interaction.stream.chunkNodes.length - 1
  return [...(isLast ? [] : breakOff(recording, position)), ...edits.failMidStream(rootOf(document), error)]
}
