import { useDeck } from '../app/deck.ts'
import type { StreamTask } from '../app/stream-task.ts'
import { InsertChunk } from './insert-chunk.tsx'
import { ReplaceText } from './replace-text.tsx'
import { SetInAll } from './set-in-all.tsx'
import { SplitChunk } from './split-chunk.tsx'

/** The commands on a stream that ask something first. */
export function StreamDialog({ task, close }: { readonly task: StreamTask; close(): void }) {
  // the text that a dialog was opened on can go: it starts anew with another cassette
  const { draft } = useDeck()
  switch (task.kind) {
    case 'insert':
      return <InsertChunk key={draft.id} position={task.position} close={close} />
    case 'split':
      return <SplitChunk key={draft.id} chunk={task.chunk} close={close} />
    case 'set-in-all':
      return <SetInAll key={draft.id} path={task.path} close={close} />
    case 'replace':
      return <ReplaceText key={draft.id} track={task.track} close={close} />
    default:
      return task satisfies never
  }
}
