/** Ways in which people ask for a request: what they paste. `text` is a recording that holds it. */
import { hashOf } from '../../../../src/core/naming.ts'
import { JsonDocument, type JsonNode } from '../../../../src/core/syntax/json-node.ts'

export type Form =
  | 'recording'
  | 'request'
  | 'body'
  | 'curl'
  | 'python'
  | 'call'
  | 'old-error'
  | 'error'
  | 'hash'

export function hashOfText(text: string): string {
  const hash = hashOf('llama-stack-json', JsonDocument.of(text))
  if (hash === undefined) throw new Error('the harness itself is wrong: no hash')
  return hash
}

export function ask(text: string, form: Form): string {
  const { root } = JsonDocument.of(text)
  if (root === undefined) throw new Error('the harness itself is wrong: an empty text')
  const body =
    root.path('request', 'body') ?? root.path('request', 'payload') ?? root.path('request', 'kwargs')
  const url = root.path('request', 'url')?.string() ?? ''
  const test = root.get('test_id')?.string() ?? root.path('request', 'test_id')?.string()
  const failed = test === undefined ? '' : `FAILED ${test} - RuntimeError: Recording not found\n`
  if (body === undefined) throw new Error('the harness itself is wrong: no body')
  switch (form) {
    case 'recording':
      return text
    case 'request':
      return `{"test_id": ${root.get('test_id')?.raw ?? 'null'}, "request": ${root.get('request')?.raw}}`
    case 'body':
      return `${failed}${body.raw}`
    case 'curl':
      return `${failed}\n$ ${curlOf(url, body)}\n`
    case 'python':
      return `${failed}kwargs = ${pythonOf(body)}`
    case 'call': {
      const members = [...body.members()].map(({ key, value }) => `    ${key}=${pythonOf(value)},\n`)
      return `${failed}response = await client.chat.completions.create(\n${members.join('')})`
    }
    case 'old-error':
      return `${failed}E   RuntimeError: No recorded response found for request hash: ${hashOfText(text)}\nE   Request: POST ${url} ${pythonOf(body)}\nE   Model: ${modelOf(body)}\n`
    case 'error':
      return errorOf(text, url, modelOf(body), failed)
    case 'hash':
      return hashOfText(text)
  }
}

function modelOf(body: JsonNode): string {
  return body.get('model')?.string() ?? 'unknown'
}

function errorOf(text: string, url: string, model: string, failed: string): string {
  return [
    '\u001b[31m\u001b[1mE       RuntimeError: Recording not found for request hash: ' +
      hashOfText(text) +
      '\u001b[0m',
    `\u001b[31mE       Model: ${model} | Request: POST ${url}\u001b[0m`,
    'E       ',
    "E       Run './scripts/integration-tests.sh --inference-mode record-if-missing' with required API keys to generate.",
    '',
    'src/ogx/testing/api_recorder.py:1034: RuntimeError',
    failed,
  ].join('\n')
}

/** As it goes over the wire: `extra_body` is a part of the body, and the path is not doubled. */
function curlOf(url: string, body: JsonNode): string {
  const members = [...body.members()]
    .filter(({ key }) => !key.startsWith('extra_'))
    .map(({ key, value }) => `${JSON.stringify(key)}: ${value.raw}`)
  const extra = body.get('extra_body')
  const more = extra
    ? [...extra.members()].map(({ key, value }) => `${JSON.stringify(key)}: ${value.raw}`)
    : []
  const data = `{${[...members, ...more].join(', ')}}`.replaceAll("'", "'\\''")
  return `curl -sS -X POST ${url.replace('/v1/v1/', '/v1/')} \\\n  -H 'Content-Type: application/json' -H "Authorization: Bearer $KEY" \\\n  -d '${data}'`
}

/** As Python prints it. */
function pythonOf(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${[...node.members()].map(({ key, value }) => `${pythonString(key)}: ${pythonOf(value)}`).join(', ')}}`
    case 'array':
      return `[${[...node.items()].map(pythonOf).join(', ')}]`
    case 'string':
      return pythonString(node.string() ?? '')
    case 'number':
      return node.raw
    case 'boolean':
      return node.raw === 'true' ? 'True' : 'False'
    case 'null':
      return 'None'
  }
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return quote + inner + quote
}
