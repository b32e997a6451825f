import type { TreeSource } from '../../workspace/tree.ts'
import type { ToLibrary } from './messages.ts'

/** Files in a message: cloning one takes a tenth of a millisecond, and the page is to stay at hand. */
const PIECE = 50

/** Whom they are sent to. */
interface Receiver {
  readonly isOpen: boolean
  tell(message: ToLibrary): void
}

/** Files go in pieces, with room for everything else between them. */
export async function sendFiles(line: Receiver, sources: readonly TreeSource[]): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  // a message and no timer: in a tab that is not looked at timers come once a second, later once a minute
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      port1.onmessage = () => resolve()
      port2.postMessage(undefined)
    })
  for (const [at, source] of sources.entries()) {
    if (source.kind !== 'files') continue
    for (let sent = 0; sent < source.files.length && line.isOpen; sent += PIECE) {
      line.tell({ kind: 'files', source: at, files: source.files.slice(sent, sent + PIECE) })
      await turn()
    }
    line.tell({ kind: 'files', source: at, files: [] })
  }
  port1.close()
}
