import { useCallback, useMemo } from 'react'
import type { Recording } from '../../core/edits/recording.ts'
import { pause, seek } from '../../workspace/playback.ts'
import { useDeck, useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { StreamCommand } from './stream-commands.ts'

/** What commands on chunks are planned on. */
export function useRecording(): Recording {
  const { document, interaction, view } = useDeck()
  const container = view.cassette?.container ?? ''
  return useMemo(() => ({ document, interaction, container }), [document, interaction, container])
}

/**
 * Does a command as one step of the history; a refusal is said. Returns whether the text is another one now: a command
 * can also have nothing to do.
 */
export function useStreamCommand(): (command: StreamCommand) => boolean {
  const { draft, edit } = useDeck()
  const recording = useRecording()
  const { playback, session } = useStores()
  return useCallback(
    ({ label, plan, leadsTo }) => {
      const revision = (): number | undefined =>
        session.state.get().drafts.find(({ id }) => id === draft.id)?.revision
      const before = revision()
      const refusal = edit(label, () => plan(recording))
      if (refusal !== undefined) notify(refusal, 'error')
      else if (leadsTo !== undefined) {
        // a playhead at the end stays there; one that is somewhere goes along with its chunk
        playback.update((value) =>
          value.position >= value.count ? value : pause(seek(value, Math.max(0, leadsTo + 1))),
        )
      }
      return revision() !== before
    },
    [draft.id, edit, recording, playback, session],
  )
}
