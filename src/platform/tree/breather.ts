/** How long is gone on with before others are let in: a cancelled reading is to stop at once. */
const SLICE = 12

/**
 * Lets messages in every few milliseconds: a worker hears nothing while it goes on without. A timer, since that comes
 * behind the messages that wait, whatever the browser; it is seldom enough that its own few milliseconds do not count.
 */
export class Breather {
  #since = performance.now()

  async breathe(): Promise<void> {
    if (performance.now() - this.#since < SLICE) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.#since = performance.now()
  }
}
