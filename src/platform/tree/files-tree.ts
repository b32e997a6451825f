import type { TreeFile } from '../../workspace/tree.ts'
import type { TreeLimits } from './limits.ts'
import { DistinctPaths } from './member-path.ts'
import { tooMany } from './notes.ts'
import { type ListableTree, type ListedFile, unreadable, whyChosenUnreadable } from './tree.ts'

const BATCH = 500

/**
 * Files that a person chose, under the paths that they came with. They may come in pieces: handing a hundred thousand of
 * them from the page to a worker at once would hold up the page for seconds.
 */
export function filesTree(
  name: string,
  pieces: AsyncIterable<readonly TreeFile[]> | Iterable<readonly TreeFile[]>,
  limits: TreeLimits,
): ListableTree {
  const files = new Map<string, File>()
  const distinct = new DistinctPaths()
  const coming = iteratorOf(pieces)
  let more = true

  const take = (piece: readonly TreeFile[]): readonly ListedFile[] =>
    piece.slice(0, limits.files - files.size).map(({ path: wanted, file }) => {
      const path = distinct.give(wanted)
      files.set(path, file)
      return listedFile(path, file)
    })

  return {
    name,
    async list(hear, signal) {
      signal?.throwIfAborted()
      const known = Array.from(files, ([path, file]) => listedFile(path, file))
      if (known.length > 0) hear.files(known)
      // what had not come when the listing was stopped comes with the next one
      while (more) {
        const { done, value } = await coming.next()
        more = !done
        if (done) break
        for (let at = 0; at < value.length; at += BATCH) {
          const piece = value.slice(at, at + BATCH)
          const taken = take(piece)
          if (taken.length > 0) hear.files(taken)
          if (taken.length < piece.length) {
            hear.note(tooMany(name, limits.files))
            more = false
            return
          }
        }
        signal?.throwIfAborted()
      }
    },
    async look(path) {
      const file = files.get(path)
      if (file === undefined) return noSuchFile()
      try {
        // a file that is another one now, or gone, cannot be read any more; its size and time stay as they were
        await file.slice(0, 1).arrayBuffer()
        return { size: file.size, modified: file.lastModified }
      } catch (error) {
        return whyChosenUnreadable(error)
      }
    },
    async read(path) {
      const file = files.get(path)
      if (file === undefined) return noSuchFile()
      try {
        return new Uint8Array(await file.arrayBuffer())
      } catch (error) {
        return whyChosenUnreadable(error)
      }
    },
  }
}

function listedFile(path: string, { size, lastModified }: File): ListedFile {
  return { path, size, modified: lastModified }
}

function iteratorOf<T>(pieces: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]()
}

export function noSuchFile() {
  return unreadable('vanished', 'This file is not there.')
}
