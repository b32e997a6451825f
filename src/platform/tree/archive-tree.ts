import type { Unreadable } from '../../workspace/tree.ts'
import { isArchive } from './archive-kind.ts'
import { noSuchFile } from './files-tree.ts'
import type { TreeLimits } from './limits.ts'
import { brokenArchive, changedArchive } from './notes.ts'
import { openTar } from './tar-archive.ts'
import { type ListableTree, type ListedFile, type TreeListener, whyChosenUnreadable } from './tree.ts'

/** One file in an archive. */
export interface Member {
  readonly listed: ListedFile
  read(): Promise<Uint8Array | Unreadable>
}

/** Hears the members of an archive in pieces. */
export interface MemberListener {
  members(batch: readonly Member[]): void
  note: TreeListener['note']
}

/** An archive file as a tree. Its members are read where they lie; nothing is unpacked before it is asked for. */
export function archiveTree(name: string, file: File, limits: TreeLimits): ListableTree {
  const members = new Map<string, Member>()
  let listing: Promise<void> | undefined

  const list = async (hear: TreeListener, signal?: AbortSignal): Promise<void> => {
    const listener: MemberListener = {
      members(batch) {
        for (const member of batch) members.set(member.listed.path, member)
        hear.files(batch.map(({ listed }) => listed))
      },
      note: (note) => hear.note(note),
    }
    const archive = { name, file, limits, hear: listener, signal }
    switch (await isArchive(file)) {
      case 'zip': {
        // most people never open one
        const { openZip } = await import('./zip-archive.ts')
        return openZip(archive)
      }
      case 'tar':
        return openTar(archive, false)
      case 'tar.gz':
        return openTar(archive, true)
      case undefined: {
        const changed = await isChanged(file)
        return listener.note(changed ? changedArchive(name, 0) : brokenArchive(name, NO_ARCHIVE, 0))
      }
    }
  }

  return {
    name,
    async list(hear, signal) {
      // the file is what it was when it was chosen: the second time there is nothing new in it
      if (listing !== undefined) {
        await listing
        hear.files([...members.values()].map(({ listed }) => listed))
        return
      }
      listing = list(hear, signal)
      try {
        await listing
      } catch (error) {
        // what was told stays readable; the next listing tells all of it again
        listing = undefined
        throw error
      }
    },
    async look(path) {
      const listed = members.get(path)?.listed
      return listed === undefined ? noSuchFile() : { size: listed.size, modified: listed.modified }
    },
    async read(path) {
      const member = members.get(path)
      if (member === undefined) return noSuchFile()
      try {
        return await member.read()
      } catch (error) {
        return whyChosenUnreadable(error)
      }
    },
  }
}

const NO_ARCHIVE = 'it is no zip, tar or tar.gz archive.'

async function isChanged(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return false
  } catch {
    return true
  }
}

/** An archive while it is listed. */
export interface Archive {
  readonly name: string
  readonly file: File
  readonly limits: TreeLimits
  readonly hear: MemberListener
  readonly signal: AbortSignal | undefined
}
