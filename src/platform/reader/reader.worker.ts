/** Only forwards: the reading itself is core's, and the same on the main thread. */
import { type Reading, readCassette } from '../../core/open.ts'
import { answerWith } from '../worker-answers.ts'

answerWith<string, Reading>(self, (text) => {
  const answer = readCassette(text)
  return { answer, ...(answer.index && { transfer: [answer.index.nodes.buffer as ArrayBuffer] }) }
})
