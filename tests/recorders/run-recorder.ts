/** Recorders of other languages: a job goes in as JSON, what their client got comes out. */
import { spawn, spawnSync } from 'node:child_process'
import type { Call, Said } from './calls.ts'

/** One cassette of a job. */
export interface Cassette {
  readonly name: string
  readonly said: Said
}

export interface Job {
  readonly mode: string
  readonly port: number
  readonly calls: readonly Call[]
  readonly cassettes: readonly Cassette[]
  /** What the script reads beside these. */
  readonly [more: string]: unknown
}

/** Whether a program runs and has all it needs. */
export function isThere(program: string, ...parameters: readonly string[]): boolean {
  return spawnSync(program, parameters, { stdio: 'ignore' }).status === 0
}

/** The bodies that the client got: for every cassette of the job one list. */
export async function runRecorder(
  program: string,
  script: string,
  { calls, cassettes, ...job }: Job,
): Promise<readonly (readonly Uint8Array[])[]> {
  const child = spawn(program, [script], { stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const asked = cassettes.map(({ name, said }) => ({
    name,
    calls: calls.map(({ path, question }) => ({ path, body: question(said) })),
  }))
  child.stdin.end(JSON.stringify({ ...job, cassettes: asked }))
  const status = await new Promise((closed) => child.on('close', closed))
  if (status !== 0) throw new Error(`${script} failed: ${errors}`)
  const answers = JSON.parse(output) as readonly (readonly string[])[]
  return answers.map((bodies) => bodies.map((body) => new Uint8Array(Buffer.from(body, 'base64'))))
}
