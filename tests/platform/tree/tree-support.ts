import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { TREE_LIMITS, type TreeLimits } from '../../../src/platform/tree/limits.ts'
import { treeOf } from '../../../src/platform/tree/open-tree.ts'
import type { ListableTree, ListedFile } from '../../../src/platform/tree/tree.ts'
import type { TreeNote, TreeSource } from '../../../src/workspace/tree.ts'

export interface Heard {
  readonly tree: ListableTree
  readonly batches: readonly (readonly ListedFile[])[]
  readonly files: readonly ListedFile[]
  readonly notes: readonly TreeNote[]
  readonly paths: readonly string[]
  readonly codes: readonly string[]
}

export async function listed(
  source: TreeSource,
  limits: Partial<TreeLimits> = {},
  signal?: AbortSignal,
): Promise<Heard> {
  const tree = treeOf(source, { ...TREE_LIMITS, ...limits })
  const batches: (readonly ListedFile[])[] = []
  const notes: TreeNote[] = []
  await tree.list({ files: (batch) => batches.push(batch), note: (note) => notes.push(note) }, signal)
  const files = batches.flat()
  return {
    tree,
    batches,
    files,
    notes,
    paths: files.map(({ path }) => path),
    codes: notes.map(({ code }) => code),
  }
}

export function archive(bytes: Uint8Array, name = 'some.bin'): TreeSource {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: 1_700_000_000_000 })
  return { kind: 'archive', name, file }
}

export async function textIn(tree: ListableTree, path: string): Promise<string> {
  const bytes = await tree.read(path)
  return 'problem' in bytes ? `(${bytes.code}) ${bytes.problem}` : new TextDecoder().decode(bytes)
}

/** What a program of the system packs some files into, or undefined where it is not there. */
export function packedBy(
  files: Readonly<Record<string, string>>,
  program: string,
  args: (out: string) => readonly string[],
): Uint8Array | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'cassette-deck-tree-'))
  try {
    const inside = join(folder, 'in')
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(inside, path)), { recursive: true })
      writeFileSync(join(inside, path), text)
    }
    // Info-ZIP adds .zip to a name that has no dot
    const out = join(folder, 'out.bin')
    execFileSync(program, [...args(out)], { cwd: inside, stdio: 'pipe' })
    return new Uint8Array(readFileSync(out))
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      error.code === 'ENOENT' &&
      !existsSync(join(folder, 'out.bin'))
    )
      return undefined
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What Python writes to its standard output: its zipfile and tarfile are nobody's that we use. */
export function byPython(script: string): Uint8Array | undefined {
  try {
    return new Uint8Array(execFileSync('python3', ['-c', script], { maxBuffer: 1 << 28 }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A script around `z`, an open archive of Python's; bytes go to the standard output. */
export function pythonZip(lines: readonly string[], mode = 'zipfile.ZIP_DEFLATED'): Uint8Array | undefined {
  return byPython(
    [
      'import io, sys, zipfile, warnings',
      'warnings.simplefilter("ignore")',
      'b = io.BytesIO()',
      `z = zipfile.ZipFile(b, "w", ${mode})`,
      ...lines,
      'z.close()',
      'sys.stdout.buffer.write(b.getvalue())',
    ].join('\n'),
  )
}

export function pythonTar(lines: readonly string[], mode = 'w', format = 'PAX'): Uint8Array | undefined {
  return byPython(
    [
      'import io, sys, tarfile',
      'b = io.BytesIO()',
      `t = tarfile.open(fileobj=b, mode="${mode}", format=tarfile.${format}_FORMAT)`,
      'def add(name, data, **more):',
      '    i = tarfile.TarInfo(name); i.size = len(data); i.mtime = 1700000000',
      '    for k, v in more.items(): setattr(i, k, v)',
      '    t.addfile(i, io.BytesIO(data))',
      ...lines,
      't.close()',
      'sys.stdout.buffer.write(b.getvalue())',
    ].join('\n'),
  )
}
