/**
 * Runs the default export of a TypeScript file: `node tests/support/run-ts.mjs <file> [arguments]`. Node 20 reads
 * no TypeScript; Vite does and is here anyway. What the function returns is the exit code.
 */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const [file = '', ...parameters] = process.argv.slice(2)
const { NODE_ENV } = process.env
const { module } = await runnerImport(resolve(file), { configFile: false, logLevel: 'error' })
// Vite sets it to "development"; a build that is started from here would then ship React's development half.
if (NODE_ENV === undefined) delete process.env.NODE_ENV
try {
  process.exitCode = await module.default(parameters)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
