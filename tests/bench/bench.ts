import { buildIfStale } from '../support/build-if-stale.ts'
import { type BundleGroup, measureBundle } from '../support/bundle-budget.ts'
import { benchEditing } from './edit-bench.ts'
import { benchLibrary } from './library-bench.ts'
import type { Measurement } from './measurement.ts'
import { benchOpening } from './open-bench.ts'
import { benchPlayback } from './playback-bench.ts'

async function benchBundle(): Promise<readonly Measurement[]> {
  await buildIfStale()
  const row = ({ what, budget, kib, files }: BundleGroup): Measurement[] =>
    budget === undefined
      ? []
      : [{ what, unit: 'KiB gzip', budget, measured: kib, note: `${files.length} files` }]
  return measureBundle().flatMap(row)
}

const BENCHES: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  bundle: benchBundle,
  opening: benchOpening,
  editing: benchEditing,
  playback: benchPlayback,
  library: benchLibrary,
}

function line(what: string, budget: string, measured: string, note: string): string {
  return `${what.padEnd(36)} | ${budget.padStart(18)} | ${measured.padStart(8)} | ${note}`
}

/** `npm run bench [-- bundle opening editing playback library]`: what the design promises against what this machine measures. */
export default async function bench(chosen: readonly string[]): Promise<number> {
  let failed = 0
  console.log(line('what', 'budget', 'measured', ''))
  for (const [name, run] of Object.entries(BENCHES)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    try {
      for (const { what, unit, budget, measured, note } of await run()) {
        // Compared as shown: a frame of 16.68 ms is a frame of 16.7 ms.
        const over = !(Math.round(measured * 10) <= Math.round(budget * 10))
        if (over) failed++
        console.log(
          line(what, `${budget} ${unit}`, measured.toFixed(1), over ? `${note}  OVER BUDGET` : note),
        )
      }
    } catch (error) {
      failed++
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n\n')
      console.log(line(name, '', 'FAILED', reason ?? ''))
    }
  }
  return failed > 0 ? 1 : 0
}
