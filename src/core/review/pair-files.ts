/** Which file of one tree is which of another: by path, then by what is in it. */

export interface FileRef {
  readonly path: string
  /** Bytes; -1 where unknown. */
  readonly size: number
  /** Of the content. */
  readonly digest?: string
  /** What else tells a recording, the surest first ("test and question", "test"): equal keys may be one file renamed. */
  readonly keys?: readonly string[]
}

export interface FilePair<F extends FileRef> {
  readonly before: F
  readonly after: F
}

export interface Pairing<F extends FileRef> {
  readonly pairs: readonly FilePair<F>[]
  /** Those whose path changed. */
  readonly moved: readonly FilePair<F>[]
  readonly added: readonly F[]
  readonly removed: readonly F[]
}

/** Pairs two lists of files. Each list's paths are distinct. */
export function pairFiles<F extends FileRef>(before: readonly F[], after: readonly F[]): Pairing<F> {
  const old = new Map(before.map((file) => [file.path, file]))
  const pairs: FilePair<F>[] = []
  const added: F[] = []
  for (const file of after) {
    const same = old.get(file.path)
    if (same === undefined) added.push(file)
    else pairs.push({ before: same, after: file })
    old.delete(file.path)
  }
  return { pairs, ...pairMoved([...old.values()], added) }
}

/** Finds renamed files among those that are on one side only. */
export function pairMoved<F extends FileRef>(
  gone: readonly F[],
  come: readonly F[],
): Pick<Pairing<F>, 'moved' | 'added' | 'removed'> {
  const moved: FilePair<F>[] = []
  const [removed, added] = [new Set(gone), new Set(come)]
  const levels = Math.max(0, ...[...gone, ...come].map(({ keys }) => keys?.length ?? 0))
  const keysOf: ((file: F) => string | undefined)[] = [({ digest }) => digest]
  for (let level = 0; level < levels; level++) keysOf.push(({ keys }) => keys?.[level])
  for (const keyOf of keysOf) {
    const waiting = groupsOf(removed, keyOf)
    for (const file of [...added].toSorted(byPath)) {
      const key = keyOf(file)
      const partner = key === undefined ? undefined : bestPartner(waiting.get(key), file)
      if (partner === undefined) continue
      waiting.get(key ?? '')?.delete(partner)
      removed.delete(partner)
      added.delete(file)
      moved.push({ before: partner, after: file })
    }
  }
  return { moved, added: [...added], removed: [...removed] }
}

function groupsOf<F extends FileRef>(
  files: ReadonlySet<F>,
  keyOf: (file: F) => string | undefined,
): ReadonlyMap<string, Set<F>> {
  const groups = new Map<string, Set<F>>()
  for (const file of [...files].toSorted(byPath)) {
    const key = keyOf(file)
    if (key === undefined) continue
    const group = groups.get(key) ?? new Set()
    group.add(file)
    groups.set(key, group)
  }
  return groups
}

/** Of several with the same key: one with the same name, else one in the same folder, else the next by path. */
function bestPartner<F extends FileRef>(group: ReadonlySet<F> | undefined, { path }: F): F | undefined {
  if (group === undefined) return undefined
  const [name, folder] = [nameOf(path), folderOf(path)]
  let near: F | undefined
  let looked = 0
  for (const file of group) {
    if (nameOf(file.path) === name) return file
    if (near === undefined && folderOf(file.path) === folder) near = file
    // a thousand copies of one content must not cost a thousand looks each
    if (++looked === 64) break
  }
  return near ?? group.values().next().value
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function byPath(one: FileRef, other: FileRef): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
