import { given, isBlank, type Say, sayRest, worded } from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'

const TEXT = new Set(['type', 'text', 'citations'])
const THINKING = new Set(['type', 'thinking', 'signature'])
/** `caller` says who called: the model itself, or code that it wrote. */
const CALL = new Set(['type', 'id', 'name', 'input', 'caller'])

/** Blocks that stand beside the text, by what a person calls them; results are named after their type. */
const NOTES: Readonly<Record<string, string>> = {
  redacted_thinking: 'redacted thinking',
  compaction: 'compaction',
  container_upload: 'container upload',
  fallback: 'fallback',
  mcp_tool_listing: 'mcp tool listing',
}

/**
 * A content block: as it stands in a whole message, or as it begins in a stream. `part` is its index.
 */
export function readBlock(block: JsonNode, part: number, whole: boolean, say: Say): void {
  const type = block.get('type')?.string() ?? ''
  switch (type) {
    case 'text': {
      const text = begun(block, 'text', whole)
      if (text) say({ kind: 'text', choice: 0, part, text })
      for (const json of block.get('citations')?.items() ?? []) {
        say({ kind: 'note', choice: 0, label: 'citation', json })
      }
      sayRest(block, TEXT, say)
      break
    }
    case 'thinking': {
      const text = begun(block, 'thinking', whole)
      if (text) say({ kind: 'reasoning', choice: 0, part, text })
      saySignature(block.get('signature'), say)
      sayRest(block, THINKING, say)
      break
    }
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      readCall(block, part, whole, say)
      break
    default: {
      const label = NOTES[type] ?? (type.endsWith('_tool_result') ? type.replaceAll('_', ' ') : undefined)
      if (label !== undefined) say({ kind: 'note', choice: 0, label, json: block })
      else say({ kind: 'unknown', why: type, json: block })
    }
  }
}

/** A stream begins a text with "", which is no piece of it: pieces come in deltas, and go with them. */
function begun(block: JsonNode, key: string, whole: boolean): JsonNode | undefined {
  const text = stringAt(block, key)
  return whole || text?.string() ? text : undefined
}

/** A stream begins a call with `"input": {}`, which is only the place where its pieces will stand. */
function readCall(block: JsonNode, index: number, whole: boolean, say: Say): void {
  const input = given(block.get('input'))
  say({
    kind: 'tool-call',
    choice: 0,
    index,
    id: worded(block.get('id')),
    name: worded(block.get('name')),
    arguments: input && (whole || !isBlank(input)) ? input : undefined,
  })
  sayRest(block, CALL, say)
}

function saySignature(json: JsonNode | undefined, say: Say): void {
  if (json && worded(json)) say({ kind: 'note', choice: 0, label: 'signature', json })
}

/** A piece of the block with this index. */
export function readDelta(delta: JsonNode, part: number, say: Say): void {
  const type = delta.get('type')?.string()
  switch (type) {
    case 'text_delta': {
      const text = stringAt(delta, 'text')
      if (text) say({ kind: 'text', choice: 0, part, text })
      break
    }
    case 'thinking_delta': {
      const text = stringAt(delta, 'thinking')
      if (text) say({ kind: 'reasoning', choice: 0, part, text })
      break
    }
    case 'input_json_delta': {
      const piece = stringAt(delta, 'partial_json')
      if (piece) say({ kind: 'tool-call', choice: 0, index: part, arguments: piece })
      break
    }
    case 'signature_delta':
      saySignature(delta.get('signature'), say)
      break
    case 'citations_delta': {
      const json = given(delta.get('citation'))
      if (json) say({ kind: 'note', choice: 0, label: 'citation', json })
      break
    }
    case 'compaction_delta':
      say({ kind: 'note', choice: 0, label: 'compaction', json: delta })
      break
    default:
      say({ kind: 'unknown', why: type ?? 'delta', json: delta })
  }
}

function stringAt(owner: JsonNode, key: string): JsonNode | undefined {
  const node = owner.get(key)
  return node?.kind === 'string' ? node : undefined
}
