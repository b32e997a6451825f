import { join } from 'node:path'
import { build } from 'vite'
import { runCommand } from '../support/run-command.ts'
import { CACHE } from './bench-files.ts'
import type { LibraryTimes } from './library-child.ts'
import type { Measurement } from './measurement.ts'

/** The folder of the design, and one as large as anybody's. */
const REAL = 3000
const LARGE = 100_000

async function measure(count: number, names: 'true' | 'made-up', rounds: number): Promise<LibraryTimes> {
  const { ok, output } = await runCommand('node', [
    '--expose-gc',
    '--max-old-space-size=4096',
    join(CACHE, 'library-child.js'),
    String(count),
    names,
    String(rounds),
  ])
  if (!ok) throw new Error(`A library of ${count} recordings could not be measured.\n${output}`)
  // The last line is what our own child prints.
  return JSON.parse(output.slice(output.lastIndexOf('\n') + 1)) as LibraryTimes
}

function describe({ files, bytes, parse, read, summarise }: LibraryTimes): string {
  return `${files.toLocaleString('en')} files, ${(bytes / 1e6).toFixed(0)} MB: read ${read.toFixed(0)} ms, summarise ${summarise.toFixed(0)} ms, JSON.parse ${parse.toFixed(0)} ms`
}

/** Rows of a library; those of the large one say how time and memory grow. */
export async function benchLibrary(): Promise<readonly Measurement[]> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: 'tests/bench/library-child.ts',
      outDir: CACHE,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
  })
  const real = await measure(REAL, 'true', 3)
  const large = await measure(LARGE, 'made-up', 1)
  const ratio = (times: LibraryTimes): number => (times.read + times.summarise) / times.parse
  const perFile = (times: LibraryTimes): number => ((times.read + times.summarise) / times.files) * 1000
  return [
    {
      what: 'library, 3,000: index',
      unit: 'x JSON.parse',
      budget: 3,
      measured: ratio(real),
      note: describe(real),
    },
    {
      what: 'library, 3,000: search answer',
      unit: 'ms',
      budget: 30,
      measured: real.search,
      note: `slowest of nine: "${real.slowest}"; a letter more ${real.typing.toFixed(1)} ms`,
    },
    {
      what: 'library, 3,000: memory',
      unit: 'KiB a file',
      // a name cut out of a file must not keep the file: it was 13 when one did
      budget: 10,
      measured: real.kept / 1024 / real.files,
      note: `${(real.kept / 1e6).toFixed(0)} MB kept`,
    },
    {
      what: 'library, 100,000: time a file',
      unit: 'x that at 3,000',
      budget: 1.5,
      measured: perFile(large) / perFile(real),
      note: describe(large),
    },
    {
      what: 'library, 100,000: memory a file',
      unit: 'x that at 3,000',
      budget: 1.5,
      measured: large.kept / large.files / (real.kept / real.files),
      note: `${(large.kept / 1e6).toFixed(0)} MB kept`,
    },
    {
      what: 'library, 100,000: search answer',
      unit: 'ms',
      budget: 200,
      measured: large.search,
      note: `slowest of nine: "${large.slowest}"; a letter more ${large.typing.toFixed(1)} ms`,
    },
    {
      what: 'library, 100,000: groups by test',
      unit: 'ms',
      budget: 200,
      measured: large.group,
      note: `numbers ${large.numbers.toFixed(0)} ms, health ${large.health.toFixed(0)} ms, adding to the index ${large.add.toFixed(0)} ms`,
    },
  ]
}
