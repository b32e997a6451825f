import type { TreeNote } from '../../workspace/tree.ts'
import { inWords } from './limits.ts'

/** What is said of a tree that was not taken as it is: what, where, and what to do. */

export function tooMany(tree: string, files: number): TreeNote {
  return {
    code: 'too-many',
    message: `"${tree}" has more than ${files.toLocaleString('en')} files; the first of them are shown. Open a folder inside of it for the others.`,
  }
}

export function tooDeep(path: string, depth: number): TreeNote {
  return {
    code: 'too-deep',
    path,
    message: `"${path}" lies ${depth} folders deep and was not looked into. Open it on its own if there are recordings in it.`,
  }
}

export function linkLoop(path: string): TreeNote {
  return {
    code: 'link-loop',
    path,
    message: `"${path}" leads back to a folder that it lies in; it was not looked into again.`,
  }
}

export function unreadableFolder(path: string, reason: string): TreeNote {
  return {
    code: 'unreadable-folder',
    path,
    message: `The folder "${path}" cannot be read: ${reason}. Everything else was read.`,
  }
}

export function noPermission(path: string): TreeNote {
  return {
    code: 'permission',
    path,
    message: `The browser may not read "${path}". Open the folder again and allow it.`,
  }
}

export function gone(path: string): TreeNote {
  return { code: 'vanished', path, message: `"${path}" is gone: it was moved or deleted.` }
}

export function brokenArchive(archive: string, reason: string, kept: number): TreeNote {
  const what = kept === 0 ? 'Nothing in it can be shown.' : `The ${counted(kept)} before that are shown.`
  return {
    code: 'broken-archive',
    path: archive,
    message: `"${archive}" is damaged: ${reason} ${what} Get it once more, or unpack it and open the folder.`,
  }
}

/** The browser knows an archive as it was when it was chosen. */
export function changedArchive(archive: string, kept: number): TreeNote {
  const what = kept === 0 ? 'Nothing in it can be shown.' : `The ${counted(kept)} before that are shown.`
  return {
    code: 'broken-archive',
    path: archive,
    message: `"${archive}" was changed or taken away after it was chosen. ${what} Open it again.`,
  }
}

export function encrypted(archive: string, count: number): TreeNote {
  return {
    code: 'encrypted',
    path: archive,
    message: `${counted(count)} in "${archive}" ${count === 1 ? 'is' : 'are'} encrypted and cannot be read. Unpack it with its password and open the folder.`,
  }
}

/** `members` names those that were left out, the first of them. */
export function memberBomb(archive: string, path: string, size: number): TreeNote {
  return {
    code: 'bomb',
    path,
    message: `"${path}" in "${archive}" would inflate to ${inWords(size)}, out of all proportion to its size; it was left out.`,
  }
}

export function tooLarge(archive: string, path: string, size: number, cap: number): TreeNote {
  return {
    code: 'too-large',
    path,
    message: `"${path}" in "${archive}" has ${inWords(size)}; up to ${inWords(cap)} can be read in a browser tab. It was left out.`,
  }
}

export function archiveBomb(archive: string, cap: number, kept: number): TreeNote {
  return {
    code: 'bomb',
    path: archive,
    message: `"${archive}" inflates to more than ${inWords(cap)}; the first ${counted(kept)} are shown. Unpack it and open the folder for the others.`,
  }
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files.toLocaleString('en')} files`
}
