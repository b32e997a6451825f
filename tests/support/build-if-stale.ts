import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './run-command.ts'

const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

function newest(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  // A folder's own time changes when a file in it goes away.
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Builds the app unless dist is newer than everything that it is made from. */
export async function buildIfStale(): Promise<void> {
  const built = statSync('dist/index.html', { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (SOURCES.every((path) => newest(path) < built)) return
  console.log('Building the app.')
  const { ok, output } = await runCommand('vite', ['build', '--logLevel', 'warn'])
  if (!ok) throw new Error(`The build failed.\n${output}`)
}
