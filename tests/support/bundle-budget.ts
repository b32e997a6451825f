import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The part of Vite's build manifest that is read here. */
interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

export interface BundleGroup {
  readonly what: string
  readonly kib: number
  readonly files: readonly string[]
  /** In KiB, gzipped; no limit where undefined. */
  readonly budget: number | undefined
}

const KIB = 1024
const FIRST_PAINT_BUDGET = 150
const EDITOR_BUDGET = 1000

/** Measures the JavaScript in `dist`, gzipped, by when it is loaded. */
export function measureBundle(dist = 'dist'): readonly BundleGroup[] {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const chunks = Object.values(manifest).filter(({ file }) => file.endsWith('.js'))
  const size = (file: string): number => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  const group = (what: string, files: Iterable<string>, budget?: number): BundleGroup => {
    const sorted = [...files].sort()
    return { what, budget, files: sorted, kib: sorted.reduce((sum, file) => sum + size(file), 0) / KIB }
  }
  /** A chunk and everything that it imports statically. */
  const closure = (start: readonly Chunk[]): Set<string> => {
    const files = new Set<string>()
    const walk = (chunk: Chunk | undefined): void => {
      if (chunk === undefined || files.has(chunk.file)) return
      files.add(chunk.file)
      for (const key of chunk.imports ?? []) walk(manifest[key])
    }
    start.forEach(walk)
    return files
  }

  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const inPage = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].flatMap(([, file]) => file ?? [])
  const entries = chunks.filter(({ isEntry, file }) => isEntry && inPage.includes(file))
  if (entries.length === 0) throw new Error(`No entry of the build manifest is loaded by ${dist}/index.html.`)
  const first = new Set([...inPage, ...closure(entries)])

  // A theme colour's name marks Monaco's chunks; a lazy part that cannot run without one is part of the editor.
  const holdsMonaco = (file: string): boolean =>
    readFileSync(join(dist, file), 'utf8').includes('editor.lineHighlightBackground')
  const lazy = chunks.map(({ file }) => file).filter((file) => !first.has(file))
  const monaco = lazy.filter(holdsMonaco)
  const needsMonaco = chunks.filter((chunk) => {
    const needed = chunk.isDynamicEntry ? closure([chunk]) : new Set<string>()
    return monaco.some((file) => needed.has(file))
  })
  const editor = closure(needsMonaco)

  const known = new Set(chunks.map(({ file }) => file))
  const workers = readdirSync(join(dist, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((file) => file.endsWith('.js') && !known.has(file))
  return [
    group('JavaScript before first paint', first, FIRST_PAINT_BUDGET),
    group(
      'lazy editor',
      lazy.filter((file) => editor.has(file)),
      EDITOR_BUDGET,
    ),
    group(
      'other lazy parts',
      lazy.filter((file) => !editor.has(file)),
    ),
    group('workers', workers),
  ]
}

export function isOverBudget({ kib, budget }: BundleGroup): boolean {
  return budget !== undefined && kib > budget
}

/** The groups as lines of a table, the files of a group that is over its budget beneath it. */
export function describeBundle(groups: readonly BundleGroup[]): readonly string[] {
  return groups.flatMap((group) => {
    const { what, kib, budget, files } = group
    const limit = budget === undefined ? '' : ` of ${budget}`
    const line = `${what.padEnd(32)}${kib.toFixed(1).padStart(8)}${limit} KiB gzip, ${files.length} files`
    return isOverBudget(group) ? [`${line}  OVER BUDGET`, ...files.map((file) => `    ${file}`)] : [line]
  })
}
