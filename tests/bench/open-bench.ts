import { join } from 'node:path'
import { build } from 'vite'
import { runCommand } from '../support/run-command.ts'
import { CACHE, largestRealRecording, written } from './bench-files.ts'
import type { Measurement } from './measurement.ts'
import type { OpenTimes } from './open-child.ts'
import { syntheticRecording } from './synthetic-recording.ts'

const HUGE_CHUNKS = 500_000

async function measure(file: string, rounds: number): Promise<OpenTimes> {
  const { ok, output } = await runCommand('node', [
    '--expose-gc',
    '--max-old-space-size=8192',
    join(CACHE, 'open-child.js'),
    file,
    String(rounds),
  ])
  if (!ok) throw new Error(`Opening ${file} could not be measured.\n${output}`)
  // The last line is what our own child prints.
  return JSON.parse(output.slice(output.lastIndexOf('\n') + 1)) as OpenTimes
}

function describe({ bytes, chunks, open, parse }: OpenTimes): string {
  return `${(bytes / 1e6).toFixed(1)} MB, ${chunks.toLocaleString('en')} chunks: ${open.toFixed(1)} ms, JSON.parse ${parse.toFixed(1)} ms`
}

export async function benchOpening(): Promise<readonly Measurement[]> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: 'tests/bench/open-child.ts',
      outDir: CACHE,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
  })
  const large = await measure(largestRealRecording(), 30)
  const huge = await measure(
    written('huge.json', () => syntheticRecording(HUGE_CHUNKS)),
    5,
  )
  return [
    {
      what: 'open, largest real recording',
      unit: 'x JSON.parse',
      budget: 4,
      measured: large.open / large.parse,
      note: describe(large),
    },
    {
      what: 'open, 500,000 chunks',
      unit: 'x JSON.parse',
      budget: 3,
      measured: huge.open / huge.parse,
      note: describe(huge),
    },
    {
      what: 'open, 500,000 chunks: peak memory',
      unit: 'x file',
      budget: 6,
      measured: huge.peak,
      note: `kept afterwards: ${huge.retained.toFixed(1)} x file`,
    },
  ]
}
