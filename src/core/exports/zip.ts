/**
 * Several files as one ZIP archive (PKWARE APPNOTE 6.3). The same files give the same bytes: every entry is dated
 * 1980-01-01, the first day that the format knows. fflate's own workers are refused by the page's policy, so it
 * packs where it is called.
 */
import { type Zippable, zipSync } from 'fflate'

export interface ZipFile {
  /** May have folders in it. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** More needs ZIP64, which fflate does not write. */
const MAX_FILES = 65_535
const LONGEST_NAME = 80

/** Packs files under safe names, each of them once. */
export function zipFiles(files: readonly ZipFile[]): Uint8Array {
  if (files.length > MAX_FILES) {
    throw new RangeError(`an archive holds ${MAX_FILES.toLocaleString('en')} files at most`)
  }
  // the fields are read in local time, so made in local time: the archive is the same in every time zone
  const mtime = new Date(1980, 0, 1)
  const names = new Names()
  const packed: Zippable = {}
  for (const { name, bytes } of files) packed[names.take(name)] = [bytes, { mtime }]
  return zipSync(packed)
}

/** A path that stays where it is unpacked, on every system. */
function safePath(name: string): string {
  const parts = name
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .replace(/^[A-Za-z]:(?=[\\/])/, '')
    .split(/[\\/]/)
    .map((part) => part.trim())
    // on Windows a name that ends in dots is the name without them
    .filter((part) => !/^\.*$/.test(part))
    .map(shortened)
  const path = parts.join('/')
  // as a key of an object it would name something else
  return path === '' || path === '__proto__' ? `cassette${path}.json` : path
}

/** File systems stop at 255 bytes, a letter can have three; the longest name that a recorder gives has 80 before its dot. */
function shortened(part: string): string {
  const [stem, extension] = split(part)
  if (part.length <= LONGEST_NAME) return part
  return [...stem].slice(0, LONGEST_NAME).join('').slice(0, LONGEST_NAME) + extension.slice(0, 16)
}

/** A name before its extension, and the extension with its dot. */
function split(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  return dot <= name.lastIndexOf('/') + 1 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
}

/** Names that are gone: many file systems do not tell "A" from "a", nor a file from a folder of its name. */
class Names {
  readonly #files = new Set<string>()
  readonly #folders = new Set<string>()

  take(wanted: string): string {
    const path = safePath(wanted)
    const [stem, extension] = split(path)
    let name = path
    for (let number = 2; !this.#isFree(name); number++) {
      const folder = foldersOf(name).findIndex((one) => this.#files.has(one))
      name = folder === -1 ? `${stem} (${number})${extension}` : `${number}/${path}`
    }
    this.#files.add(plain(name))
    for (const folder of foldersOf(name)) this.#folders.add(folder)
    return name
  }

  #isFree(name: string): boolean {
    const key = plain(name)
    return (
      !this.#files.has(key) &&
      !this.#folders.has(key) &&
      !foldersOf(name).some((folder) => this.#files.has(folder))
    )
  }
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** The folders that a path lies in, outermost first. */
function foldersOf(path: string): readonly string[] {
  const parts = plain(path).split('/')
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('/'))
}
