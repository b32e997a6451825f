import { spawnSync } from 'node:child_process'
import { buildIfStale } from './build-if-stale.ts'

/** `npm run test:e2e -- [playwright's arguments]`: the browser tests against a build of the present source. */
export default async function browserTests(parameters: readonly string[]): Promise<number> {
  await buildIfStale()
  const { status } = spawnSync('node_modules/.bin/playwright', ['test', ...parameters], { stdio: 'inherit' })
  return status ?? 1
}
