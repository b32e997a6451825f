import { removeMember } from '../syntax/json-list.ts'
import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ChunkEdits, TextPlace } from './dialect.ts'

const NOTHING: readonly TextEdit[] = []

/** What only the last line has: why it ended, counts and durations. */
const END = [
  'done_reason',
  'context',
  'total_duration',
  'load_duration',
  'prompt_eval_count',
  'prompt_eval_duration',
  'eval_count',
  'eval_duration',
]

/** Both endpoints say their texts alike; the chat's stand one level down, beside its calls. */
interface Names {
  /** The object that the texts stand in. */
  readonly holder: (line: JsonNode) => JsonNode | undefined
  readonly text: string
}

function withoutEnd(line: JsonNode): readonly TextEdit[] {
  return [
    ...removeMember(line, ...END),
    ...(line.get('done')?.boolean() === true ? writeMember(line, 'done', false) : NOTHING),
  ]
}

function keyOf({ text }: Names, place: TextPlace): string {
  if (place.kind === 'tool-arguments') throw new EditError('arguments that are sent whole cannot be cut')
  if (place.kind === 'refusal' || place.index > 0) throw new EditError('this API has no such text')
  return place.kind === 'reasoning' ? 'thinking' : text
}

/** No text, no thinking, no calls; the text itself is always there, be it empty. */
function quiet({ holder, text }: Names, line: JsonNode): readonly TextEdit[] {
  const said = holder(line)
  if (said?.kind !== 'object') return NOTHING
  const hasText = said.get(text)?.kind === 'string' && said.get(text)?.string() !== ''
  return [
    ...(hasText ? writeMember(said, text, '') : NOTHING),
    ...removeMember(said, 'thinking', 'tool_calls', 'images', 'image'),
  ]
}

function editsOf(names: Names): ChunkEdits {
  return {
    stopReasons: ['stop', 'length', 'load', 'unload'],

    sayOnly: (place, text, keepEnd) => [
      (line) => quiet(names, line),
      (line) => {
        const said = names.holder(line)
        if (said?.kind !== 'object') throw new EditError('this line has no place for a text')
        return writeMember(said, keyOf(names, place), text)
      },
      (line) => removeMember(line, 'logprobs'),
      (line) => (keepEnd ? NOTHING : withoutEnd(line)),
    ],

    withoutEnd: () => withoutEnd,

    setStop(line, choice, reason) {
      if (choice !== 0 || names.holder(line)?.kind !== 'object') return undefined
      if (line.get('done_reason')?.string() === reason) return NOTHING
      return [
        ...(line.get('done')?.boolean() === false ? writeMember(line, 'done', true) : NOTHING),
        ...writeMember(line, 'done_reason', reason),
      ]
    },

    silence: (line) => quiet(names, line),
  }
}

export const ollamaChatEdits: ChunkEdits = editsOf({ holder: (line) => line.get('message'), text: 'content' })

export const ollamaGenerateEdits: ChunkEdits = editsOf({
  holder: (line) => (line.get('response') === undefined ? undefined : line),
  text: 'response',
})
