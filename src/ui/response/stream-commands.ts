/** What can be done to a recorded answer, by name: for menus, keys and the palette alike. */
import { dialectOf } from '../../core/dialects/index.ts'
import { duplicateChunk, moveChunk, removeChunks } from '../../core/edits/chunk-list.ts'
import { breakArguments, breakOff, emptyAnswer, finishAt } from '../../core/edits/faults.ts'
import { failAfter, failWith, PROVIDER_ERRORS } from '../../core/edits/provider-errors.ts'
import { hasChunkList, type Recording } from '../../core/edits/recording.ts'
import { mergeWithNext } from '../../core/edits/split-merge.ts'
import type { TextEdit } from '../../core/text/edit.ts'
import { trackNames } from './track-names.ts'

/** One undoable step. */
export interface StreamCommand {
  /** As a menu shows it. */
  readonly name: string
  /** As the history names it. */
  readonly label: string
  /** Throws `EditError`, a sentence, when it cannot be done. */
  plan(recording: Recording): readonly TextEdit[]
  /** The chunk that the eye and the keyboard are at afterwards. */
  readonly leadsTo?: number
  /** The key that does the same on the chunk's row. */
  readonly keys?: string
}

/** Commands that stand together in a menu. */
export interface CommandGroup {
  readonly title?: string
  readonly commands: readonly StreamCommand[]
}

/** What a provider says in the middle of a stream when it cannot go on. */
const IN_STREAM = PROVIDER_ERRORS.find(({ status }) => status === 500)

/** What can be done to chunk `at`, where chunks can come and go. */
export function chunkCommands(recording: Recording, at: number): readonly CommandGroup[] {
  if (!hasChunkList(recording)) return []
  const count = recording.interaction.stream.chunkNodes.length
  const isLast = at === count - 1
  return [
    {
      commands: [
        {
          name: 'Duplicate',
          label: `Duplicate chunk ${at}`,
          plan: (of) => duplicateChunk(of, at),
          leadsTo: at + 1,
        },
        ...(at > 0 ? [moveCommand(at, at - 1)] : []),
        ...(isLast ? [] : [moveCommand(at, at + 1)]),
        ...(isLast
          ? []
          : [
              {
                name: 'Merge with next',
                label: `Merge chunks ${at} and ${at + 1}`,
                plan: (of: Recording) => mergeWithNext(of, at),
                leadsTo: at,
              },
            ]),
        deleteCommand(at, count),
      ],
    },
    {
      title: 'Faults',
      commands: [
        ...(isLast
          ? []
          : [
              {
                name: 'Break off after this',
                label: `Break off after chunk ${at}`,
                plan: (of: Recording) => breakOff(of, at),
                leadsTo: at,
              },
            ]),
        ...(IN_STREAM
          ? [
              {
                name: 'Break off with an error',
                label: `Break off with an error after chunk ${at}`,
                plan: (of: Recording) => failAfter(of, at, IN_STREAM),
                leadsTo: at,
              },
            ]
          : []),
        ...['length', 'content_filter'].map((reason) => ({
          name: `Finish here with ${reason}`,
          label: `Finish with ${reason} after chunk ${at}`,
          plan: (of: Recording) => finishAt(of, at, reason),
          leadsTo: at,
        })),
      ],
    },
  ]
}

export function deleteCommand(at: number, count: number): StreamCommand {
  return {
    name: 'Delete',
    label: `Delete chunk ${at}`,
    plan: (of) => removeChunks(of, at),
    leadsTo: Math.min(at, count - 2),
    keys: 'Del',
  }
}

export function moveCommand(from: number, to: number): StreamCommand {
  const way = to < from ? 'up' : 'down'
  return {
    name: `Move ${way}`,
    label: `Move chunk ${from} ${way}`,
    plan: (of) => moveChunk(of, from, to),
    leadsTo: to,
    keys: to < from ? 'Alt ↑' : 'Alt ↓',
  }
}

/** What can be done to the answer as a whole. */
export function answerCommands(recording: Recording): readonly CommandGroup[] {
  const { stream } = recording.interaction
  const last = stream.chunkNodes.length - 1
  const calls = stream.messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : [])),
  )
  const writes = dialectOf(recording.interaction.dialect).chunkEdits !== undefined
  const whole: StreamCommand[] =
    writes && stream.messages.length > 0
      ? [
          { name: 'Empty answer', label: 'Empty the answer', plan: emptyAnswer },
          ...['length', 'content_filter'].map((reason) => ({
            name: `Finish with ${reason}`,
            label: `Finish with ${reason}`,
            plan: (of: Recording) => finishAt(of, last, reason),
          })),
        ]
      : []
  const names = trackNames(stream)
  const malformed = calls.flatMap(({ argumentsTrack }): StreamCommand[] => {
    const track = argumentsTrack === undefined ? undefined : stream.tracks[argumentsTrack]
    if (track === undefined) return []
    const of = calls.length > 1 ? ` ${names[argumentsTrack ?? 0]?.replace(/^arguments /, '')}` : ''
    return [
      {
        name: `Malformed arguments${of}`,
        label: `Malform the arguments${of}`,
        plan: (current) => breakArguments(current, track),
      },
    ]
  })
  return [
    { commands: [...whole, ...malformed] },
    {
      title: 'Fail instead',
      commands: PROVIDER_ERRORS.map((error) => ({
        name: `${error.status} ${spaced(error.type)}`,
        label: `Fail with ${error.status}`,
        plan: (of: Recording) => failWith(of, error),
      })),
    },
  ].filter(({ commands }) => commands.length > 0)
}

/** "RateLimitError" as words. */
function spaced(type: string): string {
  return type
    .replace(/Error$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
