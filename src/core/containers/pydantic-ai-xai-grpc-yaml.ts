/**
 * pydantic-ai's recordings of the xAI SDK, which speaks gRPC: YAML, every message as protobuf and as JSON.
 *
 * Spec: https://github.com/pydantic/pydantic-ai `tests/models/xai_proto_cassettes.py`.
 * Supported: `interactions[]` with `request_*` and `response_*` as `{json, raw}` or a list of them (a stream).
 * Lost: twins. What is replayed is `raw`; the JSON is a copy for readers, and the one that is shown: a note says so.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { type Framed, frameObjectList, frameWhole, NO_CHUNKS } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { extrasOf, interactionOf } from './http-message.ts'

interface Side {
  readonly key: string
  readonly value: JsonNode
}

function callsOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('interactions')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

function isTwin(value: JsonNode | undefined): boolean {
  return value?.get('json') !== undefined
}

/** `request_sample`, `response_sample`, `response_stream`: whatever comes as twins. */
function sideOf(call: JsonNode, side: string): Side | undefined {
  return [...call.effectiveMembers()].find(
    ({ key, value }) => key.startsWith(side) && (isTwin(value) || isTwin(value.item(0))),
  )
}

function jsonOf(value: JsonNode): JsonNode {
  return value.get('json') ?? value
}

function chunksOf(response: JsonNode | undefined): Framed {
  if (response === undefined) return NO_CHUNKS
  return response.kind === 'array' ? frameObjectList(response, jsonOf) : frameWhole(jsonOf(response))
}

function problemsOf(call: JsonNode): readonly Diagnostic[] {
  const response = sideOf(call, 'response')?.value
  const twin = response?.kind === 'array' ? response.item(0) : response
  if (twin?.get('raw') === undefined) return []
  return [
    {
      severity: 'info',
      code: 'twin',
      message: 'This call is shown by its "json"; what is replayed are the bytes in "raw".',
      span: { start: call.start, end: call.end },
    },
  ]
}

export const pydanticAiXaiGrpc: Container = {
  id: 'pydantic-ai-xai-grpc-yaml',
  label: 'pydantic-ai xAI recording',
  spec: 'https://github.com/pydantic/pydantic-ai/tree/main/tests/models',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const side = callsOf(root)
      .map((call) => sideOf(call, 'request') ?? sideOf(call, 'response'))
      .find((each) => each !== undefined)
    return side === undefined
      ? { confidence: 0, because: '' }
      : { confidence: 0.96, because: `"interactions" with "${side.key}" as "json" and "raw"` }
  },

  read(root, bodies) {
    const calls = callsOf(root)
    return {
      interactions: calls.map((call) => {
        const request = sideOf(call, 'request')
        const response = sideOf(call, 'response')
        const sent = request?.value.kind === 'array' ? request.value.item(0) : request?.value
        return interactionOf(
          {
            at: call,
            method: call.get('method'),
            requestBody: sent && jsonOf(sent),
            chunks: chunksOf(response?.value),
            streaming: response?.value.kind === 'array',
            extras: extrasOf(call, ['method', ...[request, response].flatMap((side) => side?.key ?? [])]),
          },
          bodies,
        )
      }),
      diagnostics: calls.flatMap(problemsOf),
    }
  },
}
