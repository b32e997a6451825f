/** Only forwards, and brings what the session needs from this side: time, trees, the decoder that is loaded on demand. */

import { judgeFiles } from '../../core/judge.ts'
import { readCassette } from '../../core/open.ts'
import { loadBrotli, loadedDecoders } from '../reader/brotli.ts'
import { openTree } from '../tree/open-tree.ts'
import type { FromReview, ToReview } from './messages.ts'
import { describe } from './recording-keys.ts'
import { ReviewSession } from './review-session.ts'

function post(message: FromReview): void {
  self.postMessage(message)
}

/** One recording in thousands says that its body is compressed with brotli. */
async function decodersFor(...texts: readonly string[]) {
  const isBrotli = texts.some((text) => /content-encoding[\s\S]{0,40}?\bbr\b/i.test(text))
  return isBrotli ? loadBrotli() : loadedDecoders()
}

let paused = 0

/** Lets messages in, not after every file: browsers make each turn of a timer last 4 ms. */
async function pause(): Promise<void> {
  if (performance.now() - paused < 25) return
  await new Promise((resolve) => setTimeout(resolve, 0))
  paused = performance.now()
}

const session = new ReviewSession({
  openTree,
  judge: async (before, after) => judgeFiles(before, after, await decodersFor(before.text, after.text)),
  describe: async (path, bytes) => describe(path, bytes, loadedDecoders()),
  isRecording: async (text) => readCassette(text).cassette !== undefined,
  now: () => performance.now(),
  pause,
})

self.onmessage = async ({ data }: MessageEvent<ToReview>) => {
  if (data.kind === 'open') {
    // what is no expected failure is a bug: it ends the worker and is said there
    await session.open(data.source, (event) => post({ kind: 'event', event })).catch(reportError)
    return
  }
  if (data.kind === 'lines') {
    post({ kind: 'lines', id: data.id, lines: session.lines(data.path) })
    return
  }
  const { id, path, side } = data
  const content = await session.read(path, side).catch((error: unknown) => ({
    problem: `This file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
  }))
  post({ kind: 'read', id, content })
}
