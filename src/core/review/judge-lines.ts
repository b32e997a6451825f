/** A verdict where only the changed lines are known: by the names of the members that stand on them. */
import type { FileVerdict } from '../judge.ts'
import { type ChangedMember, changedMembers } from './changed-members.ts'
import type { DiffFile } from './git-diff.ts'

/** To be said wherever such a verdict is shown. */
export const BY_LINES_NOTE = 'Judged by the changed lines only: open the folder as well to see the whole.'

type LineKind = 'noise' | 'request' | 'wording' | 'behaviour'
const WORST_FIRST = ['behaviour', 'wording', 'request', 'noise'] as const satisfies readonly LineKind[]

const NOISE = new RegExp(
  `^(?:${[
    'id|.*_id|.*Id|call_id|created|created_at|completed_at|updated_at|expires_at|createTime|recorded_at|recordedAt|timestamp|.*_timestamp|time|times|date|duration|.*_duration|.*_ms|offset',
    'system_fingerprint|obfuscation|service_tier|sequence_number|index|.*_index|object|logprobs|bytes|top_logprobs|annotations',
    'usage|usageMetadata|.*_tokens|.*TokenCount|.*_tokens_details|.*_count|eval_duration|tokens|modelVersion',
    'etag|server|via|vary|expires|age|connection|cf-.*|x-.*|openai-.*|anthropic-.*|request-id|.*request-id|set-cookie|cookie|user-agent|authorization|content-length|traceparent|alt-svc|strict-transport-security|nel|report-to|keep-alive',
    'started_?date_?time|.*DateTime|id_normalization_mapping|lineno|__.*__',
  ].join('|')})$`,
  'i',
)
const BEHAVIOUR =
  /^(?:arguments|partial_json|input|args|function|functionCall|tool_calls|tool_name|name|finish_reason|finishReason|stop_reason|stop_sequence|done_reason|status|status_code|statusCode|code|refusal|error|errors|error_type|exception.*|type|role|message|block_reason|blockReason|incomplete_details|reason)$/
const WORDING =
  /^(?:content|text|delta|part|output|output_text|reasoning.*|thinking|signature|encrypted_content|summary|response|string|body|data|b64_json|embedding|transcript|raw|base64_string|parsed_body)$/
const REQUEST =
  /^(?:messages|prompt|instructions|system|tools|tool_choice|functions|temperature|top_[pk]|max_.*|seed|stop|stream|stream_options|parallel_tool_calls|response_format|parameters|properties|required|description|strict|url|uri|path|method|endpoint|endpoint_type|provider|test_id|contents|generationConfig|query|dimensions|encoding_format)$/

/** What the changed lines come to. `steps` are the diffs of the file, the oldest first. */
export function judgeLines(steps: readonly Pick<DiffFile, 'hunks'>[]): FileVerdict {
  const judged = steps
    .flatMap(({ hunks }) => changedMembers(hunks))
    .filter((member) => hasMeaning(member))
    .map((member) => ({ member, kind: kindOf(member) }))
  const kind = WORST_FIRST.find((candidate) => judged.some((one) => one.kind === candidate)) ?? 'noise'
  const reasons = WORST_FIRST.filter((candidate) => candidate !== 'noise').flatMap((candidate) =>
    judged.filter((one) => one.kind === candidate).map(({ member }) => reasonOf(member)),
  )
  const distinct = [...new Set(reasons)]
  return {
    kind,
    sentence: sentenceOf(kind, distinct),
    reasons: kind === 'noise' ? ['Only ids, times and padding differ'] : distinct,
    requestChanged: judged.some((one) => one.kind === 'request'),
  }
}

/** Members that came or went with no value, and texts that are only cut into other pieces, mean nothing. */
function hasMeaning({ name, removed, added }: ChangedMember): boolean {
  const [was, is] = [removed.filter(hasValue), added.filter(hasValue)]
  if (was.length === 0 && is.length === 0) return false
  const isText = WORDING.test(name) || name === 'arguments' || name === 'partial_json'
  return !(isText && joined(was) === joined(is))
}

function hasValue(value: string): boolean {
  return !/^(?:null|~|\\*"\\*"|''|[[{|>][-+]?|)$/.test(value.trim())
}

function joined(values: readonly string[]): string {
  return values.map((value) => value.replace(/^\\*["']|\\*["']$/g, '')).join('')
}

function kindOf({ name, area }: ChangedMember): LineKind {
  if (NOISE.test(name)) return 'noise'
  if (area === 'request') return 'request'
  if (area === 'unknown' && REQUEST.test(name)) return 'request'
  if (BEHAVIOUR.test(name)) return 'behaviour'
  if (WORDING.test(name) || name === '') return 'wording'
  // better looked at for nothing than not at all
  return 'behaviour'
}

function reasonOf(member: ChangedMember): string {
  const { name, area } = member
  const what = name === '' ? 'lines that name no field' : `"${name}"`
  const known = BEHAVIOUR.test(name) || WORDING.test(name) || area === 'request' || REQUEST.test(name)
  if (name !== '' && !known) return `${what} changed${valuesOf(member)}, and its lines do not show what it is`
  const where = area === 'request' ? ' in the request' : ''
  const doubt =
    area === 'unknown' && !REQUEST.test(name)
      ? ' (of the answer, or of the request: the lines do not show it)'
      : ''
  return `${what} changed${where}${valuesOf(member)}${doubt}`
}

/** One short value against another, as it is written. */
function valuesOf({ removed, added }: ChangedMember): string {
  const [was = 'absent', moreGone] = removed
  const [is = 'absent', moreCome] = added
  if (moreGone !== undefined || moreCome !== undefined || was.length > 60 || is.length > 60) return ''
  return `: ${was} → ${is}`
}

function sentenceOf(kind: LineKind, reasons: readonly string[]): string {
  const [first = ''] = reasons
  switch (kind) {
    case 'noise':
      return 'Only ids, times and padding differ'
    case 'request':
      return `The request differs: ${first}`
    case 'wording':
      return `Wording only: ${first}`
    case 'behaviour':
      return `Behaviour: ${first}`
  }
}
