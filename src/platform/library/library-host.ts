import type { TreeSource } from '../../workspace/tree.ts'
import { filesTree } from '../tree/files-tree.ts'
import { TREE_LIMITS } from '../tree/limits.ts'
import type { ListableTree } from '../tree/tree.ts'
import { FilesToCome } from './files-to-come.ts'
import { answer } from './library-answers.ts'
import { type LibraryEffects, LibraryIndex } from './library-index.ts'
import type { FromLibrary, Question, SentSource, ToLibrary } from './messages.ts'

/** Answers as long as this for `progress` between two messages: the page need not hear of each file. */
const STEP_AFTER = 100

/** The worker's side: takes messages, gives answers. Knows nothing of workers, so that it can be tried without. */
export class LibraryHost {
  readonly #effects: LibraryEffects
  readonly #post: (message: FromLibrary, transfer: readonly Transferable[]) => void
  readonly #asked = new Map<number, AbortController>()
  /** By the place of their source. */
  readonly #coming: FilesToCome[] = []
  #library: LibraryIndex | undefined

  constructor(
    effects: LibraryEffects,
    post: (message: FromLibrary, transfer: readonly Transferable[]) => void,
  ) {
    this.#effects = effects
    this.#post = post
  }

  hear(message: ToLibrary): void {
    switch (message.kind) {
      case 'open':
        this.#library = this.#open(message.sources)
        void this.#library.read()
        return
      case 'files':
        this.#coming[message.source]?.push(message.files)
        return
      case 'cancel':
        this.#library?.cancel()
        return
      case 'refresh':
        void this.#library?.read()
        return
      case 'ask':
        void this.#ask(message.id, message.question)
        return
      case 'drop':
        this.#asked.get(message.id)?.abort()
        this.#asked.delete(message.id)
        return
      default:
        message satisfies never
    }
  }

  #open(sources: readonly SentSource[]): LibraryIndex {
    const trees = new Map<TreeSource, FilesToCome>()
    const whole = sources.map((sent): TreeSource => {
      const source: TreeSource = sent.kind === 'files' ? { ...sent, files: [] } : sent
      const coming = new FilesToCome()
      trees.set(source, coming)
      this.#coming.push(coming)
      return source
    })
    const treeOf = (source: TreeSource): ListableTree => {
      const coming = trees.get(source)
      return source.kind === 'files' && coming !== undefined
        ? filesTree(source.name, coming, TREE_LIMITS)
        : this.#effects.treeOf(source)
    }
    return new LibraryIndex(whole, { ...this.#effects, treeOf }, (event) =>
      this.#post({ kind: 'event', event }, []),
    )
  }

  async #ask(id: number, question: Question): Promise<void> {
    const library = this.#library
    if (library === undefined) return
    const control = new AbortController()
    const { signal } = control
    this.#asked.set(id, control)
    // while a person types, one question follows the other: those that nobody waits for are not answered
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (signal.aborted) return
    let told = 0
    const progress = (done: number, all: number): void => {
      const now = performance.now()
      if (signal.aborted || (done < all && now - told < STEP_AFTER)) return
      told = now
      this.#post({ kind: 'step', id, done, all }, [])
    }
    try {
      const found = await answer(library, question, { signal, progress })
      if (signal.aborted) return
      // given away: a file of a hundred megabytes would be copied
      const transfer = found instanceof Uint8Array ? [found.buffer as ArrayBuffer] : []
      this.#post({ kind: 'answer', id, answer: found }, transfer)
    } catch (error) {
      if (signal.aborted) return
      this.#post({ kind: 'refused', id, reason: error instanceof Error ? error.message : String(error) }, [])
    } finally {
      this.#asked.delete(id)
    }
  }
}
