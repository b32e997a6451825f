import type { LibraryEvent, LibraryPort, OpenLibrary } from '../../workspace/library-port.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { startWorker } from '../trusted-worker.ts'
import workerUrl from './library.worker.ts?worker&url'
import { LibraryLine } from './library-line.ts'
import { forgetFolder, rememberedFolders, reopenFolder } from './remembered-folders.ts'
import { sendFiles } from './send-files.ts'

/** Libraries, each in a worker of its own: closing one gives all its memory back at once. */
export function libraryPort(): LibraryPort {
  return {
    open: (sources, hear) => openIn(() => startWorker(workerUrl), sources, hear),
    remembered: rememberedFolders,
    reopen: reopenFolder,
    forget: forgetFolder,
  }
}

function openIn(
  start: () => Worker,
  sources: readonly TreeSource[],
  hear: (event: LibraryEvent) => void,
): OpenLibrary {
  const line = new LibraryLine(start, hear)
  line.tell({
    kind: 'open',
    sources: sources.map((source) =>
      source.kind === 'files' ? { kind: 'files', name: source.name } : source,
    ),
  })
  void sendFiles(line, sources)
  return {
    cancel: () => line.tell({ kind: 'cancel' }),
    refresh: () => line.tell({ kind: 'refresh' }),
    close: () => line.close(),
    search: (query, sort, signal) => line.ask({ kind: 'search', query, sort }, signal),
    excerpts: (query, places, signal) => line.ask({ kind: 'excerpts', query, places }, signal),
    numbers: (query, signal) => line.ask({ kind: 'numbers', query }, signal),
    health: (progress, signal) => line.ask({ kind: 'health' }, signal, progress),
    lookUp: (pasted, progress, signal) => line.ask({ kind: 'look-up', pasted }, signal, progress),
    read: (path) => line.ask({ kind: 'read', path }),
    handle: (path) => line.ask({ kind: 'handle', path }),
  }
}
