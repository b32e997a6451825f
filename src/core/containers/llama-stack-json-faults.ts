import { laidOut, layoutOf, linePrefix, writeJson } from '../syntax/json-layout.ts'
import { insertMembers, valueAsElementOf } from '../syntax/json-list.ts'
import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode, JsonValue } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ProviderError } from './container.ts'

/** `exception_data` of a provider's error, see exception_utils.py of the recorder. */
function exceptionOf({ status, type, body }: ProviderError): { readonly [key: string]: JsonValue } {
  const message = `Error code: ${status} - {'error': ${pythonRepr(body)}}`
  return {
    is_exception: true,
    exception_data: {
      category: 'provider_sdk',
      provider: 'openai',
      type,
      message,
      status_code: status,
      body,
    },
    exception_message: message,
  }
}

/** `repr()` of what an error body holds: the SDK puts it into the message so. */
function pythonRepr(value: JsonValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  const members = Object.entries(value).map(([key, member]: [string, JsonValue]) => {
    return `${pythonString(key)}: ${pythonRepr(member)}`
  })
  return `{${members.join(', ')}}`
}

/** Single quotes, unless the text has some and no double ones. */
function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`)
  return quote + escaped + quote
}

function responseOf(root: JsonNode): JsonNode {
  const response = root.get('response')
  if (response?.kind !== 'object') throw new EditError('this recording has no response')
  return response
}

/**
 * The call fails with a provider's error instead of an answer. The recorder writes an exception of the SDK
 * (body null, not streaming, whatever was asked for); of raw HTTP requests (`payload`) the status and the body.
 */
export function failWith(root: JsonNode, error: ProviderError): readonly TextEdit[] {
  const response = responseOf(root)
  const isRaw = root.path('request', 'payload') !== undefined
  const value: JsonValue = isRaw
    ? { status: error.status, body: { error: error.body }, is_streaming: false }
    : { body: null, is_streaming: false, ...exceptionOf(error) }
  const { text, habits } = response.document
  const content = laidOut(writeJson(value, habits), layoutOf(response), linePrefix(text, response.start))
  return [{ offset: response.start, length: response.end - response.start, content }]
}

/** The stream fails after what has come: the chunks stay, the exception stands behind them. */
export function failMidStream(root: JsonNode, error: ProviderError): readonly TextEdit[] {
  const response = responseOf(root)
  const members = Object.entries(exceptionOf(error))
  const missing = members.filter(([key]) => response.get(key) === undefined)
  return [
    ...members.flatMap(([key, value]) =>
      response.get(key) === undefined ? [] : writeMember(response, key, value),
    ),
    ...(missing.length === 0
      ? []
      : [
          insertMembers(
            response,
            missing.map(([key, value]) => ({ key, raw: valueAsElementOf(response, value) })),
          ),
        ]),
  ]
}
