import { writeFileSync } from 'node:fs'
import { seededRandom } from '../core/support/random.ts'
import { expect, test } from '../support/deck-test.ts'
import { KillableBrowser, type KillRun, killRun } from './support/kill-runs.ts'

/** `KILL_RUNS=200 npx playwright test tests/e2e/kill.spec.ts` for the figures; `KILL_SEED` for other runs. */
const RUNS = Number(process.env.KILL_RUNS ?? 6)
const SEED = process.env.KILL_SEED ?? 'kill'
const BATCHES = 2
/** Where the figures go, without "-<batch>.json". */
const REPORT = process.env.KILL_REPORT

for (let batch = 0; batch < BATCHES; batch++) {
  test(`${RUNS / BATCHES} random ends, batch ${batch}, lose nothing that was on screen a second before`, async () => {
    test.setTimeout(RUNS * 30_000)
    const random = seededRandom(`${SEED} ${batch}`)
    const browser = new KillableBrowser()
    const runs: KillRun[] = []
    const broken: string[] = []
    try {
      for (let run = 0; run < RUNS / BATCHES; run++) {
        try {
          runs.push(await killRun(browser, process.env.DECK_URL ?? '', random))
        } catch (error) {
          // the other runs count all the same
          broken.push(`run ${run}: ${error instanceof Error ? error.message : error}`)
          await browser.kill()
        }
        if (REPORT) writeFileSync(`${REPORT}-${batch}.json`, JSON.stringify({ runs, broken }))
      }
    } finally {
      await browser.dispose()
    }
    expect(broken).toEqual([])
    expect(runs.filter(({ found, owed }) => found < owed)).toEqual([])
  })
}
