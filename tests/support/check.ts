/**
 * `npm run check`: the one door. Runs every check even after a failure, says for each how it went and how long
 * it took, and ends with `N passed, N failed`: every unit and browser test counts as one, and so does every
 * other step.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { type CommandResult, runCommand } from './run-command.ts'

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Step {
  readonly name: string
  readonly run: () => Promise<CommandResult>
  /** For steps that run many tests: how many, from the report that they write. */
  readonly count?: () => Count
  readonly failures?: () => readonly string[]
}

const REPORTS = '.cache/check'
const UNIT_REPORT = `${REPORTS}/unit.json`
const BROWSER_REPORT = `${REPORTS}/browser.json`
/** Of a failed step's output: enough for the cause, little enough to find it. */
const SHOWN_LINES = 80

function readReport<T>(path: string): T {
  // Our own tools wrote it a moment ago; a missing or different report throws and fails the step.
  return JSON.parse(readFileSync(path, 'utf8')) as T
}

/** The failed tests by name: the first thing to know, and all that some logs have room for. */
function failedUnitTests(): readonly string[] {
  const { testResults } = readReport<{
    testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[]
  }>(UNIT_REPORT)
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative('.', name)}: ${fullName}`),
  )
}

function countUnitTests(): Count {
  const report = readReport<{
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
  }>(UNIT_REPORT)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

function countBrowserTests(): Count {
  const { stats } = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }>(BROWSER_REPORT)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

interface BrowserSuite {
  readonly file: string
  readonly suites?: readonly BrowserSuite[]
  readonly specs?: readonly { readonly title: string; readonly ok: boolean; readonly line: number }[]
}

function failedBrowserTests(): readonly string[] {
  const failedIn = ({ file, suites = [], specs = [] }: BrowserSuite): readonly string[] => [
    ...specs.filter(({ ok }) => !ok).map(({ title, line }) => `${file}:${line}: ${title}`),
    ...suites.flatMap(failedIn),
  ]
  return readReport<{ suites: readonly BrowserSuite[] }>(BROWSER_REPORT).suites.flatMap(failedIn)
}

let built = false

async function build(): Promise<CommandResult> {
  const result = await runCommand('vite', ['build', '--logLevel', 'warn'])
  built = result.ok
  return result
}

/** What is left in dist from before a failed build must not pass for the present app. */
async function onlyIfBuilt(run: () => Promise<CommandResult>): Promise<CommandResult> {
  return built ? run() : { ok: false, output: 'Not run: the build failed.', seconds: 0 }
}

const STEPS: readonly Step[] = [
  {
    name: 'format and lint (biome)',
    run: () => runCommand('biome', ['ci', '--error-on-warnings', '--colors=off']),
  },
  { name: 'types of the app (tsc)', run: () => runCommand('tsc', ['-p', 'tsconfig.json']) },
  { name: 'types of the core (tsc)', run: () => runCommand('tsc', ['-p', 'src/core/tsconfig.json']) },
  { name: 'dead code (knip)', run: () => runCommand('knip', ['--no-progress']) },
  {
    name: 'unit tests (vitest)',
    run: () =>
      runCommand('vitest', [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${UNIT_REPORT}`,
      ]),
    count: countUnitTests,
    failures: failedUnitTests,
  },
  { name: 'build (vite)', run: build },
  {
    name: 'bundle budget',
    run: () =>
      onlyIfBuilt(() => runCommand('node', ['tests/support/run-ts.mjs', 'tests/support/bundle-report.ts'])),
  },
  {
    name: 'browser tests (playwright)',
    run: () =>
      onlyIfBuilt(() =>
        runCommand('playwright', ['test', '--reporter=line,json'], {
          PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER_REPORT,
        }),
      ),
    count: countBrowserTests,
    failures: failedBrowserTests,
  },
]

/** A step that failed without a failed test (it did not even start) is one failure. */
function countOf(step: Step, ok: boolean): Count {
  try {
    const count = step.count?.() ?? { passed: ok ? 1 : 0, failed: 0, skipped: 0 }
    return { ...count, failed: Math.max(count.failed, ok ? 0 : 1) }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function namesOfFailures(step: Step): readonly string[] {
  try {
    return step.failures?.() ?? []
  } catch {
    return []
  }
}

export default async function check(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const total = { passed: 0, failed: 0 }
  for (const step of STEPS) {
    const { ok, output, seconds } = await step.run()
    const { passed, failed, skipped } = countOf(step, ok)
    total.passed += passed
    total.failed += failed
    const tests = step.count
      ? `  ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
      : ''
    console.log(
      `${failed > 0 ? 'FAIL' : 'ok  '}  ${step.name.padEnd(28)}${seconds.toFixed(1).padStart(6)} s${tests}`,
    )
    if (failed > 0) for (const name of namesOfFailures(step)) console.log(`      failed: ${name}`)
    if (failed > 0) console.log(`${output.split('\n').slice(-SHOWN_LINES).join('\n')}\n`)
  }
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 ? 1 : 0
}
