import { type Dispatch, type SetStateAction, useState } from 'react'
import type { Recording } from '../../core/edits/recording.ts'

/** Chunks that come or go in one step are few; further off nothing is looked for. */
const REACH = 200

/**
 * Which chunks are unfolded. A chunk is followed when others come and go in front of it, by whatever way (a command,
 * undo, the source): what was unfolded is that chunk and not that number.
 */
export function useUnfolded(
  recording: Recording,
  draftId: string,
): readonly [ReadonlySet<number>, Dispatch<SetStateAction<ReadonlySet<number>>>] {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
  const [seen, setSeen] = useState({ recording, draftId })
  if (seen.recording !== recording) {
    setSeen({ recording, draftId })
    const isOther = seen.draftId !== draftId
    if (isOther) setUnfolded(new Set())
    else if (unfolded.size > 0)
      setUnfolded(new Set([...unfolded].map((at) => follow(seen.recording, recording, at))))
  }
  return [unfolded, setUnfolded]
}

/** Where a chunk of the text before is now: the nearest one that reads the same; at its place when none does. */
function follow(before: Recording, now: Recording, at: number): number {
  const raw = rawOf(before, at)
  for (let off = 0; off <= REACH; off++) {
    if (rawOf(now, at + off) === raw) return at + off
    if (rawOf(now, at - off) === raw) return at - off
  }
  return at
}

function rawOf({ document, interaction }: Recording, at: number): string | undefined {
  const id = interaction.stream.chunkNodes[at]
  return id === undefined ? undefined : document.node(id).raw
}
