import type { OpenLibrary } from '../workspace/library-port.ts'

/** Files of a library as a zip archive, under their paths; what could not be read is named. */
export async function zipTree(
  library: OpenLibrary,
  paths: readonly string[],
): Promise<{ readonly bytes: Uint8Array; readonly missing: readonly string[] }> {
  const { zipFiles } = await import('../core/exports/zip.ts')
  const files: { readonly name: string; readonly bytes: Uint8Array }[] = []
  const missing: string[] = []
  for (const path of paths) {
    const bytes = await library.read(path)
    if ('problem' in bytes) missing.push(path)
    else files.push({ name: path, bytes })
  }
  return { bytes: zipFiles(files), missing }
}
