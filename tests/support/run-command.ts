import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface CommandResult {
  readonly ok: boolean
  readonly output: string
  readonly seconds: number
}

/** Runs a program of node_modules/.bin, or node itself, and keeps what it prints. */
export function runCommand(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const path = program === 'node' ? process.execPath : join('node_modules/.bin', program)
  const started = performance.now()
  return new Promise((done) => {
    let output = ''
    const keep = (text: string): void => {
      output += text
    }
    const finish = (ok: boolean): void =>
      done({ ok, output: output.trim(), seconds: (performance.now() - started) / 1000 })
    const child = spawn(path, parameters, {
      env: { ...process.env, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => {
      keep(String(error))
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })
}
