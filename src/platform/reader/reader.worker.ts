/** Only forwards: the reading itself is core's, and the same on the main thread. */
import { readCassette } from '../../core/open.ts'
import type { ReadAnswer, ReadRequest } from './messages.ts'

self.onmessage = ({ data }: MessageEvent<ReadRequest>) => {
  const reading = readCassette(data.text)
  const answer: ReadAnswer = { id: data.id, reading }
  const transfer: Transferable[] = []
  if (reading.index !== undefined) transfer.push(reading.index.nodes.buffer as ArrayBuffer)
  self.postMessage(answer, { transfer })
}
