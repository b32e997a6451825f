/** A folder as the File System Access API shows it, made of plain values. */

export interface FakeFile {
  readonly text: string
  readonly modified?: number
}

/** A value that is a function is another folder: a link. A DOMException is a folder that cannot be read. */
export interface FakeFolder {
  [name: string]: FakeFile | FakeFolder | (() => FakeFolder) | DOMException
}

type Handle = FileSystemDirectoryHandle | FileSystemFileHandle

export function fakeFolder(name: string, inside: FakeFolder): FileSystemDirectoryHandle {
  const handle = {
    kind: 'directory',
    name,
    async *entries(): AsyncGenerator<[string, Handle]> {
      for (const [key, value] of Object.entries(inside)) {
        if (key === '!') throw value
        yield [key, handleOf(key, inside)]
      }
    },
    async getFileHandle(key: string) {
      if (inside[key] === undefined) throw new DOMException('gone', 'NotFoundError')
      return handleOf(key, inside)
    },
    isSameEntry: async (other: unknown) => other === handle,
  }
  // as much of the interface as is used
  return handle as unknown as FileSystemDirectoryHandle
}

function handleOf(name: string, inside: FakeFolder): Handle {
  const value = inside[name]
  if (typeof value === 'function') return fakeFolder(name, value())
  if (value !== undefined && !isFile(value)) {
    return fakeFolder(name, value instanceof DOMException ? { '!': value } : value)
  }
  const handle = {
    kind: 'file',
    name,
    // each time anew: files are changed and deleted under a handle
    async getFile() {
      const now = inside[name]
      if (now instanceof DOMException) throw now
      if (now === undefined || typeof now === 'function' || !isFile(now)) {
        throw new DOMException('gone', 'NotFoundError')
      }
      return new File([now.text], name, { lastModified: now.modified ?? 1000 })
    },
  }
  return handle as unknown as FileSystemFileHandle
}

function isFile(value: FakeFile | FakeFolder | DOMException): value is FakeFile {
  return 'text' in value && typeof value.text === 'string'
}
