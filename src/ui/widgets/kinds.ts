import { CHUNK_KINDS, type ChunkKind } from '../../core/cassette/delta.ts'

/** How each kind of chunk looks and is called: never by colour alone, always a word and a shape too. */
export interface KindLook {
  readonly word: string
  /** CSS colour. */
  readonly colour: string
  readonly shape: string
}

export const KIND_LOOKS: Readonly<Record<ChunkKind, KindLook>> = {
  empty: { word: 'empty', colour: 'var(--ink-3)', shape: 'border border-ink-3 opacity-60' },
  unknown: { word: 'other', colour: 'var(--ink-3)', shape: 'border border-ink-3' },
  'message-start': { word: 'role', colour: 'var(--ink-3)', shape: 'border border-ink-3 rounded-full' },
  usage: { word: 'usage', colour: 'var(--ink-3)', shape: 'border border-ink-3' },
  note: { word: 'note', colour: 'var(--ink-3)', shape: 'bg-ink-3 rounded-full' },
  text: { word: 'text', colour: 'var(--text-bar)', shape: 'bg-text-bar' },
  reasoning: { word: 'reasoning', colour: 'var(--reasoning)', shape: 'bg-reasoning rounded-full' },
  refusal: { word: 'refusal', colour: 'var(--error)', shape: 'bg-error rounded-full' },
  media: { word: 'media', colour: 'var(--stop)', shape: 'border-2 border-stop' },
  vector: { word: 'vector', colour: 'var(--tool)', shape: 'border-2 border-tool rounded-full' },
  'tool-call': { word: 'tool', colour: 'var(--tool)', shape: 'bg-tool rotate-45' },
  stop: { word: 'stop', colour: 'var(--stop)', shape: 'bg-stop rotate-45' },
  error: { word: 'error', colour: 'var(--error)', shape: 'bg-error' },
}

/** The look of a stored kind code. */
export function lookOf(code: number | undefined): KindLook {
  return KIND_LOOKS[CHUNK_KINDS[code ?? 0] ?? 'empty']
}
