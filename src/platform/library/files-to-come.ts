import type { TreeFile } from '../../workspace/tree.ts'
import { WorkQueue } from './work-queue.ts'

/** The files of a source in the pieces that they come in. */
export class FilesToCome implements AsyncIterable<readonly TreeFile[]> {
  readonly #pieces = new WorkQueue<readonly TreeFile[]>()

  /** An empty piece is the last. */
  push(piece: readonly TreeFile[]): void {
    if (piece.length === 0) this.#pieces.close()
    else this.#pieces.push([piece])
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly TreeFile[]> {
    for (let piece = await this.#pieces.next(); piece !== undefined; piece = await this.#pieces.next()) {
      yield piece
    }
  }
}
