/** Only forwards: what a library is and does stands in `library-host.ts`, and can be tried without a worker. */
import { loadBrotli, loadedDecoders } from '../reader/brotli.ts'
import { treeOf } from '../tree/open-tree.ts'
import { startWorker } from '../trusted-worker.ts'
import readerUrl from './entry-reader.worker.ts?worker&url'
import { ReaderPool, workersFor } from './entry-readers.ts'
import { LibraryHost } from './library-host.ts'
import type { FromLibrary, ToLibrary } from './messages.ts'
import { readEntry } from './read-entry.ts'
import { sourceCaches } from './source-cache.ts'

const host = new LibraryHost(
  {
    treeOf: (source) => treeOf(source),
    // the build names this file after what is in it and in all that it imports
    cacheOf: sourceCaches(new URL(self.location.href).pathname.split('/').at(-1) ?? ''),
    readers: () =>
      new ReaderPool(
        () => startWorker(readerUrl),
        workersFor(navigator.hardwareConcurrency),
        (file) => readEntry(file, { loaded: loadedDecoders, load: loadBrotli }),
      ),
  },
  (message: FromLibrary, transfer) => self.postMessage(message, { transfer: [...transfer] }),
)

self.onmessage = ({ data }: MessageEvent<ToLibrary>) => host.hear(data)
